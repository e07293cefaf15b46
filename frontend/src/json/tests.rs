//! Reading against `serde_json`, on every golden file of the wire and on garbage.

use super::{Unread, Unreadable, read};
use lantoa_shared::{
    definition::FormDefinition,
    op::Op,
    programme::Programme,
    sync::{outbox::OutboxRow, replica::Mark},
    wire::v1::{
        ErrorAnswer, JudgedAgain, ParkedRow, PullAnswer, PullRequest, PushAnswer, PushRequest, RecordRow, Row,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fs, path::Path};

/// Both readers take a text for the same, or both refuse it.
fn alike<T: DeserializeOwned + Serialize>(text: &str) -> bool {
    let ours: Option<T> = read(text).ok();
    let theirs: Option<T> = serde_json::from_str(text).ok();
    let text = |it: &Option<T>| it.as_ref().map(|it| serde_json::to_string(it).unwrap());
    assert_eq!(text(&ours), text(&theirs), "{}", std::any::type_name::<T>());
    ours.is_some()
}

#[test]
fn every_golden_file_reads_as_its_library_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tests/golden");
    let mut n_read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, text) = (path.file_stem().unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
        let was_read = match name {
            "v1-error" => alike::<ErrorAnswer>(&text),
            "v1-pull-answer" => alike::<PullAnswer>(&text),
            "v1-pull-request" | "v1-pull-request-over-a-weak-line" => alike::<PullRequest>(&text),
            "v1-push-answer" => alike::<PushAnswer>(&text),
            "v1-push-request" => alike::<PushRequest>(&text),
            "v1-record-row" | "v1-record-row-with-people" => alike::<RecordRow>(&text),
            "v1-pull-answer-with-checksum" => alike::<PullAnswer>(&text),
            "v1-push-answer-rotate" => alike::<PushAnswer>(&text),
            "v1-judged-again" | "v1-judged-again-numbered" => alike::<JudgedAgain>(&text),
            "v1-parked-row" => alike::<ParkedRow>(&text),
            "device-mark" => alike::<Mark>(&text),
            name if name.starts_with("device-outbox-row") => alike::<OutboxRow>(&text),
            name if name.starts_with("v1-op") => alike::<Op>(&text),
            _ => continue,
        };
        assert!(was_read, "{name}");
        n_read += 1;
    }
    assert!(n_read > 20);
}

#[test]
fn a_body_that_nobody_reads_is_handed_on_byte_by_byte() {
    let body = r#"{ "n": 9007199254740993, "x":1.0, "body": {"a" : "\u00e9"}, "none":null }"#;
    let row = |body: &str| format!(r#"{{"seq":1,"kind":"record","id":"r","body":{body}}}"#);
    let read = |text: &str| read::<Row<Unread>>(text).map(|row| row.body);
    assert_eq!(read(&row(body)), Ok(Some(Unread(body.to_owned()))));
    assert_eq!(read(&row("null")), Ok(None));
    assert_eq!(read(r#"{"seq":1,"kind":"record","id":"r"}"#), Ok(None));
    assert_eq!(read(&row("{")), Err(Unreadable));
}

#[test]
fn a_form_reads_as_its_library_reads_it() {
    let programme = Programme::load(&|path| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71").join(path)).ok()
    })
    .unwrap();
    for definition in &programme.definitions {
        assert!(alike::<FormDefinition>(&serde_json::to_string(definition).unwrap()));
    }
}

#[test]
fn a_text_cut_anywhere_is_refused_by_both() {
    let text = include_str!("../../../shared/tests/golden/v1-pull-answer.json");
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        alike::<PullAnswer>(&text[..at]);
    }
}

#[test]
fn wrong_shapes_are_refused_by_both() {
    for text in
        ["", "null", "3", "[]", "{}", "\"\"", "{\"ops\":3}", "{\"ops\":{}}", "[[[[[[", "{\"a\":\"\\u00\"}"]
    {
        alike::<PullAnswer>(text);
        alike::<PushRequest>(text);
        alike::<ErrorAnswer>(text);
        alike::<Op>(text);
    }
}

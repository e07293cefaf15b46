//! The rescue file: what is written is read back by its owner, on any device, and by nobody else; what was
//! changed on the way is found and named. The golden file was written by version 1 and must stay readable.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    date::date,
    op::{Act, Dot, Op, Path},
    sync::rescue::{Rescue, RescueTrouble, RescuedFile, RescuedOp, RescuedRecording, file_name},
    value::Value,
};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("golden/rescue-v1.json");

fn op(n: u64, text: &str) -> RescuedOp {
    let act = Act::Set {
        path: Path::field("remarks"),
        base: vec![Dot::new("0198c0de-0000-7000-8000-000000000001", 1)],
        value: Some(Value::Text(text.to_owned())),
    };
    let op = Op {
        at: 1_790_000_000_000,
        heard: None,
        person: "p-1".into(),
        record: "FA:2026-year:TH-0001".into(),
        act,
    };
    let dot = Dot::new("0198c0de-0000-7000-8000-000000000001", n);
    RescuedOp { dot, body: serde_json::to_string(&op).unwrap() }
}

fn example() -> Rescue {
    Rescue {
        made_at: 1_795_421_040_000,
        epoch: String::new(),
        person: "p-1".into(),
        account: "truong".into(),
        name: "Nguyễn Thị Lan".into(),
        unit: "TH-0001".into(),
        ops: vec![op(2, "Đã họp phụ huynh \"đợt 1\""), op(3, "Xã chưa có loa\n")],
        files: vec![RescuedFile {
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            base64: "dGVzdA==".into(),
        }],
        ..Rescue::default()
    }
}

#[test]
fn a_file_of_version_1_is_written_and_read_as_ever() {
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let remarks = vec![("FA:2026-year:TH-0001".to_owned(), r#"{"note":"Xin bổ sung"}"#.to_owned())];
    let written = Rescue { epoch: "e-1".into(), remarks: remarks.clone(), ..example() }.write();
    let read = Rescue::read(&written, "p-1").unwrap();
    assert_eq!((read.epoch.as_str(), &read.remarks), ("e-1", &remarks));
    let changed = written.replace("Xin bổ sung", "Xin bỏ sung");
    assert_eq!(Rescue::read(&changed, "p-1"), Err(RescueTrouble::Changed));
    let mut written = parsed(&written);
    // Files of the first versions do not say these, and their readers pass them over.
    written.as_object_mut().unwrap().remove("epoch");
    written.as_object_mut().unwrap().remove("remarks");
    written.as_object_mut().unwrap().remove("recordings");
    assert_eq!(written, parsed(GOLDEN));
    assert_eq!(Rescue::read(GOLDEN, "p-1"), Ok(example()));
}

#[test]
fn what_was_recorded_and_not_attached_comes_along() {
    let note = r#"{"record":"FH.1:1:TH-0001","path":"files","plays":3000}"#.to_owned();
    let bytes = RescuedFile { sha256: "9f86d081".into(), base64: "dGVzdA==".into() };
    let recordings = vec![RescuedRecording { note, bytes }];
    let written = Rescue { recordings: recordings.clone(), ..example() }.write();
    assert_eq!(Rescue::read(&written, "p-1").unwrap().recordings, recordings);
    let changed = written.replace("3000", "3001");
    assert_eq!(Rescue::read(&changed, "p-1"), Err(RescueTrouble::Changed));
}

#[test]
fn another_layout_and_unknown_keys_do_no_harm() {
    let mut file: serde_json::Value = serde_json::from_str(GOLDEN).unwrap();
    file["app"] = "0.9".into();
    let laid_out = format!("\u{feff}{}", serde_json::to_string_pretty(&file).unwrap());
    assert_eq!(Rescue::read(&laid_out, "p-1"), Ok(example()));
}

#[test]
fn somebody_else_is_told_whose_file_it_is() {
    let (name, account, unit) = ("Nguyễn Thị Lan".into(), "truong".into(), "TH-0001".into());
    assert_eq!(Rescue::read(GOLDEN, "p-2"), Err(RescueTrouble::OtherPerson { name, account, unit }));
}

#[test]
fn what_is_no_rescue_file_is_called_so() {
    for text in ["", "Kính gửi Sở", "{\"ops\":[]}", "[1,2]", "\u{0}PNG"] {
        assert_eq!(Rescue::read(text, "p-1"), Err(RescueTrouble::NotOurs), "{text:?}");
    }
}

#[test]
fn a_newer_file_is_not_guessed_at() {
    let newer = GOLDEN.replace("\"version\":1", "\"version\":2");
    assert_eq!(Rescue::read(&newer, "p-1"), Err(RescueTrouble::Newer));
}

#[test]
fn a_file_whose_end_is_missing_is_called_cut_off() {
    for end in [40, GOLDEN.len() / 2, GOLDEN.len() - 3] {
        let cut = &GOLDEN[..GOLDEN.floor_char_boundary(end)];
        assert_eq!(Rescue::read(cut, "p-1"), Err(RescueTrouble::CutOff), "cut at {end}");
    }
}

#[test]
fn the_op_that_was_changed_is_named() {
    let changed = GOLDEN.replace("Xã chưa có loa", "Xã đã có loa");
    assert_eq!(Rescue::read(&changed, "p-1"), Err(RescueTrouble::OpChanged(2)));
    // An id that the centre would not take would hold up everything behind it.
    for id in ["0198c0de-0000-7000-8000-000000000001:0", "a b:3", "x:9007199254740992", "x"] {
        let changed = GOLDEN.replace("\"0198c0de-0000-7000-8000-000000000001:3\"", &format!("\"{id}\""));
        assert_ne!(changed, GOLDEN);
        assert_eq!(Rescue::read(&changed, "p-1"), Err(RescueTrouble::OpChanged(2)), "{id}");
    }
}

#[test]
fn an_op_taken_out_is_missed() {
    let mut file: serde_json::Value = serde_json::from_str(GOLDEN).unwrap();
    file["ops"].as_array_mut().unwrap().pop();
    assert_eq!(Rescue::read(&file.to_string(), "p-1"), Err(RescueTrouble::Changed));
}

#[test]
fn a_file_is_named_after_unit_and_day() {
    assert_eq!(file_name("TH-0001", date(2026, 11, 23)), "lan-toa-TH-0001-2026-11-23.json");
    assert_eq!(file_name("../x y", date(2026, 11, 3)), "lan-toa-xy-2026-11-03.json");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = Rescue::read(&text, "p-1");
    }

    #[test]
    fn any_single_letter_changed_is_either_found_or_says_the_same(at in 0..GOLDEN.len(), with in "[ -~]") {
        prop_assume!(GOLDEN.is_char_boundary(at) && GOLDEN.is_char_boundary(at + 1));
        let mut changed = GOLDEN.to_owned();
        changed.replace_range(at..=at, &with);
        if let Ok(read) = Rescue::read(&changed, "p-1") {
            prop_assert_eq!(read, example());
        }
    }

    #[test]
    fn whatever_was_typed_comes_back(texts in proptest::collection::vec(any::<String>(), 0..8)) {
        let ops = texts.iter().zip(1..).map(|(text, n)| op(n, text)).collect();
        let rescue = Rescue { ops, ..example() };
        prop_assert_eq!(Rescue::read(&rescue.write(), "p-1"), Ok(rescue));
    }
}

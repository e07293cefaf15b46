//! What phones keep on their disks, frozen: a store may wait for months until somebody opens the app again.
//!
//! A file that is missing is written when `LANTOA_WRITE_GOLDEN=1`; a file that exists is never changed.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    op::Dot,
    sync::{
        checksum::Checksum,
        outbox::OutboxRow,
        replica::Mark,
        verdict::{Refusal, Status, Verdict},
    },
    wire::v1::RowKind,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, fs, path::PathBuf};

fn golden<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, example: &T) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/device-{name}.json"));
    let written = serde_json::to_string_pretty(example).unwrap() + "\n";
    if !file.exists() && std::env::var_os("LANTOA_WRITE_GOLDEN").is_some() {
        fs::write(&file, &written).unwrap();
    }
    let frozen = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
    assert_eq!(written, frozen, "{name} is written differently now");
    assert_eq!(&serde_json::from_str::<T>(&frozen).unwrap(), example, "{name} is read differently now");
}

const BODY: &str = r#"{"at":1,"person":"an","record":"r","act":{"kind":"set","path":"total"}}"#;

#[test]
fn a_row_of_the_first_store_is_read_as_ever() {
    let made_as = Some(Dot::new("lost", 7));
    let verdict = Some(Verdict::parked(Refusal::WrongState));
    golden("outbox-row-1", &OutboxRow { made_as, verdict, ..OutboxRow::new("an", BODY) });
    golden("outbox-row-1-unsent", &OutboxRow::new("an", BODY));
}

#[test]
fn a_row_of_the_second_store_has_its_places_in_journals() {
    let row = OutboxRow {
        verdict: Some(Verdict::APPLIED),
        made_as: Some(Dot::new("own", 7)),
        seq: Some(41),
        ..OutboxRow::new("an", BODY)
    };
    golden("outbox-row-2-kept", &row);
    golden("outbox-row-2-judged-again", &OutboxRow { judged: 57, ..row.clone() });
    golden("outbox-row-2-offered-again", &row.offered_again());
}

#[test]
fn a_mark_keeps_the_cursor_and_what_is_held() {
    let mut holds = Checksum::default();
    holds.add(RowKind::Record, "FA:2026-year:TH-0001", 12);
    golden("mark", &Mark { cursor: 12, holds, is_renewing: true, is_partial: false, knew: 0 });
}

#[test]
fn the_bare_cursor_of_the_first_store_is_no_mark() {
    assert!(serde_json::from_str::<Mark>("12").is_err());
}

#[test]
fn what_was_decided_against_is_not_offered_again() {
    let row = |verdict| OutboxRow { verdict, ..OutboxRow::new("an", BODY) };
    let offered = [
        None,
        Some(Verdict::APPLIED),
        Some(Verdict::CLASH),
        Some(Verdict::parked(Refusal::WrongState)),
        Some(Verdict::parked(Refusal::SetAside)),
        Some(Verdict::refused(Refusal::ContentChanged)),
        Some(Verdict { status: Status::Quarantined, refusal: Some(Refusal::Unreadable) }),
    ]
    .map(|verdict| row(verdict).is_offered_again());
    assert_eq!(offered, [false, true, true, true, false, false, true]);
}

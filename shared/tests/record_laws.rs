//! The laws of the fold: replays change nothing, devices commute, nothing unseen is overwritten.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    op::{Command, Dot, Path},
    record::{Entry, Event, Record, State},
    seen::Seen,
    value::Value,
};
use proptest::prelude::*;

fn entry(device: &str, n: u64, value: Option<i64>) -> Entry {
    Entry {
        dot: Dot::new(device, n),
        value: value.map(Value::Int),
        person: "p".into(),
        at: 0,
        merged: vec![],
    }
}

/// A field op of the generator: which of four fields, which value, and whether its author looked first.
#[derive(Debug, Clone)]
struct Typed {
    field: u8,
    value: Option<i64>,
    looked: bool,
}

fn typed() -> impl Strategy<Value = Typed> {
    (0..4_u8, prop::option::of(0..5_i64), any::<bool>()).prop_map(|(field, value, looked)| Typed {
        field,
        value,
        looked,
    })
}

/// Plays a device's ops on its own copy and returns them with the bases they saw there.
fn written_on(device: &str, start: &Record, ops: &[Typed]) -> Vec<(Path, Vec<Dot>, Entry)> {
    let mut copy = start.clone();
    let mut written = Vec::new();
    for (index, op) in ops.iter().enumerate() {
        let path = Path::field(&format!("f{}", op.field));
        let base = if op.looked { copy.base(&path) } else { Vec::new() };
        let entry = entry(device, index as u64 + 1, op.value);
        copy.set(&path, &base, entry.clone());
        written.push((path, base, entry));
    }
    written
}

fn fold(record: &mut Record, ops: &[(Path, Vec<Dot>, Entry)]) {
    for (path, base, entry) in ops {
        record.set(path, base, entry.clone());
    }
}

proptest! {
    #[test]
    fn folding_the_same_ops_again_changes_nothing(ops in prop::collection::vec(typed(), 0..20)) {
        let ops = written_on("a", &Record::new("r"), &ops);
        let mut once = Record::new("r");
        fold(&mut once, &ops);
        let mut twice = once.clone();
        fold(&mut twice, &ops);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn two_devices_arrive_at_the_same_record_in_either_order(
        left in prop::collection::vec(typed(), 0..15),
        right in prop::collection::vec(typed(), 0..15),
        common in prop::collection::vec(typed(), 0..5),
    ) {
        let mut start = Record::new("r");
        fold(&mut start, &written_on("server", &Record::new("r"), &common));
        let left = written_on("a", &start, &left);
        let right = written_on("b", &start, &right);
        let (mut left_first, mut right_first) = (start.clone(), start);
        fold(&mut left_first, &left);
        fold(&mut left_first, &right);
        fold(&mut right_first, &right);
        fold(&mut right_first, &left);
        prop_assert_eq!(left_first.digest(), right_first.digest());
        prop_assert_eq!(left_first, right_first);
    }

    #[test]
    fn what_its_author_did_not_see_is_never_taken_away(
        left in prop::collection::vec(typed(), 1..15),
        right in prop::collection::vec(typed(), 1..15),
    ) {
        let start = Record::new("r");
        let left = written_on("a", &start, &left);
        let right = written_on("b", &start, &right);
        let mut alone = start.clone();
        fold(&mut alone, &left);
        let mut both = alone.clone();
        fold(&mut both, &right);
        for (path, entries) in &alone.fields {
            for entry in entries {
                prop_assert!(both.entries(path).contains(entry), "{path} lost {entry:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn the_set_of_seen_ops_is_exact(dots in prop::collection::vec((0..2_u8, 0..12_u64), 0..40)) {
        let (mut seen, mut expected) = (Seen::default(), std::collections::BTreeSet::new());
        for (device, n) in dots {
            let dot = Dot::new(if device == 0 { "a" } else { "b" }, n);
            seen.insert(&dot);
            expected.insert(dot);
        }
        for device in ["a", "b"] {
            for n in 0..13 {
                let dot = Dot::new(device, n);
                prop_assert_eq!(seen.contains(&dot), expected.contains(&dot));
            }
        }
    }
}

#[test]
fn an_op_that_arrives_after_a_later_one_of_the_same_phone_still_counts() {
    let mut record = Record::new("r");
    record.set(&Path::field("g"), &[], entry("a", 6, Some(1)));
    record.set(&Path::field("f"), &[], entry("a", 5, Some(2)));
    assert_eq!(record.value(&Path::field("f")), Some(&Value::Int(2)));
}

#[test]
fn a_base_that_arrives_after_its_replacement_stays_dead() {
    let path = Path::field("f");
    let mut record = Record::new("r");
    record.set(&path, &[Dot::new("a", 1)], entry("b", 1, Some(2)));
    record.set(&path, &[], entry("a", 1, Some(1)));
    assert_eq!(record.value(&path), Some(&Value::Int(2)));
    assert!(!record.is_clash(&path));
    assert!(record.replaced_early.is_empty());
}

#[test]
fn two_people_who_typed_the_same_do_not_clash() {
    let path = Path::field("f");
    let mut record = Record::new("r");
    record.set(&path, &[], entry("a", 1, Some(7)));
    assert!(!record.set(&path, &[], entry("b", 1, Some(7))));
    assert!(record.set(&path, &[], entry("c", 1, Some(8))));
    assert_eq!(record.clashes().count(), 1);
}

#[test]
fn choosing_ends_a_clash() {
    let path = Path::field("f");
    let mut record = Record::new("r");
    record.set(&path, &[], entry("a", 1, Some(7)));
    record.set(&path, &[], entry("b", 1, Some(8)));
    let seen = record.base(&path);
    assert!(!record.set(&path, &seen, entry("a", 2, Some(8))));
    assert_eq!(record.value(&path), Some(&Value::Int(8)));
}

#[test]
fn a_row_taken_away_stays_when_somebody_else_wrote_into_it_meanwhile() {
    let mut record = Record::new("r");
    let (row, member) = (Path::row("columns", "r1"), Path::member("columns", "r1", "items"));
    record.set(&row, &[], Entry { value: Some(Value::Bool(true)), ..entry("a", 1, None) });
    record.set(&member, &[], entry("a", 2, Some(5)));
    let seen = record.base(&row);
    assert_eq!(seen.len(), 2);

    let mut quiet = record.clone();
    quiet.set(&row, &seen, entry("a", 3, None));
    assert!(quiet.rows("columns").is_empty());

    record.set(&member, &[Dot::new("a", 2)], entry("b", 1, Some(6)));
    record.set(&row, &seen, entry("a", 3, None));
    assert_eq!(record.rows("columns"), ["r1"]);
    assert_eq!(record.value(&member), Some(&Value::Int(6)));
}

#[test]
fn a_step_is_taken_once() {
    let mut record = Record::new("r");
    let event = Event {
        dot: Dot::new("a", 1),
        command: Command::Approve,
        person: "p".into(),
        made_at: 0,
        received_at: None,
        digest: String::new(),
        note: String::new(),
        field_notes: vec![],
    };
    record.take(event.clone());
    record.take(event);
    assert_eq!(record.state, State::Submitted);
    assert_eq!(record.history.len(), 1);
}

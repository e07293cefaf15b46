//! Ops that get another id: of a copied store, under another epoch of the centre, out of a file.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    op::{Act, Dot, Op, Path},
    sync::{
        anew::{carried, enter_epoch, is_copy, is_same_act, rotate},
        outbox::OutboxRow,
        rescue::{Rescue, RescuedOp},
        verdict::{Refusal, Verdict},
    },
    value::Value,
};

const CLONED: Option<Verdict> =
    Some(Verdict { status: Verdict::OTHER_EPOCH.status, refusal: Some(Refusal::ClonedDevice) });

fn set(text: &str, base: Vec<Dot>) -> String {
    let act = Act::Set { path: Path::field("note"), base, value: Some(Value::Text(text.into())) };
    let op = Op { at: 1, heard: None, person: "an".into(), record: "r".into(), act };
    serde_json::to_string(&op).unwrap()
}

fn row(n: u64, body: String) -> OutboxRow {
    OutboxRow { n, ..OutboxRow::new("an", body) }
}

fn dots(rows: &[OutboxRow], own: &str) -> Vec<String> {
    rows.iter().map(|row| row.dot(own).to_string()).collect()
}

fn base(row: &OutboxRow) -> Vec<Dot> {
    match serde_json::from_str::<Op>(&row.body).unwrap().act {
        Act::Set { base, .. } => base,
        _ => unreachable!("only fields were set"),
    }
}

fn file(epoch: &str, ops: Vec<(Dot, String)>) -> Rescue {
    let ops = ops.into_iter().map(|(dot, body)| RescuedOp { dot, body }).collect();
    Rescue { epoch: epoch.into(), person: "an".into(), ops, ..Rescue::default() }
}

#[test]
fn a_copied_store_names_its_own_ops_anew_and_those_of_the_other_never() {
    let rows = vec![
        OutboxRow { verdict: Some(Verdict::APPLIED), ..row(6, set("before the copy", vec![])) },
        OutboxRow { verdict: CLONED, ..row(7, set("mine", vec![Dot::new("old", 6)])) },
        row(8, set("mine, later", vec![Dot::new("old", 7)])),
    ];
    assert!(is_copy(rows.iter()));
    let (device, rows) = rotate(rows, "old", "new");
    assert_eq!(
        (device.as_str(), dots(&rows, "new")),
        ("new", vec!["old:6".into(), "new:7".into(), "new:8".into()])
    );
    assert_eq!(base(&rows[1]), [Dot::new("old", 6)]);
    assert_eq!(base(&rows[2]), [Dot::new("new", 7)]);
    assert!(rows[1].verdict.is_none() && rows[0].verdict.is_some() && !is_copy(rows.iter()));
}

#[test]
fn ops_of_a_copy_that_were_carried_here_become_this_stores_own_and_so_does_what_names_them() {
    let carried_here = OutboxRow {
        verdict: CLONED,
        made_as: Some(Dot::new("lost", 7)),
        ..row(3, set("carried here", vec![]))
    };
    let names_it = set("names it", vec![Dot::new("lost", 7)]);
    let of_another = OutboxRow { person: "binh".into(), ..row(5, names_it.clone()) };
    let (device, rows) = rotate(vec![carried_here, row(4, names_it), of_another], "own", "new");
    assert_eq!(device, "own", "this store is no copy");
    assert_eq!(dots(&rows, "own"), ["own:3", "own:4", "own:5"]);
    assert_eq!(base(&rows[1]), [Dot::new("own", 3)]);
    assert_eq!(base(&rows[2]), [Dot::new("lost", 7)], "it came down to that person under its old name");
}

#[test]
fn under_another_epoch_what_was_taken_keeps_its_id_and_all_else_is_made_anew() {
    let taken = OutboxRow { verdict: Some(Verdict::APPLIED), seq: Some(40), ..row(6, set("taken", vec![])) };
    let refused = Some(Verdict::refused(Refusal::ContentChanged));
    let rows = vec![
        taken,
        OutboxRow { verdict: refused, ..row(7, set("decided against", vec![])) },
        row(8, set("not sent", vec![Dot::new("old", 6)])),
        row(9, set("names that", vec![Dot::new("old", 8)])),
    ];
    let rows = enter_epoch(rows, "old", "new");
    assert_eq!(dots(&rows, "new"), ["old:6", "old:7", "new:8", "new:9"]);
    assert_eq!((rows[0].verdict, rows[0].was), (None, Some(40)));
    assert_eq!((rows[1].verdict, rows[1].was), (refused, None));
    assert_eq!(base(&rows[2]), [Dot::new("old", 6)]);
    assert_eq!(base(&rows[3]), [Dot::new("new", 8)]);
    // The next epoch comes before anything went up: others know the first by its id still.
    let rows = enter_epoch(rows, "new", "newest");
    assert_eq!(dots(&rows, "newest"), ["old:6", "old:7", "newest:8", "newest:9"]);
    assert_eq!(rows[0].was, Some(40));
}

#[test]
fn a_file_brings_its_ops_under_the_ids_they_were_made_with_and_none_twice() {
    let held = vec![OutboxRow { made_as: Some(Dot::new("lost", 1)), ..row(3, set("held", vec![])) }];
    let ops = vec![
        (Dot::new("lost", 1), set("held", vec![])),
        (Dot::new("lost", 2), set("new", vec![Dot::new("lost", 1)])),
    ];
    let rows = carried(&file("e", ops), "e", &held, "own", "fresh");
    assert_eq!(dots(&rows, "own"), ["lost:2"]);
    assert_eq!((rows[0].n, base(&rows[0])), (0, vec![Dot::new("lost", 1)]));
}

#[test]
fn a_file_of_a_copy_or_of_another_epoch_brings_its_ops_under_an_id_of_their_own() {
    let ops = || {
        vec![
            (Dot::new("lost", 7), set("the other's", vec![])),
            (Dot::new("lost", 8), set("names it", vec![Dot::new("lost", 7)])),
        ]
    };
    let held = vec![OutboxRow { made_as: Some(Dot::new("lost", 7)), ..row(3, set("mine", vec![])) }];
    let of_copy = carried(&file("e", ops()), "e", &held, "own", "fresh");
    let of_epoch = carried(&file("e", ops()), "f", &[], "own", "fresh");
    for rows in [of_copy, of_epoch] {
        assert_eq!(dots(&rows, "own"), ["fresh:1", "fresh:2"]);
        assert_eq!(base(&rows[1]), [Dot::new("fresh", 1)]);
        // The same file once more.
        assert!(carried(&file("e", ops()), "f", &rows, "own", "again").is_empty());
    }
    let own = vec![(Dot::new("own", 9), set("a copy of this store did it", vec![]))];
    assert_eq!(dots(&carried(&file("", own), "e", &[], "own", "fresh"), "own"), ["fresh:1"]);
}

#[test]
fn the_same_act_is_known_whatever_the_names_in_it() {
    let (one, other) = (set("x", vec![Dot::new("a", 1)]), set("x", vec![Dot::new("b", 9)]));
    assert!(is_same_act(&one, &other));
    assert!(!is_same_act(&one, &set("y", vec![Dot::new("a", 1)])));
    assert!(!is_same_act("no op", "no op"));
}

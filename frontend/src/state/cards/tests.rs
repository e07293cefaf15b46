//! Which cards there are, and in which order.

use super::*;
use crate::store::OutboxRow;
use lantoa_shared::{
    op::{Command, Op},
    person::{Membership, Role},
    unit::Unit,
};

fn background(unit: &str, period: &str, due: &str) -> Arc<Background> {
    let json = serde_json::json!({
        "duty": { "unit": unit, "form": "FA", "form_version": 1, "period": period, "due": due, "recipient": "XA" },
        "unit": Unit { code: unit.into(), kind: "school".into(), name: Default::default(), short_name: None,
                       parent: None, recipient: None, facts: Map::new() },
    });
    Arc::new(serde_json::from_value(json).unwrap())
}

fn person() -> Person {
    let memberships = vec![Membership { unit: "TH".into(), role: Role::Head }];
    Person { id: "an".into(), account: "an".into(), name: "An".into(), memberships }
}

fn holdings() -> Holdings {
    let duties = [background("TH", "2026-year", "2026-12-18"), background("TH", "2026-h1", "2026-06-18")];
    let duties = duties.into_iter().map(|background| (background.duty.id(), background)).collect();
    Holdings { duties, ..Holdings::default() }
}

fn brief(duty: &Duty, state: State) -> Brief {
    Brief {
        duty: duty.clone(),
        state,
        revision: 0,
        started: true,
        last: None,
        done_at: Some(1),
        made_at: Some(1),
        came_at: Some(1),
        entry: None,
        disputed: 0,
    }
}

fn approving(record: &str) -> Outbox {
    let act = Act::Command {
        command: Command::Approve,
        expect: String::new(),
        note: String::new(),
        field_notes: Vec::new(),
    };
    let op = Op { at: 0, heard: None, person: "an".into(), record: record.into(), act };
    let mut outbox = Outbox::default();
    let row = OutboxRow { n: 1, ..OutboxRow::new("an", serde_json::to_string(&op).unwrap()) };
    outbox.fill(vec![row]);
    outbox
}

#[test]
fn what_is_open_comes_before_what_is_done() {
    let mut holdings = holdings();
    let done = holdings.duties["FA:2026-h1:TH"].duty.clone();
    holdings.own.insert(done.id(), brief(&done, State::Accepted));
    let cards = duties(&holdings, &Outbox::default(), &person(), &Map::new());
    let ids: Vec<String> = cards.iter().map(DutyCard::id).collect();
    assert_eq!(ids, ["FA:2026-year:TH", "FA:2026-h1:TH"]);
}

#[test]
fn a_step_that_waits_on_the_phone_is_shown_as_taken() {
    let cards = duties(&holdings(), &approving("FA:2026-year:TH"), &person(), &Map::new());
    let card = cards.iter().find(|card| card.id() == "FA:2026-year:TH").unwrap();
    assert_eq!((card.state, card.unsent), (State::Submitted, 1));
}

#[test]
fn a_step_the_centre_took_and_somebody_undid_is_not_shown_again() {
    let mut holdings = holdings();
    let duty = holdings.duties["FA:2026-year:TH"].duty.clone();
    holdings.own.insert(duty.id(), brief(&duty, State::Accepted));
    let cards = duties(&holdings, &approving("FA:2026-year:TH"), &person(), &Map::new());
    let card = cards.iter().find(|card| card.id() == "FA:2026-year:TH").unwrap();
    assert_eq!(card.state, State::Accepted);
}

#[test]
fn the_inbox_shows_what_waits_first_and_names_who_is_silent() {
    let mut holdings = Holdings::default();
    for (unit, state) in [("A", Some(State::Accepted)), ("B", Some(State::Submitted)), ("C", None)] {
        let duty = background(unit, "2026-h1", "2026-06-18").duty.clone();
        holdings.owed.insert(duty.id(), duty.clone());
        if let Some(state) = state {
            holdings.received.insert(duty.id(), brief(&duty, state));
        }
    }
    let cards = inbox(&holdings, &Outbox::default(), &person());
    let units: Vec<(&str, bool)> =
        cards.iter().map(|card| (card.duty.unit.as_str(), card.has_come)).collect();
    assert_eq!(units, [("B", true), ("C", false), ("A", true)]);
}

#[test]
fn an_entry_waits_for_whoever_can_do_the_next_thing_and_for_nobody_once_it_is_done_here() {
    let own = |n: u8| format!("FH.1:0193f0a0-0000-7000-8000-00000000000{n}:TH");
    let others = "FH.1:0193f0a0-0000-7000-8000-000000000009:C2".to_owned();
    let entries = [
        (own(1), State::Ready),
        (own(2), State::Returned),
        (own(3), State::Draft),
        (own(4), State::Submitted),
        (others, State::Submitted),
    ];
    let holdings = Holdings { entries: entries.into_iter().collect(), ..Holdings::default() };
    let count = |role, outbox: &Outbox| {
        let person = Person { memberships: vec![Membership { unit: "TH".into(), role }], ..person() };
        entries_waiting(&holdings, outbox, &person)
    };
    let nothing = Outbox::default();
    let (head, preparer, reviewer) = (Role::Head, Role::Preparer, Role::Reviewer);
    assert_eq!([head, preparer, reviewer, Role::Reader].map(|role| count(role, &nothing)), [2, 1, 1, 0]);
    assert_eq!(count(head, &approving(&own(1))), 1, "approved, though the centre has not heard of it");
}

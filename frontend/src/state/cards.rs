//! One line per thing to do: what own units owe, and what they receive.

use super::{holdings::Holdings, outbox::Outbox};
use crate::store::Brief;
use lantoa_shared::map::{self, Map};
use lantoa_shared::{
    background::Background,
    duty::{Duty, EntryId},
    op::Act,
    person::{Person, Role},
    record::{Event, State},
    sheet::Progress,
};
use std::sync::Arc;

/// Puts what is closed behind what is open: more than any day since 1970.
const CLOSED: i64 = 100_000_000;

/// Milliseconds, more than any moment's since 1970 in which a report was approved: keeps one turn apart from the next.
const AGES: i64 = 100_000_000_000_000;

/// What an own unit owes, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyCard {
    /// The duty and all its rules look at.
    pub background: Arc<Background>,
    /// Where the report stands, own waiting steps included.
    pub state: State,
    /// Counts the reopenings.
    pub revision: u32,
    /// How far the content is; `None` until it was counted, and for what is closed.
    pub progress: Option<Progress>,
    /// Whether a step of it exists on this phone only.
    pub is_here_only: bool,
    /// Things of it that exist on this phone only.
    pub unsent: usize,
    /// Things of it the centre did not take.
    pub attention: usize,
    /// Places with more than one live answer: own waiting choices included once that was counted, else as the centre
    /// has it.
    pub disputed: usize,
    /// The last step of the workflow; its note says why a report came back.
    pub last: Option<Event>,
    /// Whether anybody entered anything.
    pub started: bool,
    /// When it was last approved, in milliseconds since 1970: when the centre received that, or else when it was done.
    pub done_at: Option<i64>,
    /// When it was approved for the first time, and when the centre received that.
    pub first: Option<(i64, i64)>,
}

impl DutyCard {
    /// The record's id.
    pub fn id(&self) -> String {
        self.background.duty.id()
    }

    /// Whether the person is to choose between answers of which several stand.
    pub fn asks_to_choose(&self, person: &Person) -> bool {
        let works_on_it = person.holds(&self.background.duty.unit, &[Role::Preparer, Role::Head]);
        self.disputed > 0 && self.state.is_open() && works_on_it
    }
}

/// What a unit of the area owes or sent.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedCard {
    /// The duty.
    pub duty: Duty,
    /// Where the report stands, own waiting steps included; a draft is not told apart from nothing.
    pub state: State,
    /// Whether a report has come.
    pub has_come: bool,
    /// Counts the reopenings.
    pub revision: u32,
    /// The last step of the workflow.
    pub last: Option<Event>,
    /// Steps of this person that exist on this phone only.
    pub unsent: usize,
    /// Whether there are any.
    pub is_here_only: bool,
    /// Things of this person the centre did not take.
    pub attention: usize,
    /// Places with more than one live answer.
    pub disputed: usize,
    /// When it was approved, in milliseconds since 1970.
    pub done_at: Option<i64>,
    /// When it was approved for the first time, and when the centre received that.
    pub first: Option<(i64, i64)>,
}

impl ReceivedCard {
    /// The record's id.
    pub fn id(&self) -> String {
        self.duty.id()
    }
}

/// The cards of what own units owe: open ones by due date, then the others, newest first.
pub fn duties(
    holdings: &Holdings,
    outbox: &Outbox,
    person: &Person,
    progress: &Map<String, Progress>,
) -> Vec<DutyCard> {
    let card = |(id, background): (&String, &Arc<Background>)| {
        let brief = holdings.own.get(id);
        let (unsent, attention) = outbox.counts(&person.id, Some(id));
        let state = foretold(brief.map_or(State::Draft, |brief| brief.state), outbox, person, id);
        let progress = progress.get(id).copied().filter(|_| state.is_open());
        DutyCard {
            background: Arc::clone(background),
            state,
            is_here_only: has_unsent_step(outbox, person, id),
            revision: brief.map_or(0, |brief| brief.revision),
            progress,
            unsent,
            attention,
            disputed: progress.map_or_else(|| brief.map_or(0, |brief| brief.disputed), |it| it.disputed),
            last: brief.and_then(|brief| brief.last.clone()),
            started: brief.is_some_and(|brief| brief.started) || unsent > 0,
            done_at: brief.and_then(|brief| brief.done_at),
            first: brief.and_then(Brief::first),
        }
    };
    let mine = holdings.duties.iter().filter(|(_, background)| person.belongs_to(&background.duty.unit));
    // Days since 1970 are far below the offset that puts what is closed behind what is open.
    let turn = |card: &DutyCard| {
        let due = i64::from(card.background.duty.due.since_1970());
        if card.state.is_open() { due } else { CLOSED - due }
    };
    in_turn(mine.map(card).collect(), |card| (turn(card), &card.background.duty.form))
}

/// The cards of what own units receive: what waits for a decision first, the longest waiting first.
pub fn inbox(holdings: &Holdings, outbox: &Outbox, person: &Person) -> Vec<ReceivedCard> {
    let blank = |duty: &Duty| ReceivedCard {
        duty: duty.clone(),
        state: State::Draft,
        has_come: false,
        revision: 0,
        last: None,
        unsent: 0,
        is_here_only: false,
        attention: 0,
        disputed: 0,
        done_at: None,
        first: None,
    };
    let come = |(id, brief): (&String, &Brief)| {
        let (unsent, attention) = outbox.counts(&person.id, Some(id));
        ReceivedCard {
            state: foretold(brief.state, outbox, person, id),
            has_come: true,
            revision: brief.revision,
            last: brief.last.clone(),
            unsent,
            attention,
            is_here_only: has_unsent_step(outbox, person, id),
            disputed: brief.disputed,
            done_at: brief.done_at,
            first: brief.first(),
            ..blank(&brief.duty)
        }
    };
    let silent = holdings.owed.iter().filter(|(id, _)| !holdings.received.contains_key(*id));
    let cards: Vec<ReceivedCard> =
        holdings.received.iter().map(come).chain(silent.map(|(_, duty)| blank(duty))).collect();
    let turn = |card: &ReceivedCard| {
        let turn = match card.state {
            State::Submitted => 0,
            State::Returned => 1,
            State::Draft | State::Ready => 2,
            State::Accepted | State::Withdrawn => 3,
        };
        turn * AGES + card.done_at.unwrap_or(0).clamp(0, AGES - 1)
    };
    in_turn(cards, |card| (turn(card), &card.duty.unit))
}

/// How many entries of registers wait for this person: to be approved, corrected or accepted.
pub fn entries_waiting(holdings: &Holdings, outbox: &Outbox, person: &Person) -> usize {
    let waits = |(id, state): &(&String, &State)| {
        let Some(entry) = EntryId::read(id) else { return false };
        let holds = |roles| person.holds(entry.unit, roles);
        match foretold(**state, outbox, person, id) {
            State::Ready => holds(&[Role::Head]),
            State::Returned => holds(&[Role::Preparer, Role::Head]),
            State::Submitted => {
                let receives = person.memberships.iter().any(|membership| membership.role == Role::Reviewer);
                receives && !person.belongs_to(entry.unit)
            }
            _ => false,
        }
    };
    holdings.entries.iter().filter(waits).count()
}

/// Cards by their turns; codes tell those apart that have the same.
fn in_turn<T>(cards: Vec<T>, key: impl Fn(&T) -> (i64, &str)) -> Vec<T> {
    let order = map::in_order(cards.len(), &|one, other| key(&cards[one]).cmp(&key(&cards[other])));
    let mut cards: Vec<Option<T>> = cards.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| cards[place].take()).collect()
}

/// Whether a step of a record waits that the centre has not got.
pub(super) fn has_unsent_step(outbox: &Outbox, person: &Person, record: &str) -> bool {
    let mut ops = outbox.of(&person.id);
    ops.any(|(row, op)| op.record == record && row.verdict.is_none() && matches!(op.act, Act::Command { .. }))
}

/// Where a record will stand once the waiting steps went through; each was found allowed when it was taken.
pub(super) fn foretold(state: State, outbox: &Outbox, person: &Person, record: &str) -> State {
    outbox.waiting(&person.id, record).iter().filter(|waiting| !waiting.needs_attention()).fold(
        state,
        |state, waiting| match &waiting.op.act {
            // A step the centre already took does not lead on from where it led.
            Act::Command { command, .. } if command.may_follow(state) => command.leads_to(),
            _ => state,
        },
    )
}

#[cfg(test)]
mod tests;

//! Who is shown an op that is kept and was not taken, and who may lay it aside.
//!
//! Its author's own phone has it in any case. Invariant: somebody who never had to do with a record does not get onto
//! anybody's screen by sending something.

use crate::{
    op::Op,
    person::{Person, Role},
    record::State,
    sync::{
        retrial::waits_for,
        verdict::{Refusal, Status, Verdict},
    },
};

/// Where an op is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readers {
    /// In the bucket of the unit whose record it concerns.
    pub unit: bool,
    /// In the area of the recipient: the unit can no longer take it in by itself.
    pub recipient: bool,
}

/// Where an op with this verdict is listed. `is_author_known`: its author works, or worked, for the unit or on the
/// record, which stands at `state` – or, if it is a step, for a unit above; or the op was listed before.
pub fn readers(verdict: Verdict, is_author_known: bool, state: State) -> Readers {
    let Verdict { status: Status::Parked, refusal: Some(refusal) } = verdict else {
        return Readers::default();
    };
    let has_another_way = matches!(refusal, Refusal::ClonedDevice | Refusal::NotYourOp | Refusal::OtherEpoch);
    let is_shown = is_author_known && !has_another_way;
    let has_lost_its_way = matches!(refusal, Refusal::NotYourUnit | Refusal::RevokedDevice);
    let is_sent = !state.is_open() && waits_for(verdict).is_some();
    Readers { unit: is_shown, recipient: is_shown && (has_lost_its_way || is_sent) }
}

/// Whether `person` may lay `op` aside, which concerns a record of `unit`: its author may, and whoever works on the
/// record.
pub fn may_set_aside(person: &Person, op: &Op, unit: Option<&str>) -> bool {
    let works_on_it = unit.is_some_and(|unit| person.holds(unit, &[Role::Preparer, Role::Head]));
    op.person == person.id || works_on_it
}

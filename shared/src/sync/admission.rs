//! What the centre makes of an op's number before it looks at the op: new, the same again, or another's.
//!
//! A number is given once. The same bytes under it again are a replay and get the stored verdict; other bytes under
//! it mean that the device's store was copied. Both ops are kept. The copy is told to take a new id, and what it sent
//! in the same breath is held with it: those ops may name, as what their author saw, numbers that here belong to
//! somebody else, and applying them would take away what nobody has seen.

use crate::sync::{
    anew::is_same_act,
    verdict::{Refusal, Verdict},
};

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// To be judged.
    New,
    /// It was here before, with the same bytes; its verdict stands unless it waits for something.
    Again,
    /// The number belongs to another op.
    Cloned,
}

/// Whether the number of an op that was not admitted yet belongs to another one, whoever sent that. `others` are the
/// verdicts on all other bytes that are kept under it. Bytes damaged on the way are nobody's, and what came under
/// another epoch has not been admitted itself.
pub fn is_taken(others: impl IntoIterator<Item = Option<Verdict>>) -> bool {
    let is_nobodys = |other: &Option<Verdict>| {
        other.is_some_and(|it| matches!(it.refusal, Some(Refusal::Damaged | Refusal::OtherEpoch)))
    };
    !others.into_iter().all(|other| is_nobodys(&other))
}

/// Whether another op went into a record under the number of one that waits: then it waits for a person.
pub fn is_overtaken(others: impl IntoIterator<Item = Option<Verdict>>) -> bool {
    others.into_iter().flatten().any(|other| other.status.is_in_record())
}

/// Whether the ops of a push are judged at once. One that was composed under another epoch is kept and not judged:
/// its ops may rest on others that this centre lost, and their numbers may belong to a copy's ops by now. Its device
/// learns of the epoch by the answer, and offers everything again in its order.
pub fn is_judged_at_once(epoch_of_push: &str, epoch: &str) -> bool {
    epoch_of_push.is_empty() || epoch_of_push == epoch
}

/// How long it is waited for a device that is to bring an op anew, in milliseconds: a month.
pub const PATIENCE: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Whether the device of an op with this verdict is to bring it anew: under another id, or under this epoch.
pub fn is_to_come_anew(verdict: Verdict) -> bool {
    verdict == Verdict::OTHER_EPOCH || verdict == Verdict::parked(Refusal::ClonedDevice)
}

/// Whether such an op has come anew. `others` are all other ops of its author on its record, with their verdicts. If
/// it has not once the patience is over, its device is gone: the centre itself makes it anew, parked for a person as
/// what a device brings that was shut out. What it names nobody knows.
pub fn has_come_anew<'a>(body: &str, mut others: impl Iterator<Item = (Option<Verdict>, &'a str)>) -> bool {
    others.any(|(verdict, other)| {
        let waits_too =
            verdict.is_some_and(|it| matches!(it.refusal, Some(Refusal::OtherEpoch | Refusal::ClonedDevice)));
        !waits_too && is_same_act(body, other)
    })
}

/// Admits the ops of one push in their order. One gate for all of them, also when they are judged later than they
/// were received: an op after one that is held may name it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gate {
    is_cloned: bool,
}

impl Gate {
    /// Admits the next op. `is_known`: these bytes came before under this number and went through;
    /// `is_taken`: other bytes did.
    pub fn admit(&mut self, is_known: bool, is_taken: bool) -> Admission {
        self.is_cloned |= is_taken && !is_known;
        match (is_known, self.is_cloned) {
            (true, _) => Admission::Again,
            (false, true) => Admission::Cloned,
            (false, false) => Admission::New,
        }
    }

    /// Whether the device must take a new id.
    pub fn is_cloned(&self) -> bool {
        self.is_cloned
    }
}

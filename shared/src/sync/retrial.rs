//! Which verdicts are not the last word: what the centre judges again, and when.
//!
//! An op that was parked waits for a cause to go – a report that is closed, a role that is missing, a form that is
//! unknown. When it goes, the op is judged again as if it had just arrived, and nobody has to type anything twice.

use crate::sync::verdict::{Refusal, Status, Verdict};

/// What an op waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The record changes.
    Record,
    /// Its author gets another role, or brings it himself.
    Author,
    /// Its device is let in again. What an old device left behind and the centre made anew has none.
    Device,
    /// The programme or the program of the centre changes: its forms, its duties, the ops it can read.
    Programme,
}

/// What the verdict waits for; `None` if it is final.
pub fn waits_for(verdict: Verdict) -> Option<Cause> {
    match (verdict.status, verdict.refusal?) {
        (Status::Quarantined, Refusal::Unreadable) => Some(Cause::Programme),
        (Status::Parked, refusal) => match refusal {
            Refusal::WrongState
            | Refusal::ContentChanged
            | Refusal::OpenErrors
            | Refusal::UnansweredWarnings => Some(Cause::Record),
            Refusal::NotYourUnit | Refusal::NotYourRole | Refusal::NotYourOp => Some(Cause::Author),
            Refusal::UnknownRecord | Refusal::UnknownField | Refusal::WrongType => Some(Cause::Programme),
            Refusal::RevokedDevice => Some(Cause::Device),
            Refusal::NoteMissing
            | Refusal::Unreadable
            | Refusal::Damaged
            | Refusal::ClonedDevice
            | Refusal::OtherEpoch
            | Refusal::SetAside
            | Refusal::OwnWork
            | Refusal::FilesMissing
            | Refusal::FilesUnfit
            | Refusal::TooLarge
            | Refusal::Unknown => None,
        },
        _ => None,
    }
}

/// Whether an op that has this verdict is judged anew because it is sent again. The same op gets the same verdict,
/// but what another person's session brought from a shared phone is judged when its author brings it, what came under
/// another epoch when its device learned of this one, and a copied device is told so until it has taken a new id.
///
/// Such an op arrives anew: its place in the journal is a new one, because a backup made before has it unjudged.
pub fn is_open_to_sender(verdict: Verdict, is_brought_by_another: bool) -> bool {
    verdict == Verdict::parked(Refusal::ClonedDevice)
        || verdict == Verdict::OTHER_EPOCH
        || (verdict == Verdict::parked(Refusal::NotYourOp) && is_brought_by_another)
}

/// The verdict on an op that a device offers again after the centre was restored. A step that was taken before
/// may find the record not yet as it was, because other devices have not offered theirs: it is not refused but
/// waits until the record is.
pub fn of_offered_again(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict { status: Status::Refused, refusal: Some(refusal) }
            if waits_for(Verdict::parked(refusal)) == Some(Cause::Record) =>
        {
            Verdict::parked(refusal)
        }
        verdict => verdict,
    }
}

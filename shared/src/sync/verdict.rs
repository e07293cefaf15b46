//! What the server made of a received op, and why.
//!
//! A verdict is never silence: an op that is not applied stays at the centre and on the phone,
//! with its text intact and its reason.

use crate::person::Denial;
use serde::{Deserialize, Serialize};

/// What became of an op.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is part of the record.
    Applied,
    /// It is part of the record, beside another value that its author had not seen.
    Clash,
    /// It is kept and waits for a person: the record could not take it as it stood.
    Parked,
    /// It is kept but not applied, for a reason.
    Refused,
    /// It could not even be read; its bytes are kept.
    Quarantined,
}

impl Status {
    /// Whether the op is part of the record.
    pub fn is_in_record(self) -> bool {
        matches!(self, Self::Applied | Self::Clash)
    }
}

/// The reason of a verdict that did not apply the op.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The person has no role in the units concerned.
    NotYourUnit,
    /// The person's role does not include it.
    NotYourRole,
    /// The record does not stand where this can be done.
    WrongState,
    /// No such record or duty.
    UnknownRecord,
    /// The form has no such field.
    UnknownField,
    /// The field takes another kind of value.
    WrongType,
    /// The content is not what the person saw when giving the command.
    ContentChanged,
    /// Errors stand open.
    OpenErrors,
    /// Warnings stand without a note.
    UnansweredWarnings,
    /// The step needs a reason.
    NoteMissing,
    /// It was made by somebody other than the person signed in.
    NotYourOp,
    /// The bytes are not an op.
    Unreadable,
    /// Hash and bytes do not agree.
    Damaged,
    /// Another op bears its number: the device's store was copied.
    ClonedDevice,
    /// It came under another epoch of the centre and was not judged: its device offers it again.
    OtherEpoch,
    /// The device was shut out.
    RevokedDevice,
    /// A person laid it aside.
    SetAside,
    /// It is more than the way to the centre lets through. Devices say this themselves; the centre does not have it.
    TooLarge,
    /// Whoever made a media item does not decide on it.
    OwnWork,
    /// Files that it names have not come to the centre yet.
    FilesMissing,
    /// A file that it names is not what it is said to be: another kind of file, or one that still tells where it was
    /// made.
    FilesUnfit,
    /// A reason that a later version gives.
    #[serde(other)]
    Unknown,
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotYourUnit => Self::NotYourUnit,
            Denial::NotYourRole => Self::NotYourRole,
            Denial::WrongState => Self::WrongState,
            Denial::OwnWork => Self::OwnWork,
        }
    }
}

/// What the server made of a received op.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What became of it.
    pub status: Status,
    /// Why it was not applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

impl Verdict {
    /// The op is part of the record.
    pub const APPLIED: Self = Self { status: Status::Applied, refusal: None };
    /// The op is kept until its device offers it again under this epoch. Nobody is told.
    pub const OTHER_EPOCH: Self = Self { status: Status::Parked, refusal: Some(Refusal::OtherEpoch) };
    /// The op is part of the record, beside another value.
    pub const CLASH: Self = Self { status: Status::Clash, refusal: None };

    /// The op is kept, not applied.
    pub fn refused(refusal: Refusal) -> Self {
        Self { status: Status::Refused, refusal: Some(refusal) }
    }

    /// The op is kept and waits for a person.
    pub fn parked(refusal: Refusal) -> Self {
        Self { status: Status::Parked, refusal: Some(refusal) }
    }

    /// The bytes are kept, unread.
    pub fn quarantined(refusal: Refusal) -> Self {
        Self { status: Status::Quarantined, refusal: Some(refusal) }
    }
}

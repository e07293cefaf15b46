//! The smallest thing a person did, as it is kept in the outbox and in the journal.
//!
//! An op names the entries it replaces ([`Act::Set::base`]): what its author had not seen, it
//! cannot overwrite. Its bytes are made once, on the device, and never rewritten.

use crate::value::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The identity of an op: the device that made it and the device's own count, from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// Id of the device's store (a UUID), new whenever the store is new.
    pub device: String,
    /// Key given by the outbox's own key generator.
    pub n: u64,
}

impl Dot {
    /// The `n`-th op of `device`.
    pub fn new(device: impl Into<String>, n: u64) -> Self {
        Self { device: device.into(), n }
    }
}

impl fmt::Display for Dot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.device, self.n)
    }
}

impl FromStr for Dot {
    type Err = NotADot;

    fn from_str(text: &str) -> Result<Self, NotADot> {
        let (device, n) = text.rsplit_once(':').ok_or(NotADot)?;
        if device.is_empty() || device.len() > 64 {
            return Err(NotADot);
        }
        Ok(Self { device: device.to_owned(), n: n.parse().map_err(|_| NotADot)? })
    }
}

/// The text is not `device:n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADot;

impl fmt::Display for NotADot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an op id such as device:7")
    }
}

impl std::error::Error for NotADot {}

impl Serialize for Dot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Dot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// What the bytes of an op say. Device and number stand in the envelope beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Op {
    /// When it was done by the device's clock, set right by the centre's at their last contact
    /// ([`crate::sync::clock`]), in milliseconds since 1970. It labels and is shown; it never decides
    /// whether an op is taken.
    pub at: i64,
    /// The centre's time at that contact; it was done after that. Absent on a device that never had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<i64>,
    /// Who was signed in on the device. The server compares it with the session that pushes.
    pub person: String,
    /// The record it concerns.
    pub record: String,
    /// What was done.
    pub act: Act,
}

/// What was done to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// A field got a value, or was emptied.
    Set {
        /// The field's place in the record (see [`Path`]).
        path: Path,
        /// The entries this one replaces: all that its author saw.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        base: Vec<Dot>,
        /// The value; `None` empties the field, or takes the row away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// A step of the workflow.
    Command {
        /// Which step.
        command: Command,
        /// Digest of the content that the person saw; another content refuses the command.
        expect: String,
        /// What the person says about the whole: required for a return and a reopening.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// What the reviewer says about single fields.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        field_notes: Vec<FieldNote>,
    },
    /// Two texts that did not see each other, put together by the centre ([`crate::merge`]); no device makes it.
    Merge {
        /// The field's place.
        path: Path,
        /// The entries that were put together.
        base: Vec<Dot>,
        /// The text.
        value: Value,
    },
    /// An op that was kept and not taken is laid aside: it will not be judged again.
    SetAside {
        /// That op.
        dot: Dot,
    },
}

/// A reviewer's remark on one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// The field.
    pub path: Path,
    /// The remark.
    pub note: String,
}

/// The steps of a report's workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The preparer hands the report to the head of the unit.
    HandOver,
    /// The preparer or the head takes it back to go on working.
    TakeBack,
    /// The head approves: the report goes to the recipient.
    Approve,
    /// The recipient's reviewer accepts it: its figures count.
    Accept,
    /// The recipient's reviewer sends it back with notes.
    Return,
    /// After acceptance: the recipient opens a new revision, with a reason.
    Reopen,
    /// An entry that went up is taken back for good, with a reason: a consent was withdrawn, a right has ended (R73).
    Withdraw,
    /// A draft of an entry that never went up is thrown away.
    Discard,
}

/// Where a value sits in a record: `code`, `group/row`, or `group/row/member`; with `#note` behind
/// it, the note that answers a warning there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Path(pub String);

impl Path {
    /// The place of a field outside any group.
    pub fn field(code: &str) -> Self {
        Self(code.to_owned())
    }

    /// The place that says a row is there.
    pub fn row(group: &str, row: &str) -> Self {
        Self(format!("{group}/{row}"))
    }

    /// The place of a field inside a row; `member` without the group's name.
    pub fn member(group: &str, row: &str, member: &str) -> Self {
        Self(format!("{group}/{row}/{member}"))
    }

    /// The place of the note that answers a warning at this place.
    pub fn note(&self) -> Self {
        Self(format!("{}#note", self.0))
    }

    /// Whether this is the place of a note.
    pub fn is_note(&self) -> bool {
        self.0.ends_with("#note")
    }

    /// Group, row and – unless it is the row itself – member.
    pub fn in_row(&self) -> Option<(&str, &str, Option<&str>)> {
        let mut parts = self.0.trim_end_matches("#note").splitn(3, '/');
        let (group, row) = (parts.next()?, parts.next()?);
        Some((group, row, parts.next()))
    }

    /// The code of the field in the form's definition: `code` or `group.member`.
    pub fn code(&self) -> String {
        match self.in_row() {
            Some((group, _, Some(member))) => format!("{group}.{member}"),
            Some((group, _, None)) => group.to_owned(),
            None => self.0.trim_end_matches("#note").to_owned(),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

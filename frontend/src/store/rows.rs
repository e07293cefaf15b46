//! The rows of `base`: where each lies, and the small ones kept beside the large ones.
//!
//! Lists need a line of each record, not its hundred fields; so a brief is kept beside each record,
//! a title beside each form and the bare duty beside each background, in the same transaction.

use crate::json;
use lantoa_shared::{
    duty::Duty,
    language::Bilingual,
    op::Command,
    record::{Event, Record, State},
    wire::v1::{RecordRow, RowKind},
};
use serde::{Deserialize, Serialize};

/// What a list says of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// What the record fulfils.
    pub duty: Duty,
    /// Where it stands.
    pub state: State,
    /// Counts the reopenings.
    pub revision: u32,
    /// Whether anybody entered anything.
    pub started: bool,
    /// The last step of the workflow.
    pub last: Option<Event>,
    /// When it was last approved, in milliseconds since 1970: when the centre received that, or else when it was done.
    pub done_at: Option<i64>,
    /// When that was done.
    #[serde(default)]
    pub made_at: Option<i64>,
}

impl Brief {
    /// The brief of a record.
    pub fn of(duty: &Duty, record: &Record) -> Self {
        let approval = record.history.iter().rev().find(|event| event.command == Command::Approve);
        Self {
            duty: duty.clone(),
            state: record.state,
            revision: record.revision,
            started: !record.fields.is_empty(),
            last: record.last_event().cloned(),
            done_at: approval.map(|event| event.received_at.unwrap_or(event.made_at)),
            made_at: approval.map(|event| event.made_at),
        }
    }
}

/// A row as the centre sent it, or a small one derived from it.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// In which bucket it lies.
    pub bucket: String,
    /// Its id among its kind.
    pub id: String,
    /// Its JSON text.
    pub body: String,
}

/// The kinds of rows in `base`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As the centre sent it.
    Sent(RowKind),
    /// The brief of a record.
    Brief,
    /// The title of a form.
    Title,
    /// What is owed, without the background.
    Owed,
}

/// All kinds, for what concerns a whole bucket.
pub const KINDS: [Kind; 12] = [
    Kind::Sent(RowKind::Programme),
    Kind::Sent(RowKind::Choices),
    Kind::Sent(RowKind::Form),
    Kind::Sent(RowKind::Unit),
    Kind::Sent(RowKind::Target),
    Kind::Sent(RowKind::Duty),
    Kind::Sent(RowKind::Record),
    Kind::Sent(RowKind::Verdict),
    Kind::Sent(RowKind::Parked),
    Kind::Brief,
    Kind::Title,
    Kind::Owed,
];

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Sent(RowKind::Programme) => "programme",
            Self::Sent(RowKind::Choices) => "choices",
            Self::Sent(RowKind::Form) => "form",
            Self::Sent(RowKind::Unit) => "unit",
            Self::Sent(RowKind::Target) => "target",
            Self::Sent(RowKind::Duty) => "duty",
            Self::Sent(RowKind::Record) => "record",
            Self::Sent(RowKind::Verdict) => "verdict",
            Self::Sent(RowKind::Parked) => "parked",
            // Passed over; nothing is ever written under this name.
            Self::Sent(RowKind::Unknown) => "unknown",
            Self::Brief => "brief",
            Self::Title => "title",
            Self::Owed => "owed",
        }
    }

    /// The kind of the row with this key.
    pub fn of(key: &str) -> Option<Self> {
        let (name, _) = key.split_once('|')?;
        KINDS.into_iter().find(|kind| kind.name() == name)
    }

    /// The beginning of the keys of this kind, or of one bucket's rows of it.
    pub fn prefix(self, bucket: Option<&str>) -> String {
        match bucket {
            Some(bucket) => format!("{}|{bucket}|", self.name()),
            None => format!("{}|", self.name()),
        }
    }

    /// The key of a row.
    pub fn key(self, bucket: &str, id: &str) -> String {
        format!("{}|{bucket}|{id}", self.name())
    }

    /// The small row kept beside a large one.
    pub fn beside(self, body: &str) -> Option<(Self, String)> {
        match self {
            Self::Sent(RowKind::Record) => {
                let row: RecordRow = json::read(body).ok()?;
                let brief = Brief::of(&row.duty, &row.record);
                Some((Self::Brief, serde_json::to_string(&brief).ok()?))
            }
            Self::Sent(RowKind::Form) => {
                #[derive(Deserialize)]
                struct Titled {
                    title: Bilingual,
                }
                let form: Titled = json::read(body).ok()?;
                Some((Self::Title, serde_json::to_string(&form.title).ok()?))
            }
            Self::Sent(RowKind::Duty) => {
                #[derive(Deserialize)]
                struct Owing {
                    duty: Duty,
                }
                let owing: Owing = json::read(body).ok()?;
                Some((Self::Owed, serde_json::to_string(&owing.duty).ok()?))
            }
            _ => None,
        }
    }

    /// The kind of the small row kept beside rows of this kind.
    pub fn companion(self) -> Option<Self> {
        match self {
            Self::Sent(RowKind::Record) => Some(Self::Brief),
            Self::Sent(RowKind::Form) => Some(Self::Title),
            Self::Sent(RowKind::Duty) => Some(Self::Owed),
            _ => None,
        }
    }
}

/// Bucket and id out of a key.
pub fn place(key: &str) -> Option<(&str, &str)> {
    let mut parts = key.splitn(3, '|').skip(1);
    Some((parts.next()?, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_its_place_back() {
        let key = Kind::Sent(RowKind::Record).key("unit:TH-0001", "FA:2026-year:TH-0001");
        assert_eq!(place(&key), Some(("unit:TH-0001", "FA:2026-year:TH-0001")));
        assert!(key.starts_with(&Kind::Sent(RowKind::Record).prefix(Some("unit:TH-0001"))));
        assert!(!key.starts_with(&Kind::Sent(RowKind::Record).prefix(Some("unit:TH-000"))));
        assert_eq!(Kind::of(&key), Some(Kind::Sent(RowKind::Record)));
    }
}

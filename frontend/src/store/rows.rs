//! The rows of `base`: where each lies, and what lists need of it.

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
    /// Places with more than one live answer. A store of an earlier version does not say until the record comes again.
    #[serde(default)]
    pub disputed: usize,
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
            disputed: record.clashes().count(),
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

/// All kinds, for what concerns a whole bucket.
pub const KINDS: [RowKind; 9] = [
    RowKind::Programme,
    RowKind::Choices,
    RowKind::Form,
    RowKind::Unit,
    RowKind::Target,
    RowKind::Duty,
    RowKind::Record,
    RowKind::Verdict,
    RowKind::Parked,
];

/// What a kind is called in keys.
pub fn name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Programme => "programme",
        RowKind::Choices => "choices",
        RowKind::Form => "form",
        RowKind::Unit => "unit",
        RowKind::Target => "target",
        RowKind::Duty => "duty",
        RowKind::Record => "record",
        RowKind::Verdict => "verdict",
        RowKind::Parked => "parked",
        // Passed over; nothing is ever written under this name.
        RowKind::Unknown => "unknown",
    }
}

/// The beginning of the keys of a kind, or of one bucket's rows of it.
pub fn prefix(kind: RowKind, bucket: Option<&str>) -> String {
    match bucket {
        Some(bucket) => format!("{}|{bucket}|", name(kind)),
        None => format!("{}|", name(kind)),
    }
}

/// The key of a row.
pub fn key(kind: RowKind, bucket: &str, id: &str) -> String {
    format!("{}|{bucket}|{id}", name(kind))
}

/// Kind, bucket and id out of a key; `None` for what is no row of the centre's.
pub fn key_parts(key: &str) -> Option<(RowKind, &str, &str)> {
    let mut parts = key.splitn(3, '|');
    let first = parts.next()?;
    let kind = KINDS.into_iter().find(|kind| name(*kind) == first)?;
    Some((kind, parts.next()?, parts.next()?))
}

/// What lists need of a row, where that is less than all of it: a record's brief, a form's title, the bare duty.
pub fn small(kind: RowKind, body: &str) -> Option<String> {
    match kind {
        RowKind::Record => {
            let row: RecordRow = json::read(body).ok()?;
            serde_json::to_string(&Brief::of(&row.duty, &row.record)).ok()
        }
        RowKind::Form => {
            #[derive(Deserialize)]
            struct Titled {
                title: Bilingual,
            }
            let form: Titled = json::read(body).ok()?;
            serde_json::to_string(&form.title).ok()
        }
        RowKind::Duty => {
            #[derive(Deserialize)]
            struct Owing {
                duty: Duty,
            }
            let owing: Owing = json::read(body).ok()?;
            serde_json::to_string(&owing.duty).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_its_place_back() {
        let key = key(RowKind::Record, "unit:TH-0001", "FA:2026-year:TH-0001");
        assert_eq!(key_parts(&key), Some((RowKind::Record, "unit:TH-0001", "FA:2026-year:TH-0001")));
        assert!(key.starts_with(&prefix(RowKind::Record, Some("unit:TH-0001"))));
        assert!(!key.starts_with(&prefix(RowKind::Record, Some("unit:TH-000"))));
    }
}

//! The rows of `base`: where each lies, and what lists need of it.

use crate::json;
use lantoa_shared::{
    duty::Duty,
    language::Bilingual,
    op::Path,
    record::{Event, Record, State},
    value::Value,
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
    /// When it was approved for the first time, which is what tells whether it was late (R63).
    #[serde(default)]
    pub made_at: Option<i64>,
    /// When the centre received that. A store of an earlier version does not say, and means the last time by both.
    #[serde(default)]
    pub came_at: Option<i64>,
    /// Places with more than one live answer. A store of an earlier version does not say until the record comes again.
    #[serde(default)]
    pub disputed: usize,
    /// What lists say of an entry of a register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryBrief>,
}

/// What lists say of an entry of a register besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryBrief {
    /// What it is called.
    pub title: String,
    /// The code of its kind.
    pub kind: String,
}

impl Brief {
    /// The brief of a record.
    pub fn of(RecordRow { duty, record, .. }: &RecordRow) -> Self {
        let approvals = record.approvals();
        Self {
            duty: duty.clone(),
            state: record.state,
            revision: record.revision,
            started: !record.fields.is_empty(),
            last: record.last_event().cloned(),
            done_at: approvals.map(|(_, last)| last.came_at()),
            made_at: approvals.map(|(first, _)| first.made_at),
            came_at: approvals.map(|(first, _)| first.came_at()),
            disputed: record.clashes().count(),
            entry: duty
                .entry
                .is_some()
                .then(|| EntryBrief { title: told(record, "title"), kind: told(record, "media_kind") }),
        }
    }

    /// When it was approved for the first time, and when the centre received that.
    pub fn first(&self) -> Option<(i64, i64)> {
        Some((self.made_at?, self.came_at.or(self.done_at)?))
    }
}

/// What a text or a choice says; nothing if it is not answered.
fn told(record: &Record, code: &str) -> String {
    match record.value(&Path::field(code)) {
        Some(Value::Text(told) | Value::Choice(told)) => told.clone(),
        _ => String::new(),
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
pub const KINDS: [RowKind; 12] = [
    RowKind::Programme,
    RowKind::Choices,
    RowKind::Form,
    RowKind::Unit,
    RowKind::Target,
    RowKind::Duty,
    RowKind::Record,
    RowKind::Entry,
    RowKind::Shelf,
    RowKind::Verdict,
    RowKind::Parked,
    RowKind::Pin,
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
        RowKind::Entry => "entry",
        RowKind::Shelf => "shelf",
        RowKind::Verdict => "verdict",
        RowKind::Parked => "parked",
        RowKind::Pin => "pin",
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
        RowKind::Record | RowKind::Entry => {
            let row: RecordRow = json::read(body).ok()?;
            serde_json::to_string(&Brief::of(&row)).ok()
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
    use lantoa_shared::{
        date::Date,
        map::Map,
        op::{Command, Dot},
        period::Period,
    };

    #[test]
    fn a_report_that_went_up_twice_tells_when_it_first_came_and_when_it_last_did() {
        let step = |n: u64, command, made_at, received_at| Event {
            dot: Dot::new("phone", n),
            command,
            person: "hieu.truong".to_owned(),
            made_at,
            received_at,
            digest: String::new(),
            note: String::new(),
            field_notes: Vec::new(),
        };
        let duty = Duty {
            unit: "TH-0001".to_owned(),
            form: "FA".to_owned(),
            form_version: 1,
            period: "2026-year".parse::<Period>().unwrap(),
            due: "2026-12-20".parse::<Date>().unwrap(),
            recipient: "PX-19753".to_owned(),
            entry: None,
        };
        let mut record = Record::new(duty.id());
        let brief = |record: &Record| {
            let (duty, record) = (duty.clone(), record.clone());
            Brief::of(&RecordRow { duty, record, people: Map::new() })
        };
        assert_eq!(brief(&record).first(), None);
        record.take(step(1, Command::Approve, 10, Some(15)));
        record.take(step(2, Command::Return, 20, Some(20)));
        record.take(step(3, Command::Approve, 30, None));
        let brief = brief(&record);
        assert_eq!((brief.first(), brief.done_at), (Some((10, 15)), Some(30)));

        // As a store of an earlier version has it: the last time only.
        let old = Brief { made_at: Some(30), came_at: None, done_at: Some(31), ..brief };
        assert_eq!(old.first(), Some((30, 31)));
    }

    #[test]
    fn a_key_gives_its_place_back() {
        let key = key(RowKind::Record, "unit:TH-0001", "FA:2026-year:TH-0001");
        assert_eq!(key_parts(&key), Some((RowKind::Record, "unit:TH-0001", "FA:2026-year:TH-0001")));
        assert!(key.starts_with(&prefix(RowKind::Record, Some("unit:TH-0001"))));
        assert!(!key.starts_with(&prefix(RowKind::Record, Some("unit:TH-000"))));
    }
}

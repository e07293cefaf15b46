//! What a unit owes: this form, for this period, by this date, to this recipient.
//!
//! A report's record bears the id of its duty. Two devices of one school that both begin the
//! report without a network therefore fill one record, and meet field by field instead of
//! leaving two halves. A register entry (a media item, an incident) is owed by nobody: its unit makes it when there is
//! something to tell, and its id is drawn on the device. It has the same frame, so that everything that judges, merges,
//! shows and sends a record serves both.

use crate::date::Date;
use crate::period::{Period, Windows};
use crate::person::{Person, Standing};
use crate::record::Record;
use crate::text::day;
use crate::wire::v1::RowKind;
use serde::{Deserialize, Serialize};

/// This unit owes this form for this period by this date; or, where there is an `entry`, this unit registered
/// something by this form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The unit that files.
    pub unit: String,
    /// The form's code.
    pub form: String,
    /// The form's version, pinned when the duty was made.
    pub form_version: u32,
    /// The period reported on; for an entry, the year in which it was begun.
    pub period: Period,
    /// Last day for filing (working days after the cut-off, rules.md section 1); for an entry, the last of its year.
    pub due: Date,
    /// The unit that receives.
    pub recipient: String,
    /// What tells an entry of a register apart from the others, drawn by the device that began it: a UUID of version 7,
    /// which says when that was. Reports have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// The parts of an entry's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryId<'a> {
    /// The form of its register.
    pub form: &'a str,
    /// The form's version, the newest that its device knew.
    pub form_version: u32,
    /// What tells it apart.
    pub entry: &'a str,
    /// The unit that registered it.
    pub unit: &'a str,
}

impl<'a> EntryId<'a> {
    /// Reads the id of a record; `None` if it is not that of an entry.
    pub fn read(id: &'a str) -> Option<Self> {
        let mut parts = id.splitn(3, ':');
        let (form, entry, unit) = (parts.next()?, parts.next()?, parts.next()?);
        let (form, form_version) = form.split_once('.')?;
        let is_uuid =
            entry.len() == 36 && entry.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        Some(Self { form, form_version: form_version.parse().ok()?, entry, unit }).filter(|_| is_uuid)
    }

    /// When it was begun, by the clock of its device, in milliseconds since 1970.
    pub fn begun_at(self) -> i64 {
        // The first 48 bits of the UUID; what has dashes elsewhere says nothing.
        let digits = format!("{}{}", self.entry.get(..8).unwrap_or(""), self.entry.get(9..13).unwrap_or(""));
        i64::from_str_radix(&digits, 16).unwrap_or(0)
    }

    /// The frame of the entry, with this recipient. Device and centre draw the same.
    pub fn frame(self, recipient: &str, windows: &Windows) -> Duty {
        let period = windows.year_of(day::of_moment(self.begun_at()));
        Duty {
            unit: self.unit.to_owned(),
            form: self.form.to_owned(),
            form_version: self.form_version,
            period,
            due: windows.end(period),
            recipient: recipient.to_owned(),
            entry: Some(self.entry.to_owned()),
        }
    }
}

impl Duty {
    /// How a record with this frame stands as regards a person; `line` are the units above its recipient, nearest
    /// first.
    pub fn standing<'a>(&'a self, line: &'a [String], record: &Record, person: &Person) -> Standing<'a> {
        Standing {
            unit: &self.unit,
            recipient: &self.recipient,
            line,
            state: record.state,
            is_entry: self.entry.is_some(),
            has_gone_up: record.approvals().is_some(),
            is_own_work: self.entry.is_some() && record.is_made_by(&person.id),
        }
    }

    /// The kind of row in which a record with this frame goes to the phones.
    pub fn row_kind(&self) -> RowKind {
        if self.entry.is_some() { RowKind::Entry } else { RowKind::Record }
    }

    /// The id of the duty and of the record that fulfils it: `FA:2026-year:SCH-0001`; of an entry,
    /// `FH.1:01980a…:SCH-0001`.
    pub fn id(&self) -> String {
        let Self { form, unit, .. } = self;
        match &self.entry {
            Some(entry) => format!("{form}.{}:{entry}:{unit}", self.form_version),
            None => format!("{form}:{}:{unit}", self.period),
        }
    }
}

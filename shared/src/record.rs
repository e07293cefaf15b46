//! One filled form: the fold of the ops that were done to it.
//!
//! Every field is a multi-value register: an op takes away only the entries it names, so two
//! people who did not see each other leave a clash of two live entries, never a loss. Folding is
//! idempotent (an op seen before changes nothing) and entries of several devices commute.

use crate::map::Map;
use crate::set::Set;
use crate::{
    op::{Command, Dot, FieldNote, Path},
    seen::Seen,
    value::{FileRef, Value},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being filled.
    #[default]
    Draft,
    /// With the head of the unit.
    Ready,
    /// With the recipient; its figures are provisional.
    Submitted,
    /// Sent back with notes; being corrected.
    Returned,
    /// Its figures count.
    Accepted,
    /// An entry of a register that nobody may use any more; for good.
    Withdrawn,
}

impl State {
    /// Whether the filing unit may still change fields.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Ready | Self::Returned)
    }

    /// The code, as on the wire and in the list of states.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One live entry of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The op that made it.
    pub dot: Dot,
    /// The value, or `None` if the op emptied the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Who.
    pub person: String,
    /// When, by the device's clock, in milliseconds since 1970.
    pub at: i64,
    /// What this one was merged from, if the centre put two texts together: to be read by a person, who may
    /// go back to either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Entry>,
}

impl Entry {
    /// The files that it names.
    pub fn files(&self) -> &[FileRef] {
        match &self.value {
            Some(Value::File(file)) => std::slice::from_ref(file),
            Some(Value::Files(files)) => files,
            _ => &[],
        }
    }
}

/// A step of the workflow that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The op that asked for it.
    pub dot: Dot,
    /// The step.
    pub command: Command,
    /// Who.
    pub person: String,
    /// When, by the device's clock, in milliseconds since 1970.
    pub made_at: i64,
    /// When the centre received it; `None` while it is only on this device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<i64>,
    /// Digest of the content it was taken on.
    pub digest: String,
    /// What was said about the whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was said about single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field_notes: Vec<FieldNote>,
}

impl Event {
    /// When the centre received it, or else when it was made.
    pub fn came_at(&self) -> i64 {
        self.received_at.unwrap_or(self.made_at)
    }
}

/// One filled form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// The id; a report bears the id of its duty.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// Counts the reopenings, from 0.
    #[serde(default)]
    pub revision: u32,
    /// The live entries by place, ordered by op id.
    #[serde(default)]
    pub fields: Map<Path, Vec<Entry>>,
    /// The steps taken, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Event>,
    /// The ops folded in.
    #[serde(default)]
    pub seen: Seen,
    /// Replaced before they arrived: never to come alive.
    #[serde(default, skip_serializing_if = "Set::is_empty")]
    pub replaced_early: Set<Dot>,
}

impl Record {
    /// An untouched record.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// Whether the op was folded in already.
    pub fn has_seen(&self, dot: &Dot) -> bool {
        self.seen.contains(dot)
    }

    /// Remembers that the op was folded in.
    pub fn mark_seen(&mut self, dot: &Dot) {
        self.seen.insert(dot);
    }

    /// Folds a field op in. Returns whether a clash stands at its place afterwards.
    pub fn set(&mut self, path: &Path, base: &[Dot], entry: Entry) -> bool {
        if self.has_seen(&entry.dot) {
            return self.is_clash(path);
        }
        self.mark_seen(&entry.dot);
        for dot in base {
            if !self.take_away(path, dot) && !self.has_seen(dot) {
                self.replaced_early.insert(dot.clone());
            }
        }
        if !self.replaced_early.remove(&entry.dot) {
            let entries = self.fields.get_or_insert_with(path.clone(), Vec::new);
            let place = entries.partition_point(|other| other.dot < entry.dot);
            entries.insert(place, entry);
        }
        self.is_clash(path)
    }

    /// Puts the live entries named by `base` together into one, which remembers them.
    pub fn merge(&mut self, path: &Path, base: &[Dot], entry: Entry) {
        if self.has_seen(&entry.dot) {
            return;
        }
        let mut merged = Vec::new();
        for entry in self.entries(path).iter().filter(|entry| base.contains(&entry.dot)) {
            match entry.merged.as_slice() {
                [] => merged.push(entry.clone()),
                // What people wrote, not what was made of it.
                originals => merged.extend_from_slice(originals),
            }
        }
        self.set(path, base, Entry { merged, ..entry });
    }

    /// Takes an entry away at `path`, or – if that is a row – anywhere in the row. Its author has gone on from it:
    /// what it was merged into no longer offers it either.
    fn take_away(&mut self, path: &Path, dot: &Dot) -> bool {
        let prefix = format!("{path}/");
        let mut found = false;
        for (place, entries) in self.fields.iter_mut() {
            if place == path || place.0.starts_with(&prefix) {
                let before = entries.len();
                entries.retain(|entry| entry.dot != *dot);
                entries.iter_mut().for_each(|entry| entry.merged.retain(|part| part.dot != *dot));
                found |= entries.len() < before;
            }
        }
        self.fields.retain(|_, entries| !entries.is_empty());
        found
    }

    /// The live entries at a place.
    pub fn entries(&self, path: &Path) -> &[Entry] {
        self.fields.get(path).map_or(&[], Vec::as_slice)
    }

    /// The value at a place. In a clash it is the entry that sorts first, until a person chooses.
    pub fn value(&self, path: &Path) -> Option<&Value> {
        self.entries(path).iter().find_map(|entry| entry.value.as_ref())
    }

    /// Whether two live entries at the place differ.
    pub fn is_clash(&self, path: &Path) -> bool {
        let entries = self.entries(path);
        entries.iter().any(|entry| entry.value != entries[0].value)
    }

    /// The places where live entries differ.
    pub fn clashes(&self) -> impl Iterator<Item = &Path> {
        self.fields.keys().filter(|path| self.is_clash(path))
    }

    /// What a new op at this place must name as its base: every live entry its author sees.
    /// For a row: every live entry in it.
    pub fn base(&self, path: &Path) -> Vec<Dot> {
        let prefix = format!("{path}/");
        let is_row = path.in_row().is_some_and(|(_, _, member)| member.is_none());
        self.fields
            .iter()
            .filter(|(place, _)| *place == path || (is_row && place.0.starts_with(&prefix)))
            .flat_map(|(_, entries)| entries.iter().map(|entry| entry.dot.clone()))
            .collect()
    }

    /// The ids of the rows of a group that are there, in the order in which they were added
    /// (row ids are time-ordered UUIDs). A row stays as long as anything in it is alive.
    pub fn rows(&self, group: &str) -> Vec<&str> {
        let mut rows = Set::new();
        for (path, entries) in &self.fields {
            if let Some((its_group, row, _)) = path.in_row()
                && its_group == group
                && !path.is_note()
                && entries.iter().any(|entry| entry.value.is_some())
            {
                rows.insert(row);
            }
        }
        rows.into_iter().collect()
    }

    /// SHA-256 over the live content, lower-case hex: equal for equal content on every device.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (path, entries) in &self.fields {
            // Each once, in order.
            let mut values: Set<String> = Set::new();
            for value in entries.iter().filter_map(|entry| entry.value.as_ref()) {
                // Not `expect`: a phone would carry every sentence of the library for it.
                let Ok(text) = serde_json::to_string(value) else { unreachable!("keys are texts") };
                values.insert(text);
            }
            for value in values {
                hash.update(path.0.as_bytes());
                hash.update([0]);
                hash.update(value.as_bytes());
                hash.update([0]);
            }
        }
        hex::encode(hash.finalize())
    }

    /// The files that it names, those of answers that are still to be chosen or were put together included.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        let entries = self.fields.values().flatten();
        entries.flat_map(|entry| entry.merged.iter().chain([entry])).flat_map(Entry::files)
    }

    /// The ids of everybody who entered something that stands, or took a step.
    pub fn people(&self) -> Set<String> {
        let mut people = Set::new();
        let entries = self.fields.values().flatten();
        let authors = entries.flat_map(|entry| entry.merged.iter().chain([entry])).map(|entry| &entry.person);
        for person in authors.chain(self.history.iter().map(|event| &event.person)) {
            if !people.contains(person) {
                people.insert(person.clone());
            }
        }
        people
    }

    /// What stays of a withdrawn entry outside its unit: what it was called, and what became of it.
    pub fn stub(&self) -> Self {
        let mut stub = self.clone();
        stub.fields.retain(|path, _| matches!(path.0.as_str(), "title" | "media_kind"));
        stub
    }

    /// Whether the person entered anything that stands, or sent it on for its unit.
    pub fn is_made_by(&self, person: &str) -> bool {
        let mut entries = self.fields.values().flatten();
        let sends = |event: &Event| matches!(event.command, Command::HandOver | Command::Approve);
        entries.any(|entry| entry.merged.iter().chain([entry]).any(|it| it.person == person))
            || self.history.iter().any(|event| sends(event) && event.person == person)
    }

    /// The first and the last time it was approved: the one tells whether it was late (R63), the other when what
    /// stands there was sent.
    pub fn approvals(&self) -> Option<(&Event, &Event)> {
        let mut approvals = self.history.iter().filter(|event| event.command == Command::Approve);
        let first = approvals.next()?;
        Some((first, approvals.next_back().unwrap_or(first)))
    }

    /// The last step taken.
    pub fn last_event(&self) -> Option<&Event> {
        self.history.last()
    }
}

//! Writes invented records op by op, as a device of the unit would, and takes the steps that people would take.
//!
//! Invariant: what it writes is known for ever by the name of its device: nobody ever sent that.

use super::{EXAMPLE_COMMUNE, EXAMPLE_SCHOOL, answers::Answers};
use lantoa_shared::{
    background::Background,
    op::{Command, Dot, Path},
    record::{Entry, Event, Record},
    report::FilledForm,
    sheet::takes,
    value::Value,
};

/// How the names of the devices begin on which the demo's records were written.
const DEVICE: &str = "demo-";

/// Whether something in a record was invented for a demo.
pub fn is_invented(record: &Record) -> bool {
    let steps = record.history.iter().map(|event| &event.dot);
    let answers = record.fields.values().flatten().map(|entry| &entry.dot);
    steps.chain(answers).any(|dot| dot.device.starts_with(DEVICE))
}

/// When the centre took the last step in; 0 if none was taken.
pub fn received_at(record: &Record) -> i64 {
    record.last_event().and_then(|event| event.received_at).unwrap_or_default()
}

/// A record that is being written.
pub struct Pen {
    /// It, as far as it is.
    pub record: Record,
    device: String,
    n: u64,
    at: i64,
    head: String,
    reviewer: String,
    preparer: String,
}

impl Pen {
    /// Begins a record at a moment in milliseconds since 1970.
    pub fn new(background: &Background, at: i64) -> Self {
        let duty = &background.duty;
        let of = |unit: &str, role: &str| format!("demo-{}-{role}", unit.to_lowercase());
        let own = duty.unit == EXAMPLE_SCHOOL;
        let example = duty.recipient == EXAMPLE_COMMUNE;
        Self {
            record: Record::new(duty.id()),
            device: format!("{DEVICE}{}", duty.unit.to_lowercase()),
            n: 0,
            at,
            preparer: if own { "demo-truong".into() } else { of(&duty.unit, "preparer") },
            head: if own { "demo-hieutruong".into() } else { of(&duty.unit, "head") },
            reviewer: match duty.recipient.as_str() {
                _ if example => "demo-xa".into(),
                "SO-GDDT" => "demo-so".into(),
                recipient => of(recipient, "reviewer"),
            },
        }
    }

    /// Writes the answers that the form asks for.
    pub fn answer(&mut self, form: &FilledForm<'_>, answers: &Answers) {
        for (path, value) in &answers.entries {
            let field = form.form.field(&path.code()).filter(|field| !field.is_automatic());
            if field.is_some_and(|field| takes(field.definition.kind, value)) {
                self.write(path, value.clone());
            }
        }
    }

    fn next(&mut self, minutes: i64) -> Dot {
        self.n += 1;
        self.at += minutes * 60_000;
        Dot::new(self.device.clone(), self.n)
    }

    /// Writes one answer.
    pub fn write(&mut self, path: &Path, value: Value) {
        let base = self.record.base(path);
        let dot = self.next(0);
        self.at += 9_000;
        let entry =
            Entry { dot, value: Some(value), person: self.preparer.clone(), at: self.at, merged: Vec::new() };
        self.record.set(path, &base, entry);
    }

    /// Takes a step, with what is said about it.
    pub fn step(&mut self, command: Command, note: &str) {
        let dot = self.next(if command == Command::Accept { 1500 } else { 90 });
        let person = if command == Command::Accept { &self.reviewer } else { &self.head }.clone();
        self.record.take(Event {
            dot,
            command,
            person,
            made_at: self.at,
            received_at: Some(self.at + 4_000),
            digest: self.record.digest(),
            note: note.to_owned(),
            field_notes: Vec::new(),
        });
    }
}

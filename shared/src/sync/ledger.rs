//! The centre's half: judges one op against the record it concerns.
//!
//! The phone judges its own waiting ops with the same function, so that its view foretells the
//! verdict. A field op on a closed record is parked, not dropped: what was typed stays readable.

use crate::{
    duty::Duty,
    merge::files::keep_posters,
    op::{Act, Command, Dot, Op, Path},
    person::{Action, Person, may},
    record::{Entry, Event, Record},
    sync::{
        clock,
        device::hash,
        verdict::{Refusal, Verdict},
    },
    value::Value,
};

/// What the form says about the content of a record.
pub trait Content {
    /// Whether the form has a field at `path` that takes a value of this kind.
    ///
    /// # Errors
    /// [`Refusal::UnknownField`] or [`Refusal::WrongType`].
    fn accepts(&self, path: &Path, value: Option<&Value>) -> Result<(), Refusal>;

    /// Whether a report may go up with this content.
    ///
    /// # Errors
    /// [`Refusal::OpenErrors`] or [`Refusal::UnansweredWarnings`].
    fn is_ready(&self, record: &Record) -> Result<(), Refusal>;

    /// The figures of others that are part of the report, in words of our own; `None` if there are none.
    fn figures_of_others(&self, record: &Record) -> Option<String>;
}

/// Digest of what a person sees who takes a step: the record and, where the step sends figures up, those of others that
/// go along.
pub fn digest_seen<C: Content>(command: Command, record: &Record, content: &C) -> String {
    let digest = record.digest();
    let goes_along = command.needs_clean_content();
    match goes_along.then(|| content.figures_of_others(record)).flatten() {
        Some(figures) => hash(&format!("{digest}\n{figures}")),
        None => digest,
    }
}

/// What an op is judged by, besides the record.
pub struct Case<'a, C: Content> {
    /// What the record fulfils.
    pub duty: &'a Duty,
    /// The units above the recipient, nearest first.
    pub line: &'a [String],
    /// Whose session brought the op.
    pub person: &'a Person,
    /// The form with everything its rules look at.
    pub content: C,
    /// When it is received, in milliseconds since 1970; `None` on the phone itself.
    pub received_at: Option<i64>,
}

/// Judges an op, and changes the record if it is applied.
pub fn judge<C: Content>(record: &mut Record, dot: &Dot, op: &Op, case: &Case<'_, C>) -> Verdict {
    if record.has_seen(dot) {
        return Verdict::APPLIED;
    }
    if op.person != case.person.id {
        return Verdict::parked(Refusal::NotYourOp);
    }
    let allowed = match &op.act {
        Act::Set { path, value, .. } => set(record, case, path, value.as_ref()).map_err(Verdict::parked),
        Act::Command { .. } => step(record, op, case).map_err(Verdict::refused),
        // Whether that may be is for whoever keeps the other op to say: it may be of a record this person no
        // longer sees. Here it only leaves the trace by which the device knows that it arrived.
        Act::SetAside { .. } => Ok(()),
        Act::Merge { .. } => Err(Verdict::refused(Refusal::NotYourRole)),
    };
    match allowed {
        Ok(()) => fold(record, dot, op, case.received_at),
        Err(verdict) => verdict,
    }
}

/// Folds in an op that was found allowed, without asking again: now, or when a record is made anew from the journal.
pub fn fold(record: &mut Record, dot: &Dot, op: &Op, received_at: Option<i64>) -> Verdict {
    let at = received_at.map_or(op.at, |received_at| clock::made_at(op, received_at));
    let entry = |value: Option<&Value>| Entry {
        dot: dot.clone(),
        value: value.cloned(),
        person: op.person.clone(),
        at,
        merged: Vec::new(),
    };
    match &op.act {
        Act::Set { path, base, value } => {
            let mut entry = entry(value.as_ref());
            if let Some(Value::Files(files)) = &mut entry.value {
                let replaced = record.entries(path).iter().filter(|other| base.contains(&other.dot));
                keep_posters(files, &mut replaced.flat_map(Entry::files));
            }
            if record.set(path, base, entry) {
                return Verdict::CLASH;
            }
        }
        Act::Command { command, note, field_notes, .. } => record.take(Event {
            dot: dot.clone(),
            command: *command,
            person: op.person.clone(),
            made_at: at,
            received_at,
            digest: record.digest(),
            note: note.clone(),
            field_notes: field_notes.clone(),
        }),
        Act::Merge { path, base, value } => record.merge(path, base, entry(Some(value))),
        Act::SetAside { .. } => record.mark_seen(dot),
    }
    Verdict::APPLIED
}

/// Finds whether a field may be set.
fn set<C: Content>(
    record: &Record,
    case: &Case<'_, C>,
    path: &Path,
    value: Option<&Value>,
) -> Result<(), Refusal> {
    may(case.person, Action::Edit, case.duty.standing(case.line, record, case.person))?;
    case.content.accepts(path, value)
}

/// Finds whether a step of the workflow may be taken.
fn step<C: Content>(record: &Record, op: &Op, case: &Case<'_, C>) -> Result<(), Refusal> {
    let Act::Command { command, expect, note, .. } = &op.act else {
        return Err(Refusal::Unreadable);
    };
    may(case.person, Action::Take(*command), case.duty.standing(case.line, record, case.person))?;
    // Taking back changes nothing that anybody has decided on, so it needs no sight of the content. Older versions
    // of the app tell of the record alone.
    let is_as_seen = || *expect == digest_seen(*command, record, &case.content) || *expect == record.digest();
    if *command != Command::TakeBack && !is_as_seen() {
        return Err(Refusal::ContentChanged);
    }
    if command.needs_note() && note.trim().is_empty() {
        return Err(Refusal::NoteMissing);
    }
    if command.needs_clean_content() {
        case.content.is_ready(record)?;
    }
    Ok(())
}

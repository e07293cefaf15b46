//! One field as it is shown.

use super::{Unattached, core::Core};
use crate::prelude::*;
use lantoa_shared::{
    op::{Command, Path},
    person::{Action, may},
    record::{Entry, Record, State},
    sheet::Problem,
    value::{Datum, Value},
};
use std::{rc::Rc, sync::Arc};

/// How safe what stands in a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveMark {
    /// Nobody entered anything.
    Untouched,
    /// It is not on the disk yet.
    Saving,
    /// It is on this phone, on the disk.
    SavedHere,
    /// It is part of the record at the centre.
    AtCentre,
    /// The phone could not keep it; it stands on screen only.
    NotSaved,
}

/// One field as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldView {
    /// What was entered.
    pub value: Option<Value>,
    /// What it amounts to, entered or computed.
    pub datum: Datum,
    /// The live entries: who entered what, and when.
    pub entries: Vec<Entry>,
    /// Whether they differ, so that a person must choose.
    pub is_clash: bool,
    /// Whether it is asked now.
    pub relevant: bool,
    /// Whether an answer is owed now.
    pub required: bool,
    /// What the last accepted report said.
    pub previous: Datum,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The note that answers a warning; written at [`Path::note`].
    pub note: String,
    /// The reviewer's remark, while the report is returned.
    pub returned: Option<String>,
    /// Whether this person may change it now.
    pub is_open: bool,
    /// Why a file that was chosen for it does not stand here.
    pub unattached: Option<Unattached>,
}

/// The view of a field.
pub fn field(core: &Rc<Core>, path: &Path) -> Memo<FieldView> {
    let (view, sheet, path) = (core.view, core.sheet, path.clone());
    let (form, background, person) =
        (Arc::clone(&core.form), Arc::clone(&core.background), Arc::clone(&core.person));
    let (line, unattached) = (core.line.clone(), core.unattached);
    memo(move || {
        let record = view.get();
        let duty = &background.duty;
        let standing = duty.standing(&line, &record, &person);
        let is_automatic = form.field(&path.code()).is_none_or(|field| field.is_automatic());
        let (cell, problems) = sheet.with(|sheet| {
            (sheet.cell(&path).cloned().unwrap_or_default(), sheet.problems_at(&path).cloned().collect())
        });
        FieldView {
            value: record.value(&path).cloned(),
            datum: cell.datum,
            entries: record.entries(&path).to_vec(),
            is_clash: record.is_clash(&path),
            relevant: cell.is_relevant,
            required: cell.is_required,
            previous: background.previous.get(&path.0).cloned().unwrap_or_default(),
            problems,
            note: note(&record, &path),
            returned: returned(&record, &path),
            unattached: unattached
                .with(|it| it.as_ref().filter(|(at, _)| *at == path).map(|(_, reason)| reason.clone())),
            is_open: !is_automatic && may(&person, Action::Edit, standing).is_ok(),
        }
    })
}

/// How safe what stands in a field is.
pub fn saved(core: &Rc<Core>, path: &Path) -> Memo<SaveMark> {
    let (base, view, path) = (core.base, core.view, path.clone());
    let (pending, failed) = (core.pending, core.failed);
    memo(move || {
        if pending.with(|pending| pending.contains(&path)) {
            return SaveMark::Saving;
        }
        if failed.with(|failed| failed.contains(&path)) {
            return SaveMark::NotSaved;
        }
        let record = view.get();
        match record.entries(&path) {
            [] => SaveMark::Untouched,
            entries if base.with(|base| entries.iter().all(|entry| base.has_seen(&entry.dot))) => {
                SaveMark::AtCentre
            }
            _ => SaveMark::SavedHere,
        }
    })
}

fn note(record: &Record, path: &Path) -> String {
    match record.value(&path.note()) {
        Some(Value::Text(note) | Value::Unparsed(note)) => note.clone(),
        _ => String::new(),
    }
}

fn returned(record: &Record, path: &Path) -> Option<String> {
    if record.state != State::Returned {
        return None;
    }
    let sent_back = |command: Command| matches!(command, Command::Return | Command::Reopen);
    let event = record.history.iter().rev().find(|event| sent_back(event.command))?;
    event.field_notes.iter().find(|note| note.path == *path).map(|note| note.note.clone())
}

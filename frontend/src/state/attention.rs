//! What the centre keeps but did not take: shown to its author with the typed text and the reason.

use super::{engine::Engine, holdings::Holdings, outbox::Outbox};
use crate::prelude::*;
use lantoa_shared::map::Map;
use lantoa_shared::{
    duty::EntryId,
    form::Form,
    language::Bilingual,
    op::{Act, Command, Path},
    period::Period,
    sync::verdict::Verdict,
    value::Value,
};
use leptos::task::spawn_local;
use std::{rc::Rc, sync::Arc};

/// Something the centre did not take.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkedOp {
    /// Its number on this device.
    pub n: u64,
    /// The record it concerns.
    pub record: String,
    /// What that record is, as its id says.
    pub of: Option<Of>,
    /// The page on which this person works with the record, if there still is one.
    pub page: Option<&'static str>,
    /// Which field, if it is a value.
    pub path: Option<Path>,
    /// The field's question, once the form was read.
    pub label: Option<Bilingual>,
    /// Which step, if it is one.
    pub command: Option<Command>,
    /// What was entered; `None` if the field was emptied.
    pub value: Option<Value>,
    /// What was said with a step.
    pub note: String,
    /// What the centre said.
    pub verdict: Verdict,
    /// When it was done, in milliseconds since 1970.
    pub at: i64,
}

/// What a record's id says of it: known also when the record itself is not here any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// The form's code.
    pub form: String,
    /// The period; none of an entry.
    pub period: Option<Period>,
    /// The unit that files it.
    pub unit: String,
}

impl Of {
    /// Reads the id of a record, which is that of its duty ([`lantoa_shared::duty::Duty::id`]).
    pub fn read(id: &str) -> Option<Self> {
        if let Some(EntryId { form, unit, .. }) = EntryId::read(id) {
            return Some(Self { form: form.to_owned(), period: None, unit: unit.to_owned() });
        }
        let mut parts = id.splitn(3, ':');
        let (form, period) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        Some(Self { form, period: Some(period), unit: parts.next()?.to_owned() })
    }
}

/// Forms that were read, by code and version.
pub type Forms = Map<(String, u32), Arc<Form>>;

impl Engine {
    /// What the centre did not take of what this person did, for a page that shows it.
    pub fn attention(self: &Rc<Self>) -> Signal<Arc<Vec<ParkedOp>>> {
        let (list, engine) = (RwSignal::<Arc<Vec<ParkedOp>>>::default(), Rc::clone(self));
        effect(move || {
            engine.drawn.track();
            let Some(person) = engine.person() else { return };
            let now = engine.holdings.with_untracked(|holdings| {
                parked(holdings, &engine.outbox.borrow(), &engine.forms.borrow(), &person.id)
            });
            if list.with_untracked(|before| **before != now) {
                engine.name(&now);
                list.set(Arc::new(now));
            }
        });
        list.into()
    }

    /// Reads the forms of what the centre did not take, so that its fields can be named.
    fn name(self: &Rc<Self>, parked: &[ParkedOp]) {
        let nameless = |op: &&ParkedOp| op.path.is_some() && op.label.is_none();
        let forms: Vec<(String, u32)> = self.holdings.with_untracked(|holdings| {
            parked.iter().filter(nameless).filter_map(|op| form_of(holdings, &op.record)).collect()
        });
        let engine = Rc::clone(self);
        spawn_local(async move {
            for (code, version) in forms {
                // A field the form does not have keeps its code.
                let is_new = !engine.forms.borrow().contains_key(&(code.clone(), version));
                if is_new && engine.form(&code, version).await.is_some() {
                    engine.drawn.update(|drawn| *drawn += 1);
                }
            }
        });
    }
}

/// What the centre did not take of what a person did.
fn parked(holdings: &Holdings, outbox: &Outbox, forms: &Forms, person: &str) -> Vec<ParkedOp> {
    let parked = |row: &crate::store::OutboxRow| row.verdict.filter(|verdict| !verdict.status.is_in_record());
    let rows = outbox.of(person).filter_map(|(row, op)| Some((row, op, parked(row)?)));
    rows.map(|(row, op, verdict)| {
        let blank = ParkedOp {
            n: row.n,
            record: op.record.clone(),
            of: Of::read(&op.record),
            page: match (op.record.as_str(), &op.act) {
                (own, _) if holdings.duties.contains_key(own) => Some("report"),
                (received, _) if holdings.owed.contains_key(received) => Some("review"),
                (entry, act) => EntryId::read(entry).map(|_| entry_page(act)),
            },
            path: None,
            label: None,
            command: None,
            value: None,
            note: String::new(),
            verdict,
            at: op.at,
        };
        match &op.act {
            Act::Set { path, value, .. } => ParkedOp {
                path: Some(path.clone()),
                label: form_of(holdings, &op.record).and_then(|form| label(forms, &form, path)),
                value: value.clone(),
                ..blank
            },
            Act::Command { command, note, .. } => {
                ParkedOp { command: Some(*command), note: note.clone(), ..blank }
            }
            Act::Merge { .. } | Act::SetAside { .. } => blank,
        }
    })
    .collect()
}

/// The page on which an entry is worked with: whoever decided on it reviews, whoever entered something fills.
fn entry_page(act: &Act) -> &'static str {
    match act {
        Act::Command { command: Command::Accept | Command::Return | Command::Reopen, .. } => "review",
        _ => "report",
    }
}

/// Code and version of a record's form: as its duty says or, when that is not here any more, the newest that is.
fn form_of(holdings: &Holdings, record: &str) -> Option<(String, u32)> {
    if let Some(duty) = holdings.duty(record) {
        return Some((duty.form.clone(), duty.form_version));
    }
    if let Some(EntryId { form, form_version, .. }) = EntryId::read(record) {
        return Some((form.to_owned(), form_version));
    }
    let code = Of::read(record)?.form;
    let version = |title: &String| title.strip_prefix(&code)?.strip_prefix('.')?.parse().ok();
    let version = holdings.titles.keys().filter_map(version).max()?;
    Some((code, version))
}

fn label(forms: &Forms, form: &(String, u32), path: &Path) -> Option<Bilingual> {
    Some(forms.get(form)?.field(&path.code())?.definition.label.clone())
}

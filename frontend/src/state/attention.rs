//! What the centre keeps but did not take: shown to its author with the typed text and the reason.

use super::{engine::Engine, holdings::Holdings, outbox::Outbox};
use crate::prelude::*;
use lantoa_shared::map::Map;
use lantoa_shared::{
    duty::Duty,
    form::Form,
    language::Bilingual,
    op::{Act, Command, Path},
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
    /// What that record fulfils, if the phone knows.
    pub duty: Option<Duty>,
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
        let duties: Vec<Duty> = parked.iter().filter(nameless).filter_map(|op| op.duty.clone()).collect();
        let engine = Rc::clone(self);
        spawn_local(async move {
            for Duty { form, form_version, .. } in duties {
                // A field the form does not have keeps its code.
                let is_new = !engine.forms.borrow().contains_key(&(form.clone(), form_version));
                if is_new && engine.form(&form, form_version).await.is_some() {
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
        let own = holdings.duties.get(&op.record).map(|background| background.duty.clone());
        let blank = ParkedOp {
            n: row.n,
            record: op.record.clone(),
            duty: own.or_else(|| holdings.owed.get(&op.record).cloned()),
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
                label: label(forms, blank.duty.as_ref(), path),
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

fn label(forms: &Forms, duty: Option<&Duty>, path: &Path) -> Option<Bilingual> {
    let duty = duty?;
    let form = forms.get(&(duty.form.clone(), duty.form_version))?;
    Some(form.field(&path.code())?.definition.label.clone())
}

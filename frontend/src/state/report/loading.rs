//! Opens a record: reads its two sources, its form and what lies outside of it.

use super::{
    Opening, Place, Report,
    core::{Core, Sources},
};
use crate::json;
use crate::prelude::*;
use crate::{
    api, browser,
    state::{
        cards::DutyCard,
        engine::Engine,
        fetched::{FetchState, fetch},
    },
};
use lantoa_shared::map::Map;
use lantoa_shared::{
    background::Background,
    definition::{Choice, FormDefinition},
    duty::{Duty, EntryId},
    form::Form,
    op::{Act, Op},
    period::Windows,
    person::Person,
    record::Record,
    report::FilledForm,
    sync::{ledger::Case, view::compose},
    text,
    wire::v1::{RecordRow, RowKind, SentRecord},
};
use leptos::task::spawn_local;
use std::{cell::Cell, rc::Rc, sync::Arc};

/// Opens a record for the page it is called in.
pub fn open(engine: Rc<Engine>, id: String) -> Signal<Opening> {
    browser::begin("form-open");
    let opening = RwSignal::new(Opening::Loading);
    let owner = Owner::current();
    let is_reading = Rc::new(Cell::new(false));
    let (session, holdings) = (engine.session, engine.holdings);
    let (wipes, wiped_before) = (engine.wipes, engine.wipes.get_untracked());
    effect(move || {
        session.track();
        holdings.track();
        // Data that comes later may bring a record that was missing; one that is open looks after itself, unless it is
        // one that this device may not have any more: that leaves the screen. What was typed is kept and goes up.
        let is_open = !matches!(opening.try_get_untracked(), Some(Opening::Loading | Opening::Missing));
        if (is_open && wipes.get() == wiped_before) || is_reading.replace(true) {
            return;
        }
        let (engine, id, owner, is_reading) =
            (Rc::clone(&engine), id.clone(), owner.clone(), Rc::clone(&is_reading));
        spawn_local(async move {
            let found = sources(&engine, &id).await;
            is_reading.set(false);
            if opening.try_get_untracked().is_none() || (is_open && found.is_some()) {
                return;
            }
            let next = match (found, owner) {
                (Some(sources), Some(owner)) => owner.with(|| Opening::Open(report(&engine, sources))),
                // To a device that was shut out nothing comes any more.
                _ if engine.holdings.with_untracked(|holdings| !holdings.is_filled)
                    && !engine.status.with_untracked(|status| status.is_revoked) =>
                {
                    Opening::Loading
                }
                _ => Opening::Missing,
            };
            opening.set(next);
            if matches!(next, Opening::Open(_)) {
                browser::after_paint(|| browser::measure("form-open"));
            }
        });
    });
    opening.into()
}

/// Opens a report that others sent and this phone does not hold, as the centre shows it – or showed it last.
pub fn open_sent(engine: Rc<Engine>, id: &str) -> Signal<Opening> {
    let opening = RwSignal::new(Opening::Loading);
    let owner = Owner::current();
    let answer = fetch::<SentRecord>(&engine, api::record_question(id));
    effect(move || {
        let fetched = answer.get();
        if fetched.state == FetchState::Loading {
            return;
        }
        let (engine, owner) = (Rc::clone(&engine), owner.clone());
        spawn_local(async move {
            let found = match fetched.value {
                Some(sent) => sent_sources(&engine, &sent).await,
                None => None,
            };
            let next = match (found, owner) {
                (Some(sources), Some(owner)) => owner.with(|| Opening::Open(report(&engine, sources))),
                _ => Opening::Missing,
            };
            opening.set(next);
        });
    });
    opening.into()
}

async fn sent_sources(engine: &Rc<Engine>, sent: &SentRecord) -> Option<Sources> {
    let SentRecord { background, row } = sent.clone();
    let form = engine.form(&background.duty.form, background.duty.form_version).await?;
    let RecordRow { record, people, .. } = row;
    let (person, background) = (engine.person()?, Arc::new(background));
    Some(Sources { form, background, person, record, people, body: String::new(), place: Place::default() })
}

fn report(engine: &Rc<Engine>, sources: Sources) -> Report {
    let core = StoredValue::new_local(Core::new(Rc::clone(engine), sources));
    let engine = StoredValue::new_local(Rc::clone(engine));
    on_cleanup(move || {
        // The page is left in the middle of a word: the word is kept all the same.
        core.try_with_value(|core| core.save_typing());
        if let Some(engine) = engine.try_get_value() {
            // A turn later, when this record is no longer among those on screen.
            spawn_local(async move { engine.redraw() });
        }
    });
    Report { core }
}

/// Reads everything a record is opened with; `None` if this phone does not have it.
pub(super) async fn sources(engine: &Rc<Engine>, id: &str) -> Option<Sources> {
    let person = engine.person()?;
    let held = engine.store.record(id).await.ok()?;
    let (record, body) = match held {
        Some((_, body)) => {
            let row: RecordRow = json::read(&body).ok()?;
            (Some(row), body)
        }
        None => (None, String::new()),
    };
    let background = background(engine, id, record.as_ref(), &person).await?;
    let form = engine.form(&background.duty.form, background.duty.form_version).await?;
    let place = engine.store.place(&person.id, id).await.ok().flatten().unwrap_or_default();
    let (record, people) =
        record.map_or_else(|| (Record::new(id), Map::new()), |row| (row.record, row.people));
    Some(Sources { form, background, person, record, people, body, place })
}

/// What lies outside a record: as the centre sent it or, for a record received without it, its duty
/// and its unit.
async fn background(
    engine: &Engine,
    id: &str,
    row: Option<&RecordRow>,
    person: &Person,
) -> Option<Arc<Background>> {
    let own = engine.holdings.with_untracked(|holdings| holdings.duties.get(id).cloned());
    if let Some(background) = own {
        return Some(background);
    }
    if let Some(body) = engine.store.duty(id).await.ok().flatten()
        && let Ok(background) = json::read::<Background>(&body)
        && (row.is_some() || person.belongs_to(&background.duty.unit))
    {
        return Some(Arc::new(background));
    }
    let duty = match row {
        Some(row) => &row.duty,
        None => &begun(engine, EntryId::read(id)?, person).await?,
    };
    let unit = engine.holdings.with_untracked(|holdings| holdings.units.get(&duty.unit).cloned())?;
    Some(Arc::new(Background {
        duty: duty.clone(),
        unit: (*unit).clone(),
        previous: Map::new(),
        h1: Map::new(),
        schools: None,
        counts: Map::new(),
        documents: Vec::new(),
        settings: Map::new(),
        windows: Windows::default(),
    }))
}

/// The frame of an entry that this person begins, or of which nothing is at the centre yet.
async fn begun(engine: &Engine, id: EntryId<'_>, person: &Person) -> Option<Duty> {
    let form = engine.form(id.form, id.form_version).await?;
    let recipient = form.recipient.as_ref().filter(|_| person.belongs_to(id.unit))?;
    Some(id.frame(recipient, &Windows::default()))
}

impl Engine {
    /// A form, loaded once.
    pub async fn form(&self, code: &str, version: u32) -> Option<Arc<Form>> {
        let key = (code.to_owned(), version);
        if let Some(form) = self.forms.borrow().get(&key) {
            return Some(Arc::clone(form));
        }
        let body = self.store.row(RowKind::Form, "pub", &format!("{code}.{version}")).await.ok()??;
        let definition: FormDefinition = json::read(&body).ok()?;
        let mut lists: Map<String, Vec<Choice>> = Map::new();
        self.holdings.with_untracked(|holdings| {
            lists.extend(holdings.choices.iter().map(|(name, list)| (name.clone(), Vec::clone(list))));
        });
        let form = Arc::new(Form::load(&definition, &lists).ok()?);
        self.forms.borrow_mut().insert(key, Arc::clone(&form));
        Some(form)
    }

    /// Counts how far the open reports are, one after the other, and draws them again.
    pub fn count_progress(self: &Rc<Self>) {
        let missing: Vec<String> = self.duties.with_untracked(|duties| {
            let counted = self.counted.borrow();
            let open = duties.iter().filter(|card| card.state.is_open()).map(DutyCard::id);
            open.filter(|id| !counted.contains(id)).collect()
        });
        // Nobody sees the cards while a record is on screen, and counting would make typing wait.
        if missing.is_empty() || !self.on_screen().is_empty() || self.is_counting.replace(true) {
            return;
        }
        let engine = Rc::clone(self);
        spawn_local(async move {
            for id in missing {
                engine.counted.borrow_mut().insert(id.clone());
                if let Some(sources) = sources(&engine, &id).await {
                    let (sheet, _) = composed(&engine, &sources);
                    engine.progress.borrow_mut().insert(id, sheet.progress());
                }
            }
            engine.is_counting.set(false);
            engine.redraw();
        });
    }
}

/// The form of a record that was read, with all that its rules look at.
pub(super) fn filled<'a>(engine: &Engine, sources: &'a Sources) -> FilledForm<'a> {
    let today = text::day::of_moment(engine.now());
    FilledForm { form: &sources.form, background: &sources.background, today }
}

pub(super) fn composed(engine: &Engine, sources: &Sources) -> (lantoa_shared::sheet::Sheet, Record) {
    let content = filled(engine, sources);
    let duty = &sources.background.duty;
    let line = engine.holdings.with_untracked(|holdings| holdings.line(&duty.recipient));
    let case = Case { duty, line: &line, person: &sources.person, content, received_at: None };
    let waiting = engine.outbox.borrow().waiting(&sources.person.id, &sources.record.id);
    let view = compose(&sources.record, &waiting, &case);
    (content.sheet(&view), view)
}

/// A record that need not be on screen, with this person's waiting ops; `None` if the person may not see it.
pub async fn view_of(engine: &Rc<Engine>, record: &str) -> Option<Record> {
    Some(composed(engine, &sources(engine, record).await?).1)
}

/// The same deed on the record as it is now: a value then replaces what its author can see today. A step is taken on
/// what its author `expects` since, or else on what was seen then.
pub async fn act_anew(engine: &Rc<Engine>, op: &Op, expects: Option<String>) -> Option<Act> {
    match &op.act {
        Act::Command { command, expect, note, field_notes } => Some(Act::Command {
            command: *command,
            expect: expects.unwrap_or_else(|| expect.clone()),
            note: note.clone(),
            field_notes: field_notes.clone(),
        }),
        Act::Set { path, value, .. } => {
            let view = view_of(engine, &op.record).await?;
            Some(Act::Set { path: path.clone(), base: view.base(path), value: value.clone() })
        }
        Act::Merge { .. } | Act::SetAside { .. } => None,
    }
}

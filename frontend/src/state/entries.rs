//! The entries of registers on this device, one line each: those at the centre, and those of which nothing has left it
//! yet.
//!
//! Read when a page shows them, and again whenever anything changed: nobody else pays for a register of thousands.

use super::{
    App,
    cards::{foretold, has_unsent_step},
    engine::Engine,
};
use crate::{
    browser, json,
    prelude::*,
    store::{Brief, StoreTrouble},
};
use lantoa_shared::{
    duty::EntryId,
    language::Bilingual,
    map::Map,
    op::Act,
    person::{Person, Role},
    record::{Event, State},
    value::Value,
};
use leptos::task::spawn_local;
use std::{rc::Rc, sync::Arc};

/// An entry, as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryCard {
    /// The record's id.
    pub id: String,
    /// What it is called; empty until that was entered.
    pub title: String,
    /// Of which kind it is, once that was entered.
    pub kind: Option<Bilingual>,
    /// The unit that registered it.
    pub unit: String,
    /// Whether it is of a unit of this person.
    pub is_own: bool,
    /// Where it stands, own waiting steps included.
    pub state: State,
    /// Counts the reopenings.
    pub revision: u32,
    /// The last step at the centre; its note says why an entry came back.
    pub last: Option<Event>,
    /// When it was last approved, in milliseconds since 1970.
    pub done_at: Option<i64>,
    /// Whether a step of it exists on this device only.
    pub is_here_only: bool,
    /// Things of it that exist on this device only.
    pub unsent: usize,
    /// Things of it the centre did not take.
    pub attention: usize,
    /// Places with more than one live answer.
    pub disputed: usize,
}

impl EntryCard {
    /// When it was begun, in milliseconds since 1970.
    pub fn begun_at(&self) -> i64 {
        EntryId::read(&self.id).map_or(0, EntryId::begun_at)
    }
}

impl Engine {
    /// The entries on this device.
    pub(super) async fn entries(&self, person: &Person) -> Result<Vec<EntryCard>, StoreTrouble> {
        let mut briefs: Map<String, Brief> = Map::new();
        for row in self.store.entries().await? {
            // What an own unit wrote is newer than what went up from it.
            let is_newer = row.bucket.starts_with("unit:") || !briefs.contains_key(&row.id);
            if let Some(brief) = json::read(&row.body).ok().filter(|_| is_newer) {
                briefs.insert(row.id, brief);
            }
        }
        let outbox = self.outbox.borrow();
        let mut cards: Map<String, EntryCard> = Map::new();
        let waiting = outbox.of(&person.id).map(|(_, op)| op.record.as_str());
        for id in briefs.keys().map(String::as_str).chain(waiting) {
            let Some(entry) = EntryId::read(id).filter(|_| !cards.contains_key(id)) else { continue };
            let brief = briefs.get(id);
            let told = brief.and_then(|brief| brief.entry.clone());
            let (mut title, mut kind) = told.map_or_else(Default::default, |told| (told.title, told.kind));
            for waiting in outbox.waiting(&person.id, id) {
                match waiting.op.act {
                    Act::Set { path, value: Some(Value::Text(text)), .. } if path.0 == "title" => {
                        title = text
                    }
                    Act::Set { path, value: Some(Value::Choice(code)), .. } if path.0 == "media_kind" => {
                        kind = code;
                    }
                    _ => {}
                }
            }
            let (unsent, attention) = outbox.counts(&person.id, Some(id));
            let state = brief.map_or(State::Draft, |brief| brief.state);
            cards.insert(
                id.to_owned(),
                EntryCard {
                    id: id.to_owned(),
                    title,
                    kind: self.choice("media_kind", &kind),
                    unit: entry.unit.to_owned(),
                    is_own: person.belongs_to(entry.unit),
                    state: foretold(state, &outbox, person, id),
                    revision: brief.map_or(0, |brief| brief.revision),
                    last: brief.and_then(|brief| brief.last.clone()),
                    done_at: brief.and_then(|brief| brief.done_at),
                    is_here_only: has_unsent_step(&outbox, person, id),
                    unsent,
                    attention,
                    disputed: brief.map_or(0, |brief| brief.disputed),
                },
            );
        }
        Ok(cards.values().cloned().collect())
    }

    /// What a choice of a list is called.
    fn choice(&self, list: &str, code: &str) -> Option<Bilingual> {
        self.holdings.with_untracked(|holdings| {
            let choice = holdings.choices.get(list)?.iter().find(|choice| choice.code == code)?;
            Some(choice.label.clone())
        })
    }
}

impl App {
    /// The entries of registers on this device; `None` until they were read.
    pub fn entries(&self) -> Signal<Option<Arc<Vec<EntryCard>>>> {
        let (list, engine) = (RwSignal::new(None), self.engine());
        effect(move || {
            engine.drawn.track();
            let Some(person) = engine.person() else { return };
            let engine = Rc::clone(&engine);
            spawn_local(async move {
                // Where the store fails, what was shown stays; the trouble is said above the page.
                if let Ok(now) = engine.entries(&person).await
                    && list.try_get_untracked().is_some()
                {
                    list.set(Some(Arc::new(now)));
                }
            });
        });
        list.into()
    }

    /// The id of a new entry of a register for the unit in which this person fills things; `None` if there is no such
    /// unit, or the register has not come down.
    pub fn new_entry(&self, form: &str) -> Option<String> {
        let engine = self.engine();
        let person = engine.person()?;
        let works = |role| matches!(role, Role::Preparer | Role::Head);
        let unit = &person.memberships.iter().find(|membership| works(membership.role))?.unit;
        let version = engine.holdings.with_untracked(|holdings| {
            let versions = holdings.titles.keys().filter_map(|id| {
                let (code, version) = id.rsplit_once('.')?;
                if code == form { version.parse::<u32>().ok() } else { None }
            });
            versions.max()
        })?;
        Some(format!("{form}.{version}:{}:{unit}", browser::id_in_time(engine.now())))
    }
}

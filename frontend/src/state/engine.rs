//! What turns behind the signals, and what wakes it.

mod keeping;
mod reading;

use super::{
    attention::Forms,
    cards::{DutyCard, ReceivedCard},
    eviction::Loss,
    holdings::Holdings,
    outbox::Outbox,
    preferences::Preferences,
    report::Core,
    session::Session,
    status::{Facts, SyncStatus},
};
use crate::prelude::*;
use crate::{
    browser,
    store::{Holder, Store, StoreTrouble, remarks_key},
    sync::{Happened, Line, Sync},
};
use lantoa_shared::map::Map;
use lantoa_shared::set::Set;
use lantoa_shared::{op::Act, person::Person, sheet::Progress, sync::clock::Clock};
use leptos::task::spawn_local;
use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
    sync::Arc,
};

/// What turns behind the signals.
pub struct Engine {
    /// The durable part.
    pub store: Store,
    /// Language and theme.
    pub preferences: Preferences,
    /// Who uses the app.
    pub session: RwSignal<Session>,
    /// What the centre sent.
    pub holdings: RwSignal<Arc<Holdings>>,
    /// What own units owe.
    pub duties: RwSignal<Arc<Vec<DutyCard>>>,
    /// What own units receive.
    pub inbox: RwSignal<Arc<Vec<ReceivedCard>>>,
    /// How many entries of registers wait for this person.
    pub entries_waiting: RwSignal<usize>,
    /// Counts how often the lists were drawn anew.
    pub drawn: RwSignal<u32>,
    /// How the phone stands with the centre.
    pub status: RwSignal<SyncStatus>,
    /// Why the phone cannot keep anything.
    pub trouble: RwSignal<Option<StoreTrouble>>,
    /// What was lost with a store that the browser threw away.
    pub lost: RwSignal<Option<Loss>>,
    /// Whether a new version waits.
    pub update_ready: RwSignal<bool>,
    /// Counts what came from the centre.
    pub changes: RwSignal<u32>,
    /// Counts what was told of the library on this device.
    pub stock: RwSignal<u32>,
    /// Counts how often something was wiped that this device may not have any more.
    pub wipes: RwSignal<u32>,
    /// The ops that are not settled.
    pub outbox: RefCell<Outbox>,
    /// Forms that were loaded, by code and version.
    pub(super) forms: RefCell<Forms>,
    /// How far open reports are, by record.
    pub(super) progress: RefCell<Map<String, Progress>>,
    /// Records on screen.
    pub(super) open: RefCell<Vec<Weak<Core>>>,
    /// What the disk did not take of records that are on screen no more: by person and record.
    pub(super) stranded: RefCell<Vec<(String, String, Act)>>,
    /// The records whose progress is up to date.
    pub(super) counted: RefCell<Set<String>>,
    pub(super) is_counting: Cell<bool>,
    /// Whether it is tried again soon to keep what a full disk did not take.
    pub(super) waits_for_room: Cell<bool>,
    /// Whether the browser was asked to keep the store: when there is something to keep.
    pub(super) has_asked: Cell<bool>,
    facts: RefCell<Facts>,
    sync: OnceCell<Sync>,
}

impl Engine {
    /// An engine that stands still. Signals belong to the owner it is made in.
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            store: Store::new(),
            preferences: Preferences::new(),
            session: RwSignal::new(Session::Opening),
            holdings: RwSignal::default(),
            duties: RwSignal::default(),
            inbox: RwSignal::default(),
            entries_waiting: RwSignal::default(),
            drawn: RwSignal::new(0),
            status: RwSignal::default(),
            trouble: RwSignal::new(None),
            lost: RwSignal::new(None),
            update_ready: RwSignal::new(browser::root_attribute("data-update").is_some()),
            changes: RwSignal::new(0),
            stock: RwSignal::new(0),
            wipes: RwSignal::new(0),
            outbox: RefCell::default(),
            forms: RefCell::default(),
            progress: RefCell::default(),
            open: RefCell::default(),
            stranded: RefCell::default(),
            counted: RefCell::default(),
            is_counting: Cell::default(),
            waits_for_room: Cell::default(),
            has_asked: Cell::default(),
            facts: RefCell::default(),
            sync: OnceCell::new(),
        })
    }

    /// Reads the store, shows what it holds, then begins to talk to the centre.
    pub fn start(self: &Rc<Self>) {
        let ready = self.update_ready;
        browser::on_window("lantoa-update-ready", move |_| ready.set(true));
        let holder: std::rc::Weak<dyn Holder> = Rc::<Self>::downgrade(self);
        self.store.work_for(holder);
        self.flush_when_leaving();
        browser::on_window("appinstalled", |_| spawn_local(async { _ = browser::ask_to_persist().await }));
        let told = Rc::downgrade(self);
        let happened = move |what| {
            if let Some(engine) = told.upgrade() {
                engine.happened(what);
            }
        };
        let _ = self.sync.set(Sync::start(self.store.clone(), Rc::new(happened)));
        let engine = Rc::clone(self);
        spawn_local(async move {
            engine.reload_all().await;
            browser::after_paint(|| browser::measure("app-ready"));
            engine.sync().session_is(engine.person().is_some());
            engine.renew_session().await;
        });
    }

    /// The running conversation.
    pub fn sync(&self) -> &Sync {
        self.sync.get().expect("the conversation is started before anything else")
    }

    /// The person signed in.
    pub fn person(&self) -> Option<Arc<Person>> {
        self.session.with_untracked(|session| session.person().cloned())
    }

    /// The time now: this device's clock, set right by the centre's.
    pub fn now(&self) -> i64 {
        self.clock().right(browser::now())
    }

    /// What is known of the centre's clock.
    pub fn clock(&self) -> Clock {
        self.facts.borrow().line.clock
    }

    /// Sends and fetches now.
    pub fn wake(&self) {
        self.sync().wake();
    }

    /// Saves what is being typed and starts the new version.
    pub fn apply_update(self: &Rc<Self>) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            engine.flush().await;
            browser::announce("lantoa-update-apply");
        });
    }

    /// Something happened in the conversation, here or in another tab.
    pub(super) fn happened(self: &Rc<Self>, what: Happened) {
        let engine = Rc::clone(self);
        let is_kept = matches!(what, Happened::Judged | Happened::Changed { .. } | Happened::Session);
        let passes = |trouble: &Option<StoreTrouble>| trouble.is_some_and(|it| it != StoreTrouble::TooLong);
        if is_kept && self.trouble.with_untracked(passes) {
            // The store works: what it did not take before is tried once more, and says so if it fails again.
            self.trouble.set(None);
            let engine = Rc::clone(self);
            spawn_local(async move { engine.flush().await });
        }
        match what {
            Happened::Sending { done, total } => self.note(|facts| facts.sending = Some((done, total))),
            Happened::Line(line) => self.note(|facts| {
                facts.sending = None;
                // A tab that has not yet heard of the centre knows less than the store.
                let known = if line.last_contact.is_some() { line } else { facts.line };
                let Line { last_contact, clock, is_revoked, is_signed_out, .. } = known;
                let is_signed_out = is_signed_out || line.is_signed_out;
                facts.line = Line { last_contact, clock, is_revoked, is_signed_out, ..line };
            }),
            Happened::StoreTrouble => self.trouble.set(Some(StoreTrouble::Broken)),
            Happened::StoreFull => self.trouble.set(Some(StoreTrouble::Full)),
            Happened::Kept => {
                self.counted.borrow_mut().clear();
                spawn_local(async move { engine.reload_outbox().await });
            }
            Happened::Judged => spawn_local(async move { engine.reload_outbox().await }),
            Happened::Wiped => spawn_local(async move {
                engine.reload_base(true).await;
                engine.wipes.update(|wipes| *wipes += 1);
                // A role was taken away, most likely.
                engine.renew_session().await;
            }),
            Happened::Changed { programme } => spawn_local(async move {
                engine.reload_base(programme).await;
                engine.changes.update(|changes| *changes += 1);
                if programme {
                    // What a new role brings comes so, too.
                    engine.renew_session().await;
                }
            }),
            Happened::Session => spawn_local(async move {
                engine.reload_all().await;
                engine.sync().session_is(engine.person().is_some());
            }),
        }
    }

    /// Counts what waits and what asks for this person, and says so: own ops that were not taken, others' that this
    /// person may take in, reports in which answers are to be chosen.
    pub(super) fn count(&self) {
        let Some(person) = self.person() else {
            return self.note(|facts| {
                *facts = Facts { line: facts.line, sending: facts.sending, ..Facts::default() }
            });
        };
        let (unsent, not_taken) = self.outbox.borrow().counts(&person.id, None);
        let remarks = self.outbox.borrow().n_remarks(&remarks_key(&person.id, ""));
        let recordings = self.outbox.borrow().n_recordings(&person.id);
        self.mark_device();
        let of_others = self.holdings.with_untracked(|holdings| {
            let outbox = self.outbox.borrow();
            holdings.parked.iter().filter(|dot| !outbox.holds(dot)).count()
        });
        let to_choose = self
            .duties
            .with_untracked(|duties| duties.iter().filter(|it| it.asks_to_choose(&person)).count());
        let attention = not_taken + of_others + to_choose;
        self.note(|facts| *facts = Facts { unsent, remarks, recordings, attention, ..*facts });
    }

    pub(super) fn note(&self, change: impl FnOnce(&mut Facts)) {
        let status = {
            let mut facts = self.facts.borrow_mut();
            change(&mut facts);
            facts.status()
        };
        if self.status.with_untracked(|before| *before != status) {
            self.status.set(status);
        }
    }
}

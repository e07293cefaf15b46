//! What turns behind the signals: reads the store, keeps ops, and redraws when something happened.

use super::{
    attention::{self, ParkedOp},
    cards::{self, DutyCard, ReceivedCard},
    holdings::Holdings,
    outbox::Outbox,
    preferences::Preferences,
    report::Core,
    session::Session,
    status::{Facts, SyncStatus},
};
use crate::{
    browser,
    store::{OutboxRow, Store, StoreTrouble},
    sync::{Happened, Sync},
};
use lantoa_shared::{
    form::Form,
    op::{Act, Op},
    person::Person,
    sheet::Progress,
};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
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
    /// What the centre did not take.
    pub attention: RwSignal<Arc<Vec<ParkedOp>>>,
    /// How the phone stands with the centre.
    pub status: RwSignal<SyncStatus>,
    /// Why the phone cannot keep anything.
    pub trouble: RwSignal<Option<StoreTrouble>>,
    /// Whether a new version waits.
    pub update_ready: RwSignal<bool>,
    /// Counts what came from the centre.
    pub changes: RwSignal<u32>,
    /// The ops that are not settled.
    pub outbox: RefCell<Outbox>,
    /// Forms that were loaded, by code and version.
    pub(super) forms: RefCell<BTreeMap<(String, u32), Arc<Form>>>,
    /// How far open reports are, by record.
    pub(super) progress: RefCell<BTreeMap<String, Progress>>,
    /// Records on screen.
    pub(super) open: RefCell<Vec<Weak<Core>>>,
    pub(super) is_counting: std::cell::Cell<bool>,
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
            attention: RwSignal::default(),
            status: RwSignal::default(),
            trouble: RwSignal::new(None),
            update_ready: RwSignal::new(browser::root_attribute("data-update").is_some()),
            changes: RwSignal::new(0),
            outbox: RefCell::default(),
            forms: RefCell::default(),
            progress: RefCell::default(),
            open: RefCell::default(),
            is_counting: std::cell::Cell::default(),
            facts: RefCell::default(),
            sync: OnceCell::new(),
        })
    }

    /// Reads the store, shows what it holds, then begins to talk to the centre.
    pub fn start(self: &Rc<Self>) {
        let ready = self.update_ready;
        browser::on_window("lantoa-update-ready", move |_| ready.set(true));
        self.flush_when_leaving();
        let engine = Rc::clone(self);
        spawn_local(async move {
            engine.reload_all().await;
            browser::after_paint(|| browser::measure("app-ready"));
            let told = Rc::downgrade(&engine);
            let happened = move |what| {
                if let Some(engine) = told.upgrade() {
                    engine.happened(what);
                }
            };
            let is_signed_in = engine.person().is_some();
            let _ = engine.sync.set(Sync::start(engine.store.clone(), is_signed_in, Rc::new(happened)));
            browser::ask_to_persist();
        });
    }

    /// The running conversation. Nobody can reach the engine's deeds before it runs, but for a sign-in
    /// in the first instant, which then waits for the next turn.
    pub fn sync(&self) -> &Sync {
        self.sync.get_or_init(|| Sync::start(self.store.clone(), self.person().is_some(), Rc::new(|_| {})))
    }

    /// The person signed in.
    pub fn person(&self) -> Option<Arc<Person>> {
        self.session.with_untracked(|session| session.person().cloned())
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
    fn happened(self: &Rc<Self>, what: Happened) {
        let engine = Rc::clone(self);
        match what {
            Happened::Sending { done, total } => self.note(|facts| facts.sending = Some((done, total))),
            Happened::Line(line) => self.note(|facts| {
                facts.sending = None;
                facts.line = line;
            }),
            Happened::StoreTrouble => self.trouble.set(Some(StoreTrouble::Broken)),
            Happened::Kept | Happened::Judged => spawn_local(async move { engine.reload_outbox().await }),
            Happened::Changed => spawn_local(async move {
                engine.reload_base().await;
                engine.changes.update(|changes| *changes += 1);
            }),
            Happened::Session => spawn_local(async move {
                engine.reload_all().await;
                engine.sync().session_changed_elsewhere(engine.person().is_some());
            }),
        }
    }

    /// Reads everything anew.
    pub async fn reload_all(self: &Rc<Self>) {
        match self.store.identity().await {
            Ok(identity) => {
                self.outbox.borrow_mut().device = identity.device;
                let contact = self.store.contact().await.unwrap_or_default();
                self.note(|facts| facts.line.last_contact = contact.at);
                let session = identity.person.map_or(Session::SignedOut, |it| Session::SignedIn(Arc::new(it)));
                self.read_outbox().await;
                self.read_base(session.person().cloned()).await;
                if self.session.with_untracked(|before| *before != session) {
                    self.session.set(session);
                }
                self.redraw();
            }
            Err(trouble) => {
                self.trouble.set(Some(trouble));
                self.session.set(Session::SignedOut);
            }
        }
    }

    /// Reads what the centre sent anew.
    async fn reload_base(self: &Rc<Self>) {
        self.read_outbox().await;
        self.read_base(self.person()).await;
        self.progress.borrow_mut().clear();
        self.redraw();
        for report in self.on_screen() {
            report.reload().await;
        }
    }

    /// Reads the outbox anew.
    async fn reload_outbox(self: &Rc<Self>) {
        self.read_outbox().await;
        self.redraw();
        for report in self.on_screen() {
            report.recompose();
        }
    }

    async fn read_base(&self, person: Option<Arc<Person>>) {
        match self.store.held().await {
            Ok(held) => {
                let holdings = Holdings::read(held, person.as_deref());
                self.forms.borrow_mut().clear();
                self.holdings.set(Arc::new(holdings));
            }
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    async fn read_outbox(&self) {
        loop {
            let before = self.outbox.borrow().changes();
            match self.store.outbox().await {
                // Something was kept while the store was read: what was read may not have it.
                Ok(_) if self.outbox.borrow().changes() != before => {}
                Ok(rows) => return self.outbox.borrow_mut().fill(rows),
                Err(trouble) => return self.trouble.set(Some(trouble)),
            }
        }
    }

    /// Draws the cards, the attention list and the status anew.
    pub fn redraw(self: &Rc<Self>) {
        let Some(person) = self.person() else {
            self.duties.set(Arc::default());
            self.inbox.set(Arc::default());
            self.attention.set(Arc::default());
            return self.note(|facts| (facts.unsent, facts.attention) = (0, 0));
        };
        {
            let (outbox, progress) = (self.outbox.borrow(), self.progress.borrow());
            self.holdings.with_untracked(|holdings| {
                put(self.duties, cards::duties(holdings, &outbox, &person, &progress));
                put(self.inbox, cards::inbox(holdings, &outbox, &person));
                put(self.attention, attention::parked(holdings, &outbox, &person.id));
            });
            let (unsent, attention) = outbox.counts(&person.id, None);
            drop((outbox, progress));
            self.note(|facts| (facts.unsent, facts.attention) = (unsent, attention));
        }
        self.count_progress();
    }

    fn note(&self, change: impl FnOnce(&mut Facts)) {
        let status = {
            let mut facts = self.facts.borrow_mut();
            change(&mut facts);
            facts.status()
        };
        if self.status.with_untracked(|before| *before != status) {
            self.status.set(status);
        }
    }

    /// Keeps what a person did. Returns the rows with their numbers once they are on the disk; what is
    /// `replaced` leaves in the same transaction.
    pub async fn keep(
        self: &Rc<Self>,
        record: &str,
        acts: Vec<Act>,
        replaced: &[u64],
    ) -> Result<Vec<(u64, Op)>, StoreTrouble> {
        let person = self.person().ok_or(StoreTrouble::Forbidden)?.id.clone();
        let at = browser::now();
        let ops: Vec<Op> = acts
            .into_iter()
            .map(|act| Op { at, person: person.clone(), record: record.to_owned(), act })
            .collect();
        let row = |op: &Op| OutboxRow {
            n: 0,
            person: op.person.clone(),
            body: serde_json::to_string(op).expect("an op has string keys only"),
            verdict: None,
        };
        let rows: Vec<OutboxRow> = ops.iter().map(row).collect();
        let numbers = self.store.keep(&rows, replaced).await.inspect_err(|trouble| {
            self.trouble.set(Some(*trouble));
        })?;
        if self.trouble.with_untracked(Option::is_some) {
            self.trouble.set(None);
        }
        let kept: Vec<(u64, Op)> = numbers.into_iter().zip(ops).collect();
        let mut outbox = self.outbox.borrow_mut();
        replaced.iter().for_each(|n| outbox.remove(*n));
        for ((n, op), row) in kept.iter().zip(rows) {
            outbox.add(OutboxRow { n: *n, ..row }, op.clone());
        }
        drop(outbox);
        self.sync().kept();
        Ok(kept)
    }

    /// The records on screen.
    pub(super) fn on_screen(&self) -> Vec<Rc<Core>> {
        let mut open = self.open.borrow_mut();
        open.retain(|report| report.strong_count() > 0);
        open.iter().filter_map(Weak::upgrade).collect()
    }

    /// Saves everything that is being typed.
    pub async fn flush(&self) {
        for report in self.on_screen() {
            report.flush().await;
        }
    }

    /// A phone gives no other warning before it closes an app.
    fn flush_when_leaving(self: &Rc<Self>) {
        let engine = Rc::downgrade(self);
        let flush = move || {
            if let Some(engine) = engine.upgrade() {
                engine.on_screen().iter().for_each(|report| report.save_typing());
            }
        };
        let again = flush.clone();
        browser::on_window("pagehide", move |_| again());
        browser::on_document("visibilitychange", move |_| {
            if !browser::is_visible() {
                flush();
            }
        });
    }

    /// Does once more what the centre did not take.
    pub fn try_again(self: &Rc<Self>, n: u64) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            let Some((_, op)) = engine.outbox.borrow().get(n).cloned() else { return };
            let Some(act) = super::report::act_anew(&engine, &op).await else { return };
            // A trouble is shown by whoever keeps; the old row then stays as it is.
            let _ = engine.keep(&op.record, vec![act], &[n]).await;
            engine.reload_outbox().await;
        });
    }

    /// Takes what the centre did not take off this phone.
    pub fn set_aside(self: &Rc<Self>, n: u64) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            match engine.store.settle(&[n]).await {
                Ok(()) => engine.outbox.borrow_mut().remove(n),
                Err(trouble) => engine.trouble.set(Some(trouble)),
            }
            engine.reload_outbox().await;
        });
    }
}

/// Sets a signal only if that changes anything.
fn put<T: PartialEq + Send + std::marker::Sync + 'static>(signal: RwSignal<Arc<T>>, value: T) {
    if signal.with_untracked(|before| **before != value) {
        signal.set(Arc::new(value));
    }
}

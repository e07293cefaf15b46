//! The record itself: its two sources, its view, and the one queue through which it is written.
//!
//! Writes of one record follow each other: an op must name what its author saw, and that includes
//! his own op of a moment ago, whose number is known only when it is on the disk.

use super::{Place, Remarks, Unattached, difference, typing::Typing};
use crate::json;
use crate::prelude::*;
use crate::{browser, state::engine::Engine, store::StoreTrouble};
use lantoa_shared::map::Map;
use lantoa_shared::set::Set;
use lantoa_shared::{
    background::Background,
    form::Form,
    op::{Act, Command, Dot, FieldNote, Op, Path},
    person::Person,
    record::Record,
    report::FilledForm,
    sheet::Sheet,
    sync::{
        ledger::{Case, digest_seen, judge},
        verdict::{Refusal, Verdict},
        view::compose,
    },
    text,
    value::Value,
    wire::v1::RecordRow,
};
use leptos::task::spawn_local;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

/// Why a step of the workflow was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// It would be refused.
    Refused(Refusal),
    /// The phone could not keep it.
    NotKept(StoreTrouble),
}

/// A record that is open.
pub struct Core {
    pub(super) engine: Rc<Engine>,
    /// The record's id.
    pub id: String,
    /// The form.
    pub form: Arc<Form>,
    /// What lies outside the record.
    pub background: Arc<Background>,
    /// The units above the recipient.
    pub line: Vec<String>,
    /// Who looks.
    pub person: Arc<Person>,
    /// The centre's state.
    pub base: RwSignal<Arc<Record>>,
    /// Names of the people the centre's state mentions, by their ids.
    pub people: RwSignal<Arc<Map<String, String>>>,
    /// With the waiting ops folded in.
    pub view: RwSignal<Arc<Record>>,
    /// What the form makes of the view.
    pub sheet: RwSignal<Arc<Sheet>>,
    /// Places whose newest value is not on the disk yet.
    pub pending: RwSignal<Set<Path>>,
    /// Places whose newest value could not be kept.
    pub failed: RwSignal<Set<Path>>,
    /// The last file that was chosen and does not stand at its field.
    pub unattached: RwSignal<Option<(Path, Unattached)>>,
    pub(super) typing: RefCell<Map<Path, Typing>>,
    /// What the person has seen at places where a control is being typed into.
    pub(super) seen: RefCell<Map<Path, Vec<Dot>>>,
    /// Such places that were left and are still to be written.
    pub(super) left: RefCell<Set<Path>>,
    pub(super) place: RefCell<Place>,
    /// What the person says about the report before the step is taken, and the same for the screen.
    pub(super) remarks: RefCell<Remarks>,
    pub(super) remarks_shown: RwSignal<Remarks>,
    pub(super) are_remarks_kept: RwSignal<bool>,
    pub(super) is_keeping_remarks: Cell<bool>,
    /// The row as it was read, to know whether it changed.
    body: RefCell<String>,
    queue: RefCell<Vec<(Path, Option<Value>)>>,
    /// What the disk did not take: on screen still, and tried again with whatever is written next.
    pub(super) unkept: RefCell<Vec<(Path, Option<Value>)>>,
    is_writing: Cell<bool>,
    written: RefCell<Vec<futures::channel::oneshot::Sender<()>>>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Core({})", self.id)
    }
}

/// What a record is opened with.
pub struct Sources {
    pub form: Arc<Form>,
    pub background: Arc<Background>,
    pub person: Arc<Person>,
    pub record: Record,
    pub people: Map<String, String>,
    pub body: String,
    pub place: Place,
}

impl Core {
    /// Opens a record. Its signals belong to the owner it is opened in.
    pub fn new(engine: Rc<Engine>, sources: Sources) -> Rc<Self> {
        let Sources { form, background, person, record, people, body, place } = sources;
        let line = engine.holdings.with_untracked(|holdings| holdings.line(&background.duty.recipient));
        let record = Arc::new(record);
        let blank = Sheet::compute(&form, &record, &background, text::day::of_moment(engine.now()));
        let core = Rc::new(Self {
            id: record.id.clone(),
            form,
            background,
            line,
            people: RwSignal::new(with_name_of(&person, people)),
            person,
            base: RwSignal::new(Arc::clone(&record)),
            view: RwSignal::new(record),
            sheet: RwSignal::new(Arc::new(blank)),
            pending: RwSignal::default(),
            failed: RwSignal::default(),
            unattached: RwSignal::default(),
            typing: RefCell::default(),
            seen: RefCell::default(),
            left: RefCell::default(),
            place: RefCell::new(place),
            remarks: RefCell::default(),
            remarks_shown: RwSignal::default(),
            are_remarks_kept: RwSignal::default(),
            is_keeping_remarks: Cell::new(false),
            body: RefCell::new(body),
            queue: RefCell::default(),
            unkept: RefCell::default(),
            is_writing: Cell::new(false),
            written: RefCell::default(),
            engine: Rc::clone(&engine),
        });
        core.recompose();
        core.take_stranded();
        engine.open.borrow_mut().push(Rc::downgrade(&core));
        core
    }

    fn filled(&self) -> FilledForm<'_> {
        FilledForm {
            form: &self.form,
            background: &self.background,
            today: text::day::of_moment(self.engine.now()),
        }
    }

    fn case(&self) -> Case<'_, FilledForm<'_>> {
        Case {
            duty: &self.background.duty,
            line: &self.line,
            person: &self.person,
            content: self.filled(),
            received_at: None,
        }
    }

    /// Composes the view anew from its two sources.
    pub fn recompose(&self) {
        let Some(base) = self.base.try_get_untracked() else { return };
        let waiting = self.engine.outbox.borrow().waiting(&self.person.id, &self.id);
        self.show(compose(&base, &waiting, &self.case()));
    }

    /// Reads the centre's state anew.
    pub async fn reload(&self) {
        if let Ok(Some((_, body))) = self.engine.store.record(&self.id).await
            && *self.body.borrow() != body
            && let Ok(row) = json::read::<RecordRow>(&body)
        {
            self.people.set(with_name_of(&self.person, row.people));
            self.base.set(Arc::new(row.record));
            *self.body.borrow_mut() = body;
        }
        self.recompose();
    }

    fn show(&self, record: Record) {
        if self.view.try_with_untracked(|before| **before == record) != Some(false) {
            return;
        }
        let sheet = self.filled().sheet(&record);
        let progress = sheet.progress();
        let before = self.engine.progress.borrow_mut().insert(self.id.clone(), progress);
        // Answers to choose between are counted at the top of every page.
        if before.map_or(0, |before| before.disputed) != progress.disputed {
            self.engine.redraw();
        }
        // The sheet first: whoever reads both then never meets a new value beside an old problem for long.
        self.sheet.set(Arc::new(sheet));
        self.view.set(Arc::new(record));
    }

    /// Folds ops that were just kept into the view.
    fn fold(&self, kept: &[(u64, Op)]) {
        let Some(view) = self.view.try_get_untracked() else { return };
        let mut view = Record::clone(&view);
        for (n, op) in kept {
            let dot = self.engine.outbox.borrow().dot(*n);
            judge(&mut view, &dot, op, &self.case());
        }
        self.show(view);
    }

    /// Puts a value into the queue and begins to write.
    pub(super) fn enqueue(self: &Rc<Self>, path: Path, value: Option<Value>) {
        self.pending.update(|pending| pending.insert(path.clone()));
        let mut queue = self.queue.borrow_mut();
        queue.append(&mut self.unkept.borrow_mut());
        match queue.iter_mut().find(|(place, _)| *place == path) {
            Some(entry) => entry.1 = value,
            None => queue.push((path, value)),
        }
        drop(queue);
        self.begin_to_write();
    }

    /// Writes what waits, unless that is under way.
    fn begin_to_write(self: &Rc<Self>) {
        if !self.is_writing.replace(true) {
            let core = Rc::clone(self);
            spawn_local(async move { core.write().await });
        }
    }

    /// Whether a value waits in the queue, and which.
    pub(super) fn queued(&self, path: &Path) -> Option<Option<Value>> {
        let (queue, unkept) = (self.queue.borrow(), self.unkept.borrow());
        let mut waiting = queue.iter().chain(unkept.iter());
        waiting.find(|(place, _)| place == path).map(|(_, value)| value.clone())
    }

    /// Takes everything below a row out of the queue.
    pub(super) fn unqueue_row(&self, row: &Path) {
        let prefix = format!("{row}/");
        for waiting in [&self.queue, &self.unkept] {
            waiting.borrow_mut().retain(|(place, _)| !place.0.starts_with(&prefix));
        }
        self.pending.update(|pending| pending.retain(|place| !place.0.starts_with(&prefix)));
    }

    /// Writes until the queue is empty.
    async fn write(self: Rc<Self>) {
        loop {
            let batch = std::mem::take(&mut *self.queue.borrow_mut());
            if batch.is_empty() {
                break;
            }
            browser::begin("field-saved");
            let is_kept = self.write_batch(&batch).await;
            let is_settled = |path: &Path| {
                self.queue.borrow().iter().all(|(place, _)| place != path)
                    && !self.typing.borrow().contains_key(path)
            };
            for (path, _) in &batch {
                self.failed.update(
                    |failed| {
                        if is_kept { failed.remove(path) } else { failed.insert(path.clone()) }
                    },
                );
                if is_settled(path) {
                    self.pending.update(|pending| pending.remove(path));
                    if is_kept && self.left.borrow_mut().remove(path) {
                        self.seen.borrow_mut().remove(path);
                    }
                }
            }
            if is_kept {
                continue;
            }
            // What was entered meanwhile replaces what could not be kept.
            let queue = self.queue.borrow();
            let is_newest = |path: &Path| queue.iter().all(|(place, _)| place != path);
            self.unkept.borrow_mut().extend(batch.into_iter().filter(|(path, _)| is_newest(path)));
        }
        self.is_writing.set(false);
        for waiting in self.written.borrow_mut().drain(..) {
            let _ = waiting.send(());
        }
    }

    /// Writes values in one transaction; returns whether they are on the disk.
    async fn write_batch(&self, batch: &[(Path, Option<Value>)]) -> bool {
        let view = self.view.try_get_untracked().unwrap_or_else(|| self.last_view());
        let is_news = |(path, value): &&(Path, Option<Value>)| {
            let is_merged = view.entries(path).iter().any(|entry| !entry.merged.is_empty());
            view.is_clash(path) || is_merged || view.value(path) != value.as_ref() || is_row(path)
        };
        let acts: Vec<Act> = batch.iter().filter(is_news).map(|it| self.act(&view, it)).collect();
        if acts.is_empty() {
            return true;
        }
        match self.engine.keep(&self.id, acts, &[]).await {
            Ok(kept) => {
                // It is safe; what the form makes of it comes after.
                browser::measure("field-saved");
                self.fold(&kept);
                for (n, op) in &kept {
                    if let Act::Set { path, .. } = &op.act
                        && let Some(seen) = self.seen.borrow_mut().get_mut(path)
                    {
                        *seen = vec![self.engine.outbox.borrow().dot(*n)];
                    }
                }
                true
            }
            Err(_) => false,
        }
    }

    /// The view of a record whose page is gone while something was still to be written.
    pub(super) fn last_view(&self) -> Arc<Record> {
        // Of a record that the centre has not got yet, no row was read.
        let row = json::read::<RecordRow>(&self.body.borrow());
        let base = row.map_or_else(|_| Record::new(self.id.as_str()), |row| row.record);
        let waiting = self.engine.outbox.borrow().waiting(&self.person.id, &self.id);
        Arc::new(compose(&base, &waiting, &self.case()))
    }

    /// Waits until everything entered so far is on the disk.
    pub async fn flush(self: &Rc<Self>) {
        self.save_typing();
        let unkept = std::mem::take(&mut *self.unkept.borrow_mut());
        if !unkept.is_empty() {
            self.queue.borrow_mut().extend(unkept);
            self.begin_to_write();
        }
        if self.is_writing.get() {
            let (sender, written) = futures::channel::oneshot::channel();
            self.written.borrow_mut().push(sender);
            let _ = written.await;
        }
    }

    /// Takes a step of the workflow.
    pub async fn take(
        self: &Rc<Self>,
        command: Command,
        note: String,
        field_notes: Vec<FieldNote>,
    ) -> Result<(), NotTaken> {
        self.flush().await;
        let view = Record::clone(&self.view.get_untracked());
        let expect = digest_seen(command, &view, &self.filled());
        let act = Act::Command { command, expect, note, field_notes };
        let (person, record) = (self.person.id.clone(), self.id.clone());
        let op = Op { at: self.engine.now(), heard: None, person, record, act };
        // On trial: no op bears this number.
        let verdict = judge(&mut view.clone(), &Dot::new("trial", 0), &op, &self.case());
        if let Verdict { refusal: Some(refusal), .. } = verdict {
            return Err(NotTaken::Refused(refusal));
        }
        let kept = self.engine.keep(&self.id, vec![op.act], &[]).await.map_err(NotTaken::NotKept)?;
        // Not there, if it fails: then a refusal says that something changed, and not what.
        let seen = difference::seen(&self.form, &view, &self.sheet.get_untracked());
        let _ = self.engine.store.set_seen(&self.person.id, &self.id, &seen).await;
        self.remark(|remarks| *remarks = Remarks::default());
        self.fold(&kept);
        self.engine.redraw();
        Ok(())
    }

    /// Remembers where the person is.
    pub fn set_place(self: &Rc<Self>, place: Place) {
        if *self.place.borrow() == place {
            return;
        }
        *self.place.borrow_mut() = place.clone();
        let core = Rc::clone(self);
        spawn_local(async move {
            // Losing one's place is a pity, not a loss.
            let _ = core.engine.store.set_place(&core.person.id, &core.id, &place).await;
        });
    }
}

/// The people a record mentions, and whoever looks: what they just did was not at the centre yet.
fn with_name_of(person: &Person, mut people: Map<String, String>) -> Arc<Map<String, String>> {
    people.insert(person.id.clone(), person.name.clone());
    Arc::new(people)
}

/// Whether the place is that of a row: it is written even if it looks the same, since its value only
/// says that the row is there.
fn is_row(path: &Path) -> bool {
    path.in_row().is_some_and(|(_, _, member)| member.is_none())
}

//! From a deed to the disk: the only way into the outbox.

use super::Engine;
use crate::{
    browser, json,
    state::report::{Changed, Core, act_anew},
    store::{OutboxRow, StoreTrouble},
    sync::make_room,
};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::{
    op::{Act, Op},
    sync::verdict::Status,
    wire::v1::MAX_OP_BYTES,
};
use leptos::task::spawn_local;
use std::rc::{Rc, Weak};

/// How long it is waited until it is tried again to write on a full disk, in milliseconds.
const A_WHILE: u32 = 15_000;

impl Engine {
    /// Keeps what a person did. Returns the rows with their numbers once they are on the disk; what is
    /// `replaced` leaves in the same transaction.
    pub async fn keep(
        self: &Rc<Self>,
        record: &str,
        acts: Vec<Act>,
        replaced: &[u64],
    ) -> Result<Vec<(u64, Op)>, StoreTrouble> {
        let person = self.person().ok_or(StoreTrouble::Forbidden)?.id.clone();
        let (at, heard) = (self.now(), self.clock().heard);
        let ops: Vec<Op> = acts
            .into_iter()
            .map(|act| Op { at, heard, person: person.clone(), record: record.to_owned(), act })
            .collect();
        let row = |op: &Op| {
            let body = json::write(op);
            OutboxRow::new(op.person.as_str(), body)
        };
        let rows: Vec<OutboxRow> = ops.iter().map(row).collect();
        let is_too_long = rows.iter().any(|row| row.body.len() > MAX_OP_BYTES);
        let kept =
            if is_too_long { Err(StoreTrouble::TooLong) } else { self.keep_rows(&rows, replaced).await };
        let numbers = kept.inspect_err(|trouble| {
            self.trouble.set(Some(*trouble));
            if *trouble == StoreTrouble::Full {
                self.wait_for_room();
            }
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
        self.count();
        self.sync().kept();
        if !self.has_asked.replace(true) {
            // Some browsers ask the person: now there is something to keep, and nothing waits for the answer.
            spawn_local(async { _ = browser::ask_to_persist().await });
        }
        Ok(kept)
    }

    /// Puts rows on the disk. What a full one can do without gives way to own work, before anybody is told.
    async fn keep_rows(&self, rows: &[OutboxRow], replaced: &[u64]) -> Result<Vec<u64>, StoreTrouble> {
        let mut is_first = true;
        loop {
            let kept = self.store.keep(rows, replaced).await;
            let is_full = kept == Err(StoreTrouble::Full);
            if !is_full || !std::mem::take(&mut is_first) || !make_room(&self.store).await {
                return kept;
            }
        }
    }

    /// Nobody tells when there is room again, so it is tried.
    fn wait_for_room(self: &Rc<Self>) {
        if self.waits_for_room.replace(true) {
            return;
        }
        let engine = Rc::clone(self);
        spawn_local(async move {
            TimeoutFuture::new(A_WHILE).await;
            engine.waits_for_room.set(false);
            engine.flush().await;
        });
    }

    /// The records on screen.
    pub fn on_screen(&self) -> Vec<Rc<Core>> {
        let mut open = self.open.borrow_mut();
        open.retain(|report| report.strong_count() > 0);
        open.iter().filter_map(Weak::upgrade).collect()
    }

    /// Saves everything that is being typed, and tries once more to keep what the disk did not take.
    pub async fn flush(self: &Rc<Self>) {
        for report in self.on_screen() {
            report.flush().await;
        }
        for (person, record, act) in self.stranded.take() {
            let is_own = self.person().is_some_and(|now| now.id == person);
            if !is_own || self.keep(&record, vec![act.clone()], &[]).await.is_err() {
                self.stranded.borrow_mut().push((person, record, act));
            }
        }
    }

    /// A phone gives no other warning before it closes an app.
    pub(super) fn flush_when_leaving(self: &Rc<Self>) {
        let engine = Rc::downgrade(self);
        let flush = move || {
            if let Some(engine) = engine.upgrade() {
                engine.on_screen().iter().for_each(|report| report.save_typing());
            }
        };
        let again = flush.clone();
        browser::on_window("pagehide", move |_| again());
        let engine = Rc::downgrade(self);
        browser::on_window("beforeunload", move |event| {
            // What the disk did not take is gone with the page: the browser asks before it is left.
            if engine.upgrade().is_some_and(|engine| engine.is_anything_unkept()) {
                event.prevent_default();
            }
        });
        browser::on_document("visibilitychange", move |_| {
            if !browser::is_visible() {
                flush();
            }
        });
    }

    /// Whether anything that was entered is in memory only, because the disk did not take it.
    fn is_anything_unkept(&self) -> bool {
        !self.stranded.borrow().is_empty() || self.on_screen().iter().any(|report| report.has_unkept())
    }

    /// Does once more what the centre did not take. The old op is laid aside there: it must not be judged later, when
    /// nobody thinks of it any more. A step is taken on what was `shown`.
    pub fn try_again(self: &Rc<Self>, n: u64, shown: Option<Changed>) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            let Some((row, op)) = engine.outbox.borrow().get(n).cloned() else { return };
            let expects = shown.as_ref().map(|shown| shown.expects.clone());
            let Some(act) = act_anew(&engine, &op, expects).await else { return };
            if let Some(shown) = shown {
                // Without it a second refusal says that something changed, and not what.
                let _ = engine.store.set_seen(&op.person, &op.record, &shown.now).await;
            }
            engine.replace(n, &op.record, engine.aside(&row).into_iter().chain([act]).collect()).await;
        });
    }

    /// Takes what the centre did not take off this phone, and lays it aside there.
    pub fn set_aside(self: &Rc<Self>, n: u64) {
        let engine = Rc::clone(self);
        spawn_local(async move {
            let Some((row, op)) = engine.outbox.borrow().get(n).cloned() else { return };
            engine.replace(n, &op.record, engine.aside(&row).into_iter().collect()).await;
        });
    }

    /// Keeps acts in the place of a row.
    async fn replace(self: &Rc<Self>, n: u64, record: &str, acts: Vec<Act>) {
        // A trouble is shown by whoever keeps; the old row then stays as it is.
        let _ = self.keep(record, acts, &[n]).await;
        self.reload_outbox().await;
    }

    /// The act that lays a row aside at the centre; `None` if what the centre said to it is final.
    fn aside(&self, row: &OutboxRow) -> Option<Act> {
        let waits = row.verdict.is_some_and(|verdict| verdict.status != Status::Refused);
        waits.then(|| Act::SetAside { dot: row.dot(&self.outbox.borrow().device) })
    }
}

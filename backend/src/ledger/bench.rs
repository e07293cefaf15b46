//! The bench at which one push is judged: the records it concerns, in memory until all is decided.
//!
//! Records are written by [`Bench::finish`], all in the push's transaction, so an op that panics or cannot be read
//! leaves the others untouched. What goes up to the recipient is the record as it stood at the last step
//! of the workflow: edits made after a return stay in the unit until the next submission.

mod docket;

pub(super) use docket::Docket;

use super::{
    entries,
    reading::{read, record_of},
};
use crate::{
    app::App,
    background, clock,
    store::{
        self,
        journal::{self, Arrival, Kept, Settled},
        numbers::Numbers,
        records::Opened,
    },
};
use lantoa_shared::date::Date;
use lantoa_shared::{
    duty::Duty,
    map::Map,
    op::{Act, Op},
    person::Person,
    record::{Record, State},
    set::Set,
    sync::{
        bucket,
        ledger::{Case, judge},
        verdict::{Refusal, Status, Verdict},
    },
    wire::v1::RecordRow,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// The records one push concerns.
pub struct Bench<'a> {
    pub(super) app: &'a App,
    today: Date,
    dockets: BTreeMap<String, Option<Docket>>,
    /// Merges with their records, until the op that made them necessary is settled.
    merges: Vec<(String, Arrival)>,
    /// What was made of ops and is not written yet.
    settled: Vec<Settled>,
    /// Numbers that the transaction took.
    numbers: Numbers,
    /// Names of people, as far as they were asked for; `None` of those whom nobody knows.
    names: BTreeMap<String, Option<String>>,
    /// Whether somebody laid an op aside.
    pub(super) has_set_aside: bool,
    /// Buckets that got news besides records.
    pub(super) news: BTreeSet<String>,
}

impl<'a> Bench<'a> {
    /// An empty bench.
    pub fn new(app: &'a App) -> Self {
        Self::with(app, Numbers::default())
    }

    /// An empty bench for a transaction that took numbers.
    pub fn with(app: &'a App, numbers: Numbers) -> Self {
        Self {
            app,
            numbers,
            names: BTreeMap::new(),
            today: clock::today(),
            dockets: BTreeMap::new(),
            merges: Vec::new(),
            settled: Vec::new(),
            has_set_aside: false,
            news: BTreeSet::new(),
        }
    }

    /// Remembers the name of somebody whose ops are judged.
    pub(super) fn know(&mut self, person: &Person) {
        self.names.insert(person.id.clone(), Some(person.name.clone()));
    }

    /// Whether a report went up or was decided on: figures that others see may change by it.
    pub fn has_sent(&self) -> bool {
        self.dockets.values().flatten().any(|docket| docket.sent.is_some())
    }

    /// Keeps an op for a person to look at, without judging it.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn hold(
        &mut self,
        tx: &mut store::Connection,
        kept: &Kept,
        refusal: Refusal,
    ) -> Result<Verdict, store::Error> {
        let verdict = Verdict::parked(refusal);
        if let Some(op) = read(kept) {
            self.docket(tx, &op.record).await?;
            self.list(tx, kept, &op, verdict).await?;
        }
        Ok(verdict)
    }

    /// Judges one op that was kept.
    ///
    /// # Errors
    /// If the store fails. Whatever the op itself says is a verdict, never an error.
    pub async fn judge(
        &mut self,
        tx: &mut store::Connection,
        kept: &Kept,
        person: &Person,
    ) -> Result<Verdict, store::Error> {
        let Some(op) = read(kept) else {
            return Ok(Verdict::quarantined(Refusal::Unreadable));
        };
        if op.person != person.id {
            return Ok(Verdict::parked(Refusal::NotYourOp));
        }
        if let Act::SetAside { dot } = &op.act
            && let Err(refusal) = self.set_aside(tx, dot, person).await?
        {
            return Ok(Verdict::refused(refusal));
        }
        let verdict = self.decide(tx, kept, &op, person).await?;
        self.list(tx, kept, &op, verdict).await?;
        Ok(verdict)
    }

    /// Notes what was made of an op, and behind it the merge that it made necessary: in this order the journal makes
    /// the same records again. It is written by [`Bench::flush`].
    pub fn settle(&mut self, kept: &Kept, by: &str, verdict: Verdict) {
        let arrival = Arrival { person: by.to_owned(), ..kept.arrival.clone() };
        let record = record_of(kept);
        if verdict.status == Status::Parked
            && let Some(docket) = record.as_ref().and_then(|id| self.dockets.get_mut(id)?.as_mut())
        {
            docket.may_have_parked = true;
        }
        self.settled.push(Settled { arrival, record, verdict });
        for (record, arrival) in self.merges.drain(..) {
            self.settled.push(Settled { arrival, record: Some(record), verdict: Verdict::APPLIED });
        }
    }

    /// Writes what was made of ops: before anybody reads the journal.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn flush(&mut self, tx: &mut store::Connection) -> Result<(), store::Error> {
        journal::settle_all(tx, &mut self.numbers, &std::mem::take(&mut self.settled)).await
    }

    /// Whether, since this was last asked, an op changed what the journal says of another.
    pub(super) fn has_changed_journal(&mut self) -> bool {
        std::mem::take(&mut self.has_set_aside)
    }

    async fn decide(
        &mut self,
        tx: &mut store::Connection,
        kept: &Kept,
        op: &Op,
        person: &Person,
    ) -> Result<Verdict, store::Error> {
        let (app, today, dot) = (self.app, self.today, kept.dot());
        if matches!(op.act, Act::Command { .. }) {
            self.complete(tx, &op.record).await?;
        }
        let Some(docket) = self.docket(tx, &op.record).await? else {
            let is_laid_aside = matches!(op.act, Act::SetAside { .. });
            let unknown = Verdict::parked(Refusal::UnknownRecord);
            return Ok(if is_laid_aside { Verdict::APPLIED } else { unknown });
        };
        let Some(content) = app.programme.fill(&docket.background, today) else {
            return Ok(Verdict::parked(Refusal::UnknownRecord));
        };
        if docket.background.duty.entry.is_some()
            && let Err(refusal) = entries::check(tx, app, &op.act, &docket.record).await?
        {
            return Ok(Verdict::refused(refusal));
        }
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let mut record = docket.record.clone();
            let case = Case {
                duty: &docket.background.duty,
                line: &docket.line,
                person,
                content,
                received_at: Some(kept.received_at),
            };
            (judge(&mut record, &dot, op, &case), record)
        }));
        let Ok((mut verdict, record)) = judged else {
            tracing::error!(op.device = dot.device, op.n = dot.n, "judging an op panicked");
            return Ok(Verdict::quarantined(Refusal::Unreadable));
        };
        if !verdict.status.is_in_record() {
            if verdict == Verdict::refused(Refusal::ContentChanged) {
                // What its author is to see now may lie outside the record: it goes down even if nobody noticed before.
                let background = docket.background.clone();
                if background.duty.entry.is_none() {
                    background::publish(tx, &background, &mut self.news).await?;
                }
            }
            return Ok(verdict);
        }
        docket.change(record);
        match &op.act {
            Act::Command { command, .. } if command.is_heard_above() => {
                docket.sent = Some(docket.record.clone());
            }
            Act::Set { path, base, .. } if verdict == Verdict::CLASH => {
                self.flush(tx).await?;
                let Some(docket) = self.docket(tx, &op.record).await? else { return Ok(verdict) };
                let merge = super::merging::merge(tx, &mut docket.record, path, (&dot, base)).await?;
                if let Some(merge) = merge {
                    verdict = Verdict::APPLIED;
                    self.merges.push((op.record.clone(), merge));
                }
            }
            _ => {}
        }
        Ok(verdict)
    }

    /// The record on the bench, fetched if it is not there yet; `None` if nobody owes it.
    pub(super) async fn docket(
        &mut self,
        tx: &mut store::Connection,
        id: &str,
    ) -> Result<Option<&mut Docket>, store::Error> {
        if !self.dockets.contains_key(id) {
            let docket = self.open(tx, id).await?;
            self.dockets.insert(id.to_owned(), docket);
        }
        Ok(self.dockets.get_mut(id).and_then(Option::as_mut))
    }

    /// The records that changed since this was last asked and for which something may be parked.
    pub(super) fn take_changed(&mut self) -> Vec<String> {
        let dockets = self.dockets.iter_mut().filter_map(|(id, docket)| Some((id, docket.as_mut()?)));
        let changed = dockets.filter_map(|(id, docket)| {
            let is_news = std::mem::take(&mut docket.is_news) && docket.may_have_parked;
            is_news.then(|| id.clone())
        });
        changed.collect()
    }

    async fn open(&self, tx: &mut store::Connection, id: &str) -> Result<Option<Docket>, store::Error> {
        let opened = match store::records::open(tx, id).await? {
            Some(opened) => opened,
            None => match entries::begun(self.app, id) {
                Some(duty) => Opened { duty, record: None, sealed: None, has_parked: true },
                None => return Ok(None),
            },
        };
        let duty = opened.duty;
        let record = opened.record.unwrap_or_else(|| Record::new(id));
        let line = self.app.registry().line(&duty.recipient);
        let is_bare = opened.sealed.is_none();
        let background = match opened.sealed {
            Some(sealed) => Some(background::now_owed(&duty, sealed)),
            None => background::bare(&self.app.programme, &self.app.registry(), &duty),
        };
        let Some(background) = background else { return Ok(None) };
        Ok(Some(Docket {
            background,
            is_bare,
            may_have_parked: opened.has_parked,
            line,
            named: store::namings::of(&record),
            record,
            changed: false,
            is_news: false,
            sent: None,
        }))
    }

    /// Reads all that lies outside a record: whoever takes a step is judged by it.
    async fn complete(&mut self, tx: &mut store::Connection, id: &str) -> Result<(), store::Error> {
        let app = self.app;
        if let Some(docket) = self.docket(tx, id).await?
            && docket.is_bare
            // What an entry rests on is there from the beginning.
            && docket.background.duty.entry.is_none()
            && let Some(background) = background::load_open(tx, app, &docket.background.duty).await?
        {
            (docket.background, docket.is_bare) = (background, false);
        }
        Ok(())
    }

    /// The names of people, asked for once.
    async fn names(
        &mut self,
        tx: &mut store::Connection,
        people: Set<String>,
    ) -> Result<Map<String, String>, store::Error> {
        let unknown: Vec<String> =
            people.iter().filter(|id| !self.names.contains_key(*id)).cloned().collect();
        if !unknown.is_empty() {
            let found = store::people::names(tx, unknown.clone()).await?;
            self.names.extend(unknown.into_iter().map(|id| (id.clone(), found.get(&id).cloned())));
        }
        let mut names = Map::new();
        names.extend(people.into_iter().filter_map(|id| {
            let name = self.names.get(&id)?.clone()?;
            Some((id, name))
        }));
        Ok(names)
    }

    /// Writes every changed record, its feed rows, its figures, and the backgrounds that rest on
    /// them. Returns the buckets that have something new.
    ///
    /// # Errors
    /// If the store fails; then the transaction must be dropped.
    pub async fn finish(mut self, tx: &mut store::Connection) -> Result<BTreeSet<String>, store::Error> {
        let now = clock::now();
        for (id, docket) in std::mem::take(&mut self.dockets) {
            let Some(docket) = docket.filter(|docket| docket.changed) else { continue };
            let duty = &docket.background.duty;
            if duty.entry.is_some() {
                store::duties::put(tx, duty).await?;
            }
            store::records::put(tx, &docket.record, now).await?;
            store::namings::renew(tx, &docket.record, docket.sent.as_ref(), &docket.named).await?;
            self.put_record(tx, bucket::of_unit(&duty.unit), duty, &docket.record).await?;
            let Some(sent) = &docket.sent else { continue };
            let shown = if sent.state == State::Withdrawn { &sent.stub() } else { sent };
            self.put_record(tx, bucket::of_area(&duty.recipient), duty, shown).await?;
            if duty.entry.is_some() {
                entries::publish(tx, self.app, duty, sent, &mut self.news).await?;
                continue;
            }
            let is_sealed = matches!(sent.state, State::Submitted | State::Accepted);
            store::records::seal(tx, &id, is_sealed.then_some(&docket.background)).await?;
            match sent.state {
                State::Submitted | State::Accepted => {
                    if let Some(form) = self.app.programme.fill(&docket.background, self.today) {
                        store::figures::put(tx, duty, sent.state, &form.figures(sent)).await?;
                    }
                }
                // Of a report that is opened again, what was accepted goes on counting.
                State::Draft | State::Ready | State::Returned | State::Withdrawn => {
                    store::figures::withdraw(tx, &id).await?
                }
            }
            background::renew_around(tx, self.app, duty, &mut self.news).await?;
        }
        Ok(self.news)
    }

    /// Puts a record into a bucket, with its duty and the names of the people it mentions.
    async fn put_record(
        &mut self,
        tx: &mut store::Connection,
        bucket: String,
        duty: &Duty,
        record: &Record,
    ) -> Result<(), store::Error> {
        let people = self.names(tx, record.people()).await?;
        let row = RecordRow { duty: duty.clone(), record: record.clone(), people };
        let (body, thing) = (store::text("record row", &row)?, (duty.row_kind(), record.id.as_str()));
        if store::feed::put_as(tx, &mut self.numbers, &bucket, thing, Some(&body)).await? {
            self.news.insert(bucket);
        }
        Ok(())
    }
}

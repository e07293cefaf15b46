//! The bench at which one push is judged: the records it concerns, in memory until all is decided.
//!
//! Nothing is written before [`Bench::finish`], so an op that panics or cannot be read leaves the
//! others untouched. What goes up to the recipient is the record as it stood at the last step
//! of the workflow: edits made after a return stay in the unit until the next submission.

use crate::{app::App, background, clock, feed, store, store::journal::Kept};
use lantoa_shared::date::Date;
use lantoa_shared::{
    background::Background,
    op::{Act, Command, Dot, Op},
    person::Person,
    record::{Record, State},
    sync::{
        ledger::{Case, judge},
        verdict::{Refusal, Verdict},
    },
    wire::v1::{MAX_OP_BYTES, RowKind},
};
use sqlx::SqliteConnection;
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// One record on the bench.
struct Docket {
    background: Background,
    line: Vec<String>,
    record: Record,
    changed: bool,
    /// The record right after the last step that its recipient must hear of.
    sent: Option<Record>,
}

/// The records one push concerns.
pub struct Bench<'a> {
    app: &'a App,
    person: &'a Person,
    today: Date,
    dockets: BTreeMap<String, Option<Docket>>,
}

impl<'a> Bench<'a> {
    /// An empty bench for the ops that `person` brought.
    pub fn new(app: &'a App, person: &'a Person) -> Self {
        Self { app, person, today: clock::today(), dockets: BTreeMap::new() }
    }

    /// Judges one op that was kept.
    ///
    /// # Errors
    /// If the store fails. Whatever the op itself says is a verdict, never an error.
    pub async fn judge(&mut self, tx: &mut SqliteConnection, kept: &Kept) -> Result<Verdict, store::Error> {
        let arrival = &kept.arrival;
        if store::journal::is_number_taken(tx, arrival).await? {
            return Ok(Verdict::quarantined(Refusal::Damaged));
        }
        if arrival.body.len() > MAX_OP_BYTES {
            return Ok(Verdict::quarantined(Refusal::Unreadable));
        }
        let Ok(op) = serde_json::from_str::<Op>(&arrival.body) else {
            return Ok(Verdict::quarantined(Refusal::Unreadable));
        };
        if op.person != self.person.id {
            return Ok(Verdict::parked(Refusal::NotYourOp));
        }
        if !self.dockets.contains_key(&op.record) {
            let docket = self.open(tx, &op.record).await?;
            self.dockets.insert(op.record.clone(), docket);
        }
        let Some(Some(docket)) = self.dockets.get_mut(&op.record) else {
            return Ok(Verdict::parked(Refusal::UnknownRecord));
        };
        let dot = Dot::new(arrival.device.clone(), u64::try_from(arrival.n).unwrap_or_default());
        if docket.record.has_seen(&dot) {
            // Another op went into the record under this number; to call this one applied would
            // lose it.
            return Ok(Verdict::quarantined(Refusal::Damaged));
        }
        let Some(content) = self.app.programme.fill(&docket.background, self.today) else {
            return Ok(Verdict::parked(Refusal::UnknownRecord));
        };
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let mut record = docket.record.clone();
            let case = Case {
                duty: &docket.background.duty,
                line: &docket.line,
                person: self.person,
                content,
                received_at: Some(kept.received_at),
            };
            (judge(&mut record, &dot, &op, &case), record)
        }));
        let Ok((verdict, record)) = judged else {
            tracing::error!(op.device = arrival.device, op.n = arrival.n, "judging an op panicked");
            return Ok(Verdict::quarantined(Refusal::Unreadable));
        };
        if verdict.status.is_in_record() {
            (docket.record, docket.changed) = (record, true);
            if let Act::Command { command, .. } = op.act
                && is_heard_above(command)
            {
                docket.sent = Some(docket.record.clone());
            }
        }
        Ok(verdict)
    }

    async fn open(&self, tx: &mut SqliteConnection, id: &str) -> Result<Option<Docket>, store::Error> {
        let Some(duty) = store::duties::by_id(tx, id).await? else { return Ok(None) };
        let record = store::records::by_id(tx, id).await?.unwrap_or_else(|| Record::new(id));
        let line = self.app.registry.line(&duty.recipient);
        let Some(background) = background::load(tx, self.app, &duty).await? else { return Ok(None) };
        Ok(Some(Docket { background, line, record, changed: false, sent: None }))
    }

    /// Writes every changed record, its feed rows, its figures, and the backgrounds that rest on
    /// them. Returns the buckets that have something new.
    ///
    /// # Errors
    /// If the store fails; then the transaction must be dropped.
    pub async fn finish(self, tx: &mut SqliteConnection) -> Result<BTreeSet<String>, store::Error> {
        let mut news = BTreeSet::new();
        let now = clock::now();
        for (id, docket) in self.dockets {
            let Some(docket) = docket.filter(|docket| docket.changed) else { continue };
            let duty = &docket.background.duty;
            store::records::put(tx, &docket.record, now).await?;
            put_record(tx, &feed::unit_bucket(&duty.unit), &docket, &docket.record, &mut news).await?;
            let Some(sent) = &docket.sent else { continue };
            put_record(tx, &feed::area_bucket(&duty.recipient), &docket, sent, &mut news).await?;
            let is_sealed = matches!(sent.state, State::Submitted | State::Accepted);
            store::records::seal(tx, &id, is_sealed.then_some(&docket.background)).await?;
            match sent.state {
                State::Submitted | State::Accepted => {
                    if let Some(form) = self.app.programme.fill(&docket.background, self.today) {
                        store::figures::put(tx, duty, sent.state, &form.figures(sent)).await?;
                    }
                }
                // Of a report that is opened again, what was accepted goes on counting.
                State::Draft | State::Ready | State::Returned => store::figures::withdraw(tx, &id).await?,
            }
            background::renew_around(tx, self.app, duty, &mut news).await?;
        }
        Ok(news)
    }
}

async fn put_record(
    tx: &mut SqliteConnection,
    bucket: &str,
    docket: &Docket,
    record: &Record,
    news: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    let row = feed::record_row(tx, &docket.background.duty, record.clone()).await?;
    let body = store::text("record row", &row)?;
    if store::feed::put(tx, bucket, RowKind::Record, &record.id, Some(&body)).await? {
        news.insert(bucket.to_owned());
    }
    Ok(())
}

/// Steps inside the unit are nobody else's business.
fn is_heard_above(command: Command) -> bool {
    match command {
        Command::Approve | Command::Accept | Command::Return | Command::Reopen => true,
        Command::HandOver | Command::TakeBack => false,
    }
}

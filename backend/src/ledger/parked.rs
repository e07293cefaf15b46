//! What is kept and was not taken, shown to those whom it concerns until it is taken or laid aside.
//!
//! The author's own phone has the op. Beside that it is listed for the unit whose record it concerns and, where the
//! unit can no longer take it in by itself, for the recipient's reviewer.

use super::{
    bench::{Bench, Docket},
    reading::read,
};
use crate::store::{
    self,
    journal::{self, Kept},
};
use lantoa_shared::{
    op::{Act, Dot, Op},
    person::Person,
    sync::{
        bucket,
        parked::{Readers, may_set_aside, readers},
        verdict::{Refusal, Status, Verdict},
    },
    wire::v1::{JudgedAgain, ParkedRow, RowKind},
};

impl Bench<'_> {
    /// Lists an op where it is to be seen, or takes it off the lists once it no longer waits.
    pub(super) async fn list(
        &mut self,
        tx: &mut store::Connection,
        kept: &Kept,
        op: &Op,
        verdict: Verdict,
    ) -> Result<(), store::Error> {
        let was_listed = kept.verdict.is_some_and(|verdict| verdict.status == Status::Parked);
        let is_parked = verdict.status == Status::Parked;
        if !is_parked && !was_listed {
            return Ok(());
        }
        let Some(docket) = self.docket(tx, &op.record).await? else { return Ok(()) };
        let duty = docket.background.duty.clone();
        let id = kept.dot().to_string();
        let (of_unit, of_area) = (bucket::of_unit(&duty.unit), bucket::of_area(&duty.recipient));
        // What was shown once stays until it is decided, whoever receives the record by now.
        let is_author_known = is_listed(tx, &of_unit, &id, op).await? || is_known(tx, docket, op).await?;
        let Readers { unit, recipient } = readers(verdict, is_author_known, docket.record.state);
        for (name, is_shown) in [(of_unit, unit), (of_area, recipient)] {
            if !is_shown && !is_listed(tx, &name, &id, op).await? {
                continue;
            }
            let body = match verdict.refusal.filter(|_| is_shown) {
                Some(refusal) => {
                    let author = store::people::names(tx, [op.person.clone()]).await?;
                    let author = author.values().next().cloned().unwrap_or_default();
                    let (duty, op) = (duty.clone(), op.clone());
                    let row = ParkedRow { duty, op, refusal, author, received_at: kept.received_at };
                    Some(store::text("parked row", &row)?)
                }
                None => None,
            };
            if store::feed::put(tx, &name, RowKind::Parked, &id, body.as_deref()).await? {
                self.news.insert(name);
            }
        }
        Ok(())
    }

    /// Tells the author of an op that it has another verdict now.
    pub(super) async fn tell_author(
        &mut self,
        tx: &mut store::Connection,
        kept: &Kept,
        verdict: Verdict,
    ) -> Result<(), store::Error> {
        let name = bucket::of_user(&kept.arrival.person);
        let judged = store::feed::next_seq(tx).await?.unsigned_abs();
        let row = JudgedAgain { verdict, seq: kept.seq.unsigned_abs(), judged };
        let body = store::text("verdict row", &row)?;
        if store::feed::put(tx, &name, RowKind::Verdict, &kept.dot().to_string(), Some(&body)).await? {
            self.news.insert(name);
        }
        Ok(())
    }

    /// Lays an op aside that was kept and not taken: it is not judged again. Its author may, and whoever works on the
    /// record.
    pub(super) async fn set_aside(
        &mut self,
        tx: &mut store::Connection,
        dot: &Dot,
        person: &Person,
    ) -> Result<Result<(), Refusal>, store::Error> {
        self.flush(tx).await?;
        // Laid aside twice, or taken meanwhile: there is nothing left to do.
        let Some(kept) = journal::parked(tx, dot).await? else { return Ok(Ok(())) };
        let Some(op) = read(&kept) else { return Ok(Ok(())) };
        let unit = self.docket(tx, &op.record).await?.map(|docket| docket.background.duty.unit.clone());
        if !may_set_aside(person, &op, unit.as_deref()) {
            return Ok(Err(Refusal::NotYourUnit));
        }
        let verdict = Verdict::refused(Refusal::SetAside);
        journal::settle(tx, &kept.arrival, Some(&op.record), verdict).await?;
        self.has_set_aside = true;
        self.list(tx, &kept, &op, verdict).await?;
        self.tell_author(tx, &kept, verdict).await?;
        Ok(Ok(()))
    }
}

/// Whether an op stands on the list of a bucket. Under the number of a copy's op stands the other one.
async fn is_listed(
    tx: &mut store::Connection,
    bucket: &str,
    id: &str,
    op: &Op,
) -> Result<bool, store::Error> {
    let listed: Option<ParkedRow> = store::feed::read(tx, bucket, RowKind::Parked, id).await?;
    Ok(listed.is_some_and(|row| row.op == *op))
}

/// Whether the author of an op works, or worked, for the unit or on its record; who takes a step, for a unit above.
async fn is_known(tx: &mut store::Connection, docket: &Docket, op: &Op) -> Result<bool, store::Error> {
    if docket.record.people().contains(&op.person) {
        return Ok(true);
    }
    let duty = &docket.background.duty;
    let above = std::iter::once(&duty.recipient).chain(&docket.line);
    let above = above.filter(|_| matches!(op.act, Act::Command { .. }));
    for unit in std::iter::once(&duty.unit).chain(above) {
        if store::people::has_been_in(tx, &op.person, unit).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

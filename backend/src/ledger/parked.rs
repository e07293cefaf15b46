//! What is kept and was not taken, shown to those whom it concerns until it is taken or laid aside.
//!
//! The author's own phone has the op. Beside that it is listed for the unit whose record it concerns and, where the
//! unit can no longer take it in by itself, for the recipient's reviewer.

use super::bench::{Bench, Docket, read};
use crate::store::{
    self,
    journal::{self, Kept},
};
use lantoa_shared::{
    op::{Dot, Op},
    person::{Person, Role},
    sync::{
        bucket,
        retrial::waits_for,
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
        let readers = match verdict.refusal.filter(|_| is_parked) {
            Some(refusal) => readers(tx, docket, op, refusal).await?,
            None => Readers::default(),
        };
        let buckets = [
            (bucket::of_unit(&duty.unit), readers.unit),
            (bucket::of_area(&duty.recipient), readers.recipient),
        ];
        let id = kept.dot().to_string();
        for (name, is_shown) in buckets {
            let body = match verdict.refusal.filter(|_| is_shown) {
                Some(refusal) => {
                    let author = store::people::names(tx, [op.person.clone()]).await?;
                    let author = author.values().next().cloned().unwrap_or_default();
                    let (duty, op) = (duty.clone(), op.clone());
                    let row = ParkedRow { duty, op, refusal, author, received_at: kept.received_at };
                    Some(store::text("parked row", &row)?)
                }
                None if store::feed::has(tx, &name, RowKind::Parked, &id).await? => None,
                None => continue,
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
        let row = JudgedAgain { verdict, seq: kept.seq.unsigned_abs() };
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
        // Laid aside twice, or taken meanwhile: there is nothing left to do.
        let Some(kept) = journal::parked(tx, dot).await? else { return Ok(Ok(())) };
        let Some(op) = read(&kept) else { return Ok(Ok(())) };
        let unit = self.docket(tx, &op.record).await?.map(|docket| docket.background.duty.unit.clone());
        let works_on_it = unit.is_some_and(|unit| person.holds(&unit, &[Role::Preparer, Role::Head]));
        if op.person != person.id && !works_on_it {
            return Ok(Err(Refusal::NotYourUnit));
        }
        let verdict = Verdict::refused(Refusal::SetAside);
        journal::settle(tx, &kept.arrival, Some(&op.record), verdict).await?;
        self.list(tx, &kept, &op, verdict).await?;
        self.tell_author(tx, &kept, verdict).await?;
        Ok(Ok(()))
    }
}

/// Who is shown an op that is parked.
#[derive(Default)]
struct Readers {
    unit: bool,
    recipient: bool,
}

/// Somebody who never had to do with the record does not get onto anybody's screen by sending something.
async fn readers(
    tx: &mut store::Connection,
    docket: &Docket,
    op: &Op,
    refusal: Refusal,
) -> Result<Readers, store::Error> {
    let unit = &docket.background.duty.unit;
    let is_known = docket.record.people().contains(&op.person)
        || store::people::has_been_in(tx, &op.person, unit).await?;
    let is_shown = is_known && refusal != Refusal::ClonedDevice && refusal != Refusal::NotYourOp;
    let has_lost_its_way = matches!(refusal, Refusal::NotYourUnit | Refusal::RevokedDevice);
    let is_sent = !docket.record.state.is_open() && waits_for(Verdict::parked(refusal)).is_some();
    Ok(Readers { unit: is_shown, recipient: is_shown && (has_lost_its_way || is_sent) })
}

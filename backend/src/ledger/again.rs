//! Judges again what was parked, when what it waited for has come (`lantoa_shared::sync::retrial`).
//!
//! What waits for its record is judged in the transaction that changes the record. What waits for a role, a device, a
//! duty, a form or a newer program is looked at when the server starts, some seconds after an errand of another process
//! changed who may do what, and every minute. So is what came under another epoch, and whose device never came back.

use super::{CENTRE, bench::Bench, reading::record_of};
use crate::{
    app::App,
    clock,
    store::{
        self,
        journal::{self, Arrival},
    },
};
use lantoa_shared::sync::{
    admission::{PATIENCE, has_come_anew, is_overtaken, is_to_come_anew},
    retrial::{Cause, of_offered_again, waits_for},
    verdict::{Refusal, Status, Verdict},
};
use std::time::{Duration, Instant};

/// How often it is looked whether a cause has gone.
const A_MINUTE: Duration = Duration::from_secs(60);
/// How often it is asked whether an errand changed who may do what.
const A_MOMENT: Duration = Duration::from_secs(2);
/// Most rounds in which one op judged again makes way for the next.
const ROUNDS: usize = 8;

/// Judges again whatever waits for the records that changed on the bench.
///
/// # Errors
/// If the store fails.
pub async fn after_changes(tx: &mut store::Connection, bench: &mut Bench<'_>) -> Result<(), store::Error> {
    for _ in 0..ROUNDS {
        let changed = bench.take_changed();
        if changed.is_empty() {
            break;
        }
        for record in changed {
            for kept in journal::parked_for(tx, &record).await? {
                if kept.verdict.and_then(waits_for) == Some(Cause::Record) {
                    once_more(tx, bench, &kept).await?;
                }
            }
        }
    }
    Ok(())
}

/// Judges again whatever waits for anything. Returns how many ops got another verdict.
///
/// # Errors
/// If the store fails.
pub async fn everything(app: &App) -> Result<usize, store::Error> {
    let waiting = journal::not_taken(&mut *app.store.read().await?).await?;
    let overdue = clock::now() - PATIENCE;
    let is_due = |kept: &journal::Kept| match kept.verdict {
        Some(verdict) if is_to_come_anew(verdict) => kept.received_at < overdue,
        verdict => verdict.and_then(waits_for).is_some(),
    };
    let waiting: Vec<_> = waiting.into_iter().filter(is_due).collect();
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut tx = app.store.write().await?;
    let mut bench = Bench::new(app);
    let mut n_changed = 0;
    for kept in waiting {
        // Another one may have been quicker.
        let arrival = &kept.arrival;
        let now = journal::find(&mut tx, &arrival.device, arrival.n, &arrival.sha256).await?;
        if let Some(now) = now.filter(|now| now.verdict == kept.verdict) {
            n_changed += usize::from(once_more(&mut tx, &mut bench, &now).await?);
        }
    }
    after_changes(&mut tx, &mut bench).await?;
    let changed = bench.finish(&mut tx).await?;
    app.commit(tx, changed).await?;
    Ok(n_changed)
}

/// Looks every minute and after errands, until the server stops. `known` is how many errands had changed who may do
/// what when it started.
pub async fn follow(app: App, mut known: i64) {
    let mut stopping = app.stopping.clone();
    let mut looked = Instant::now();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(A_MOMENT) => {}
        }
        match look(&app, known, looked.elapsed() >= A_MINUTE).await {
            Ok(None) => {}
            Ok(Some(now)) => (known, looked) = (now, Instant::now()),
            Err(error) => tracing::error!(?error, "what is parked could not be judged again"),
        }
    }
}

/// Judges again if that is due or an errand changed who may do what; whoever it concerns hears of it at once. Returns
/// how many errands did, if it judged.
async fn look(app: &App, known: i64, is_due: bool) -> Result<Option<i64>, store::Error> {
    let now = store::facts::number(&mut *app.store.look().await?, store::facts::RIGHTS).await?;
    if now == known && !is_due {
        return Ok(None);
    }
    let n_changed = everything(app).await?;
    if n_changed > 0 {
        tracing::info!(ops = n_changed, "judged again");
    }
    if now != known {
        // Every process finds out by itself.
        app.news.announce_everything();
    }
    Ok(Some(now))
}

/// Judges one op for the person who brought it. Returns whether its verdict changed.
async fn once_more(
    tx: &mut store::Connection,
    bench: &mut Bench<'_>,
    kept: &journal::Kept,
) -> Result<bool, store::Error> {
    let Some(person) = store::people::by_id(tx, &kept.arrival.person).await? else { return Ok(false) };
    if let Some(verdict) = kept.verdict.filter(|verdict| is_to_come_anew(*verdict)) {
        leave_behind(tx, bench, kept).await?;
        bench.settle(kept, &person.id, Verdict { status: Status::Refused, ..verdict });
        bench.flush(tx).await?;
        return Ok(true);
    }
    if kept.verdict.and_then(waits_for) == Some(Cause::Device)
        && !store::devices::is_allowed_since(tx, &kept.arrival.device, kept.received_at).await?
    {
        return Ok(false);
    }
    if is_overtaken(journal::others(tx, &kept.arrival).await?) {
        return Ok(false);
    }
    let verdict = bench.judge(tx, kept, &person).await?;
    let verdict = if kept.was.is_some() { of_offered_again(verdict) } else { verdict };
    let is_news = Some(verdict) != kept.verdict;
    if is_news {
        bench.settle(kept, &kept.arrival.person, verdict);
        bench.flush(tx).await?;
        bench.tell_author(tx, kept, verdict).await?;
    }
    Ok(is_news)
}

/// An op whose device did not bring it anew in time: unless it has come all the same, the centre makes it anew, and
/// those whom it concerns see it.
async fn leave_behind(
    tx: &mut store::Connection,
    bench: &mut Bench<'_>,
    kept: &journal::Kept,
) -> Result<(), store::Error> {
    let record = record_of(kept).unwrap_or_default();
    let others = journal::of_author(tx, kept, &record).await?;
    if has_come_anew(&kept.arrival.body, others.iter().map(|it| (it.verdict, it.arrival.body.as_str()))) {
        return Ok(());
    }
    let n = store::feed::next_seq(tx).await?;
    let arrival = Arrival { device: CENTRE.into(), n, ..kept.arrival.clone() };
    journal::keep(tx, &arrival, None, kept.received_at).await?;
    let Some(anew) = journal::find(tx, CENTRE, n, &arrival.sha256).await? else { return Ok(()) };
    let verdict = bench.hold(tx, &anew, Refusal::RevokedDevice).await?;
    bench.settle(&anew, &arrival.person, verdict);
    bench.flush(tx).await
}

//! Takes ops in: first keeps them all, durably, then judges each one alone.
//!
//! Receipt is not verdict. The first transaction only writes the journal; from its commit on,
//! nothing that was sent can be lost. Judging is pure (`lantoa_shared::sync::ledger::judge`), so an
//! op that fails to be judged cannot hurt another. If writing the outcome of a whole push fails,
//! every op is tried again alone; one that fails then stays unjudged, is logged, and is judged
//! when it is sent again or when the server starts.

pub mod bench;

use crate::{app::App, clock, store, store::journal};
use bench::Bench;
use journal::{Arrival, Kept};
use lantoa_shared::{
    person::Person,
    sync::{
        device::hash,
        verdict::{Refusal, Verdict},
    },
    wire::v1::{PushAnswer, PushRequest, PushedOp, VerdictRow},
};

/// Takes the ops of a push in and says what was made of them.
///
/// # Errors
/// If the store fails before everything is kept; then nothing is acknowledged.
pub async fn receive(app: &App, person: &Person, request: PushRequest) -> Result<PushAnswer, store::Error> {
    let now = clock::now();
    let arrivals: Vec<Arrival> = request.ops.iter().map(|op| arrival(&request.device, op, person)).collect();
    keep_all(app, &request.ops, &arrivals, now).await?;

    let verdicts = match judge_all(app, person, &arrivals).await {
        Ok(verdicts) => verdicts,
        Err(error) => {
            tracing::warn!(?error, "judging a push failed; every op is judged alone");
            judge_apart(app, person, &arrivals).await
        }
    };
    let acked_through = request.ops.iter().map(|op| op.n).max().unwrap_or_default();
    let verdicts = request
        .ops
        .iter()
        .zip(verdicts)
        .filter_map(|(op, verdict)| Some(VerdictRow { n: op.n, verdict: verdict?, seq: None }))
        .collect();
    Ok(PushAnswer {
        epoch: app.epoch.clone(),
        server_time: clock::now(),
        acked_through,
        verdicts,
        durable_seq: 0,
        rotate_device: false,
    })
}

/// Judges what an earlier run of the server received and did not judge any more.
///
/// # Errors
/// If the store fails.
pub async fn catch_up(app: &App) -> Result<(), store::Error> {
    let mut tx = app.store.read().await?;
    let waiting = journal::unjudged(&mut tx).await?;
    drop(tx);
    for kept in waiting {
        let mut tx = app.store.read().await?;
        let person = store::people::by_id(&mut tx, &kept.arrival.person).await?;
        drop(tx);
        if let Some(person) = person {
            judge_apart(app, &person, &[kept.arrival]).await;
        }
    }
    Ok(())
}

/// The journal's key is the hash of the bytes that arrived, whatever hash came with them.
fn arrival(device: &str, op: &PushedOp, person: &Person) -> Arrival {
    Arrival {
        device: device.to_owned(),
        n: i64::try_from(op.n).unwrap_or(i64::MAX),
        sha256: hash(&op.body),
        body: op.body.clone(),
        person: person.id.clone(),
    }
}

/// The receipt: one transaction for all. Bytes damaged on the way are kept and settled at once.
async fn keep_all(app: &App, ops: &[PushedOp], arrivals: &[Arrival], now: i64) -> Result<(), store::Error> {
    let mut tx = app.store.write().await?;
    for (op, arrival) in ops.iter().zip(arrivals) {
        let is_new = journal::keep(&mut tx, arrival, now).await?;
        if is_new && op.sha256 != arrival.sha256 {
            journal::settle(&mut tx, arrival, Verdict::quarantined(Refusal::Damaged)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Judges the ops in their order and writes the outcome in one transaction.
async fn judge_all(
    app: &App,
    person: &Person,
    arrivals: &[Arrival],
) -> Result<Vec<Option<Verdict>>, store::Error> {
    let mut tx = app.store.write().await?;
    let mut bench = Bench::new(app, person);
    let mut verdicts = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        let kept = journal::find(&mut tx, &arrival.device, arrival.n, &arrival.sha256).await?;
        let verdict = match kept {
            Some(Kept { verdict: Some(verdict), arrival: before, .. })
                if !is_judged_again(verdict, &before, person) =>
            {
                Some(verdict)
            }
            Some(kept) => {
                let verdict = bench.judge(&mut tx, &kept).await?;
                journal::settle(&mut tx, arrival, verdict).await?;
                Some(verdict)
            }
            None => None,
        };
        verdicts.push(verdict);
    }
    let changed = bench.finish(&mut tx).await?;
    tx.commit().await?;
    app.news.announce(changed);
    Ok(verdicts)
}

async fn judge_apart(app: &App, person: &Person, arrivals: &[Arrival]) -> Vec<Option<Verdict>> {
    let mut verdicts = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        let verdict = match judge_all(app, person, std::slice::from_ref(arrival)).await {
            Ok(verdicts) => verdicts.into_iter().next().flatten(),
            Err(error) => {
                tracing::error!(op.device = arrival.device, op.n = arrival.n, ?error, "an op stays unjudged");
                None
            }
        };
        verdicts.push(verdict);
    }
    verdicts
}

/// The same op gets the same verdict, with one exception: what another person's session brought
/// from a shared phone is judged anew when its author brings it.
fn is_judged_again(verdict: Verdict, before: &Arrival, person: &Person) -> bool {
    verdict == Verdict::parked(Refusal::NotYourOp) && before.person != person.id
}

//! Takes ops in: first keeps them all, durably, then judges each one alone.
//!
//! Receipt is not verdict. The first transaction only writes the journal; from its commit on,
//! nothing that was sent can be lost. A push that was composed under another epoch is only kept. Judging is pure (`lantoa_shared::sync::ledger::judge`), so an
//! op that fails to be judged cannot hurt another. If writing the outcome of a whole push fails,
//! every op is tried again alone; one that fails then stays unjudged, is logged, and is judged
//! when it is sent again or when the server starts.

pub mod again;
pub mod bench;
mod merging;
mod parked;

pub use merging::CENTRE;

use crate::{app::App, clock, store, store::journal};
use bench::Bench;
use journal::Arrival;
use lantoa_shared::{
    person::Person,
    sync::{
        admission::{Admission, Gate, is_judged_at_once, is_taken},
        device::hash,
        retrial::{is_open_to_sender, of_offered_again},
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
    let is_judged = is_judged_at_once(&request.epoch, &app.epoch);
    keep_all(app, &request.ops, &arrivals, is_judged, now).await?;
    let judged = if is_judged { judge_push(app, person, &arrivals).await } else { Judged::default() };
    let acked_through = request.ops.iter().map(|op| op.n).max().unwrap_or_default();
    let rows = request.ops.iter().zip(judged.verdicts);
    let verdicts = rows.filter_map(|(op, judged)| {
        let (verdict, seq) = judged?;
        Some(VerdictRow { n: op.n, verdict, seq: u64::try_from(seq).ok() })
    });
    Ok(PushAnswer {
        epoch: app.epoch.clone(),
        server_time: clock::now(),
        acked_through,
        verdicts: verdicts.collect(),
        durable_seq: app.store.durable_seq().await?,
        rotate_device: judged.gate.is_cloned(),
    })
}

/// What became of a push: the verdict and the place of each op, and the gate behind the last of them.
#[derive(Default)]
struct Judged {
    verdicts: Vec<Option<(Verdict, i64)>>,
    gate: Gate,
}

async fn judge_push(app: &App, person: &Person, arrivals: &[Arrival]) -> Judged {
    match judge_all(app, person, arrivals, Gate::default()).await {
        Ok(judged) => judged,
        Err(error) => {
            tracing::warn!(?error, "judging a push failed; every op is judged alone");
            judge_apart(app, person, arrivals).await
        }
    }
}

/// Judges what an earlier run of the server received and did not judge any more.
///
/// # Errors
/// If the store fails.
pub async fn catch_up(app: &App) -> Result<(), store::Error> {
    let mut tx = app.store.read().await?;
    let waiting = journal::unjudged(&mut tx).await?;
    drop(tx);
    for push in waiting {
        let arrivals: Vec<Arrival> = push.into_iter().map(|kept| kept.arrival).collect();
        let Some(first) = arrivals.first() else { continue };
        let mut tx = app.store.read().await?;
        let person = store::people::by_id(&mut tx, &first.person).await?;
        drop(tx);
        if let Some(person) = person {
            judge_push(app, &person, &arrivals).await;
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

/// The receipt: one transaction for all. Bytes damaged on the way are kept and settled at once, and so is a push that
/// is not to be judged.
async fn keep_all(
    app: &App,
    ops: &[PushedOp],
    arrivals: &[Arrival],
    is_judged: bool,
    now: i64,
) -> Result<(), store::Error> {
    let mut tx = app.store.write().await?;
    for (op, arrival) in ops.iter().zip(arrivals) {
        let was = op.was.and_then(|was| i64::try_from(was).ok());
        let is_new = journal::keep(&mut tx, arrival, was, now).await?;
        let verdict = match op.sha256 == arrival.sha256 {
            false => Verdict::quarantined(Refusal::Damaged),
            true if !is_judged => Verdict::OTHER_EPOCH,
            true => continue,
        };
        if is_new {
            journal::settle(&mut tx, arrival, None, verdict).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Judges the ops of one device in their order, and whatever waited for what they changed, and writes the outcome in
/// one transaction. `gate` is that of the ops before them in the same push.
async fn judge_all(
    app: &App,
    person: &Person,
    arrivals: &[Arrival],
    gate: Gate,
) -> Result<Judged, store::Error> {
    let mut tx = app.store.write().await?;
    let mut is_revoked = false;
    if let Some(first) = arrivals.first() {
        store::devices::note(&mut tx, &first.device, &person.id, clock::now()).await?;
        is_revoked = store::devices::is_revoked(&mut tx, &first.device).await?;
    }
    let mut bench = Bench::new(app);
    let mut judged = Judged { gate, verdicts: Vec::with_capacity(arrivals.len()) };
    for arrival in arrivals {
        let Some(kept) = journal::find(&mut tx, &arrival.device, arrival.n, &arrival.sha256).await? else {
            judged.verdicts.push(None);
            continue;
        };
        let is_brought_by_another = kept.arrival.person != person.id;
        let is_open = |verdict: &Verdict| is_open_to_sender(*verdict, is_brought_by_another);
        if let Some(verdict) = kept.verdict.filter(|verdict| !is_open(verdict)) {
            judged.gate.admit(true, false);
            judged.verdicts.push(Some((verdict, kept.seq)));
            continue;
        }
        let is_taken = is_taken(journal::others(&mut tx, arrival).await?);
        let verdict = match judged.gate.admit(false, is_taken) {
            Admission::Cloned => bench.hold(&mut tx, &kept, Refusal::ClonedDevice).await?,
            _ if is_revoked => bench.hold(&mut tx, &kept, Refusal::RevokedDevice).await?,
            _ => bench.judge(&mut tx, &kept, person).await?,
        };
        let verdict = if kept.was.is_some() { of_offered_again(verdict) } else { verdict };
        let mut seq = kept.seq;
        if kept.verdict.is_some_and(|before| before != verdict) {
            seq = journal::arrive_anew(&mut tx, arrival).await?;
        }
        bench.settle(&mut tx, &kept, &person.id, verdict).await?;
        judged.verdicts.push(Some((verdict, seq)));
    }
    again::after_changes(&mut tx, &mut bench).await?;
    let changed = bench.finish(&mut tx).await?;
    app.commit(tx, changed).await?;
    Ok(judged)
}

/// Judges every op in a transaction of its own, and lets none through that the push as a whole would have held.
async fn judge_apart(app: &App, person: &Person, arrivals: &[Arrival]) -> Judged {
    let mut all = Judged::default();
    for arrival in arrivals {
        match judge_all(app, person, std::slice::from_ref(arrival), all.gate).await {
            Ok(judged) => {
                all.verdicts.extend(judged.verdicts);
                all.gate = judged.gate;
            }
            Err(error) => {
                tracing::error!(op.device = arrival.device, op.n = arrival.n, ?error, "an op stays unjudged");
                all.verdicts.push(None);
            }
        }
    }
    all
}

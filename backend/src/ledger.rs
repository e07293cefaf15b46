//! Takes ops in: first keeps them all, durably, then judges each one alone.
//!
//! Receipt is not verdict. The first transaction only writes the journal; from its commit on,
//! nothing that was sent can be lost. Judging is pure (`lantoa_shared::sync::ledger::judge`), so an
//! op that fails to be judged cannot hurt another. If writing the outcome of a whole push fails,
//! every op is tried again alone; one that fails then stays unjudged, is logged, and is judged
//! when it is sent again or when the server starts.

pub mod again;
pub mod bench;
mod merging;
mod parked;

use crate::{app::App, clock, store, store::journal};
use bench::Bench;
use journal::Arrival;
use lantoa_shared::{
    person::Person,
    sync::{
        admission::{Admission, Gate},
        device::hash,
        retrial::of_offered_again,
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

    let judged = match judge_all(app, person, &arrivals).await {
        Ok(judged) => judged,
        Err(error) => {
            tracing::warn!(?error, "judging a push failed; every op is judged alone");
            judge_apart(app, person, &arrivals).await
        }
    };
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
        rotate_device: judged.is_cloned,
    })
}

/// What became of a push: the verdict and the place of each op, and whether its device must take a new id.
#[derive(Default)]
struct Judged {
    verdicts: Vec<Option<(Verdict, i64)>>,
    is_cloned: bool,
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
        let was = op.was.and_then(|was| i64::try_from(was).ok());
        let is_new = journal::keep(&mut tx, arrival, was, now).await?;
        if is_new && op.sha256 != arrival.sha256 {
            journal::settle(&mut tx, arrival, None, Verdict::quarantined(Refusal::Damaged)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Judges the ops of one device in their order, and whatever waited for what they changed, and writes the outcome in
/// one transaction.
async fn judge_all(app: &App, person: &Person, arrivals: &[Arrival]) -> Result<Judged, store::Error> {
    let mut tx = app.store.write().await?;
    let mut is_revoked = false;
    if let Some(first) = arrivals.first() {
        store::devices::note(&mut tx, &first.device, &person.id, clock::now()).await?;
        is_revoked = store::devices::is_revoked(&mut tx, &first.device).await?;
    }
    let (mut bench, mut gate) = (Bench::new(app), Gate::default());
    let mut judged = Judged::default();
    for arrival in arrivals {
        let Some(kept) = journal::find(&mut tx, &arrival.device, arrival.n, &arrival.sha256).await? else {
            judged.verdicts.push(None);
            continue;
        };
        let verdict = match kept.verdict {
            Some(verdict) if !is_open(verdict, &kept.arrival, person) => {
                gate.admit(true, false);
                verdict
            }
            _ => {
                let is_taken = bench.is_taken(&mut tx, &kept).await?;
                let verdict = match gate.admit(false, is_taken) {
                    Admission::Cloned => bench.hold(&mut tx, &kept, Refusal::ClonedDevice).await?,
                    _ if is_revoked => bench.hold(&mut tx, &kept, Refusal::RevokedDevice).await?,
                    _ => bench.judge(&mut tx, &kept, person).await?,
                };
                let verdict = if kept.was.is_some() { of_offered_again(verdict) } else { verdict };
                let record = bench::record_of(&kept);
                journal::settle(&mut tx, arrival, record.as_deref(), verdict).await?;
                verdict
            }
        };
        judged.verdicts.push(Some((verdict, kept.seq)));
    }
    judged.is_cloned = gate.is_cloned();
    again::after_changes(&mut tx, &mut bench).await?;
    let changed = bench.finish(&mut tx).await?;
    app.commit(tx, changed).await?;
    Ok(judged)
}

async fn judge_apart(app: &App, person: &Person, arrivals: &[Arrival]) -> Judged {
    let mut all = Judged::default();
    for arrival in arrivals {
        match judge_all(app, person, std::slice::from_ref(arrival)).await {
            Ok(judged) => {
                all.verdicts.extend(judged.verdicts);
                all.is_cloned |= judged.is_cloned;
            }
            Err(error) => {
                tracing::error!(op.device = arrival.device, op.n = arrival.n, ?error, "an op stays unjudged");
                all.verdicts.push(None);
            }
        }
    }
    all
}

/// Whether an op that has a verdict is judged anew because it is sent again. The same op gets the same verdict, but
/// what another person's session brought from a shared phone is judged when its author brings it, and a copied
/// device is told so until it has taken a new id.
fn is_open(verdict: Verdict, before: &Arrival, person: &Person) -> bool {
    verdict == Verdict::parked(Refusal::ClonedDevice)
        || (verdict == Verdict::parked(Refusal::NotYourOp) && before.person != person.id)
}

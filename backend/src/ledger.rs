//! Takes ops in: first keeps them all, durably, then judges each one alone.
//!
//! Receipt is not verdict. What is answered for is in the journal whatever becomes of judging it. Several pushes are
//! first kept and judged together; if that fails nothing of it happened and nobody was told, and each is kept by
//! itself, committed, and then judged by itself, then every op; one that fails then stays unjudged, is logged, and is
//! judged when it is sent again or when the server starts. A push that was composed under another epoch is only kept.
//! Judging is pure (`lantoa_shared::sync::ledger::judge`), so an op that fails to be judged cannot hurt another.

pub mod again;
pub mod bench;
mod entries;
mod judging;
mod merging;
mod parked;
pub mod queue;
pub mod reading;

pub use merging::CENTRE;

use crate::{
    app::App,
    clock,
    store::{
        self, Connection,
        journal::{self, Arrival, Keeping, Settled},
        numbers::Numbers,
        sessions::Session,
    },
};
use bench::Bench;
use judging::{Judged, Sender, judge_push};
use lantoa_shared::{
    person::Person,
    sync::{
        admission::is_judged_at_once,
        device::hash,
        verdict::{Refusal, Verdict},
    },
    wire::v1::{PushAnswer, PushRequest, PushedOp, VerdictRow},
};
use std::{collections::BTreeSet, sync::Arc};

/// A push on its way into the journal.
#[derive(Debug)]
pub struct Push {
    person: Person,
    is_shut_out: bool,
    is_device_noted: bool,
    ops: Vec<PushedOp>,
    arrivals: Vec<Arrival>,
    is_judged: bool,
}

impl Push {
    fn new(app: &App, person: Person, session: &Session, request: PushRequest) -> Self {
        let arrivals = request.ops.iter().map(|op| arrival(&request.device, op, &person)).collect();
        let is_judged = is_judged_at_once(&request.epoch, &app.epoch);
        let is_device_noted = session.has_noted(&request.device, clock::now());
        let is_shut_out = session.is_shut_out;
        Self { person, is_shut_out, is_device_noted, ops: request.ops, arrivals, is_judged }
    }

    fn sender(&self) -> Sender<'_> {
        let Self { person, is_shut_out, is_device_noted, .. } = self;
        Sender { person, is_shut_out: *is_shut_out, is_device_noted: *is_device_noted }
    }
}

/// Takes the ops of a push in and says what was made of them. What comes in a session whose device was shut out is kept
/// for a person to look at, under whatever id it comes.
///
/// # Errors
/// If the store fails before everything is kept; then nothing is acknowledged.
pub async fn receive(
    app: &App,
    person: Person,
    session: &Session,
    request: PushRequest,
) -> Result<PushAnswer, store::Error> {
    let push = Arc::new(Push::new(app, person, session, request));
    if let Some(answer) = app.queue.bring(Arc::clone(&push)).await {
        return Ok(answer);
    }
    tracing::warn!("taking several pushes in together failed; this one is taken in alone");
    let mut tx = app.store.write().await?;
    let (mut numbers, durable_seq) = Numbers::begin(&mut tx, push.ops.len()).await?;
    keep(&mut tx, &mut numbers, std::slice::from_ref(&push), clock::now()).await?;
    tx.commit().await?;
    let judged = judged_alone(app, &push).await;
    Ok(answer(app, &push, judged, durable_seq))
}

/// Takes several pushes in, in their order, with one commit for all.
///
/// # Errors
/// If the store fails; then nothing of any happened, and nothing is acknowledged.
async fn take_in(app: &App, pushes: &[Arc<Push>]) -> Result<Vec<PushAnswer>, store::Error> {
    let mut tx = app.store.write().await?;
    let n_ops: usize = pushes.iter().map(|push| push.ops.len()).sum();
    // Each op is kept and settled, and most pushes change one record: no further question for numbers.
    let (mut numbers, durable_seq) = Numbers::begin(&mut tx, 2 * n_ops + pushes.len()).await?;
    keep(&mut tx, &mut numbers, pushes, clock::now()).await?;
    let (judged, changed) = judge_each(app, &mut tx, numbers, pushes).await?;
    app.commit(tx, changed).await?;
    Ok(pushes.iter().zip(judged).map(|(push, judged)| answer(app, push, judged, durable_seq)).collect())
}

/// Judges what was just kept. Returns the buckets that have something new, too.
async fn judge_each(
    app: &App,
    tx: &mut Connection,
    numbers: Numbers,
    pushes: &[Arc<Push>],
) -> Result<(Vec<Judged>, BTreeSet<String>), store::Error> {
    let (mut bench, mut changed) = (Bench::with(app, numbers), BTreeSet::new());
    let mut all = Vec::with_capacity(pushes.len());
    for push in pushes {
        let judged = match push.is_judged {
            true => judging::judge(tx, &mut bench, push.sender(), &push.arrivals, Judged::default()).await?,
            false => Judged::default(),
        };
        all.push(judged);
        // Other records may rest on what was just sent; whoever comes next is judged by that.
        if bench.has_sent() {
            changed.extend(std::mem::replace(&mut bench, Bench::new(app)).finish(tx).await?);
        }
    }
    changed.extend(bench.finish(tx).await?);
    Ok((all, changed))
}

async fn judged_alone(app: &App, push: &Push) -> Judged {
    if push.is_judged { judge_push(app, push.sender(), &push.arrivals).await } else { Judged::default() }
}

fn answer(app: &App, push: &Push, judged: Judged, durable_seq: u64) -> PushAnswer {
    let rows = push.ops.iter().zip(judged.verdicts);
    let verdicts = rows.filter_map(|(op, judged)| {
        let (verdict, seq) = judged?;
        Some(VerdictRow { n: op.n, verdict, seq: u64::try_from(seq).ok() })
    });
    PushAnswer {
        epoch: app.epoch.clone(),
        server_time: clock::now(),
        acked_through: push.ops.iter().map(|op| op.n).max().unwrap_or_default(),
        verdicts: verdicts.collect(),
        durable_seq,
        rotate_device: judged.gate.is_cloned(),
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
            // Whether the session was shut out stands with the device.
            let sender = Sender { person: &person, is_shut_out: false, is_device_noted: false };
            judge_push(app, sender, &arrivals).await;
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

/// What comes in a session whose device was shut out shuts the store out that it comes from, under whatever id, with
/// the receipt: whoever judges it later does not know the session.
async fn shut_out(tx: &mut Connection, push: &Push, now: i64) -> Result<(), store::Error> {
    if let Some(first) = push.arrivals.first()
        && !store::devices::note(tx, &first.device, &push.person.id, now).await?
    {
        store::devices::revoke(tx, &first.device, now).await?;
    }
    Ok(())
}

/// The receipt. Bytes damaged on the way are kept and settled at once, and so is a push that is not to be judged.
async fn keep(
    tx: &mut Connection,
    numbers: &mut Numbers,
    pushes: &[Arc<Push>],
    now: i64,
) -> Result<(), store::Error> {
    let ops = pushes.iter().flat_map(|push| push.ops.iter().zip(&push.arrivals).map(move |it| (push, it)));
    let ops: Vec<(&Arc<Push>, (&PushedOp, &Arrival))> = ops.collect();
    let keeping = ops
        .iter()
        .map(|(_, (op, arrival))| Keeping { arrival, was: op.was.and_then(|was| i64::try_from(was).ok()) });
    let are_new = journal::keep_all(tx, numbers, &keeping.collect::<Vec<_>>(), now).await?;
    for push in pushes.iter().filter(|push| push.is_shut_out) {
        shut_out(tx, push, now).await?;
    }
    let mut settled = Vec::new();
    for ((push, (op, arrival)), is_new) in ops.into_iter().zip(are_new) {
        let verdict = match op.sha256 == arrival.sha256 {
            false => Verdict::quarantined(Refusal::Damaged),
            true if !push.is_judged => Verdict::OTHER_EPOCH,
            true => continue,
        };
        if is_new {
            settled.push(Settled { arrival: arrival.clone(), record: None, verdict });
        }
    }
    journal::settle_all(tx, numbers, &settled).await
}

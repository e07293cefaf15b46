//! Judges the ops of one push in their order: together where that can be written, else one by one.

use super::{again, bench::Bench};
use crate::{
    app::App,
    clock,
    store::{
        self, Connection,
        journal::{self, Arrival},
    },
};
use lantoa_shared::{
    person::Person,
    sync::{
        admission::{Admission, Gate, is_taken},
        retrial::{is_open_to_sender, of_offered_again},
        verdict::{Refusal, Verdict},
    },
};

/// What became of a push: the verdict and the place of each op, and the gate behind the last of them.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) verdicts: Vec<Option<(Verdict, i64)>>,
    pub(super) gate: Gate,
}

/// Judges a push that is in the journal, in a transaction of its own.
pub(super) async fn judge_push(app: &App, person: &Person, arrivals: &[Arrival]) -> Judged {
    match judge_all(app, person, arrivals, Gate::default()).await {
        Ok(judged) => judged,
        Err(error) => {
            tracing::warn!(?error, "judging a push failed; every op is judged alone");
            judge_apart(app, person, arrivals).await
        }
    }
}

async fn judge_all(
    app: &App,
    person: &Person,
    arrivals: &[Arrival],
    gate: Gate,
) -> Result<Judged, store::Error> {
    let mut tx = app.store.write().await?;
    let mut bench = Bench::new(app);
    let judged = judge(&mut tx, &mut bench, person, arrivals, Judged { gate, verdicts: Vec::new() }).await?;
    let changed = bench.finish(&mut tx).await?;
    app.commit(tx, changed).await?;
    Ok(judged)
}

/// Judges the ops of one device in their order, and whatever waited for what they changed. `judged` is what became of
/// the ops before them in the same push.
pub(super) async fn judge(
    tx: &mut Connection,
    bench: &mut Bench<'_>,
    person: &Person,
    arrivals: &[Arrival],
    mut judged: Judged,
) -> Result<Judged, store::Error> {
    let mut is_revoked = false;
    if let Some(first) = arrivals.first() {
        store::devices::note(tx, &first.device, &person.id, clock::now()).await?;
        is_revoked = store::devices::is_revoked(tx, &first.device).await?;
    }
    for arrival in arrivals {
        let Some(kept) = journal::find(tx, &arrival.device, arrival.n, &arrival.sha256).await? else {
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
        let is_taken = is_taken(journal::others(tx, arrival).await?);
        let verdict = match judged.gate.admit(false, is_taken) {
            Admission::Cloned => bench.hold(tx, &kept, Refusal::ClonedDevice).await?,
            _ if is_revoked => bench.hold(tx, &kept, Refusal::RevokedDevice).await?,
            _ => bench.judge(tx, &kept, person).await?,
        };
        let verdict = if kept.was.is_some() { of_offered_again(verdict) } else { verdict };
        let mut seq = kept.seq;
        if kept.verdict.is_some_and(|before| before != verdict) {
            seq = journal::arrive_anew(tx, arrival).await?;
        }
        bench.settle(tx, &kept, &person.id, verdict).await?;
        judged.verdicts.push(Some((verdict, seq)));
    }
    again::after_changes(tx, bench).await?;
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

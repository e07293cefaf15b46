//! Judges the ops of one push in their order: together where that can be written, else one by one.

use super::{again, bench::Bench};
use crate::{
    app::App,
    clock,
    store::{
        self, Connection,
        journal::{self, Arrival, Kept},
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
use std::collections::BTreeSet;

/// What became of a push: the verdict and the place of each op, and the gate behind the last of them.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) verdicts: Vec<Option<(Verdict, i64)>>,
    pub(super) gate: Gate,
}

/// Who brings a push.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sender<'a> {
    pub(super) person: &'a Person,
    /// Whether the device of the session was shut out.
    pub(super) is_shut_out: bool,
    /// Whether the push comes from that device, and it was noted not long ago that this person syncs from it.
    pub(super) is_device_noted: bool,
}

/// Judges a push that is in the journal, in a transaction of its own.
pub(super) async fn judge_push(app: &App, sender: Sender<'_>, arrivals: &[Arrival]) -> Judged {
    match judge_all(app, sender, arrivals, Gate::default()).await {
        Ok(judged) => judged,
        Err(error) => {
            tracing::warn!(?error, "judging a push failed; every op is judged alone");
            judge_apart(app, sender, arrivals).await
        }
    }
}

async fn judge_all(
    app: &App,
    sender: Sender<'_>,
    arrivals: &[Arrival],
    gate: Gate,
) -> Result<Judged, store::Error> {
    let mut tx = app.store.write().await?;
    let mut bench = Bench::new(app);
    let judged = judge(&mut tx, &mut bench, sender, arrivals, Judged { gate, verdicts: Vec::new() }).await?;
    let changed = bench.finish(&mut tx).await?;
    app.commit(tx, changed).await?;
    Ok(judged)
}

/// Judges the ops of one device in their order, and whatever waited for what they changed. `judged` is what became of
/// the ops before them in the same push.
pub(super) async fn judge(
    tx: &mut Connection,
    bench: &mut Bench<'_>,
    sender: Sender<'_>,
    arrivals: &[Arrival],
    mut judged: Judged,
) -> Result<Judged, store::Error> {
    let Some(first) = arrivals.first() else { return Ok(judged) };
    let Sender { person, is_shut_out, is_device_noted } = sender;
    let is_revoked = is_shut_out
        || (!is_device_noted && store::devices::note(tx, &first.device, &person.id, clock::now()).await?);
    bench.know(person);
    let mut known = Known::read(tx, arrivals).await?;
    for arrival in arrivals {
        if bench.has_changed_journal() || known.is_outdated(arrival) {
            bench.flush(tx).await?;
            known = Known::read(tx, arrivals).await?;
        }
        let Some(kept) = known.find(arrival) else {
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
        let is_taken = is_taken(known.others(arrival));
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
        bench.settle(&kept, &person.id, verdict);
        known.judged.insert(arrival.n);
        judged.verdicts.push(Some((verdict, seq)));
    }
    bench.flush(tx).await?;
    again::after_changes(tx, bench).await?;
    Ok(judged)
}

/// What the journal has under the numbers of a push.
struct Known {
    kept: Vec<Kept>,
    /// Numbers of which it says more by now.
    judged: BTreeSet<i64>,
}

impl Known {
    async fn read(tx: &mut Connection, arrivals: &[Arrival]) -> Result<Self, store::Error> {
        let device = arrivals.first().map(|first| first.device.as_str()).unwrap_or_default();
        let numbers: BTreeSet<i64> = arrivals.iter().map(|arrival| arrival.n).collect();
        let mut kept = journal::under(tx, device, &numbers.into_iter().collect::<Vec<_>>()).await?;
        kept.sort_by_key(|kept| kept.arrival.n);
        Ok(Self { kept, judged: BTreeSet::new() })
    }

    /// Whether another op of the push bears the same number and was judged since.
    fn is_outdated(&self, arrival: &Arrival) -> bool {
        self.judged.contains(&arrival.n)
    }

    fn of_number(&self, n: i64) -> &[Kept] {
        let first = self.kept.partition_point(|kept| kept.arrival.n < n);
        let behind = self.kept.partition_point(|kept| kept.arrival.n <= n);
        &self.kept[first..behind]
    }

    fn find(&self, arrival: &Arrival) -> Option<Kept> {
        self.of_number(arrival.n).iter().find(|kept| kept.arrival.sha256 == arrival.sha256).cloned()
    }

    fn others(&self, arrival: &Arrival) -> impl Iterator<Item = Option<Verdict>> {
        let others = self.of_number(arrival.n).iter().filter(|kept| kept.arrival.sha256 != arrival.sha256);
        others.map(|kept| kept.verdict)
    }
}

/// Judges every op in a transaction of its own, and lets none through that the push as a whole would have held.
async fn judge_apart(app: &App, sender: Sender<'_>, arrivals: &[Arrival]) -> Judged {
    let mut all = Judged::default();
    for arrival in arrivals {
        match judge_all(app, sender, std::slice::from_ref(arrival), all.gate).await {
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

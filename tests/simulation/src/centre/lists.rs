//! What the centre writes into the feed: records, ops that were not taken, verdicts that changed.

use super::{Centre, line};
use crate::thing::{Key, Thing};
use lantoa_shared::{
    duty::Duty,
    op::{Act, Op},
    sync::{
        bucket::{of_area, of_unit, of_user},
        parked::{Readers, readers},
        verdict::{Status, Verdict},
    },
    wire::v1::{JudgedAgain, ParkedRow, RowKind},
};
use std::rc::Rc;

impl Centre {
    /// Lists an op where it is to be seen, or takes it off the lists once it no longer waits.
    pub(super) fn list(&mut self, at: usize, before: Option<Verdict>) {
        let kept = &self.journal[at];
        let is_parked = |verdict: Option<Verdict>| verdict.is_some_and(|it| it.status == Status::Parked);
        if !is_parked(kept.verdict) && !is_parked(before) {
            return;
        }
        let (Some(op), Some(verdict)) = (kept.op.clone(), kept.verdict) else { return };
        let Some(docket) = self.dockets.get(&op.record) else { return };
        let duty = Rc::clone(&docket.duty);
        let key = (RowKind::Parked, kept.dot.to_string());
        // What was shown once stays until it is decided, whoever receives the record by now.
        let is_known = self.has_worked(&op) || self.is_listed(&of_unit(&duty.unit), &key, &op);
        let Readers { unit, recipient } = readers(verdict, is_known, docket.record.state);
        let received_at = kept.received_at;
        for (bucket, is_shown) in [(of_unit(&duty.unit), unit), (of_area(&duty.recipient), recipient)] {
            let row = verdict.refusal.filter(|_| is_shown).map(|refusal| {
                Thing::Parked(Rc::new(ParkedRow {
                    duty: (*duty).clone(),
                    op: (*op).clone(),
                    refusal,
                    author: op.person.clone(),
                    received_at,
                }))
            });
            if row.is_some() || self.is_listed(&bucket, &key, &op) {
                self.put(&bucket, key.clone(), row);
            }
        }
    }

    /// Whether an op stands on the list of a bucket. Under the number of a copy's op stands the other one.
    fn is_listed(&self, bucket: &str, key: &Key, op: &Op) -> bool {
        let thing = self.feed.get(bucket).and_then(|feed| feed.get(key));
        thing.is_some_and(|thing| matches!(thing, Thing::Parked(row) if row.op == *op))
    }

    /// Whether the author of an op works, or worked, for its unit or on its record; who takes a step, for a unit above.
    pub fn has_worked(&self, op: &Op) -> bool {
        self.dockets.get(&op.record).is_some_and(|docket| {
            let Duty { unit, recipient, .. } = &*docket.duty;
            let is_step = matches!(op.act, Act::Command { .. });
            let above = std::iter::once(recipient).chain(line()).filter(|_| is_step);
            let is_in = |unit: &String| self.ever_in.contains(&(op.person.clone(), unit.clone()));
            docket.record.people().contains(&op.person) || std::iter::once(unit).chain(above).any(is_in)
        })
    }

    /// Tells the author of an op that it has another verdict now.
    pub(super) fn tell_author(&mut self, at: usize) {
        let kept = &self.journal[at];
        let Some(verdict) = kept.verdict else { return };
        let (seq, bucket, id) = (kept.seq, of_user(&kept.person), kept.dot.to_string());
        let row = Thing::Verdict(Rc::new(JudgedAgain { verdict, seq, judged: self.next_seq() }));
        self.put(&bucket, (RowKind::Verdict, id), Some(row));
    }

    /// Writes every changed record into the feed.
    pub(super) fn publish(&mut self) {
        for id in std::mem::take(&mut self.changed) {
            let Some(docket) = self.dockets.get(&id) else { continue };
            let (unit, record) = (of_unit(&docket.duty.unit), Rc::clone(&docket.record));
            self.put(&unit, (RowKind::Record, id), Some(Thing::Record(record)));
        }
        for id in std::mem::take(&mut self.heard_above) {
            let Some(docket) = self.dockets.get(&id) else { continue };
            let area = of_area(&docket.duty.recipient);
            let sent = docket.sent.clone().map(Thing::Record);
            self.put(&area, (RowKind::Record, id), sent);
        }
    }
}

//! What the centre writes into the feed: records, ops that were not taken, verdicts that changed.

use super::Centre;
use crate::thing::Thing;
use lantoa_shared::{
    op::Op,
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
        let is_known = self.has_worked(&op);
        let Readers { unit, recipient } = readers(verdict, is_known, docket.record.state);
        let (id, received_at) = (kept.dot.to_string(), kept.received_at);
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
            let key = (RowKind::Parked, id.clone());
            // Under the number of a copy's op stands the other one.
            let is_there = self
                .feed
                .get(&bucket)
                .and_then(|feed| feed.get(&key))
                .is_some_and(|thing| matches!(thing, Thing::Parked(row) if row.op == *op));
            if row.is_some() || is_there {
                self.put(&bucket, key, row);
            }
        }
    }

    /// Whether the author of an op works, or worked, for its unit or on its record.
    pub fn has_worked(&self, op: &Op) -> bool {
        self.dockets.get(&op.record).is_some_and(|docket| {
            docket.record.people().contains(&op.person)
                || self.ever_in.contains(&(op.person.clone(), docket.duty.unit.clone()))
        })
    }

    /// Tells the author of an op that it has another verdict now.
    pub(super) fn tell_author(&mut self, at: usize) {
        let kept = &self.journal[at];
        let Some(verdict) = kept.verdict else { return };
        let row = Thing::Verdict(Rc::new(JudgedAgain { verdict, seq: kept.seq }));
        let (bucket, id) = (of_user(&kept.person), kept.dot.to_string());
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

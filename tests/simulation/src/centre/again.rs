//! What was parked is judged again when what it waited for has come.

use super::{Centre, Kept};
use lantoa_shared::sync::{
    admission::{PATIENCE, is_overtaken, left_behind},
    retrial::{Cause, waits_for},
    verdict::Verdict,
};

/// Most rounds in which one op judged again makes way for the next.
const ROUNDS: usize = 8;

impl Centre {
    /// Judges again whatever waits for the records that changed.
    pub(super) fn judge_again_after_changes(&mut self, now: i64) {
        let mut seen = self.changed.clone();
        for _ in 0..ROUNDS {
            if seen.is_empty() {
                break;
            }
            let before = std::mem::take(&mut self.changed);
            for record in seen {
                let waiting: Vec<usize> = self.parked.get(&record).into_iter().flatten().copied().collect();
                for at in waiting {
                    if self.journal[at].verdict.and_then(waits_for) == Some(Cause::Record) {
                        self.once_more(at, now);
                    }
                }
            }
            seen = self.changed.clone();
            self.changed.extend(before);
        }
    }

    /// Judges again whatever waits for anything.
    pub fn judge_everything_again(&mut self, now: i64) {
        for at in self.parked() {
            let Kept { verdict, received_at, .. } = &self.journal[at];
            let is_due = match *verdict {
                Some(Verdict::OTHER_EPOCH) => received_at + PATIENCE < now,
                verdict => verdict.and_then(waits_for).is_some(),
            };
            if is_due {
                self.once_more(at, now);
            }
        }
        self.judge_again_after_changes(now);
        self.publish();
    }

    fn once_more(&mut self, at: usize, now: i64) {
        if is_overtaken(self.others(at)) {
            return;
        }
        let (before, person) = (self.journal[at].verdict, self.journal[at].person.clone());
        let verdict = match before {
            Some(Verdict::OTHER_EPOCH) => {
                let Kept { op, body, .. } = &self.journal[at];
                // Of all others only those can be the same that were made in the same moment.
                let is_of_moment = |other: &Kept| match (op, &other.op) {
                    (Some(op), Some(other)) => op.at == other.at && op.record == other.record,
                    _ => false,
                };
                let others = self.journal.iter().enumerate().filter(|(other, _)| *other != at);
                let of_moment = others.filter(|(_, kept)| is_of_moment(kept));
                left_behind(body, of_moment.map(|(_, kept)| &*kept.body))
            }
            _ => self.judge(at, &person, now),
        };
        let verdict = self.of(at, verdict);
        if Some(verdict) != before {
            self.n_again += 1;
            self.settle(at, verdict);
            self.list(at, before);
            self.tell_author(at);
        }
    }
}

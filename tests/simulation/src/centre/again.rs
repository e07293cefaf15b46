//! What was parked is judged again when what it waited for has come.

use super::Centre;
use lantoa_shared::sync::retrial::{Cause, waits_for};

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
            if self.journal[at].verdict.and_then(waits_for).is_some() {
                self.once_more(at, now);
            }
        }
        self.judge_again_after_changes(now);
        self.publish();
    }

    fn once_more(&mut self, at: usize, now: i64) {
        if self.is_taken(at) {
            return;
        }
        let (before, person) = (self.journal[at].verdict, self.journal[at].person.clone());
        let verdict = self.judge(at, &person, now);
        let verdict = self.of(at, verdict);
        if Some(verdict) != before {
            self.n_again += 1;
            self.settle(at, verdict);
            self.list(at, before);
            self.tell_author(at);
        }
    }
}

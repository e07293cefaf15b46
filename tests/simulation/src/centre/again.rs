//! What was parked is judged again when what it waited for has come.

use super::{CENTRE, Centre, Kept};
use lantoa_shared::{
    op::Dot,
    sync::{
        admission::{PATIENCE, has_come_anew, is_overtaken, is_to_come_anew},
        retrial::{Cause, waits_for},
        verdict::{Refusal, Status, Verdict},
    },
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
                Some(verdict) if is_to_come_anew(verdict) => received_at + PATIENCE < now,
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
        if self.journal[at].verdict.is_some_and(is_to_come_anew) {
            self.leave_behind(at);
            return;
        }
        let device = &self.journal[at].dot.device;
        if self.journal[at].verdict.and_then(waits_for) == Some(Cause::Device)
            && !self.allowed.contains(device)
        {
            return;
        }
        if is_overtaken(self.others(at)) {
            return;
        }
        let (before, person) = (self.journal[at].verdict, self.journal[at].person.clone());
        let verdict = self.judge(at, &person, now);
        let verdict = self.of(at, verdict);
        if Some(verdict) != before {
            self.n_again += 1;
            self.settle(at, verdict);
            self.tell_author(at);
        }
        self.list(at, before);
    }

    /// An op whose device did not bring it anew in time: unless it has come all the same, the centre makes it anew.
    fn leave_behind(&mut self, at: usize) {
        let Kept { op, body, .. } = &self.journal[at];
        // Of all others only those can be the same that were made in the same moment.
        let is_of_moment = |other: &Kept| match (op, &other.op) {
            (Some(op), Some(other)) => op.at == other.at && op.record == other.record,
            _ => false,
        };
        let others = self.journal.iter().enumerate().filter(|(other, _)| *other != at);
        let of_moment = others.filter(|(_, kept)| is_of_moment(kept));
        if !has_come_anew(body, of_moment.map(|(_, kept)| (kept.verdict, &*kept.body))) {
            let seq = self.next_seq();
            let anew = Kept {
                seq,
                dot: Dot::new(CENTRE, seq),
                verdict: None,
                was: None,
                ..self.journal[at].clone()
            };
            self.numbers.insert(anew.dot.clone(), vec![self.journal.len()]);
            self.journal.push(anew);
            let anew = self.journal.len() - 1;
            self.settle(anew, Verdict::parked(Refusal::RevokedDevice));
            self.list(anew, None);
        }
        let before = self.journal[at].verdict;
        if let Some(verdict) = before {
            self.settle(at, Verdict { status: Status::Refused, ..verdict });
            self.list(at, before);
        }
    }
}

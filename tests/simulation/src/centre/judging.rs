//! Receipt and verdict: two transactions, between which the centre may stop.

use super::{CENTRE, Centre, Docket, Kept, line};
use crate::form::Sheet;
use lantoa_shared::{
    merge::{self, Ancestry, Origin},
    op::{Act, Dot, Op, Path},
    person::Person,
    sync::{
        admission::{Admission, Gate, is_judged_at_once, is_taken},
        device::hash,
        ledger::{Case, fold, judge},
        parked::may_set_aside,
        retrial::{is_open_to_sender, of_offered_again},
        verdict::{Refusal, Status, Verdict},
    },
    wire::v1::{MAX_OP_BYTES, PushAnswer, PushRequest, VerdictRow},
};
use std::rc::Rc;

impl Centre {
    /// The receipt. Returns the places of the ops in the journal.
    pub fn keep(&mut self, person: &str, request: &PushRequest, now: i64) -> Vec<usize> {
        let person: Rc<str> = person.into();
        let is_judged = is_judged_at_once(&request.epoch, &self.epoch);
        let mut places = Vec::with_capacity(request.ops.len());
        for op in &request.ops {
            let dot = Dot::new(&request.device, op.n);
            let sha256 = hash(&op.body);
            let known = self.numbers.get(&dot).into_iter().flatten().copied();
            if let Some(at) = { known }.find(|at| *self.journal[*at].sha256 == *sha256) {
                places.push(at);
                continue;
            }
            let kept = Kept {
                seq: self.next_seq(),
                dot: dot.clone(),
                sha256: sha256.as_str().into(),
                body: op.body.as_str().into(),
                op: read(&op.body).map(Rc::new),
                person: Rc::clone(&person),
                received_at: now,
                was: op.was,
                verdict: None,
                taken: None,
            };
            self.journal.push(kept);
            let at = self.journal.len() - 1;
            self.numbers.entry(dot).or_default().push(at);
            if op.sha256 != sha256 {
                self.settle(at, Verdict::quarantined(Refusal::Damaged));
            } else if !is_judged {
                self.settle(at, Verdict::OTHER_EPOCH);
            }
            places.push(at);
        }
        if is_judged {
            self.unjudged.push((person, places.clone()));
        }
        places
    }

    /// The answer to a push of another epoch: a receipt.
    pub fn receipt(&self, request: &PushRequest, now: i64) -> Option<PushAnswer> {
        (!is_judged_at_once(&request.epoch, &self.epoch)).then(|| PushAnswer {
            epoch: self.epoch.clone(),
            server_time: now,
            acked_through: request.ops.iter().map(|op| op.n).max().unwrap_or_default(),
            verdicts: Vec::new(),
            durable_seq: self.durable_seq,
            rotate_device: false,
        })
    }

    /// The verdicts on one push, and on what waited for what it changed. Returns the answer.
    pub fn judge_push(&mut self, person: &str, places: &[usize], now: i64) -> PushAnswer {
        self.unjudged.retain(|(_, waiting)| waiting != places);
        let mut gate = Gate::default();
        let mut verdicts = Vec::with_capacity(places.len());
        for &at in places {
            let kept = &self.journal[at];
            let is_other = *kept.person != *person;
            let verdict = match kept.verdict {
                Some(verdict) if !is_open_to_sender(verdict, is_other) => {
                    gate.admit(true, false);
                    verdict
                }
                _ => {
                    let is_taken = is_taken(self.others(at));
                    let is_revoked = self.revoked.contains(&kept.dot.device);
                    self.journal[at].person = person.into();
                    let before = self.journal[at].verdict;
                    let verdict = match gate.admit(false, is_taken) {
                        Admission::Cloned => Verdict::parked(Refusal::ClonedDevice),
                        _ if is_revoked => Verdict::parked(Refusal::RevokedDevice),
                        _ => self.judge(at, person, now),
                    };
                    let verdict = self.of(at, verdict);
                    if before.is_some_and(|before| before != verdict) {
                        // It arrives anew: a backup made before has it unjudged.
                        self.journal[at].seq = self.next_seq();
                    }
                    self.settle(at, verdict);
                    self.list(at, before);
                    verdict
                }
            };
            let Kept { dot, seq, .. } = &self.journal[at];
            verdicts.push(VerdictRow { n: dot.n, verdict, seq: Some(*seq) });
        }
        self.judge_again_after_changes(now);
        self.publish();
        PushAnswer {
            epoch: self.epoch.clone(),
            server_time: now,
            acked_through: verdicts.iter().map(|row| row.n).max().unwrap_or_default(),
            verdicts,
            durable_seq: self.durable_seq,
            rotate_device: gate.is_cloned(),
        }
    }

    /// Judges what an earlier run received and did not judge any more.
    pub fn catch_up(&mut self, now: i64) {
        // A push is judged as one: what comes after an op of a copy is held with it.
        for (person, places) in std::mem::take(&mut self.unjudged) {
            self.judge_push(&person, &places, now);
        }
    }

    /// The verdicts on all other bytes under the number of an op.
    pub(super) fn others(&self, at: usize) -> impl Iterator<Item = Option<Verdict>> {
        let places = self.numbers.get(&self.journal[at].dot).into_iter().flatten();
        places.filter(move |other| **other != at).map(|other| self.journal[*other].verdict)
    }

    /// The verdict, if a device offers the op again.
    pub(super) fn of(&self, at: usize, verdict: Verdict) -> Verdict {
        if self.journal[at].was.is_some() { of_offered_again(verdict) } else { verdict }
    }

    /// Judges one op.
    pub(super) fn judge(&mut self, at: usize, person: &str, now: i64) -> Verdict {
        let Kept { dot, received_at, .. } = &self.journal[at];
        let (dot, received_at) = (dot.clone(), *received_at);
        let Some(op) = self.journal[at].op.clone() else {
            return Verdict::quarantined(Refusal::Unreadable);
        };
        let Some(person) = self.people.get(person).cloned().filter(|person| person.id == op.person) else {
            return Verdict::parked(Refusal::NotYourOp);
        };
        if let Act::SetAside { dot } = &op.act
            && !self.set_aside(dot, &person)
        {
            return Verdict::refused(Refusal::NotYourUnit);
        }
        let newest = self.form;
        let Some(docket) = self.dockets.get_mut(&op.record) else {
            let is_laid_aside = matches!(op.act, Act::SetAside { .. });
            return if is_laid_aside { Verdict::APPLIED } else { Verdict::parked(Refusal::UnknownRecord) };
        };
        let version = docket.duty.form_version;
        if version > newest {
            return Verdict::parked(Refusal::UnknownRecord);
        }
        let op = if self.is_last_writer { last_writer(docket, &op) } else { op };
        let case = Case {
            duty: &docket.duty,
            line: line(),
            person: &person,
            content: Sheet { version },
            received_at: Some(received_at),
        };
        let verdict = judge(Rc::make_mut(&mut docket.record), &dot, &op, &case);
        if !verdict.status.is_in_record() {
            return verdict;
        }
        self.changed.insert(op.record.clone());
        match &op.act {
            Act::Command { command, .. } if command.is_heard_above() => {
                docket.sent = Some(Rc::clone(&docket.record));
                self.heard_above.insert(op.record.clone());
            }
            // The op is not in the journal as taken yet; what it was made from is known from itself.
            Act::Set { path, base, .. }
                if verdict == Verdict::CLASH && self.merge(&op.record, path, (at, base), now) =>
            {
                return Verdict::APPLIED;
            }
            _ => {}
        }
        verdict
    }

    /// Puts the two answers at a place together, if that can be done. The merge is journalled like any other op.
    fn merge(&mut self, record: &str, path: &Path, (newest, its): (usize, &[Dot]), now: i64) -> bool {
        let Some(docket) = self.dockets.get(record) else { return false };
        let Some([one, other]) = merge::two_sides(&docket.record, path) else { return false };
        let replaced = |dot: &Dot| {
            let kept = self.applied(dot)?;
            let (base, value) = merge::replaced(kept.op.as_deref()?, record, path)?;
            Some((kept.seq, base, value))
        };
        let mut ancestry = Ancestry::of(&one.dot, &other.dot);
        while let Some(dot) = ancestry.next_unread() {
            if dot == self.journal[newest].dot {
                ancestry.read(&dot, u64::MAX, its.to_vec());
            } else if let Some((seq, base, _)) = replaced(&dot) {
                ancestry.read(&dot, seq, base.to_vec());
            }
        }
        let common = match ancestry.found() {
            Origin::Op(dot) => replaced(dot).map(|(_, _, value)| value),
            Origin::Nothing => Some(None),
            Origin::Unclear => None,
        };
        let Some(common) = common else { return false };
        let merged = merge::merge(common, one.value.as_ref(), other.value.as_ref());
        let Some(value) = merged else { return false };
        let base = vec![one.dot.clone(), other.dot.clone()];
        let act = Act::Merge { path: path.clone(), base, value };
        let op = Op { at: now, heard: None, person: CENTRE.into(), record: record.to_owned(), act };
        let body = serde_json::to_string(&op).unwrap_or_default();
        let seq = self.next_seq();
        let dot = Dot::new(CENTRE, seq);
        if let Some(docket) = self.dockets.get_mut(record) {
            fold(Rc::make_mut(&mut docket.record), &dot, &op, Some(now));
        }
        self.journal.push(Kept {
            seq,
            dot: dot.clone(),
            sha256: hash(&body).as_str().into(),
            body: body.into(),
            op: Some(Rc::new(op)),
            person: CENTRE.into(),
            received_at: now,
            was: None,
            verdict: None,
            taken: None,
        });
        let at = self.journal.len() - 1;
        self.numbers.entry(dot.clone()).or_default().push(at);
        // The op that was merged counts before the merge that names it.
        self.n_taken += 1;
        self.journal[newest].taken.get_or_insert(self.n_taken);
        self.settle(at, Verdict::APPLIED);
        self.n_merged += 1;
        true
    }

    /// Lays an op aside. Returns whether that person may.
    fn set_aside(&mut self, dot: &Dot, person: &Person) -> bool {
        let places = self.numbers.get(dot).cloned().unwrap_or_default();
        // A copy's will come under another id.
        let is_parked = |at: &usize| {
            let is_this = |verdict: Verdict| verdict.refusal != Some(Refusal::ClonedDevice);
            self.journal[*at].verdict.is_some_and(|it| it.status == Status::Parked && is_this(it))
        };
        // Laid aside twice, or taken meanwhile: there is nothing left to do.
        let Some(at) = places.into_iter().find(is_parked) else { return true };
        let Some(op) = self.journal[at].op.clone() else { return true };
        let unit = self.dockets.get(&op.record).map(|docket| docket.duty.unit.clone());
        if !may_set_aside(person, &op, unit.as_deref()) {
            return false;
        }
        let before = self.journal[at].verdict;
        self.settle(at, Verdict::refused(Refusal::SetAside));
        self.list(at, before);
        self.tell_author(at);
        true
    }
}

/// Reads an op, if its bytes are one.
fn read(body: &str) -> Option<Op> {
    (body.len() <= MAX_OP_BYTES).then(|| serde_json::from_str(body).ok()).flatten()
}

/// The mutation: an op as if its author had seen all that stands at its place.
fn last_writer(docket: &Docket, op: &Rc<Op>) -> Rc<Op> {
    let mut op = Op::clone(op);
    if let Act::Set { path, base, .. } = &mut op.act {
        *base = docket.record.base(path);
    }
    Rc::new(op)
}

//! The life of an op on its device: kept → sent → at the centre → in the record → safe in a backup.
//!
//! All decisions about a row are made here, without a disk: which go up next and under which device, what an answer
//! means to them, which may leave. What is given another id is in [`crate::sync::anew`].
//! Invariant: a row leaves only when the record that came down contains its op *and* a backup covers it, or when
//! a person lays it aside.

use crate::{
    map::{Map, in_order},
    op::Dot,
    sync::{
        device::hash,
        retrial::waits_for,
        verdict::{Refusal, Verdict},
    },
    wire::v1::{JudgedAgain, MAX_OPS, MAX_PUSH_BYTES, PROTOCOL, PushAnswer, PushRequest, PushedOp},
};
use serde::{Deserialize, Serialize};

/// An op that this device holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Its number, the row's key.
    #[serde(skip)]
    pub n: u64,
    /// Who did it.
    pub person: String,
    /// The op's bytes, as they will always be.
    pub body: String,
    /// What the centre said to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Its id, if it was made by another store than this one, or by this one under an earlier id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_as: Option<Dot>,
    /// Its place in the centre's journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// The number of the verdict, if it was given in a second trial.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub judged: u64,
    /// Its place in the journal of an epoch that is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<u64>,
    /// Whether its author laid it aside. It stays until a backup covers it: other ops of this device may name it, and
    /// after a restore its number must not become a copy's.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_laid_aside: bool,
}

impl OutboxRow {
    /// A row that was just made; its number comes from the store.
    pub fn new(person: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            n: 0,
            person: person.into(),
            body: body.into(),
            verdict: None,
            made_as: None,
            seq: None,
            judged: 0,
            was: None,
            is_laid_aside: false,
        }
    }

    /// The row as it stays when its author laid it aside.
    #[must_use]
    pub fn laid_aside(self) -> Self {
        Self { is_laid_aside: true, ..self }
    }

    /// The op's id; `device` is this store's own.
    pub fn dot(&self, device: &str) -> Dot {
        self.made_as.clone().unwrap_or_else(|| Dot::new(device, self.n))
    }

    /// Whether the centre said that the op is part of the record.
    pub fn is_in_record(&self) -> bool {
        self.verdict.is_some_and(|verdict| verdict.status.is_in_record())
    }

    /// Whether the row is to go up while `person` is signed in.
    pub fn is_unsent(&self, person: &str) -> bool {
        self.verdict.is_none() && self.person == person
    }

    /// Whether the centre said that the op's number belongs to another op. Its device must take a new id before it
    /// sends anything more: a later op may name this one, and would there name the other.
    pub fn is_cloned(&self) -> bool {
        self.verdict.is_some_and(|verdict| verdict.refusal == Some(Refusal::ClonedDevice))
    }

    /// Whether the row need not be looked at any more. `contains` says whether the record that came down has
    /// the op: the record as its own unit has it. `None` if the person sees no such, but none at all or what was sent
    /// up of it; then the centre's word must do. That alone is not enough for a row that waits: the record may have
    /// the op of a copy of this store under its number. Of a second trial the centre tells ([`Self::judged_again`]).
    pub fn is_settled(&self, contains: Option<bool>) -> bool {
        self.is_laid_aside || (self.is_in_record() && contains.unwrap_or(true))
    }

    /// Whether a settled row may leave the device. Before a backup covers it, the device may hold the only copy; and
    /// a backup in which the op still waits would bring it back to nobody.
    pub fn is_safe(&self, durable_seq: u64) -> bool {
        self.seq.is_some_and(|seq| seq.max(self.judged) <= durable_seq)
    }

    /// Whether the row is offered again to a centre that was restored from a copy: what is in the record, and what
    /// waits for a cause or was laid aside. What was decided against stays decided.
    pub fn is_offered_again(&self) -> bool {
        let waits = self.verdict.is_some_and(|verdict| waits_for(verdict).is_some());
        self.is_in_record() || waits || self.is_laid_aside
    }

    /// The row with the verdict of a second trial. The place in the journal tells whether it is this op's: its
    /// number may belong to two.
    #[must_use]
    pub fn judged_again(self, judged: &JudgedAgain) -> Self {
        let is_this = self.verdict.is_some() && self.seq == Some(judged.seq);
        if is_this { Self { verdict: Some(judged.verdict), judged: judged.judged, ..self } } else { self }
    }

    /// The row as it is offered to a centre that was restored from a copy.
    #[must_use]
    pub fn offered_again(self) -> Self {
        Self { verdict: None, was: self.seq.or(self.was), seq: None, judged: 0, ..self }
    }
}

/// The rows that are to go up while `person` is signed in, in their turn: what an earlier epoch of the centre took
/// comes before what was done since. `rows` are in the order of their numbers.
pub fn unsent(rows: Vec<OutboxRow>, person: &str, is_held_back: impl Fn(u64) -> bool) -> Vec<OutboxRow> {
    let waits = |row: &OutboxRow| row.is_unsent(person) && !is_held_back(row.n);
    let rows: Vec<OutboxRow> = rows.into_iter().filter(waits).collect();
    let turn = |at: usize| rows[at].was.unwrap_or(u64::MAX);
    let order = in_order(rows.len(), &|one, other| turn(one).cmp(&turn(other)));
    order.into_iter().map(|at| rows[at].clone()).collect()
}

/// The oldest rows of one device, up to the first of another, as many as fit into a push: a push speaks for one
/// device, and ops are judged in the order in which they were done. `rows` are [`unsent`], in their turn. Returns the
/// request and the rows that go with it.
pub fn compose_push(epoch: &str, own: &str, rows: Vec<OutboxRow>) -> (PushRequest, Vec<OutboxRow>) {
    let mut request =
        PushRequest { proto: PROTOCOL, epoch: epoch.to_owned(), device: own.to_owned(), ops: Vec::new() };
    let (mut sent, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let dot = row.dot(own);
        if sent.is_empty() {
            request.device = dot.device;
        } else if dot.device != request.device {
            break;
        }
        bytes += row.body.len();
        if sent.len() == MAX_OPS || (bytes > MAX_PUSH_BYTES && !sent.is_empty()) {
            break;
        }
        request.ops.push(PushedOp {
            n: dot.n,
            sha256: hash(&row.body),
            body: row.body.clone(),
            was: row.was,
        });
        sent.push(row);
    }
    (request, sent)
}

/// What an answer means to the rows that were sent: those that have a verdict now, and those that are to be sent again
/// later, because the centre could not judge them yet or because their bytes were damaged on the way.
pub fn take_answer(sent: Vec<OutboxRow>, own: &str, answer: &PushAnswer) -> (Vec<OutboxRow>, Vec<OutboxRow>) {
    let mut said = Map::new();
    said.extend(answer.verdicts.iter().map(|row| (row.n, row)));
    let (mut judged, mut held_back) = (Vec::new(), Vec::new());
    for row in sent {
        match said.get(&row.dot(own).n) {
            Some(said) if said.verdict != Verdict::quarantined(Refusal::Damaged) => {
                judged.push(OutboxRow { verdict: Some(said.verdict), seq: said.seq, ..row });
            }
            _ => held_back.push(row),
        }
    }
    (judged, held_back)
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_false(answer: &bool) -> bool {
    !*answer
}

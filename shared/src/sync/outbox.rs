//! The life of an op on its device: kept → sent → at the centre → in the record → safe in a backup.
//!
//! All decisions about a row are made here, without a disk: which go up next and under which device, what an answer
//! means to them, which may leave, and what happens when the centre was restored or the store was copied.
//! Invariant: a row leaves only when the record that came down contains its op *and* a backup covers it, or when
//! a person lays it aside.

use crate::{
    map::Map,
    op::Dot,
    sync::{
        device::hash,
        retrial::waits_for,
        verdict::{Refusal, Verdict},
    },
    wire::v1::{JudgedAgain, MAX_OPS, MAX_PUSH_BYTES, PROTOCOL, PushAnswer, PushRequest, PushedOp},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

    /// Whether a settled row may leave the device. Before a backup covers it, the device may hold the only copy.
    pub fn is_safe(&self, durable_seq: u64) -> bool {
        self.seq.is_some_and(|seq| seq <= durable_seq)
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
        Self { verdict: if is_this { Some(judged.verdict) } else { self.verdict }, ..self }
    }

    /// The row as it is offered to a centre that was restored from a copy.
    #[must_use]
    pub fn offered_again(self) -> Self {
        Self { verdict: None, was: self.seq.or(self.was), seq: None, ..self }
    }
}

/// The oldest rows of one device, up to the first of another, as many as fit into a push: a push speaks for one
/// device, and ops are judged in the order in which they were done. `rows` have no verdict and are in the order of
/// their numbers. Returns the request and the rows that go with it.
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

/// What an answer means to the rows that were sent: those that have a verdict now, and those the centre keeps and
/// could not judge yet.
pub fn take_answer(sent: Vec<OutboxRow>, own: &str, answer: &PushAnswer) -> (Vec<OutboxRow>, Vec<OutboxRow>) {
    let mut said = Map::new();
    said.extend(answer.verdicts.iter().map(|row| (row.n, row)));
    let (mut judged, mut held_back) = (Vec::new(), Vec::new());
    for row in sent {
        match said.get(&row.dot(own).n) {
            Some(said) => {
                judged.push(OutboxRow { verdict: Some(said.verdict), seq: said.seq, ..row });
            }
            None => held_back.push(row),
        }
    }
    (judged, held_back)
}

/// The device of a row that the centre said is a copy's, if there is one: [`rotate`] if it is this store's own id,
/// [`adopt`] if not, before anything more is sent.
pub fn cloned<'a>(mut rows: impl Iterator<Item = &'a OutboxRow>, own: &str) -> Option<String> {
    rows.find(|row| row.is_cloned()).map(|row| row.dot(own).device)
}

/// The rows of a copied store under its new id: what the centre took keeps the id it was taken under, all else is
/// made anew under the new one, and names what was made anew by its new name. `rows` are all rows.
pub fn rotate(rows: Vec<OutboxRow>, old: &str, new: &str) -> Vec<OutboxRow> {
    let mut names = Map::new();
    for row in rows.iter().filter(|row| row.verdict.is_none() || row.is_cloned()) {
        let dot = row.dot(old);
        if dot.device == old {
            let name = Dot::new(new, dot.n);
            names.insert(dot, name);
        }
    }
    make_anew(rows, &names, old, new)
}

/// The rows of a store that carried ops of another device here, which turned out to have been copied: what the centre
/// did not take of them is this store's own from now on. `rows` are all rows.
pub fn adopt(rows: Vec<OutboxRow>, other: &str, own: &str) -> Vec<OutboxRow> {
    let mut names = Map::new();
    for row in rows.iter().filter(|row| row.verdict.is_none() || row.is_cloned()) {
        let dot = row.dot(own);
        if dot.device == other {
            names.insert(dot, Dot::new(own, row.n));
        }
    }
    make_anew(rows, &names, own, own)
}

/// Gives rows their new names, in their ids and where other rows name them.
fn make_anew(rows: Vec<OutboxRow>, names: &Map<Dot, Dot>, before: &str, after: &str) -> Vec<OutboxRow> {
    let renamed = rows.into_iter().map(|row| {
        let dot = row.dot(before);
        let made_as = |dot: &Dot| (*dot != Dot::new(after, row.n)).then(|| dot.clone());
        let Some(name) = names.get(&dot) else {
            let made_as = made_as(&dot);
            return OutboxRow { made_as, ..row };
        };
        let made_as = made_as(name);
        let body = renamed_in(&row.body, names).unwrap_or(row.body);
        OutboxRow { body, verdict: None, made_as, seq: None, was: None, ..row }
    });
    renamed.collect()
}

fn is_false(answer: &bool) -> bool {
    !*answer
}

/// The bytes of an op, with those that it names by their new names; `None` if that cannot be read. As a tree, so
/// that a kind of op which only a later version knows is renamed too.
fn renamed_in(body: &str, names: &Map<Dot, Dot>) -> Option<String> {
    let mut op: Value = serde_json::from_str(body).ok()?;
    let act = op.get_mut("act")?;
    let mut rename = |name: &mut Value| {
        if let Some(dot) = name.as_str().and_then(|name| name.parse::<Dot>().ok())
            && let Some(dot) = names.get(&dot)
        {
            *name = Value::String(dot.to_string());
        }
    };
    if let Some(base) = act.get_mut("base").and_then(Value::as_array_mut) {
        base.iter_mut().for_each(&mut rename);
    }
    if let Some(dot) = act.get_mut("dot") {
        rename(dot);
    }
    Some(op.to_string())
}

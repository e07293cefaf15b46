//! The life of an op on its device: kept → sent → at the centre → in the record → safe in a backup.
//!
//! All decisions about a row are made here, without a disk: which go up next and under which device, what an answer
//! means to them, which may leave, and what happens when the centre was restored or the store was copied.
//! Invariant: a row leaves only when the record that came down contains its op *and* a backup covers it, or when
//! a person lays it aside.

use crate::{
    map::Map,
    op::Dot,
    set::Set,
    sync::{
        device::hash,
        verdict::{Refusal, Status, Verdict},
    },
    wire::v1::{MAX_OPS, MAX_PUSH_BYTES, PROTOCOL, PushAnswer, PushRequest, PushedOp},
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
        }
    }

    /// The op's id; `device` is this store's own.
    pub fn dot(&self, device: &str) -> Dot {
        self.made_as.clone().unwrap_or_else(|| Dot::new(device, self.n))
    }

    /// Whether the centre said that the op is part of the record.
    pub fn is_in_record(&self) -> bool {
        self.verdict.is_some_and(|verdict| verdict.status.is_in_record())
    }

    /// Whether the row need not be looked at any more. `contains` says whether the record that came down has
    /// the op; `None` if the person may not see the record any more, which took the op in all the same.
    pub fn is_settled(&self, contains: Option<bool>) -> bool {
        // What the record has may have been parked before: then it was judged again.
        self.verdict.is_some() && contains.unwrap_or_else(|| self.is_in_record())
    }

    /// Whether a settled row may leave the device. Before a backup covers it, the device may hold the only copy.
    pub fn is_safe(&self, durable_seq: u64) -> bool {
        self.seq.is_some_and(|seq| seq <= durable_seq)
    }

    /// Whether a centre that was restored from a copy may lack the op: it was taken, or waits there to be judged
    /// again. What was refused or laid aside stays so.
    pub fn may_be_lacking(&self) -> bool {
        self.verdict.is_some_and(|verdict| match verdict.status {
            Status::Applied | Status::Clash => true,
            Status::Parked => verdict.refusal != Some(Refusal::SetAside),
            Status::Refused | Status::Quarantined => false,
        })
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

/// The rows of a copied store under its new id: what the centre took keeps the id it was taken under, all else is
/// made anew under the new one, and names what was made anew by its new name. `rows` are all rows.
pub fn rotate(rows: Vec<OutboxRow>, old: &str, new: &str) -> Vec<OutboxRow> {
    let is_renamed = |row: &OutboxRow| {
        let is_cloned = row.verdict.is_some_and(|it| it.refusal == Some(Refusal::ClonedDevice));
        row.dot(old).device == old && (row.verdict.is_none() || is_cloned)
    };
    let mut renamed = Set::new();
    renamed.extend(rows.iter().filter(|row| is_renamed(row)).map(|row| row.dot(old)));
    let rotated = rows.into_iter().map(|row| {
        if !is_renamed(&row) {
            let made_as = Some(row.dot(old));
            return OutboxRow { made_as, ..row };
        }
        let n = row.dot(old).n;
        let made_as = (n != row.n).then(|| Dot::new(new, n));
        let body = renamed_in(&row.body, &renamed, new).unwrap_or(row.body);
        OutboxRow { body, verdict: None, made_as, seq: None, was: None, ..row }
    });
    rotated.collect()
}

/// The bytes of an op, with those that it names by their new names; `None` if that cannot be read. As a tree, so
/// that a kind of op which only a later version knows is renamed too.
fn renamed_in(body: &str, renamed: &Set<Dot>, new: &str) -> Option<String> {
    let mut op: Value = serde_json::from_str(body).ok()?;
    let act = op.get_mut("act")?;
    let mut rename = |name: &mut Value| {
        if let Some(dot) = name.as_str().and_then(|name| name.parse::<Dot>().ok())
            && renamed.contains(&dot)
        {
            *name = Value::String(Dot::new(new, dot.n).to_string());
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

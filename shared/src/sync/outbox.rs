//! The life of an op on its device: kept → sent → at the centre → in the record → safe in a backup.
//!
//! All decisions about a row are made here, without a disk: which go up next and under which device, what an answer
//! means to them, which may leave, and what happens when the centre was restored or the store was copied.
//! Invariant: a row leaves only when the record that came down contains its op *and* a backup covers it, or when
//! a person lays it aside.

use crate::{
    map::{Map, in_order},
    op::Dot,
    sync::{
        device::hash,
        rescue::{Rescue, RescuedOp},
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

/// The rows that are to go up while `person` is signed in, in their turn: what an earlier epoch of the centre took comes
/// before what was done since. `rows` are in the order of their numbers.
pub fn unsent(rows: Vec<OutboxRow>, person: &str, is_held_back: impl Fn(u64) -> bool) -> Vec<OutboxRow> {
    let waits = |row: &OutboxRow| row.is_unsent(person) && !is_held_back(row.n);
    let rows: Vec<OutboxRow> = rows.into_iter().filter(waits).collect();
    let turn = |at: usize| rows[at].was.unwrap_or(u64::MAX);
    let order = in_order(rows.len(), &|one, other| turn(one).cmp(&turn(other)));
    order.into_iter().map(|at| rows[at].clone()).collect()
}

/// The oldest rows of one device, up to the first of another, as many as fit into a push: a push speaks for one
/// device, and ops are judged in the order in which they were done. `rows` are [`unsent`], in their turn. Returns the request and the rows that go with it.
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

/// Whether the centre said of a row that its number belongs to another op: the store must [`rotate`] before it sends
/// anything more.
pub fn is_copy<'a>(mut rows: impl Iterator<Item = &'a OutboxRow>) -> bool {
    rows.any(OutboxRow::is_cloned)
}

/// The rows of a store that was copied, or that carries ops of one that was, and the id it has from then on: `fresh`
/// if it is itself the copied one. What the centre took keeps the id it was taken under; all else of a copied store
/// is made anew. `rows` are all rows, in the order of their numbers.
pub fn rotate(rows: Vec<OutboxRow>, own: &str, fresh: &str) -> (String, Vec<OutboxRow>) {
    let copied: Vec<String> =
        rows.iter().filter(|row| row.is_cloned()).map(|row| row.dot(own).device).collect();
    let device = if copied.iter().any(|device| device == own) { fresh } else { own };
    let rows = make_anew(rows, own, device, &|_, dot| copied.contains(&dot.device));
    (device.to_owned(), rows)
}

/// The rows of a store for a centre that was restored from a copy, under its new id: what was taken before is offered
/// again under the id that others know it by. What was not, is made anew: should this store be a copy, its numbers
/// may be those of ops that the lost centre had from the other one, and that will be offered again, too. `rows` are
/// all rows, in the order of their numbers.
pub fn enter_epoch(rows: Vec<OutboxRow>, own: &str, fresh: &str) -> Vec<OutboxRow> {
    let rows = make_anew(rows, own, fresh, &|row, _| row.was.is_none());
    let again = |row: OutboxRow| if row.is_offered_again() { row.offered_again() } else { row };
    rows.into_iter().map(again).collect()
}

/// The rows for ops of a person that were carried here in a file, without those that are `held` already. An op keeps
/// its id, so that the centre takes it once though its own device sends it, too. But if that id may be another's –
/// the file is of another epoch than this store, or of a copy of a store known here – it gets one of the device
/// `fresh`.
pub fn carried(file: &Rescue, epoch: &str, held: &[OutboxRow], own: &str, fresh: &str) -> Vec<OutboxRow> {
    let is_of_epoch = file.epoch.is_empty() || file.epoch == epoch;
    let is_held =
        |op: &RescuedOp| held.iter().any(|row| row.body == op.body || is_same_act(&row.body, &op.body));
    let is_others = |op: &RescuedOp| {
        op.dot.device == own || held.iter().any(|row| row.dot(own) == op.dot && row.body != op.body)
    };
    let new: Vec<&RescuedOp> = file.ops.iter().filter(|op| !is_held(op)).collect();
    let copied: Vec<&str> = new.iter().filter(|op| is_others(op)).map(|op| op.dot.device.as_str()).collect();
    let rows = new.iter().zip(1..).map(|(op, n)| OutboxRow {
        n,
        made_as: Some(op.dot.clone()),
        ..OutboxRow::new(&file.person, &op.body)
    });
    let is_to_be = |_: &OutboxRow, dot: &Dot| !is_of_epoch || copied.contains(&dot.device.as_str());
    let rows = make_anew(rows.collect(), "", fresh, &is_to_be);
    rows.into_iter().map(|row| OutboxRow { made_as: Some(row.dot(fresh)), n: 0, ..row }).collect()
}

/// Makes rows anew that the centre did not take: those of which `is_to_be` says so, and those that name one of them,
/// because under its old name may stand another's op. What another person named had come down from the centre and
/// keeps the name it had there.
fn make_anew(
    rows: Vec<OutboxRow>,
    before: &str,
    after: &str,
    is_to_be: &dyn Fn(&OutboxRow, &Dot) -> bool,
) -> Vec<OutboxRow> {
    let mut names: Map<(String, Dot), Dot> = Map::new();
    let anew = rows.into_iter().map(|row| {
        let (dot, name) = (row.dot(before), Dot::new(after, row.n));
        let is_open = row.verdict.is_none() || row.is_cloned();
        let name_of = |named: &Dot| names.get(&(row.person.clone(), named.clone()));
        let body = if is_open { renamed_in(&row.body, &name_of) } else { None };
        if body.is_none() && !(is_open && is_to_be(&row, &dot)) {
            return OutboxRow { made_as: (dot != name).then_some(dot), ..row };
        }
        names.insert((row.person.clone(), dot), name);
        OutboxRow {
            body: body.unwrap_or(row.body),
            verdict: None,
            made_as: None,
            seq: None,
            was: None,
            ..row
        }
    });
    anew.collect()
}

/// The bytes of an op with what it names by new names; `None` if nothing of that has one. As a tree, so that a kind of
/// op which only a later version knows is renamed too.
fn renamed_in<'a>(body: &str, name_of: &dyn Fn(&Dot) -> Option<&'a Dot>) -> Option<String> {
    let mut op: Value = serde_json::from_str(body).ok()?;
    let mut is_any = false;
    each_name(&mut op, &mut |name| {
        let dot = name.as_str().and_then(|name| name.parse().ok());
        if let Some(new) = dot.and_then(|dot| name_of(&dot)) {
            (*name, is_any) = (Value::String(new.to_string()), true);
        }
    });
    is_any.then(|| op.to_string())
}

/// Whether two bodies are the same act of the same person: they differ in nothing but the names of what they name.
pub fn is_same_act(one: &str, other: &str) -> bool {
    let nameless = |body: &str| {
        let mut op: Value = serde_json::from_str(body).ok()?;
        each_name(&mut op, &mut |name| *name = Value::Null);
        Some(op)
    };
    nameless(one).is_some_and(|one| nameless(other) == Some(one))
}

/// Looks at every op that an op names.
fn each_name(op: &mut Value, look: &mut dyn FnMut(&mut Value)) {
    let Some(act) = op.get_mut("act") else { return };
    if let Some(base) = act.get_mut("base").and_then(Value::as_array_mut) {
        base.iter_mut().for_each(&mut *look);
    }
    if let Some(dot) = act.get_mut("dot") {
        look(dot);
    }
}

fn is_false(answer: &bool) -> bool {
    !*answer
}

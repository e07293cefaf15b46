//! Ops that get another id: those of a store that was copied, and what a restored centre is offered.
//!
//! An op is named by its number, and of a copied store two ops bear one number. Invariant: no op that the centre
//! takes names an op which its author did not see, and an op that others may name keeps its id.

use crate::{
    map::Map,
    op::Dot,
    sync::{
        outbox::OutboxRow,
        rescue::{Rescue, RescuedOp},
    },
};
use serde_json::Value;

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
            judged: 0,
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

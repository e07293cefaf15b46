//! Two answers that did not see each other, put together by the centre where they do not touch.
//!
//! The merge is an op of the centre's own, journalled like any other: replaying the journal merges again.

use super::reading::read;
use crate::{
    clock,
    store::{
        self,
        journal::{self, Arrival},
    },
};
use lantoa_shared::{
    merge::{self, Ancestry, Origin},
    op::{Act, Dot, Op, Path},
    record::{Entry, Record},
    sync::device::hash,
    value::Value,
};

/// The device and the person that stand for the centre itself.
pub const CENTRE: &str = "centre";

/// Merges the two answers at a place, if that can be done. Returns the merge, which is kept and not settled yet.
/// `newest` is the op that made the clash, which has no verdict yet, with what its author had seen.
pub async fn merge(
    tx: &mut store::Connection,
    record: &mut Record,
    path: &Path,
    newest: (&Dot, &[Dot]),
) -> Result<Option<Arrival>, store::Error> {
    let Some([one, other]) = merge::two_sides(record, path) else { return Ok(None) };
    let Some(base) = common_answer(tx, record, path, [&one.dot, &other.dot], newest).await? else {
        return Ok(None);
    };
    let merged = merge::merge(base.as_ref(), one.value.as_ref(), other.value.as_ref());
    let Some(value) = merged else { return Ok(None) };
    let (base, at) = (vec![one.dot.clone(), other.dot.clone()], clock::now());
    let person = CENTRE.to_owned();
    let act = Act::Merge { path: path.clone(), base: base.clone(), value: value.clone() };
    let op = Op { at, heard: None, person: person.clone(), record: record.id.clone(), act };
    let body = store::text("op", &op)?;
    let n = store::feed::next_seq(tx).await?;
    let arrival = Arrival { device: CENTRE.into(), n, sha256: hash(&body), body, person: person.clone() };
    journal::keep(tx, &arrival, None, at).await?;
    let dot = Dot::new(CENTRE, n.unsigned_abs());
    record.merge(path, &base, Entry { dot, value: Some(value), person, at, merged: Vec::new() });
    Ok(Some(arrival))
}

/// The answer from which both were made, if there is one such answer; within it `None` is the empty field.
async fn common_answer(
    tx: &mut store::Connection,
    record: &Record,
    path: &Path,
    [one, other]: [&Dot; 2],
    newest: (&Dot, &[Dot]),
) -> Result<Option<Option<Value>>, store::Error> {
    let mut ancestry = Ancestry::of(one, other);
    while let Some(dot) = ancestry.next_unread() {
        if dot == *newest.0 {
            ancestry.read(&dot, u64::MAX, newest.1.to_vec());
        } else if let Some(kept) = journal::applied(tx, &dot).await?
            && let Some(op) = read(&kept)
            && let Some((base, _)) = merge::replaced(&op, &record.id, path)
        {
            ancestry.read(&dot, kept.seq.unsigned_abs(), base.to_vec());
        }
    }
    let dot = match ancestry.found() {
        Origin::Op(dot) => dot,
        Origin::Nothing => return Ok(Some(None)),
        Origin::Unclear => return Ok(None),
    };
    let op = journal::applied(tx, dot).await?.as_ref().and_then(read);
    Ok(op.and_then(|op| Some(merge::replaced(&op, &record.id, path)?.1.cloned())))
}

//! Two long texts that did not see each other, put together by the centre where they do not touch.
//!
//! The merge is an op of the centre's own, journalled like any other: replaying the journal merges again.

use super::bench::read;
use crate::{
    clock,
    store::{
        self,
        journal::{self, Arrival},
    },
};
use lantoa_shared::{
    merge,
    op::{Act, Dot, Op, Path},
    record::{Entry, Record},
    sync::device::hash,
    value::Value,
};

/// The device and the person that stand for the centre itself.
pub const CENTRE: &str = "centre";

/// Merges the two texts at a place, if that can be done. Returns the merge, which is kept and not settled yet.
/// `newest` is the op that made the clash, which has no verdict yet, with what its author had seen.
pub async fn merge_texts(
    tx: &mut store::Connection,
    record: &mut Record,
    path: &Path,
    newest: (&Dot, &[Dot]),
) -> Result<Option<Arrival>, store::Error> {
    let Some([(one, a), (other, b)]) = merge::two_texts(record, path) else { return Ok(None) };
    let older = if one.dot == *newest.0 { &other.dot } else { &one.dot };
    let Some(base) = common_text(tx, path, older, newest.1).await? else { return Ok(None) };
    let Some(text) = merge::merge(&base, a, b) else { return Ok(None) };
    let (base, at) = (vec![one.dot.clone(), other.dot.clone()], clock::now());
    let (value, person) = (Value::Text(text), CENTRE.to_owned());
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

/// The text from which both were made: the one that the author of the older had seen, and the author of the newer.
async fn common_text(
    tx: &mut store::Connection,
    path: &Path,
    older: &Dot,
    seen_by_newer: &[Dot],
) -> Result<Option<String>, store::Error> {
    let op = journal::applied(tx, older).await?.as_ref().and_then(read);
    let Some(Act::Set { base, .. } | Act::Merge { base, .. }) = op.map(|op| op.act) else { return Ok(None) };
    for dot in merge::common(&base, seen_by_newer) {
        let op = journal::applied(tx, dot).await?.as_ref().and_then(read);
        if let Some(
            Act::Set { path: at, value: Some(Value::Text(text)), .. }
            | Act::Merge { path: at, value: Value::Text(text), .. },
        ) = op.map(|op| op.act)
            && at == *path
        {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

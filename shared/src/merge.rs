//! Two answers that did not see each other, put together where they do not touch.
//!
//! All else stays a clash for a person to settle. The originals stay with the result
//! ([`crate::record::Entry::merged`]).

mod ancestry;
pub mod files;
pub mod texts;

pub use ancestry::{Ancestry, Origin};

use crate::{
    op::{Act, Dot, Op, Path},
    record::{Entry, Record},
    value::Value,
};

/// Puts two answers together that were both made from `base`; `None` if that is for a person to do. `None` among the
/// answers is an empty field.
pub fn merge(base: Option<&Value>, one: Option<&Value>, other: Option<&Value>) -> Option<Value> {
    if let (Some(Value::Text(base)), Some(Value::Text(one)), Some(Value::Text(other))) = (base, one, other) {
        return texts::merge(base, one, other).map(Value::Text);
    }
    let merged = files::merge(files::of(base)?, files::of(one)?, files::of(other)?);
    // Each took out what the other left: whether nothing is to stay is not for the centre to say.
    (!merged.is_empty()).then_some(Value::Files(merged))
}

/// What an op replaced at a place of a record, and the answer it left there; `None` if it did nothing there.
pub fn replaced<'a>(op: &'a Op, record: &str, path: &Path) -> Option<(&'a [Dot], Option<&'a Value>)> {
    let (at, base, value) = match &op.act {
        Act::Set { path, base, value } => (path, base, value.as_ref()),
        Act::Merge { path, base, value } => (path, base, Some(value)),
        Act::Command { .. } | Act::SetAside { .. } => return None,
    };
    (op.record == record && at == path).then_some((base, value))
}

/// The two answers that stand in a clash at a place, if they are of a kind that may be put together.
pub fn two_sides<'a>(record: &'a Record, path: &Path) -> Option<[&'a Entry; 2]> {
    let [one, other] = record.entries(path) else { return None };
    let (a, b) = (one.value.as_ref(), other.value.as_ref());
    let is_text = |value| matches!(value, Some(&Value::Text(_)));
    let is_of_a_kind = (is_text(a) && is_text(b)) || (files::of(a).is_some() && files::of(b).is_some());
    (is_of_a_kind && a != b).then_some([one, other])
}

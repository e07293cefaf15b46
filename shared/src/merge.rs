//! Two answers that did not see each other, put together where they do not touch.
//!
//! All else stays a clash for a person to settle. The originals stay with the result
//! ([`crate::record::Entry::merged`]).

mod ancestry;
pub mod texts;

pub use ancestry::Ancestry;

use crate::{
    op::{Act, Dot, Op, Path},
    record::{Entry, Record},
    value::Value,
};

/// What an op replaced at a place of a record, and the text it left there; `None` if it did nothing there.
pub fn replaced<'a>(op: &'a Op, record: &str, path: &Path) -> Option<(&'a [Dot], Option<&'a str>)> {
    let (at, base, value) = match &op.act {
        Act::Set { path, base, value } => (path, base, value.as_ref()),
        Act::Merge { path, base, value } => (path, base, Some(value)),
        Act::Command { .. } | Act::SetAside { .. } => return None,
    };
    let text = match value {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    (op.record == record && at == path).then_some((base, text))
}

/// The two texts that stand in a clash at a place, if that is what stands there.
pub fn two_texts<'a>(record: &'a Record, path: &Path) -> Option<[(&'a Entry, &'a str); 2]> {
    let [one, other] = record.entries(path) else { return None };
    match (&one.value, &other.value) {
        (Some(Value::Text(a)), Some(Value::Text(b))) if a != b => Some([(one, a), (other, b)]),
        _ => None,
    }
}

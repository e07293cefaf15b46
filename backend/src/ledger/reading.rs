//! From the bytes that arrived to the op that they say, if they say one.
//!
//! Invariant: what is read can be asked for in either database.

use crate::store::journal::Kept;
use lantoa_shared::{
    op::{Act, Op},
    wire::v1::MAX_OP_BYTES,
};

/// Reads an op, if its bytes are one.
pub fn read(kept: &Kept) -> Option<Op> {
    let body = &kept.arrival.body;
    let op: Op = (body.len() <= MAX_OP_BYTES).then(|| serde_json::from_str(body).ok()).flatten()?;
    // Nothing bears such a name, and PostgreSQL could not be asked for it.
    let named = [Some(&op.record), Some(&op.person), device_named(&op.act)];
    let is_askable = !named.into_iter().flatten().any(|name| name.contains('\0'));
    is_askable.then_some(op)
}

fn device_named(act: &Act) -> Option<&String> {
    match act {
        Act::SetAside { dot } => Some(&dot.device),
        _ => None,
    }
}

/// Which record an op concerns, if that can be read.
pub fn record_of(kept: &Kept) -> Option<String> {
    read(kept).map(|op| op.record)
}

//! What the phone shows: the centre's state with the phone's own waiting ops folded in.
//!
//! The waiting ops are judged exactly as the centre will judge them, so the view foretells the
//! verdict. Nothing is ever written back: the view is made anew from its two sources.

use crate::{
    op::{Dot, Op},
    record::Record,
    sync::{
        ledger::{Case, Content, judge},
        verdict::Verdict,
    },
};

/// An op of this phone that the centre's state does not contain yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub dot: Dot,
    /// What it does.
    pub op: Op,
    /// The centre's verdict, once it is known.
    pub verdict: Option<Verdict>,
}

impl Waiting {
    /// Whether the phone may forget the op: the centre said that it is part of the record, and
    /// the record that came down contains it.
    pub fn is_settled(&self, base: &Record) -> bool {
        self.verdict.is_some_and(|verdict| verdict.status.is_in_record()) && base.has_seen(&self.dot)
    }

    /// Whether a person must look at it: the centre keeps it but did not apply it.
    pub fn needs_attention(&self) -> bool {
        self.verdict.is_some_and(|verdict| !verdict.status.is_in_record())
    }
}

/// Folds the waiting ops, in the order of their numbers, into the centre's state.
///
/// An op that was refused is left out, and so is one that would be refused now; both remain in
/// the outbox.
pub fn compose<C: Content>(base: &Record, waiting: &[Waiting], case: &Case<'_, C>) -> Record {
    let mut view = base.clone();
    for waiting in waiting.iter().filter(|waiting| !waiting.needs_attention()) {
        judge(&mut view, &waiting.dot, &waiting.op, case);
    }
    view
}

//! What lies in the feed and on a device, shared and never changed.

use lantoa_shared::{
    duty::Duty,
    record::Record,
    wire::v1::{Bucket, JudgedAgain, ParkedRow, PullAnswer, RowKind},
};
use std::rc::Rc;

/// One thing in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A version of the form is known.
    Form,
    /// What a unit owes.
    Duty(Rc<Duty>),
    /// A record.
    Record(Rc<Record>),
    /// What became of an op that was judged again.
    Verdict(Rc<JudgedAgain>),
    /// An op that was not taken.
    Parked(Rc<ParkedRow>),
}

/// What a thing is called in its bucket.
pub type Key = (RowKind, String);
/// A page of a bucket.
pub type Page = Bucket<Thing>;
/// An answer to a pull.
pub type Answer = PullAnswer<Thing>;

//! One record on the bench, and what became of it so far.

use lantoa_shared::{background::Background, record::Record};
use std::collections::BTreeSet;

/// One record on the bench.
pub(in crate::ledger) struct Docket {
    /// What lies outside the record. Until a step is judged, of an open one only the duty and the unit.
    pub(in crate::ledger) background: Background,
    pub(super) is_bare: bool,
    /// Whether anything may be parked for it.
    pub(super) may_have_parked: bool,
    pub(in crate::ledger) line: Vec<String>,
    pub(in crate::ledger) record: Record,
    /// The hashes of the files that it names at the centre so far.
    pub(super) named: BTreeSet<String>,
    pub(super) changed: bool,
    /// Whether it changed since what waits for it was last judged again.
    pub(super) is_news: bool,
    /// The record right after the last step that its recipient must hear of.
    pub(super) sent: Option<Record>,
}

impl Docket {
    pub(super) fn change(&mut self, record: Record) {
        (self.record, self.changed, self.is_news) = (record, true, true);
    }
}

//! How the centre answers a pull: where a bucket's news begin, and how its numbers go on after a restore.
//!
//! A cursor is the number of a change under one epoch; under another it says nothing. Invariant: a device that asks
//! for a bucket from its beginning is always answered, even if nothing is there any more; else it would keep what it
//! holds for ever.

/// Where the news of a bucket begin for one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The number behind which they begin.
    pub cursor: u64,
    /// Whether the device is to replace all it holds of the bucket.
    pub reset: bool,
    /// Whether the bucket is answered even if nothing is new.
    pub is_due: bool,
}

/// Opens a bucket for a device that named a cursor, or none, under an epoch that is still the centre's or not.
/// `last` is the newest number given; what is gone is remembered since the number `gone_since`.
pub fn open(named: Option<u64>, is_same_epoch: bool, last: u64, gone_since: u64) -> Opening {
    let is_known = |cursor: &u64| is_same_epoch && *cursor <= last && (*cursor == 0 || *cursor >= gone_since);
    let known = named.filter(is_known);
    let reset = named.is_some() && known.is_none();
    let cursor = known.unwrap_or(0);
    Opening { cursor, reset, is_due: reset || named == Some(0) }
}

/// Where the next pull goes on: behind the last row, or – once nothing waits – behind everything there was.
pub fn next_cursor(last_row: Option<u64>, opening: Opening, more: bool, last: u64) -> u64 {
    if more { last_row.unwrap_or(opening.cursor) } else { last }
}

/// The number from which a centre counts on that was restored from a copy: beyond all that the lost one can have
/// given, so that no place in the journal ever means two things.
pub fn count_on_from(restored: u64) -> u64 {
    const JUMP: u64 = 1 << 32;
    restored + JUMP
}

/// Up to where a backup has the journal *with its verdicts*, so that devices may forget: not beyond the first op that
/// it holds unjudged. Such an op may get another verdict after a restore than the one its device was told.
pub fn durable(last: u64, first_unjudged: Option<u64>) -> u64 {
    first_unjudged.map_or(last, |first| last.min(first.saturating_sub(1)))
}

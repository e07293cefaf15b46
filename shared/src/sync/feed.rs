//! How the centre answers a pull: where a bucket's news begin, and how its numbers go on after a restore.
//!
//! A cursor is the number of a change under one epoch; under another it says nothing. Invariant: a device that asks
//! for a bucket from its beginning is always answered, even if nothing is there any more; else it would keep what it
//! holds for ever.

/// Marks the cursor of a device that is reading a bucket from its beginning and has not come to the end. What it was
/// not told is gone it never held, so it need not begin anew, however low its cursor is. No number of a change is as
/// high.
const READING: u64 = 1 << 52;

/// Where the news of a bucket begin for one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The number behind which they begin.
    pub cursor: u64,
    /// Whether the device is to replace all it holds of the bucket.
    pub reset: bool,
    /// Whether the bucket is answered even if nothing is new.
    pub is_due: bool,
    /// Whether the device reads the bucket from its beginning.
    pub is_reading: bool,
}

/// Opens a bucket for a device that named a cursor, or none, under an epoch that is still the centre's or not.
/// `last` is the newest number given; what is gone is remembered since the number `gone_since`.
pub fn open(named: Option<u64>, is_same_epoch: bool, last: u64, gone_since: u64) -> Opening {
    let is_reading = named.is_some_and(is_reading);
    let known = named.map(|named| named % READING).filter(|cursor| {
        let has_heard_all = is_reading || *cursor >= gone_since;
        is_same_epoch && *cursor <= last && has_heard_all
    });
    Opening {
        cursor: known.unwrap_or(0),
        reset: named.is_some() && known.is_none(),
        is_due: named.is_some() && (known.is_none() || is_reading),
        is_reading: known.is_none() || is_reading,
    }
}

/// Whether a device with this cursor is reading a bucket from its beginning.
pub fn is_reading(cursor: u64) -> bool {
    cursor == 0 || cursor >= READING
}

/// Where the next pull goes on: behind the last row, or – once nothing waits – behind everything there was.
pub fn next_cursor(last_row: Option<u64>, opening: Opening, more: bool, last: u64) -> u64 {
    match more {
        true => last_row.unwrap_or(opening.cursor) + if opening.is_reading { READING } else { 0 },
        false => last,
    }
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

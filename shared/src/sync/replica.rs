//! What a device makes of a pulled bucket: which rows it writes and removes, and what it then holds.
//!
//! The device keeps, beside each row, the number of its version. With that it counts its checksum as it applies, and
//! can take in a bucket *anew* without first forgetting it: rows are marked stale, what comes is fresh again, and
//! what is still stale after the last page goes. A connection that breaks in the middle leaves an old view, never a
//! half one.

use crate::{
    sync::checksum::Checksum,
    wire::v1::{Bucket, Row, RowKind},
};
use serde::{Deserialize, Serialize};

/// The version of a row that is not known to be current.
pub const STALE: u64 = 0;

/// What a device knows of a bucket it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Where the next pull goes on.
    pub cursor: u64,
    /// What is held, stale rows apart.
    pub holds: Checksum,
    /// Whether stale rows are among what is held.
    #[serde(default)]
    pub is_renewing: bool,
    /// Whether rows were passed over because only a later version of the app knows their kind.
    #[serde(default)]
    pub is_partial: bool,
    /// How many kinds the version knew that passed rows over.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub knew: u8,
}

/// How many kinds of rows this version knows.
const KNOWN: u8 = RowKind::Unknown as u8;

impl Mark {
    /// The mark of a bucket that is asked for anew, from its beginning: the centre's numbers mean something else
    /// now. What is held stays until other rows have come.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { cursor: 0, is_renewing: false, ..self }
    }

    /// The mark as this version takes it up: where an earlier one passed rows over that this one may know, the bucket
    /// is asked for anew.
    #[must_use]
    pub fn taken_up(self) -> Self {
        if self.is_partial && self.knew < KNOWN { self.anew() } else { self }
    }
}

/// What is to be done with a bucket's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Before anything: every held version becomes [`STALE`].
    pub make_stale: bool,
    /// After the rows: what is still stale goes.
    pub sweep: bool,
    /// What is known then.
    pub mark: Mark,
    /// Whether what is held differs from what the centre says is there: ask for the bucket anew, by a cursor of 0.
    pub differs: bool,
}

/// Takes a page of a bucket in. `version` gives the held version of a row before this page, stale or not; `None` if
/// it is not held.
pub fn take_in<Body>(
    mark: Option<Mark>,
    bucket: &Bucket<Body>,
    mut version: impl FnMut(RowKind, &str) -> Option<u64>,
) -> Intake {
    let before = mark.unwrap_or_default();
    // Asked for anew: by the centre, or because the device found that what it holds differs.
    let make_stale = bucket.reset || (mark.is_some() && before.cursor == 0 && !before.is_renewing);
    let mut mark = if make_stale { Mark { is_renewing: true, ..Mark::default() } } else { before };
    for Row { seq, kind, id, body } in &bucket.rows {
        if *kind == RowKind::Unknown {
            (mark.is_partial, mark.knew) = (true, KNOWN);
            continue;
        }
        if let Some(held) = version(*kind, id).filter(|held| !make_stale && *held != STALE) {
            mark.holds.take(*kind, id, held);
        }
        if body.is_some() {
            mark.holds.add(*kind, id, *seq);
        }
    }
    mark.cursor = bucket.cursor;
    let sweep = mark.is_renewing && !bucket.more;
    mark.is_renewing &= bucket.more;
    // What was just taken in anew is not asked for once more: a fault that stays must not become a flood.
    let differs =
        bucket.holds.is_some_and(|holds| holds != mark.holds) && !bucket.more && !sweep && !mark.is_partial;
    if differs {
        mark.cursor = 0;
    }
    Intake { make_stale, sweep, mark, differs }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

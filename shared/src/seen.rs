//! Which ops were folded into a record: an exact set, kept as ranges.
//!
//! It must be exact. One phone may be used by two people, and an op may be parked while later ones
//! go through, so the ops of a device do not always arrive in order; "the highest seen" would
//! take a late op for a replay and lose it.

use crate::map::Map;
use crate::op::Dot;
use serde::{Deserialize, Serialize};

/// A set of op ids; per device the ranges `[first, last]`, ascending and apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(Map<String, Vec<[u64; 2]>>);

impl Seen {
    /// Whether the op is in the set.
    pub fn contains(&self, dot: &Dot) -> bool {
        self.0.get(&dot.device).is_some_and(|ranges| {
            let after = ranges.partition_point(|[first, _]| *first <= dot.n);
            after > 0 && ranges[after - 1][1] >= dot.n
        })
    }

    /// Puts the op into the set.
    pub fn insert(&mut self, dot: &Dot) {
        if self.contains(dot) {
            return;
        }
        let ranges = self.0.get_or_insert_with(dot.device.clone(), Vec::new);
        let after = ranges.partition_point(|[first, _]| *first <= dot.n);
        let joins_left = after > 0 && ranges[after - 1][1].checked_add(1) == Some(dot.n);
        let joins_right = ranges.get(after).is_some_and(|[first, _]| dot.n.checked_add(1) == Some(*first));
        match (joins_left, joins_right) {
            (true, true) => {
                ranges[after - 1][1] = ranges[after][1];
                ranges.remove(after);
            }
            (true, false) => ranges[after - 1][1] = dot.n,
            (false, true) => ranges[after][0] = dot.n,
            (false, false) => ranges.insert(after, [dot.n, dot.n]),
        }
    }
}

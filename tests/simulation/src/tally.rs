//! What is counted over histories.

use std::ops::AddAssign;

/// Counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Tally {
    /// Histories lived through.
    pub histories: u64,
    /// Different ops that a person was told are kept.
    pub ops: u64,
    /// Of these, at the end in a record.
    pub applied: u64,
    /// In a record beside a value that their author had not seen.
    pub clashes: u64,
    /// Texts put together.
    pub merged: u64,
    /// Kept, waiting for a cause or a person.
    pub parked: u64,
    /// Kept, decided against.
    pub refused: u64,
    /// Kept unread.
    pub quarantined: u64,
    /// Judged again with another outcome.
    pub again: u64,
    /// Laid aside by a person.
    pub set_aside: u64,
    /// Gone with a storage that was taken away, before they were anywhere else.
    pub evicted: u64,
    /// Restores of the centre.
    pub restores: u64,
    /// Devices that stopped between two steps.
    pub stops: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.histories += other.histories;
        self.ops += other.ops;
        self.applied += other.applied;
        self.clashes += other.clashes;
        self.merged += other.merged;
        self.parked += other.parked;
        self.refused += other.refused;
        self.quarantined += other.quarantined;
        self.again += other.again;
        self.set_aside += other.set_aside;
        self.evicted += other.evicted;
        self.restores += other.restores;
        self.stops += other.stops;
    }
}

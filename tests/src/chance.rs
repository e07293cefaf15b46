//! Chance that can be had again: the same seed draws the same numbers.
//!
//! Every story of a run draws from a chance of its own ([`Chance::of`]), so that what one test does never depends on
//! which others ran before it.

/// A stream of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The chance of this seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The chance of one story under a seed.
    pub fn of(seed: u64, story: &str) -> Self {
        // FNV-1a: any spread will do, as long as it is the same on every machine.
        let spread = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self::new(story.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, spread))
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.number() % end.max(1)).unwrap_or(0)
    }

    /// One of several, of which there must be one.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

//! Chance that repeats itself: the same seed gives the same demo on every machine.

/// SplitMix64 (Steele, Lea, Flood 2014): ten lines, good enough for invented figures.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The chance that belongs to a name, such as a unit's code.
    pub fn of(name: &str) -> Self {
        // FNV-1a spreads neighbouring names apart.
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most.saturating_sub(least)).unwrap_or_default().saturating_add(1);
        least.saturating_add(i64::try_from(self.next() % span.max(1)).unwrap_or_default())
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of several; `of` must not be empty.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let last = i64::try_from(of.len().saturating_sub(1)).unwrap_or_default();
        of[usize::try_from(self.between(0, last)).unwrap_or_default()]
    }
}

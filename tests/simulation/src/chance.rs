//! Chance from a seed: all that happens in a history comes from here, so that it happens again.

use fastrand::Rng;

/// A source of chance.
#[derive(Debug, Clone)]
pub struct Chance(Rng);

impl Chance {
    /// The chance of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// A number below `n`; 0 if there is none.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { self.0.usize(..n) }
    }

    /// Yes in so many of a hundred cases.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.0.u32(..100) < percent
    }

    /// A number of milliseconds below `most`, negative or not.
    pub fn around(&mut self, most: i64) -> i64 {
        self.0.i64(-most..=most)
    }

    /// One of some.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Any number.
    pub fn number(&mut self) -> u32 {
        self.0.u32(..)
    }
}

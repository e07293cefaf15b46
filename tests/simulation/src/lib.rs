//! Histories of many devices and one centre, each from a seed, lived through in milliseconds.
//!
//! Every decision is made by `lantoa_shared`; here are stores, a network, people, accidents, and the eyes that watch.
//! Invariant: a seed tells its history wholly – the same seed ends in the same world, to the last bit.

#![allow(clippy::missing_panics_doc, reason = "a simulation that panics has found something")]

pub mod centre;
pub mod chance;
pub mod check;
pub mod feed;
pub mod form;
pub mod healing;
pub mod phone;
pub mod tally;
pub mod thing;
pub mod witness;
pub mod world;

use tally::Tally;
use world::World;

/// What is broken on purpose, to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// An op replaces all that stands at its place, whatever its author saw.
    LastWriterWins,
    /// A device forgets ops that the centre did not take.
    CheckpointPastRefusal,
    /// A person is told that an op is kept before it is written.
    AckBeforeOutbox,
    /// What the screen shows is stored, too: in a transaction before the one that stores the op.
    TwoTransactions,
    /// The feed gives numbers before their rows can be seen.
    BareSequence,
}

/// How a history goes.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many devices.
    pub devices: usize,
    /// How many things happen before the network heals.
    pub steps: usize,
    /// What is broken.
    pub mutation: Option<Mutation>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { devices: 8, steps: 600, mutation: None }
    }
}

/// What must not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// An op that a person was told is kept is nowhere, or in no place where its author finds it.
    Lost(String),
    /// Devices, centre or journal do not agree.
    Diverged(String),
    /// Something waits for ever.
    Stuck(String),
    /// Somebody got what is not for them.
    Leaked(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, why) = match self {
            Self::Lost(why) => ("lost", why),
            Self::Diverged(why) => ("diverged", why),
            Self::Stuck(why) => ("stuck", why),
            Self::Leaked(why) => ("leaked", why),
        };
        write!(formatter, "{what}: {why}")
    }
}

/// A history's end: what was counted, and a hash of the whole world.
pub type Outcome = Result<(Tally, u64), Failure>;

/// Lives through the history of a seed.
///
/// # Errors
/// The first thing that must not happen.
pub fn live(seed: u64, settings: Settings) -> Outcome {
    let mut world = World::new(seed, settings);
    for step in 1..=settings.steps {
        world.happen()?;
        if step % 100 == 0 {
            check::nothing_is_lost(&world)?;
            check::views_are_true(&world)?;
        }
    }
    world.heal()?;
    check::at_the_end(&mut world)?;
    Ok((world.tally, world.hash()))
}

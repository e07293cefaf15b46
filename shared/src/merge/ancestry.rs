//! The op that two answers both grew out of. Who types is saved every few words, so each answer stands at the end of a
//! chain of ops, and what they have in common lies somewhere down both chains.
//!
//! The chains are walked from the newest op on, by the places in the journal, so only what came after the parting is
//! read. Invariant: an op is found only if no other op that both grew out of grew out of it, and only if it is the
//! one such op; what is found does not depend on which side is named first.

use crate::{map::Map, op::Dot};
use std::collections::BTreeSet;

/// More ops than this are not read: the answers parted too long ago, and a person puts them together.
const MOST_OPS: usize = 1_000;

/// Reached from the one answer.
const ONE: u8 = 1;
/// Reached from the other.
const OTHER: u8 = 2;
const BOTH: u8 = ONE | OTHER;
/// Something that both answers grew out of grew out of it.
const BELOW: u8 = 4;

/// What is known of an op.
#[derive(Debug, Default)]
struct Known {
    marks: u8,
    /// Its place in the journal and what it replaced; `None` until it is read, and if it counts for nothing.
    read: Option<(u64, Vec<Dot>)>,
}

/// Where two answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'a> {
    /// Both grew out of this op, and out of nothing newer.
    Op(&'a Dot),
    /// Each was begun in the empty field.
    Nothing,
    /// There is no one such op, or too much would have to be read to find it.
    Unclear,
}

/// A search that asks for ops one by one, so that it serves whoever keeps them.
#[derive(Debug)]
pub struct Ancestry {
    known: Map<Dot, Known>,
    unread: Vec<Dot>,
    /// What was read and not walked, or has got another mark since.
    waiting: BTreeSet<(u64, Dot)>,
    left: usize,
}

impl Ancestry {
    /// Begins at the ops that made the two answers.
    pub fn of(one: &Dot, other: &Dot) -> Self {
        let mut search =
            Self { known: Map::new(), unread: Vec::new(), waiting: BTreeSet::new(), left: MOST_OPS };
        search.mark(one, ONE);
        search.mark(other, OTHER);
        search
    }

    /// The op to be read now, whose place and base are then told to [`Self::read`]. `None`: the search is over.
    pub fn next_unread(&mut self) -> Option<Dot> {
        loop {
            if let Some(dot) = self.unread.pop() {
                self.left = self.left.checked_sub(1)?;
                return Some(dot);
            }
            let is_open = |(_, dot): &(u64, Dot)| self.marks(dot) & BELOW == 0;
            if !self.waiting.iter().any(is_open) {
                return None;
            }
            let (_, dot) = self.waiting.pop_last()?;
            let marks = self.marks(&dot);
            let below = if marks & BOTH == BOTH { BOTH | BELOW } else { marks };
            let base =
                self.known.get(&dot).and_then(|known| known.read.as_ref()).map(|(_, base)| base.clone());
            for dot in base.unwrap_or_default() {
                self.mark(&dot, below);
            }
        }
    }

    /// Tells the place of an op in the journal and what it replaced. An op that counts for nothing is not told.
    pub fn read(&mut self, dot: &Dot, place: u64, base: Vec<Dot>) {
        if let Some(known) = self.known.get_mut(dot) {
            known.read = Some((place, base));
            self.waiting.insert((place, dot.clone()));
        }
    }

    /// Where both come from, when [`Self::next_unread`] asks for nothing more.
    pub fn found(&self) -> Origin<'_> {
        if self.left == 0 {
            return Origin::Unclear;
        }
        let is_newest = |known: &Known| known.marks == BOTH && known.read.is_some();
        let mut newest = self.known.iter().filter(|(_, known)| is_newest(known)).map(|(dot, _)| dot);
        let is_apart = |known: &Known| known.marks & BOTH != BOTH && known.read.is_some();
        match (newest.next(), newest.next()) {
            (Some(dot), None) => Origin::Op(dot),
            (None, None) if self.known.values().all(is_apart) => Origin::Nothing,
            _ => Origin::Unclear,
        }
    }

    fn marks(&self, dot: &Dot) -> u8 {
        self.known.get(dot).map_or(0, |known| known.marks)
    }

    fn mark(&mut self, dot: &Dot, marks: u8) {
        let known = self.known.get_or_insert_with(dot.clone(), || {
            self.unread.push(dot.clone());
            Known::default()
        });
        let before = known.marks;
        known.marks |= marks;
        if known.marks != before
            && let Some((place, _)) = known.read
        {
            self.waiting.insert((place, dot.clone()));
        }
    }
}

//! A film looked through from its first box to its last, by somebody who has it and not the memory for it: asked are
//! the parts that are wanted, one by one, told is in the end what is to be overwritten.
//!
//! Invariant: nothing is overwritten twice, and of a film that is broken, or tells too much to be held at once, nothing
//! is said.

use super::film::{FREE, Head, LONGEST_HEAD, clean_index};
use crate::map::in_order;
use std::ops::Range;

/// Most bytes of a film that are held at once: its index, and what is overwritten.
const MOST_HELD: u64 = 64 * 1024 * 1024;

/// Bytes that stand at a place of the film instead of those that stood there.
pub type Patch = (u64, Vec<u8>);

/// A film that is being looked through.
#[derive(Debug)]
pub struct Survey {
    size: u64,
    /// Where the box begins that is looked at.
    at: u64,
    /// Its end, once all of it is wanted.
    whole: Option<u64>,
    held: u64,
    patches: Vec<Patch>,
    is_in_fragments: bool,
    had_hidden_track: bool,
}

impl Survey {
    /// Begins with a film of so many bytes.
    pub fn of(size: u64) -> Self {
        Self {
            size,
            at: 0,
            whole: None,
            held: 0,
            patches: Vec::new(),
            is_in_fragments: false,
            had_hidden_track: false,
        }
    }

    /// The bytes that are to be [`Self::read`] now; `None` if all was looked at.
    pub fn wanted(&self) -> Option<Range<u64>> {
        let head = self.at.saturating_add(LONGEST_HEAD as u64).min(self.size);
        (self.at < self.size).then(|| self.at..self.whole.unwrap_or(head))
    }

    /// Takes the bytes that were wanted. `None` if this is no film, or more is to be overwritten than can be held.
    pub fn read(&mut self, mut bytes: Vec<u8>) -> Option<()> {
        let head = Head::read(&bytes)?;
        let own = head.size.unwrap_or(self.size - self.at);
        let end = self.at.checked_add(own).filter(|end| *end <= self.size)?;
        let is_changed = head.tells() || head.is_index();
        if is_changed && self.whole.is_none() {
            self.hold(own)?;
            self.whole = Some(end);
            return Some(());
        }
        self.is_in_fragments |= head.is_fragment();
        if head.is_index() {
            let taken = clean_index(&mut bytes)?;
            self.had_hidden_track |= taken.had_hidden_track;
            for told in taken.told {
                let length = told.end.checked_sub(told.start)?;
                self.hold(length)?;
                self.patches.push((told.start, vec![0; usize::try_from(length).ok()?]));
            }
        } else if is_changed {
            bytes.get_mut(4..8)?.copy_from_slice(FREE);
            bytes.get_mut(usize::try_from(head.length).ok()?..)?.fill(0);
        }
        if is_changed {
            self.patches.push((self.at, bytes));
        }
        (self.at, self.whole) = (end, None);
        Some(())
    }

    /// What is to be overwritten, in the order of the file, when nothing more is wanted. `None` if it cannot be told.
    pub fn patches(mut self) -> Option<Vec<Patch>> {
        // Parts of a hidden track lie anywhere in a film that was written as it was made.
        if self.is_in_fragments && self.had_hidden_track {
            return None;
        }
        let places: Vec<u64> = self.patches.iter().map(|(place, _)| *place).collect();
        let order = in_order(places.len(), &|one, other| places[one].cmp(&places[other]));
        let (mut patches, mut done) = (Vec::with_capacity(order.len()), 0);
        for at in order {
            let (begin, bytes) = std::mem::take(&mut self.patches[at]);
            let end = begin.checked_add(bytes.len() as u64).filter(|end| *end <= self.size)?;
            // What lies over each other is no film.
            if begin < done {
                return None;
            }
            patches.push((begin, bytes));
            done = end;
        }
        Some(patches)
    }

    fn hold(&mut self, more: u64) -> Option<()> {
        self.held = self.held.checked_add(more).filter(|held| *held <= MOST_HELD)?;
        Some(())
    }
}

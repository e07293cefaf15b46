//! Who saw everything: every op that a person was told is kept, and whether it may be missing.
//!
//! An op is known by its number and its bytes; a copied device gives it other ones, and the witness remembers both.

use lantoa_shared::op::{Act, Dot, Op};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    rc::Rc,
};

/// Why an op may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// The browser took away the storage that held the only copy.
    Evicted,
    /// A person laid it aside.
    SetAside,
    /// Nobody was told yet that it is kept.
    Untold,
}

/// An op that somebody was told is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The op as it was made.
    pub op: Rc<Op>,
    /// Its first id.
    pub dot: Dot,
    /// For each entry it replaces: the author's own op, if that had not come down yet.
    pub saw: Vec<Option<usize>>,
    /// Why it may be missing.
    pub excuse: Option<Excuse>,
    /// Whether a storage that held it was taken away: its author may find it only at the centre, and not at all once
    /// that is restored from an older copy.
    pub is_wiped: bool,
}

/// All that was seen.
#[derive(Debug, Default)]
pub struct Witness {
    /// The ops, in the order in which they were done.
    pub ops: Vec<Kept>,
    names: HashMap<(Dot, u64), usize>,
    bodies: HashMap<u64, usize>,
}

impl Witness {
    /// Sees that an op was kept; returns its place.
    pub fn see(&mut self, dot: &Dot, body: &str, op: &Rc<Op>, saw: Vec<Option<usize>>) -> usize {
        let name = (dot.clone(), short(body));
        if let Some(place) = self.names.get(&name) {
            // Two copies did the very same: it is one op, and each had seen its own.
            let place = *place;
            if self.ops[place].saw != saw {
                self.ops[place].saw.clear();
            }
            return place;
        }
        self.ops.push(Kept { op: Rc::clone(op), dot: dot.clone(), saw, excuse: None, is_wiped: false });
        self.names.insert(name, self.ops.len() - 1);
        self.bodies.insert(short(body), self.ops.len() - 1);
        self.ops.len() - 1
    }

    /// Sees that an op got another name.
    pub fn rename(&mut self, place: usize, dot: &Dot, body: &str) {
        self.names.insert((dot.clone(), short(body)), place);
        self.bodies.insert(short(body), place);
    }

    /// The op with this number and these bytes, or with these bytes under a number that the centre gave it.
    pub fn place(&self, dot: &Dot, body: &str) -> Option<usize> {
        let body = short(body);
        self.names.get(&(dot.clone(), body)).or_else(|| self.bodies.get(&body)).copied()
    }

    /// Whether the op sets a field.
    pub fn is_content(&self, place: usize) -> bool {
        matches!(self.ops[place].op.act, Act::Set { .. })
    }
}

/// A short name for bytes.
pub fn short(body: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    body.hash(&mut hash);
    hash.finish()
}

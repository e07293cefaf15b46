//! Counting what the network did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Fault;

/// How often a fault happened.
#[derive(Clone, Copy, Default, Debug)]
pub struct Count {
    /// Requests it has begun to happen to.
    pub begun: usize,
    /// Requests it has happened to.
    pub ended: usize,
}

/// All counts, by fault and path.
#[derive(Default, Debug)]
pub struct Counts {
    by: BTreeMap<(Fault, String), Count>,
    under_way: BTreeMap<String, usize>,
    carried: BTreeMap<String, usize>,
    strain: usize,
}

impl Counts {
    /// A request comes and this is going to happen to it.
    pub fn begin(&mut self, fault: Fault, path: &str) {
        self.by.entry((fault, path.to_owned())).or_default().begun += 1;
        *self.under_way.entry(path.to_owned()).or_default() += 1;
    }

    /// It happened, as it should.
    pub fn end(&mut self, fault: Fault, path: &str) {
        self.by.entry((fault, path.to_owned())).or_default().ended += 1;
    }

    /// A request is no longer under way, however that came.
    pub fn leave(&mut self, path: &str) {
        if let Some(n) = self.under_way.get_mut(path) {
            *n = n.saturating_sub(1);
        }
    }

    /// How often a fault happened below a path.
    pub fn of(&self, fault: Fault, prefix: &str) -> Count {
        let mine = self.by.iter().filter(|((it, path), _)| *it == fault && path.starts_with(prefix));
        mine.fold(Count::default(), |sum, (_, it)| Count {
            begun: sum.begun + it.begun,
            ended: sum.ended + it.ended,
        })
    }

    /// So many bytes of a request's body went on to the server.
    pub fn carry(&mut self, path: &str, bytes: usize) {
        *self.carried.entry(path.to_owned()).or_default() += bytes;
    }

    /// So many bytes more are to go over a line that holds for `most`; returns whether it breaks, and then holds anew.
    pub fn breaks(&mut self, bytes: usize, most: usize) -> bool {
        self.strain += bytes;
        let breaks = self.strain > most;
        if breaks {
            self.strain = 0;
        }
        breaks
    }

    /// How many bytes of bodies went on to the server below a path.
    pub fn carried(&self, prefix: &str) -> usize {
        self.carried.iter().filter(|(path, _)| path.starts_with(prefix)).map(|(_, bytes)| bytes).sum()
    }

    /// How many requests below a path are under way.
    pub fn under_way(&self, prefix: &str) -> usize {
        self.under_way.iter().filter(|(path, _)| path.starts_with(prefix)).map(|(_, n)| n).sum()
    }

    /// Everything, a line each.
    pub fn told(&self) -> String {
        self.by.iter().fold(String::new(), |mut told, ((fault, path), it)| {
            let _ = writeln!(told, "{fault:?} {path}: {} begun, {} ended", it.begun, it.ended);
            told
        })
    }
}

//! One bucket as the centre keeps it: each thing at its newest place only.

use crate::thing::{Key, Page, Thing};
use lantoa_shared::{
    sync::{checksum::Checksum, feed},
    wire::v1::Row,
};
use std::collections::BTreeMap;

/// One bucket.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// Each thing with its place; `None` when it is gone.
    pub things: BTreeMap<Key, (u64, Option<Thing>)>,
    order: BTreeMap<u64, Key>,
    /// What a device holds that has all of it.
    pub holds: Checksum,
    /// What is gone is remembered since this number.
    pub floor: u64,
}

impl Feed {
    /// Puts the newest state of a thing at a place.
    pub fn put(&mut self, key: Key, seq: u64, thing: Option<Thing>) {
        if let Some((before, held)) = self.things.get(&key) {
            if *before > seq {
                return;
            }
            if held.is_some() {
                self.holds.take(key.0, &key.1, *before);
            }
            self.order.remove(before);
        }
        if thing.is_some() {
            self.holds.add(key.0, &key.1, seq);
        }
        self.order.insert(seq, key.clone());
        self.things.insert(key, (seq, thing));
    }

    /// Forgets what is gone.
    pub fn forget_gone(&mut self) {
        let is_gone = |(_, thing): &(u64, Option<Thing>)| thing.is_none();
        let gone = self.things.iter().filter(|(_, held)| is_gone(held));
        let gone: Vec<(Key, u64)> = gone.map(|(key, (seq, _))| (key.clone(), *seq)).collect();
        for (key, seq) in gone {
            self.things.remove(&key);
            self.order.remove(&seq);
            self.floor = self.floor.max(seq);
        }
    }

    /// The thing as it stands.
    pub fn get(&self, key: &Key) -> Option<&Thing> {
        self.things.get(key)?.1.as_ref()
    }

    /// The page behind an opening of at most `size` rows; `None` if there is nothing to say.
    pub fn page(&self, name: &str, opening: feed::Opening, size: usize, last: u64) -> Option<Page> {
        let mut rows: Vec<Row<Thing>> = Vec::new();
        let mut more = false;
        for (seq, key) in self.order.range(opening.cursor + 1..) {
            if rows.len() == size {
                more = true;
                break;
            }
            let (kind, id) = key.clone();
            rows.push(Row { seq: *seq, kind, id, body: self.things[key].1.clone() });
        }
        if rows.is_empty() && !more && !opening.is_due {
            return None;
        }
        let cursor = feed::next_cursor(rows.last().map(|row| row.seq), opening, more, last);
        let holds = (!more).then_some(self.holds);
        Some(Page { name: name.to_owned(), reset: opening.reset, rows, cursor, more, holds })
    }
}

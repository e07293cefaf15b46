//! The outbox in memory: the ops of this device that are not settled, with their content read.

use crate::json;
use crate::store::OutboxRow;
use lantoa_shared::map::Map;
use lantoa_shared::{
    op::{Dot, Op},
    sync::view::Waiting,
};

/// The ops of this device that are not settled.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The device's store.
    pub device: String,
    /// Files whose bytes are on this phone only, with the person who attached them.
    pub files: Vec<(String, String)>,
    /// Whether remarks are written that no step has taken along, by `person|record`.
    pub remarks: Map<String, bool>,
    /// The persons of what was recorded here and not attached.
    pub recorders: Vec<String>,
    rows: Map<u64, (OutboxRow, Op)>,
    changes: u64,
}

impl Outbox {
    /// Takes in what lies in the store.
    pub fn fill(&mut self, rows: Vec<OutboxRow>) {
        let read = |row: OutboxRow| json::read(&row.body).ok().map(|op: Op| (row.n, (row, op)));
        self.rows.clear();
        self.rows.extend(rows.into_iter().filter_map(read));
    }

    /// Gives this store another device's name; what was done under the old one keeps its id. Returns all rows.
    pub fn rename(&mut self, device: &str) -> Vec<OutboxRow> {
        let old = std::mem::replace(&mut self.device, device.to_owned());
        self.changes += 1;
        let rows = self.rows.iter_mut().map(|(_, (row, _))| {
            row.made_as = Some(row.dot(&old));
            row.clone()
        });
        rows.collect()
    }

    /// Takes in a row that was just kept.
    pub fn add(&mut self, row: OutboxRow, op: Op) {
        self.rows.insert(row.n, (row, op));
        self.changes += 1;
    }

    /// Takes rows out.
    pub fn remove(&mut self, n: u64) {
        self.rows.remove(&n);
        self.changes += 1;
    }

    /// Counts what happened in memory, to find out whether a reading of the store is stale.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// One op.
    pub fn get(&self, n: u64) -> Option<&(OutboxRow, Op)> {
        self.rows.get(&n)
    }

    /// Whether an op lies here.
    pub fn holds(&self, dot: &Dot) -> bool {
        self.rows.values().any(|(row, _)| row.dot(&self.device) == *dot)
    }

    /// The ops of a person.
    pub fn of<'a>(&'a self, person: &'a str) -> impl Iterator<Item = &'a (OutboxRow, Op)> {
        self.rows.values().filter(move |(row, _)| row.person == person)
    }

    /// What a person did to a record, in order.
    pub fn waiting(&self, person: &str, record: &str) -> Vec<Waiting> {
        let rows = self.of(person).filter(|(_, op)| op.record == record);
        rows.map(|(row, op)| Waiting { dot: row.dot(&self.device), op: op.clone(), verdict: row.verdict })
            .collect()
    }

    /// The identity of this device's `n`-th op.
    pub fn dot(&self, n: u64) -> Dot {
        Dot::new(self.device.clone(), n)
    }

    /// Notes that the bytes of a file are on this phone only.
    pub fn add_file(&mut self, sha256: &str, person: &str) {
        if self.files.iter().all(|(known, _)| known != sha256) {
            self.files.push((sha256.to_owned(), person.to_owned()));
            self.changes += 1;
        }
    }

    /// How many things are on this device only, whoever's they are: ops without a verdict, files, remarks,
    /// recordings.
    pub fn n_unsent(&self) -> usize {
        let n_ops = self.rows.values().filter(|(row, _)| row.verdict.is_none()).count();
        n_ops + self.files.len() + self.n_remarks("") + self.recorders.len()
    }

    /// Of how many records there are remarks that no step has taken along, of those whose keys begin so.
    pub fn n_remarks(&self, whose: &str) -> usize {
        self.remarks.iter().filter(|(key, are_written)| **are_written && key.starts_with(whose)).count()
    }

    /// How many recordings of a person were not attached.
    pub fn n_recordings(&self, person: &str) -> usize {
        self.recorders.iter().filter(|of| *of == person).count()
    }

    /// How many ops of a person – of one record, if it is given, else with files – have no verdict, and how
    /// many were not taken.
    pub fn counts(&self, person: &str, record: Option<&str>) -> (usize, usize) {
        let files = if record.is_none() { &*self.files } else { &[] };
        let mut counts = (files.iter().filter(|(_, of)| of == person).count(), 0);
        for (row, _) in self.of(person).filter(|(_, op)| record.is_none_or(|record| op.record == record)) {
            match row.verdict {
                None => counts.0 += 1,
                Some(verdict) if !verdict.status.is_in_record() => counts.1 += 1,
                Some(_) => {}
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantoa_shared::{
        op::{Act, Path},
        sync::verdict::{Refusal, Verdict},
    };

    fn row(n: u64, person: &str, record: &str, verdict: Option<Verdict>) -> OutboxRow {
        let act = Act::Set { path: Path::field("total"), base: Vec::new(), value: None };
        let op = Op { at: 0, heard: None, person: person.to_owned(), record: record.to_owned(), act };
        OutboxRow { n, verdict, ..OutboxRow::new(person, serde_json::to_string(&op).unwrap()) }
    }

    fn outbox(rows: Vec<OutboxRow>) -> Outbox {
        let mut outbox = Outbox { device: "device".to_owned(), ..Outbox::default() };
        outbox.fill(rows);
        outbox
    }

    #[test]
    fn ops_of_another_person_on_the_same_phone_are_not_mine() {
        let outbox = outbox(vec![row(1, "an", "r", None), row(2, "binh", "r", None)]);
        assert_eq!(outbox.counts("an", None), (1, 0));
        assert_eq!(outbox.waiting("binh", "r")[0].dot, Dot::new("device", 2));
    }

    #[test]
    fn an_op_out_of_a_rescue_file_keeps_its_id() {
        let made_as = Some(Dot::new("lost", 7));
        let outbox = outbox(vec![OutboxRow { made_as, ..row(1, "an", "r", None) }]);
        assert_eq!(outbox.waiting("an", "r")[0].dot, Dot::new("lost", 7));
    }

    #[test]
    fn what_was_done_under_another_name_of_this_device_keeps_its_id_and_its_number() {
        let mut outbox = outbox(vec![row(7, "an", "r", None)]);
        let rows = outbox.rename("new");
        assert_eq!((rows[0].n, rows[0].made_as.clone()), (7, Some(Dot::new("device", 7))));
        assert_eq!(outbox.waiting("an", "r")[0].dot, Dot::new("device", 7));
        assert_eq!(outbox.dot(8), Dot::new("new", 8));
        // Once more: the first name stays.
        assert_eq!(outbox.rename("newer")[0].made_as, Some(Dot::new("device", 7)));
    }

    #[test]
    fn a_file_on_this_phone_only_is_unsent_until_its_bytes_are_up() {
        let mut outbox = outbox(vec![row(1, "an", "r", Some(Verdict::APPLIED))]);
        outbox.add_file("a file", "an");
        outbox.add_file("a file", "an");
        assert_eq!(outbox.counts("an", None), (1, 0));
        assert_eq!(outbox.counts("binh", None), (0, 0));
        assert_eq!(outbox.n_unsent(), 1);
    }

    #[test]
    fn an_op_at_the_centre_is_no_longer_unsent_and_a_parked_one_asks_for_attention() {
        let parked = Some(Verdict::parked(Refusal::WrongState));
        let rows = vec![
            row(1, "an", "r", Some(Verdict::APPLIED)),
            row(2, "an", "r", parked),
            row(3, "an", "s", None),
        ];
        let outbox = outbox(rows);
        assert_eq!(outbox.counts("an", None), (1, 1));
        assert_eq!(outbox.counts("an", Some("s")), (1, 0));
    }
}

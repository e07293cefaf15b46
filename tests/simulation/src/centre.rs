//! The centre with its store in memory: journal, records, feed, people, devices.
//!
//! It stores and looks up; what becomes of an op, who gets what and what is judged again is said by
//! `lantoa_shared`. Invariant: what is in the journal stays there, unless the whole centre is restored from a copy.

mod again;
mod judging;
mod lists;
mod office;
mod pulling;

use crate::{
    feed::Feed,
    thing::{Key, Thing},
};
use lantoa_shared::{
    duty::Duty,
    op::{Dot, Op},
    person::Person,
    record::Record,
    sync::verdict::Verdict,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    sync::LazyLock,
};

/// The device and the person that stand for the centre itself.
pub const CENTRE: &str = "centre";

/// What stands above a recipient.
pub fn line() -> &'static [String] {
    static LINE: LazyLock<[String; 1]> = LazyLock::new(|| ["T".to_owned()]);
    &*LINE
}

/// An op in the journal.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its place.
    pub seq: u64,
    /// Its id.
    pub dot: Dot,
    /// The hash of its bytes.
    pub sha256: Rc<str>,
    /// Its bytes.
    pub body: Rc<str>,
    /// What they say, if they can be read.
    pub op: Option<Rc<Op>>,
    /// Whose session brought it.
    pub person: Rc<str>,
    /// When.
    pub received_at: i64,
    /// Its place in an epoch that is over.
    pub was: Option<u64>,
    /// What was made of it.
    pub verdict: Option<Verdict>,
    /// The how-manieth it was that went into a record.
    pub taken: Option<u64>,
}

/// A record, what it fulfils, and what its recipient has of it.
#[derive(Debug, Clone)]
pub struct Docket {
    /// What it fulfils.
    pub duty: Rc<Duty>,
    /// The record.
    pub record: Rc<Record>,
    /// As it was last sent up.
    pub sent: Option<Rc<Record>>,
}

/// The centre.
#[derive(Debug, Clone)]
pub struct Centre {
    /// Its epoch.
    pub epoch: String,
    /// The last number given.
    pub seq: u64,
    /// Up to where a verified backup has the journal.
    pub durable_seq: u64,
    /// Everything that ever arrived.
    pub journal: Vec<Kept>,
    /// The records by id.
    pub dockets: BTreeMap<String, Docket>,
    /// The feed by bucket.
    pub feed: BTreeMap<String, Feed>,
    /// Everybody with an account.
    pub people: BTreeMap<String, Rc<Person>>,
    /// The units that report, and to whom.
    pub recipients: BTreeMap<String, String>,
    /// Who ever was in which unit.
    pub ever_in: BTreeSet<(String, String)>,
    /// Devices that were shut out.
    pub revoked: BTreeSet<String>,
    /// Devices that were shut out once and let in again.
    pub allowed: BTreeSet<String>,
    /// The newest version of the form.
    pub form: u32,
    /// Places in the journal by id.
    pub numbers: HashMap<Dot, Vec<usize>>,
    /// What was received and not judged: person, and places in the journal.
    pub unjudged: Vec<(Rc<str>, Vec<usize>)>,
    /// What is parked, by record.
    parked: BTreeMap<String, BTreeSet<usize>>,
    changed: BTreeSet<String>,
    heard_above: BTreeSet<String>,
    n_taken: u64,
    /// Feed rows whose number was taken and that are not yet to be seen (a mutation).
    pub late: Vec<(String, Key, u64, Option<Thing>)>,
    /// Whether numbers are taken before their rows can be seen (a mutation).
    pub is_late: bool,
    /// Whether an op replaces all that stands at its place (a mutation).
    pub is_last_writer: bool,
    /// How many texts were put together.
    pub n_merged: u64,
    /// How many ops got another verdict in a second trial.
    pub n_again: u64,
}

impl Centre {
    /// Takes the next number. A number is given inside the writing transaction: whoever sees it sees all below.
    pub fn next_seq(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    /// Puts the newest state of a thing into a bucket; the same state again keeps its place.
    pub fn put(&mut self, bucket: &str, key: Key, thing: Option<Thing>) {
        let feed = self.feed.entry(bucket.to_owned()).or_default();
        let is_same = match (feed.get(&key), &thing) {
            (Some(Thing::Record(held)), Some(Thing::Record(new))) => Rc::ptr_eq(held, new),
            (held, new) => held == new.as_ref(),
        };
        if is_same {
            return;
        }
        let seq = self.next_seq();
        if self.is_late {
            self.late.push((bucket.to_owned(), key, seq, thing));
        } else if let Some(feed) = self.feed.get_mut(bucket) {
            feed.put(key, seq, thing);
        }
    }

    /// Lets rows be seen that were written late.
    pub fn show_late(&mut self) {
        for (bucket, key, seq, thing) in std::mem::take(&mut self.late) {
            self.feed.entry(bucket).or_default().put(key, seq, thing);
        }
    }

    /// The places of ops that are parked or quarantined.
    pub fn parked(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.parked.values().flatten().copied().collect();
        all.sort_unstable();
        all
    }

    /// Writes what was made of an op.
    fn settle(&mut self, at: usize, verdict: Verdict) {
        let kept = &mut self.journal[at];
        kept.verdict = Some(verdict);
        if verdict.status.is_in_record() && kept.taken.is_none() {
            self.n_taken += 1;
            kept.taken = Some(self.n_taken);
        }
        let record = kept.op.as_ref().map_or("", |op| op.record.as_str());
        match (verdict.refusal, self.parked.get_mut(record)) {
            (Some(_), Some(parked)) => drop(parked.insert(at)),
            (Some(_), None) => drop(self.parked.insert(record.to_owned(), BTreeSet::from([at]))),
            (None, parked) => drop(parked.map(|parked| parked.remove(&at))),
        }
    }

    /// The op that is in a record under this id.
    pub fn applied(&self, dot: &Dot) -> Option<&Kept> {
        let places = self.numbers.get(dot)?;
        let mut kept = places.iter().map(|at| &self.journal[*at]);
        kept.find(|kept| kept.verdict.is_some_and(|verdict| verdict.status.is_in_record()))
    }
}

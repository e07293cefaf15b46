//! A device with its store in memory: outbox, what came down, marks, clock, identity.
//!
//! What is stored outlives a crash, what is not is gone. Invariant: an op is in the outbox before a person is told
//! that it is kept.

pub mod sync;
mod typing;

use crate::{
    Mutation,
    form::Sheet,
    thing::{Key, Thing},
    witness::{Excuse, Witness},
};
use lantoa_shared::{
    duty::Duty,
    map::Map,
    op::{Dot, Op},
    person::Person,
    record::Record,
    sync::{
        bucket,
        clock::Clock,
        device::Device,
        ledger::Case,
        outbox::OutboxRow,
        replica::Mark,
        view::{Waiting, compose},
    },
    wire::v1::RowKind,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A row with what its bytes say.
#[derive(Debug, Clone)]
pub struct Held {
    /// The row.
    pub row: OutboxRow,
    /// The op.
    pub op: Rc<Op>,
    /// Its place with the witness.
    pub place: usize,
}

/// What a device holds of a bucket: each thing with its version.
pub type Base = BTreeMap<Key, (u64, Thing)>;

/// A request that waits for its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its number; an answer to another is thrown away.
    pub id: u64,
    /// The rows that were sent.
    pub sent: Vec<OutboxRow>,
    /// When, by the device's own clock.
    pub asked: i64,
}

/// A device.
#[derive(Debug, Clone)]
pub struct Phone {
    // Stored.
    /// The store's id.
    pub device: String,
    /// Who is signed in.
    pub person: Rc<Person>,
    /// Who uses it.
    pub people: Vec<String>,
    /// The outbox by number.
    pub outbox: BTreeMap<u64, Held>,
    /// The number the store gives next.
    pub next_n: u64,
    /// What came down, by bucket.
    pub base: BTreeMap<String, Base>,
    /// What is known of each bucket.
    pub marks: Map<String, Mark>,
    /// The centre's epoch.
    pub epoch: String,
    /// What a backup covers.
    pub durable_seq: u64,
    /// What is known of the centre's clock.
    pub clock: Clock,
    // Not stored.
    /// The machine.
    pub machine: Device,
    /// The request under way.
    pub exchange: Option<Exchange>,
    /// Rows the centre keeps and could not judge yet.
    pub held_back: BTreeSet<u64>,
    /// Rows that are on screen and not written (a mutation).
    pub promised: Vec<Held>,
    /// Records as they are shown.
    views: BTreeMap<String, Record>,
    /// How many stored steps are left before the device stops.
    pub fuse: Option<u32>,
    /// How far its own clock is off, in milliseconds.
    pub clock_error: i64,
    /// What is broken in it.
    pub mutation: Option<Mutation>,
    /// How often what it held differed from what the centre says is there.
    pub n_differs: u64,
}

/// The device stopped between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl Phone {
    /// A new device.
    pub fn new(device: String, person: Rc<Person>) -> Self {
        Self {
            device,
            people: vec![person.id.clone()],
            person,
            outbox: BTreeMap::new(),
            next_n: 1,
            base: BTreeMap::new(),
            marks: Map::new(),
            epoch: String::new(),
            durable_seq: 0,
            clock: Clock::default(),
            machine: Device::new(),
            exchange: None,
            held_back: BTreeSet::new(),
            promised: Vec::new(),
            views: BTreeMap::new(),
            fuse: None,
            clock_error: 0,
            mutation: None,
            n_differs: 0,
        }
    }

    /// What is not stored is gone.
    pub fn stop(&mut self) {
        self.machine = Device::new();
        self.exchange = None;
        self.held_back.clear();
        self.promised.clear();
        if self.mutation != Some(Mutation::TwoTransactions) {
            self.views.clear();
        }
        self.fuse = None;
    }

    /// Another person signs in: what came down for the one before is not for this one.
    pub fn sign_in(&mut self, person: Rc<Person>) {
        if self.person.id != person.id {
            self.base.clear();
            self.marks = Map::new();
            self.stop();
        }
        self.person = person;
    }

    /// Whether ops are written some time after they are on screen.
    fn writes_late(&self) -> bool {
        matches!(self.mutation, Some(Mutation::AckBeforeOutbox | Mutation::TwoTransactions))
    }

    /// What is on screen and not written is written at last.
    pub fn write_promised(&mut self, witness: &mut Witness) {
        for held in std::mem::take(&mut self.promised) {
            let excuse = &mut witness.ops[held.place].excuse;
            *excuse = excuse.filter(|it| *it != Excuse::Untold);
            self.outbox.insert(held.row.n, held);
        }
    }

    /// A step that is stored lies behind; the device may stop here.
    fn step(&mut self) -> Result<(), Stopped> {
        if let Some(left) = &mut self.fuse {
            if *left == 0 {
                self.stop();
                return Err(Stopped);
            }
            *left -= 1;
        }
        Ok(())
    }

    /// The things of a kind, own units' first.
    pub fn things(&self, kind: RowKind) -> impl Iterator<Item = (&String, &Thing)> {
        let (first, last) = ((kind, String::new()), (kind, "\u{ffff}".to_owned()));
        let buckets = self.base.iter().rev();
        buckets.flat_map(move |(_, base)| {
            base.range(first.clone()..last.clone()).map(|((_, id), (_, thing))| (id, thing))
        })
    }

    /// The record as it came down; an own unit's is as fresh as can be.
    pub fn came_down(&self, id: &str) -> Option<&Rc<Record>> {
        let key = (RowKind::Record, id.to_owned());
        self.base.values().rev().find_map(|base| match base.get(&key) {
            Some((_, Thing::Record(record))) => Some(record),
            _ => None,
        })
    }

    /// Whether the record, as its own unit has it, contains an op; `None` if that did not come down.
    fn contains(&self, id: &str, dot: &Dot) -> Option<bool> {
        let key = (RowKind::Record, id.to_owned());
        let duty = self.duty(id)?;
        match self.base.get(&bucket::of_unit(&duty.unit))?.get(&key) {
            Some((_, Thing::Record(record))) => Some(record.has_seen(dot)),
            _ => None,
        }
    }

    /// The person signed in holds other roles now.
    pub fn learn(&mut self, person: Rc<Person>) {
        self.person = person;
        self.views.clear();
    }

    /// What a record fulfils.
    pub fn duty(&self, id: &str) -> Option<Rc<Duty>> {
        let key = (RowKind::Duty, id.to_owned());
        self.base.values().rev().find_map(|base| match base.get(&key) {
            Some((_, Thing::Duty(duty))) => Some(Rc::clone(duty)),
            _ => None,
        })
    }

    /// Whether it has the form in this version.
    pub fn knows(&self, version: u32) -> bool {
        let key = (RowKind::Form, format!("F.{version}"));
        self.base.get(bucket::PUB).is_some_and(|base| base.contains_key(&key))
    }

    /// A record as it is shown: what came down with what waits folded in.
    pub fn view(&mut self, duty: &Duty) -> &mut Record {
        let id = duty.id();
        if !self.views.contains_key(&id) {
            let view = self.compose(&id, duty);
            self.views.insert(id.clone(), view);
        }
        self.views.get_mut(&id).expect("it was just put there")
    }

    fn compose(&self, id: &str, duty: &Duty) -> Record {
        let empty = Record::new(id);
        let base = self.came_down(id).map_or(&empty, Rc::as_ref);
        let of_this = self
            .outbox
            .values()
            .chain(&self.promised)
            .filter(|held| held.op.record == id && !held.row.is_laid_aside);
        let waiting: Vec<Waiting> = of_this
            .map(|Held { row, op, .. }| (row.dot(&self.device), row.verdict, op))
            .filter(|(dot, _, _)| !base.has_seen(dot))
            .map(|(dot, verdict, op)| Waiting { dot, op: Op::clone(op), verdict })
            .collect();
        compose(base, &waiting, &self.case(duty))
    }

    /// Whether the record as it is shown is what its two sources make.
    pub fn is_view_true(&self, id: &str) -> bool {
        let (Some(view), Some(duty)) = (self.views.get(id), self.duty(id)) else { return true };
        *view == self.compose(id, &duty)
    }

    fn case<'a>(&'a self, duty: &'a Duty) -> Case<'a, Sheet> {
        Case {
            duty,
            line: crate::centre::line(),
            person: &self.person,
            content: Sheet { version: duty.form_version },
            received_at: None,
        }
    }
}

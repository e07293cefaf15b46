//! What the office does: units, people, duties, forms, devices, backups.

use super::{Centre, Docket};
use crate::thing::Thing;
use lantoa_shared::{
    date::date,
    duty::Duty,
    period::{Period, PeriodKind},
    person::{Membership, Person, Role},
    record::Record,
    sync::{
        bucket::{self, of_area, of_unit},
        feed::{count_on_from, durable},
    },
    wire::v1::RowKind,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

impl Centre {
    /// A centre that was just set up.
    pub fn set_up() -> Self {
        let mut centre = Self {
            epoch: "e1".into(),
            seq: 0,
            durable_seq: 0,
            journal: Vec::new(),
            dockets: BTreeMap::new(),
            feed: BTreeMap::new(),
            people: BTreeMap::new(),
            recipients: BTreeMap::new(),
            ever_in: BTreeSet::new(),
            revoked: BTreeSet::new(),
            allowed: BTreeSet::new(),
            form: 0,
            numbers: HashMap::new(),
            unjudged: Vec::new(),
            parked: BTreeMap::new(),
            changed: BTreeSet::new(),
            heard_above: BTreeSet::new(),
            n_taken: 0,
            late: Vec::new(),
            is_late: false,
            is_last_writer: false,
            n_merged: 0,
            n_again: 0,
        };
        centre.publish_form(1);
        centre
    }

    /// Publishes a version of the form.
    pub fn publish_form(&mut self, version: u32) {
        self.form = self.form.max(version);
        self.put(bucket::PUB, (RowKind::Form, format!("F.{version}")), Some(Thing::Form));
    }

    /// Shuts a device out, or lets one in again that is.
    pub fn shut_out_or_in(&mut self, device: &str) {
        if self.revoked.remove(device) {
            self.allowed.insert(device.to_owned());
        } else {
            self.allowed.remove(device);
            self.revoked.insert(device.to_owned());
        }
    }

    /// Gives an account the roles it holds from now on.
    pub fn employ(&mut self, id: &str, memberships: &[(&str, Role)]) {
        let of = |(unit, role): &(&str, Role)| Membership { unit: (*unit).to_owned(), role: *role };
        let memberships: Vec<Membership> = memberships.iter().map(of).collect();
        self.ever_in.extend(memberships.iter().map(|it| (id.to_owned(), it.unit.clone())));
        let person = Person { id: id.into(), account: id.into(), name: id.into(), memberships };
        self.people.insert(id.to_owned(), Rc::new(person));
    }

    /// Makes a duty of a unit for a year, in a version of the form; keeps the one that is there.
    pub fn owe(&mut self, unit: &str, year: i16, form_version: u32) {
        let Some(recipient) = self.recipients.get(unit).cloned() else { return };
        let duty = Duty {
            unit: unit.to_owned(),
            form: "F".into(),
            form_version,
            period: Period { year, kind: PeriodKind::Year },
            due: date(year, 12, 16),
            recipient,
            entry: None,
        };
        let id = duty.id();
        if self.dockets.contains_key(&id) {
            return;
        }
        let record = Rc::new(Record::new(&id));
        self.dockets.insert(id.clone(), Docket { duty: Rc::new(duty), record, sent: None });
        self.put_duty(&id);
    }

    /// Moves a unit under another recipient, with all that it owes and has sent.
    pub fn move_unit(&mut self, unit: &str, recipient: &str) {
        let Some(old) = self.recipients.insert(unit.to_owned(), recipient.to_owned()) else { return };
        if old == recipient {
            return;
        }
        let (old, new) = (of_area(&old), of_area(recipient));
        let ids: Vec<String> =
            self.dockets.iter().filter(|(_, it)| it.duty.unit == unit).map(|(id, _)| id.clone()).collect();
        for id in ids {
            let Some(docket) = self.dockets.get_mut(&id) else { continue };
            Rc::make_mut(&mut docket.duty).recipient = recipient.to_owned();
            let sent = docket.sent.clone().map(Thing::Record);
            self.put(&old, (RowKind::Duty, id.clone()), None);
            self.put(&old, (RowKind::Record, id.clone()), None);
            self.put(&new, (RowKind::Record, id.clone()), sent);
            self.put_duty(&id);
            let parked: Vec<usize> = self.parked.get(&id).into_iter().flatten().copied().collect();
            for at in parked {
                let key = (RowKind::Parked, self.journal[at].dot.to_string());
                self.put(&old, key, None);
                self.list(at, self.journal[at].verdict);
            }
        }
    }

    fn put_duty(&mut self, id: &str) {
        let Some(docket) = self.dockets.get(id) else { return };
        let duty = Rc::clone(&docket.duty);
        for bucket in [of_unit(&duty.unit), of_area(&duty.recipient)] {
            self.put(&bucket, (RowKind::Duty, id.to_owned()), Some(Thing::Duty(Rc::clone(&duty))));
        }
    }

    /// A backup; `is_verified`: it was read back, so devices may rely on it.
    pub fn back_up(&mut self, is_verified: bool) -> Self {
        // What is in a transaction is in no backup.
        self.show_late();
        let copy = self.clone();
        if is_verified {
            self.durable_seq = self.durable_seq.max(copy.has_verdicts_up_to());
        }
        copy
    }

    fn has_verdicts_up_to(&self) -> u64 {
        let first = self.journal.iter().find(|kept| kept.verdict.is_none());
        durable(self.seq, first.map(|kept| kept.seq))
    }

    /// The centre as a restore from this copy makes it: another epoch, numbers that none of the lost ones were.
    pub fn restored(copy: &Self, epoch: usize) -> Self {
        let mut centre = copy.clone();
        centre.epoch = format!("e{epoch}");
        centre.durable_seq = centre.has_verdicts_up_to();
        centre.seq = count_on_from(centre.seq);
        centre
    }
}

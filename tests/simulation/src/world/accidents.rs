//! What befalls the world: stops, copies, thefts, moves, backups and restores.

use super::{File, Mail, World};
use crate::{
    centre::Centre,
    feed::Feed,
    phone::{Held, Phone, sync::Reply},
    witness::Excuse,
};
use lantoa_shared::{
    person::Role,
    sync::{
        anew::{carried, is_same_act},
        device::has_more,
        feed::is_reading,
        outbox::OutboxRow,
        rescue::{Rescue, RescuedOp},
    },
};
use std::rc::Rc;

/// Most devices there are, copies included.
const MOST_DEVICES: usize = 24;

impl World {
    /// Something befalls somebody.
    pub(super) fn befall(&mut self) {
        let at = self.chance.below(self.phones.len());
        match self.chance.below(100) {
            0..20 => {
                self.phones[at].stop();
                self.tally.stops += 1;
            }
            // The centre stops and starts: what was received and not judged is judged now.
            20..32 => {
                self.pending.clear();
                self.centre.catch_up(self.now);
                self.centre.judge_everything_again(self.now);
            }
            32..42 => self.change_hands(at),
            42..48 => self.phones[at].clock_error = self.chance.around(3 * 86_400_000),
            48..51 => self.move_somebody(),
            51..53 => self.poison(),
            53 => self.forget_gone(),
            54..60 => self.take_or_give_a_role(),
            60..64 => {
                self.centre.publish_form(2);
                let unit = self.chance.pick(&self.units).clone();
                self.years += 1;
                self.centre.owe(&unit, self.years, 2);
            }
            64..74 => {
                let is_verified = self.chance.percent(80);
                let copy = self.centre.back_up(is_verified);
                // Nobody restores what is older than what devices were told to rely on.
                if is_verified {
                    self.copies.clear();
                }
                self.copies.push(copy);
            }
            74..79 => self.restore(),
            79..84 => self.copy_a_device(at),
            84..87 => self.evict(at),
            87..89 => self.centre.shut_out_or_in(&self.phones[at].device),
            89..95 => self.write_file(at),
            _ => self.open_file(at),
        }
    }

    /// What is gone is remembered for longer than anybody takes to read a bucket to its end.
    fn forget_gone(&mut self) {
        let mut marks = self.phones.iter().flat_map(|phone| phone.marks.values());
        let is_on_its_way = |mail: &Mail| match mail {
            Mail::Down(_, _, Reply::Pull(answer)) => has_more(answer),
            _ => false,
        };
        if !marks.any(|mark| is_reading(mark.cursor)) && !self.mail.iter().any(is_on_its_way) {
            self.centre.feed.values_mut().for_each(Feed::forget_gone);
        }
    }

    fn change_hands(&mut self, at: usize) {
        let people = self.phones[at].people.clone();
        let person = self.chance.pick(&people).clone();
        let person = Rc::clone(&self.centre.people[&person]);
        self.phones[at].sign_in(person);
    }

    fn move_somebody(&mut self) {
        let unit = self.chance.pick(&self.units).clone();
        let recipient = format!("R{}", self.chance.below(2));
        self.centre.move_unit(&unit, &recipient);
    }

    fn take_or_give_a_role(&mut self) {
        let person = format!("q{}", self.chance.below(self.units.len()));
        let unit = self.chance.pick(&self.units).clone();
        let memberships: &[(&str, Role)] =
            if self.chance.percent(25) { &[] } else { &[(&unit, Role::Preparer)] };
        self.centre.employ(&person, memberships);
        self.learn_roles();
        if self.chance.percent(50) {
            self.centre.judge_everything_again(self.now);
        }
    }

    /// Who is signed in learns the own roles with the next page; here at once.
    pub(crate) fn learn_roles(&mut self) {
        for phone in &mut self.phones {
            phone.learn(Rc::clone(&self.centre.people[&phone.person.id]));
        }
    }

    fn restore(&mut self) {
        self.pending.clear();
        self.epochs += 1;
        self.tally.restores += 1;
        let copy = self.chance.pick(&self.copies).clone();
        let before = crate::check::places(self, None);
        self.centre = Centre::restored(&copy, self.epochs);
        // Two disasters: its device is gone, and so is the centre that alone had it.
        let after = crate::check::places(self, None);
        for place in before.difference(&after) {
            let kept = &mut self.witness.ops[*place];
            if kept.is_wiped {
                kept.excuse.get_or_insert(Excuse::Evicted);
            }
        }
        self.copies = vec![self.centre.clone()];
        self.centre.catch_up(self.now);
        self.learn_roles();
    }

    fn copy_a_device(&mut self, at: usize) {
        if self.phones.len() < MOST_DEVICES {
            let mut copy: Phone = self.phones[at].clone();
            copy.stop();
            self.phones.push(copy);
        }
    }

    /// The browser takes the storage away; what was nowhere else is lost, and may be.
    fn evict(&mut self, at: usize) {
        let elsewhere = crate::check::places(self, Some(at));
        for held in self.phones[at].outbox.values() {
            self.witness.ops[held.place].is_wiped = true;
            if !elsewhere.contains(&held.place) {
                self.witness.ops[held.place].excuse.get_or_insert(Excuse::Evicted);
            }
        }
        let (device, old) = (self.fresh_device(), &self.phones[at]);
        let mut phone = Phone::new(device, Rc::clone(&old.person));
        phone.people.clone_from(&old.people);
        phone.mutation = old.mutation;
        // What no other device shows any more is, for its author, at the centre only.
        self.phones[at] = phone;
    }

    fn write_file(&mut self, at: usize) {
        let Phone { device, outbox, person, epoch, .. } = &self.phones[at];
        let own = outbox.values().filter(|held| held.row.person == person.id && held.row.verdict.is_none());
        let ops = own.map(|held| RescuedOp { dot: held.row.dot(device), body: held.row.body.clone() });
        let rescue = Rescue {
            made_at: self.now,
            epoch: epoch.clone(),
            person: person.id.clone(),
            account: person.id.clone(),
            name: person.id.clone(),
            unit: String::new(),
            ops: ops.collect(),
            ..Rescue::default()
        };
        if !rescue.ops.is_empty() {
            self.files.push(File { person: person.id.clone(), text: rescue.write() });
        }
    }

    /// Somebody opens a file: its ops wait here too, under the ids they were made with.
    pub(crate) fn open_file(&mut self, at: usize) {
        let person = self.phones[at].person.id.clone();
        let Some(found) = self.files.iter().position(|file| file.person == person) else { return };
        let File { text, .. } = self.files.swap_remove(found);
        let Ok(rescue) = Rescue::read(&text, &person) else { return };
        let fresh = self.fresh_device();
        let phone = &mut self.phones[at];
        let held: Vec<OutboxRow> = phone.outbox.values().map(|held| held.row.clone()).collect();
        let places: Vec<usize> =
            rescue.ops.iter().filter_map(|op| self.witness.place(&op.dot, &op.body)).collect();
        for row in carried(&rescue, &phone.epoch, &held, &phone.device, &fresh) {
            let n = phone.next_n;
            phone.next_n += 1;
            let is_this = |place: &&usize| {
                let made = serde_json::to_string(&*self.witness.ops[**place].op);
                made.is_ok_and(|made| is_same_act(&made, &row.body))
            };
            let Some(place) = places.iter().find(is_this).copied() else { continue };
            let Ok(op) = serde_json::from_str(&row.body).map(Rc::new) else { continue };
            self.witness.rename(place, &row.dot(&phone.device), &row.body);
            phone.outbox.insert(n, Held { row: OutboxRow { n, ..row }, op, place });
        }
        phone.stop();
    }
}

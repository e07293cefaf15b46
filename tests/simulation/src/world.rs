//! The world: who is where, what is on its way, what happens next.

mod accidents;
mod poison;

use crate::{
    Failure, Mutation, Settings,
    centre::Centre,
    chance::Chance,
    phone::{
        Phone,
        sync::{Reply, Request},
    },
    tally::Tally,
    witness::Witness,
};
use lantoa_shared::{person::Role, sync::device::Input};
use std::rc::Rc;

/// Something on its way.
#[derive(Debug, Clone)]
pub enum Mail {
    /// To the centre: which device, which exchange, whose session.
    Up(usize, u64, String, Request),
    /// To a device.
    Down(usize, u64, Reply),
}

/// A push that is kept and not judged yet.
#[derive(Debug, Clone)]
pub struct Pending {
    to: usize,
    exchange: u64,
    person: String,
    places: Vec<usize>,
}

/// A file somebody carries: whose, and its text.
pub struct File {
    /// The person.
    pub person: String,
    /// The text.
    pub text: String,
}

/// The world.
pub struct World {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The centre.
    pub centre: Centre,
    /// The devices.
    pub phones: Vec<Phone>,
    /// What is on its way.
    pub mail: Vec<Mail>,
    /// Rescue files.
    pub files: Vec<File>,
    /// Who saw everything.
    pub witness: Witness,
    /// What is counted.
    pub tally: Tally,
    /// Chance.
    pub chance: Chance,
    pub(crate) settings: Settings,
    pending: Vec<Pending>,
    copies: Vec<Centre>,
    exchanges: u64,
    devices: u64,
    epochs: usize,
    page: usize,
    units: Vec<String>,
    years: i16,
}

/// 1 November 2026.
const BEGIN: i64 = 1_793_491_200_000;

impl World {
    /// The world of a seed.
    pub fn new(seed: u64, settings: Settings) -> Self {
        let mut chance = Chance::new(seed);
        let mut centre = Centre::set_up();
        let units: Vec<String> = (0..(settings.devices / 4).max(2)).map(|at| format!("U{at}")).collect();
        let mut people = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            centre.recipients.insert(unit.clone(), format!("R{}", at % 2));
            let (preparer, second, head) = (format!("p{at}"), format!("q{at}"), format!("h{at}"));
            centre.employ(&preparer, &[(unit, Role::Preparer)]);
            centre.employ(&second, &[(unit, Role::Preparer)]);
            centre.employ(&head, &[(unit, Role::Head)]);
            people.extend([preparer, head, second]);
            if at < 2 {
                let reviewer = format!("r{at}");
                centre.employ(&reviewer, &[(&format!("R{at}"), Role::Reviewer)]);
                people.push(reviewer);
            }
            for year in 2026..=2027 {
                centre.owe(unit, year, 1);
            }
        }
        centre.is_late = settings.mutation == Some(Mutation::BareSequence);
        centre.show_late();
        centre.is_late = false;
        centre.is_last_writer = settings.mutation == Some(Mutation::LastWriterWins);
        // The first backup is that of the empty house.
        let first = centre.back_up(true);
        let page = *chance.pick(&[3, 8, 30, 500]);
        let mut world = Self {
            now: BEGIN,
            centre,
            phones: Vec::new(),
            mail: Vec::new(),
            files: Vec::new(),
            witness: Witness::default(),
            tally: Tally { histories: 1, ..Tally::default() },
            chance,
            settings,
            pending: Vec::new(),
            copies: vec![first],
            exchanges: 0,
            devices: 0,
            epochs: 1,
            page,
            units,
            years: 2027,
        };
        for at in 0..settings.devices {
            let device = world.fresh_device();
            let person = Rc::clone(&world.centre.people[&people[at % people.len()]]);
            let mut phone = Phone::new(device, person);
            phone.mutation = settings.mutation;
            // Some are shared by two people.
            if world.chance.percent(20) {
                phone.people.push(people[(at + 1) % people.len()].clone());
            }
            if world.chance.percent(30) {
                phone.clock_error = world.chance.around(3 * 86_400_000);
            }
            world.phones.push(phone);
        }
        world
    }

    pub(crate) fn fresh_device(&mut self) -> String {
        self.devices += 1;
        format!("d{}", self.devices)
    }

    /// The next thing happens.
    ///
    /// # Errors
    /// What must not happen.
    pub fn happen(&mut self) -> Result<(), Failure> {
        self.now += match self.chance.below(100) {
            0 => 86_400_000,
            1..=5 => 3_600_000,
            _ => 1_000 + i64::from(self.chance.number() % 20_000),
        };
        match self.chance.below(100) {
            0..42 => self.deliver()?,
            42..66 => {
                let at = self.chance.below(self.phones.len());
                let done = self.phones[at].work(self.now, &mut self.chance, &mut self.witness);
                if done > 0 && self.phones[at].exchange.is_none() {
                    self.drive(at, Input::Typed);
                }
            }
            66..92 => {
                let at = self.chance.below(self.phones.len());
                self.pass_time(at);
            }
            92..94 => {
                let at = self.chance.below(self.phones.len());
                self.phones[at].attend(self.now, &mut self.chance, &mut self.witness);
            }
            94..96 => self.judge_pending(),
            _ => self.befall(),
        }
        Ok(())
    }

    /// Time passes on a device: a request is given up, or the machine's pause is over.
    fn pass_time(&mut self, at: usize) {
        let phone = &mut self.phones[at];
        phone.write_promised(&mut self.witness);
        if phone.exchange.is_some() {
            if self.chance.percent(25) {
                self.phones[at].exchange = None;
                self.drive(at, Input::Failed);
            }
            return;
        }
        let input = if self.chance.percent(20) { Input::Wake } else { Input::PauseOver { unsent: false } };
        self.drive(at, input);
    }

    /// Something happened to a device's machine; what it wants to send goes on its way.
    pub(crate) fn drive(&mut self, at: usize, input: Input) {
        self.exchanges += 1;
        let fresh = self.fresh_device();
        self.phones[at].mend_copy(&fresh, &mut self.witness);
        let (phone, jitter) = (&mut self.phones[at], self.chance.number());
        if let Some(request) = phone.follow(input, jitter, self.exchanges, self.now) {
            self.mail.push(Mail::Up(at, self.exchanges, phone.person.id.clone(), request));
        }
    }

    /// One piece of mail arrives, or is lost, or arrives and will arrive again.
    fn deliver(&mut self) -> Result<(), Failure> {
        if self.mail.is_empty() {
            return Ok(());
        }
        let at = self.chance.below(self.mail.len());
        let mail = self.mail.swap_remove(at);
        match self.chance.below(100) {
            0..8 => return Ok(()),
            8..13 => self.mail.push(mail.clone()),
            _ => {}
        }
        let mail = if self.chance.percent(1) { self.damaged(mail) } else { mail };
        self.arrive(mail, true)
    }

    /// A piece of mail arrives.
    pub(crate) fn arrive(&mut self, mail: Mail, may_wait: bool) -> Result<(), Failure> {
        match mail {
            Mail::Up(to, exchange, person, Request::Push(request)) => {
                let places = self.centre.keep(&person, &request, self.now);
                if let Some(receipt) = self.centre.receipt(&request, self.now) {
                    self.mail.push(Mail::Down(to, exchange, Reply::Push(receipt)));
                    return Ok(());
                }
                if may_wait && self.chance.percent(15) {
                    self.pending.push(Pending { to, exchange, person, places });
                } else {
                    self.judge(Pending { to, exchange, person, places });
                }
            }
            Mail::Up(to, exchange, person, Request::Pull(request)) => {
                let answer = self.centre.answer_pull(&person, &request, self.page, self.now);
                crate::check::nothing_leaks(self, &person, &answer)?;
                self.mail.push(Mail::Down(to, exchange, Reply::Pull(answer)));
            }
            Mail::Down(to, exchange, reply) => {
                if self.phones[to].exchange.as_ref().is_none_or(|it| it.id != exchange) {
                    return Ok(());
                }
                let fresh = self.fresh_device();
                if may_wait && self.chance.percent(4) {
                    self.phones[to].fuse = Some(self.chance.number() % 3);
                }
                let phone = &mut self.phones[to];
                let taken = phone.take(reply, self.now, &fresh, &mut self.witness);
                phone.fuse = None;
                match taken {
                    Ok(input) => self.drive(to, input),
                    Err(_) => self.tally.stops += 1,
                }
            }
        }
        Ok(())
    }

    fn judge(&mut self, push: Pending) {
        self.centre.show_late();
        self.centre.is_late =
            self.settings.mutation == Some(Mutation::BareSequence) && self.chance.percent(30);
        let answer = self.centre.judge_push(&push.person, &push.places, self.now);
        self.centre.is_late = false;
        self.mail.push(Mail::Down(push.to, push.exchange, Reply::Push(answer)));
    }

    pub(crate) fn judge_pending(&mut self) {
        for push in std::mem::take(&mut self.pending) {
            self.judge(push);
        }
        self.centre.show_late();
    }

    /// A hash of all there is.
    pub fn hash(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hash = DefaultHasher::new();
        self.tally.hash(&mut hash);
        self.now.hash(&mut hash);
        for kept in &self.centre.journal {
            (kept.seq, &kept.body, kept.taken).hash(&mut hash);
            format!("{:?}", kept.verdict).hash(&mut hash);
        }
        for docket in self.centre.dockets.values() {
            serde_json::to_string(&*docket.record).unwrap_or_default().hash(&mut hash);
        }
        for phone in &self.phones {
            (&phone.device, &phone.epoch, phone.next_n).hash(&mut hash);
            format!("{:?}", phone.marks).hash(&mut hash);
            phone.outbox.values().for_each(|held| held.row.body.hash(&mut hash));
        }
        hash.finish()
    }
}

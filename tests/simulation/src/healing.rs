//! The end of all accidents: the network holds, everybody signs in, and within bounded rounds nothing waits.

use crate::{Failure, world::World};
use lantoa_shared::sync::{admission::PATIENCE, device::Input};
use std::rc::Rc;

/// Most rounds in which everybody syncs once.
const ROUNDS: usize = 8;
/// Most exchanges of one device in one round.
const EXCHANGES: usize = 4_000;

impl World {
    /// Heals the world.
    ///
    /// # Errors
    /// [`Failure::Stuck`] if something still waits after the last round.
    pub fn heal(&mut self) -> Result<(), Failure> {
        self.mail.clear();
        self.judge_pending();
        self.centre.catch_up(self.now);
        for phone in &mut self.phones {
            phone.stop();
        }
        for round in 0..ROUNDS {
            self.centre.judge_everything_again(self.now);
            if round == ROUNDS - 4 {
                self.now += PATIENCE;
                self.centre.catch_up(self.now);
            }
            if round == ROUNDS - 2 {
                // A backup has all of it now, so everything that is in a record may leave the devices.
                self.centre.back_up(true);
            }
            for at in 0..self.phones.len() {
                let people = self.phones[at].people.clone();
                for person in people {
                    let person = Rc::clone(&self.centre.people[&person]);
                    self.phones[at].sign_in(person);
                    self.sync(at)?;
                }
            }
        }
        for phone in &self.phones {
            for held in phone.outbox.values().map(|held| &held.row) {
                if held.verdict.is_none() || held.is_in_record() || held.is_cloned() || held.is_laid_aside {
                    let (dot, person) = (held.dot(&phone.device), &held.person);
                    let verdict = held.verdict;
                    return Err(Failure::Stuck(format!(
                        "op {dot} of {person} stays in the outbox of {} with {verdict:?}, seq {:?}, durable {}",
                        phone.device, held.seq, phone.durable_seq
                    )));
                }
            }
        }
        Ok(())
    }

    /// One device syncs until its machine wants to wait.
    fn sync(&mut self, at: usize) -> Result<(), Failure> {
        self.now += 1_000;
        self.drive(at, Input::Wake);
        for _ in 0..EXCHANGES {
            let Some(mail) = self.mail.pop() else { return Ok(()) };
            self.now += 100;
            self.arrive(mail, false)?;
        }
        Err(Failure::Stuck(format!("device {} talks without an end", self.phones[at].device)))
    }
}

//! Sends what waits: ops, then the bytes of files they name.

use super::{
    driver::{Driver, input_of},
    rare::{self, Rare},
    tabs::Happened,
};
use crate::{
    api, browser,
    store::{Contact, Identity, OutboxRow, StoreTrouble},
};
use lantoa_shared::sync::{anew, device::Input, outbox};
use std::{cell::Cell, rc::Rc};

/// How many ops go up at once over a weak line.
const FEW: usize = 20;

impl Driver {
    /// Whether anything could be sent: ops, or the bytes of a file that could not go up with them.
    pub(super) async fn has_unsent(&self) -> bool {
        self.unsent().await.is_ok_and(|rows| !rows.is_empty())
            || self.store.uploads().await.is_ok_and(|files| !files.is_empty())
    }

    /// Sends the oldest waiting ops.
    pub(super) async fn push(&mut self) -> Input {
        let input = match self.try_push().await {
            Ok(input) => input,
            Err(trouble) => self.could_not_keep(trouble).await,
        };
        self.tell_what_came(input);
        input
    }

    async fn try_push(&mut self) -> Result<Input, StoreTrouble> {
        self.note_verdicts(Vec::new(), &self.store.identity().await?.device).await?;
        let (mut identity, mut held) = self.store.outbox_of_device().await?;
        // Nothing goes up under a number that may be another's.
        if anew::is_copy(held.iter()) {
            if !self.part_from_copy().await? {
                return Ok(Input::Failed);
            }
            (identity, held) = self.store.outbox_of_device().await?;
        }
        let mut rows = self.unsent_of(&identity, held);
        let mut left = rows.len();
        rows.truncate(self.at_once);
        if browser::is_line_weak() {
            // What is small arrives before the line is gone again; files wait until all of it is up in any case.
            rows.truncate(FEW);
        }
        if !rows.is_empty() {
            self.tell(Happened::Sending { done: 0, total: rows.len() });
            let contact = self.store.contact().await?;
            let (request, sent) = outbox::compose_push(&contact.epoch, &identity.device, rows);
            let asked = browser::now();
            let answer = match api::push(&request).await {
                Ok(answer) => answer,
                Err(trouble) => {
                    if trouble != api::Trouble::TooLarge {
                        return Ok(input_of(&trouble));
                    }
                    // Half of it goes next. One op that is too large by itself waits for its author, and holds up no
                    // other.
                    self.at_once = sent.len() / 2;
                    if self.at_once == 0 {
                        self.at_once = usize::MAX;
                        let too_large = Rare::TooLarge { rows: sent, device: identity.device };
                        if !rare::happen(&self.store, too_large).await? {
                            return Ok(Input::Failed);
                        }
                        self.tell(Happened::Judged);
                    }
                    return Ok(Input::Pushed { unsent: 1 });
                }
            };
            if self.store.identity().await? != identity {
                // What was sent lies under other names by now; the centre will know it when it comes again.
                return Ok(Input::Pushed { unsent: 1 });
            }
            let times = (asked, browser::now());
            let heard =
                self.hear(&identity, contact, times, &answer.epoch, answer.server_time, answer.durable_seq);
            let Some((contact, is_restored)) = heard.await? else { return Ok(Input::Failed) };
            if is_restored {
                // What was sent is offered once more, behind what the centre took before.
                return Ok(Input::Pushed { unsent: self.unsent().await?.len() });
            }
            // Should it fail, it is read again from the next answer.
            let _ = self.store.set_contact(&contact, &identity.device).await;
            let (judged, held_back) = outbox::take_answer(sent, &identity.device, &answer);
            self.held_back.extend(held_back.iter().map(|row| row.n));
            left -= judged.len() + held_back.len();
            self.note_verdicts(judged, &identity.device).await?;
            if answer.rotate_device {
                if !self.part_from_copy().await? {
                    return Ok(Input::Failed);
                }
                left = self.unsent().await?.len();
            }
            self.has_verdicts |= self.unnoted.1.is_empty();
        }
        if left == 0 && !self.store.uploads().await?.is_empty() {
            let ended = Rc::new(Cell::new(None));
            let sending = Rare::Files { of: identity, ended: Rc::clone(&ended) };
            let is_any = rare::happen(&self.store, sending).await?;
            if is_any {
                self.tell(Happened::Judged);
            }
            if let Some(input) = ended.get() {
                return Ok(input);
            }
        }
        Ok(Input::Pushed { unsent: left })
    }

    /// Notes verdicts. A device that has no room for them still sends what comes after, and does not send these again.
    async fn note_verdicts(&mut self, judged: Vec<OutboxRow>, device: &str) -> Result<(), StoreTrouble> {
        let (of, unnoted) = &mut self.unnoted;
        if of != device {
            // Under another id, the same number may be another op's.
            (*of, *unnoted) = (device.to_owned(), Vec::new());
        }
        unnoted.extend(judged);
        match self.store.note_verdicts(unnoted, device).await {
            Err(StoreTrouble::Full) => {
                self.held_back.extend(unnoted.iter().map(|row| row.n));
                self.tell(Happened::StoreFull);
            }
            noted => {
                noted?;
                unnoted.clear();
            }
        }
        Ok(())
    }

    /// Takes in when and from which database the centre answered. Returns what is known of it now, and whether that
    /// is another database than before; `None` if what is to be done then has to wait.
    pub(super) async fn hear(
        &mut self,
        identity: &Identity,
        contact: Contact,
        (asked, answered): (i64, i64),
        epoch: &str,
        server_time: i64,
        durable_seq: u64,
    ) -> Result<Option<(Contact, bool)>, StoreTrouble> {
        let before = contact.durable_seq;
        let is_restored = !contact.epoch.is_empty() && contact.epoch != epoch;
        let epoch = epoch.to_owned();
        let mut contact = Contact { epoch, at: Some(answered), durable_seq, is_signed_out: false, ..contact };
        contact.clock.hear(asked, answered, server_time);
        // By the centre's clock, as everything that is shown.
        contact.at = Some(contact.clock.right(answered));
        (self.line.last_contact, self.line.clock) = (contact.at, contact.clock);
        if is_restored {
            let epoch = Rare::Epoch { contact: contact.clone(), device: identity.device.clone() };
            if !rare::happen(&self.store, epoch).await? {
                return Ok(None);
            }
            self.held_back.clear();
            self.tell(Happened::Session);
        }
        self.is_backup_newer |= durable_seq != before && !self.is_first;
        Ok(Some((contact, is_restored)))
    }

    /// Ops of the person signed in that have no verdict yet.
    pub(super) async fn unsent(&self) -> Result<Vec<OutboxRow>, StoreTrouble> {
        let (identity, rows) = self.store.outbox_of_device().await?;
        Ok(self.unsent_of(&identity, rows))
    }

    fn unsent_of(&self, identity: &Identity, rows: Vec<OutboxRow>) -> Vec<OutboxRow> {
        let person = identity.person.as_ref().map(|person| person.id.as_str());
        person.map_or_else(Vec::new, |id| outbox::unsent(rows, id, |n| self.held_back.contains(&n)))
    }

    /// The centre has another op under a number of this store. Returns whether that could be mended.
    async fn part_from_copy(&mut self) -> Result<bool, StoreTrouble> {
        let is_done = rare::happen(&self.store, Rare::Copy).await?;
        if is_done {
            self.held_back.clear();
            self.tell(Happened::Session);
        }
        Ok(is_done)
    }
}

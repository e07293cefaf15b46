//! What a device sends, and what it makes of an answer, step by stored step.

use super::{Exchange, Held, Phone, Stopped};
use crate::{
    Mutation,
    thing::{Answer, Page, Thing},
    witness::Witness,
};
use lantoa_shared::{
    map::Map,
    op::Op,
    sync::{
        anew::{enter_epoch, is_copy, rotate},
        device::{Input, Step, compose_pull, has_more},
        outbox::{OutboxRow, compose_push, take_answer, unsent},
        replica::{STALE, take_in},
    },
    wire::v1::{PullRequest, PushAnswer, PushRequest, RowKind},
};
use std::rc::Rc;

/// What goes up.
#[derive(Debug, Clone)]
pub enum Request {
    /// Ops.
    Push(PushRequest),
    /// A question.
    Pull(PullRequest),
}

/// What comes down.
#[derive(Debug, Clone)]
pub enum Reply {
    /// To a push.
    Push(PushAnswer),
    /// To a pull.
    Pull(Answer),
}

impl Phone {
    /// Rows that the machine looks at, in their turn.
    fn unsent(&self) -> Vec<OutboxRow> {
        let rows = self.outbox.values().map(|held| held.row.clone()).collect();
        unsent(rows, &self.person.id, |n| self.held_back.contains(&n))
    }

    /// Whether anything waits.
    pub fn has_unsent(&self) -> bool {
        let rows = self.outbox.values().map(|held| &held.row);
        rows.filter(|row| row.is_unsent(&self.person.id)).any(|row| !self.held_back.contains(&row.n))
    }

    /// Feeds the machine, and composes the request it asks for.
    pub fn follow(&mut self, mut input: Input, jitter: u32, id: u64, now: i64) -> Option<Request> {
        if matches!(input, Input::Wake | Input::PauseOver { .. } | Input::SignedIn) {
            self.held_back.clear();
        }
        loop {
            if let Input::PauseOver { unsent } = &mut input {
                *unsent = self.has_unsent();
            }
            let asked = now + self.clock_error;
            match self.machine.on(input, jitter) {
                Step::Push => {
                    let rows = self.unsent();
                    if rows.is_empty() {
                        input = Input::Pushed { unsent: 0 };
                        continue;
                    }
                    let (request, sent) = compose_push(&self.epoch, &self.device, rows);
                    self.exchange = Some(Exchange { id, sent, asked });
                    return Some(Request::Push(request));
                }
                Step::Pull => {
                    let mut cursors = Map::new();
                    cursors.extend(self.marks.iter().map(|(name, mark)| (name.clone(), mark.cursor)));
                    self.exchange = Some(Exchange { id, sent: Vec::new(), asked });
                    return Some(Request::Pull(compose_pull(&self.epoch, &self.device, &cursors)));
                }
                _ => return None,
            }
        }
    }

    /// Takes an answer in. `fresh` is a new id, should the store be a copy.
    ///
    /// # Errors
    /// [`Stopped`] if it stopped between two steps.
    pub fn take(
        &mut self,
        reply: Reply,
        now: i64,
        fresh: &str,
        witness: &mut Witness,
    ) -> Result<Input, Stopped> {
        let Some(exchange) = self.exchange.take() else { return Ok(Input::Poked) };
        let answered = now + self.clock_error;
        match reply {
            Reply::Push(answer) => {
                self.clock.hear(exchange.asked, answered, answer.server_time);
                if self.enter(&answer.epoch, fresh, witness)? {
                    // What was sent under another epoch goes up once more, behind what is offered again.
                    return Ok(Input::Pushed { unsent: self.unsent().len() });
                }
                let (judged, held_back) = take_answer(exchange.sent, &self.device, &answer);
                self.held_back.extend(held_back.iter().map(|row| row.n));
                self.note(judged);
                self.step()?;
                self.durable_seq = self.durable_seq.max(answer.durable_seq);
                self.mend_copy(fresh, witness);
                self.step()?;
                Ok(Input::Pushed { unsent: self.unsent().len() })
            }
            Reply::Pull(answer) => {
                self.clock.hear(exchange.asked, answered, answer.server_time);
                self.enter(&answer.epoch, fresh, witness)?;
                for page in &answer.buckets {
                    self.apply(page);
                    self.step()?;
                }
                for name in &answer.drop {
                    self.base.remove(name);
                    self.marks.remove(name);
                    self.views.clear();
                }
                self.step()?;
                self.durable_seq = self.durable_seq.max(answer.durable_seq);
                let more = has_more(&answer);
                if !more {
                    self.settle();
                }
                Ok(Input::Pulled { more, frees: false })
            }
        }
    }

    /// Another epoch than before: what its copy may lack is offered again, all else is made anew, and everything is
    /// read anew. One transaction: what is judged under one epoch says nothing under the next. Returns whether it is
    /// another.
    fn enter(&mut self, epoch: &str, fresh: &str, witness: &mut Witness) -> Result<bool, Stopped> {
        let is_another = !self.epoch.is_empty() && self.epoch != epoch;
        epoch.clone_into(&mut self.epoch);
        if !is_another {
            return Ok(false);
        }
        let old = self.device.clone();
        self.make_anew(witness, |rows| (fresh.to_owned(), enter_epoch(rows, &old, fresh)));
        for (_, mark) in self.marks.iter_mut() {
            *mark = mark.anew();
        }
        self.durable_seq = 0;
        self.step()?;
        Ok(true)
    }

    /// Writes verdicts beside their ops.
    fn note(&mut self, judged: Vec<OutboxRow>) {
        for row in judged {
            let is_taken = row.is_in_record();
            if self.mutation == Some(Mutation::CheckpointPastRefusal) && !is_taken {
                self.outbox.remove(&row.n);
                continue;
            }
            if let Some(held) = self.outbox.get_mut(&row.n) {
                if !is_taken {
                    self.views.remove(&held.op.record);
                }
                // A person may have laid it aside meanwhile; else it is as it was sent.
                held.row = row;
            }
        }
    }

    /// Puts rows in the place of all that are held, under the store's id from then on.
    fn make_anew(
        &mut self,
        witness: &mut Witness,
        anew: impl FnOnce(Vec<OutboxRow>) -> (String, Vec<OutboxRow>),
    ) {
        let held: Vec<Held> = std::mem::take(&mut self.outbox).into_values().collect();
        let places: Vec<(usize, Rc<Op>)> =
            held.iter().map(|held| (held.place, Rc::clone(&held.op))).collect();
        let (device, rows) = anew(held.into_iter().map(|held| held.row).collect());
        self.device = device;
        for (row, (place, op)) in rows.into_iter().zip(places) {
            let op = serde_json::from_str::<Op>(&row.body).map_or(op, Rc::new);
            witness.rename(place, &row.dot(&self.device), &row.body);
            self.outbox.insert(row.n, Held { row, op, place });
        }
        self.views.clear();
    }

    /// Does what rows ask for that the centre said are a copy's: before anything more is sent.
    pub fn mend_copy(&mut self, fresh: &str, witness: &mut Witness) {
        if is_copy(self.outbox.values().map(|held| &held.row)) {
            let own = self.device.clone();
            self.make_anew(witness, |rows| rotate(rows, &own, fresh));
        }
    }

    /// One page of a bucket with its cursor, in one transaction.
    fn apply(&mut self, page: &Page) {
        let base = self.base.entry(page.name.clone()).or_default();
        let mark = self.marks.get(&page.name).copied();
        let intake = take_in(mark, page, |kind, id| base.get(&(kind, id.to_owned())).map(|(seq, _)| *seq));
        if intake.make_stale {
            base.values_mut().for_each(|(seq, _)| *seq = STALE);
        }
        for row in &page.rows {
            let key = (row.kind, row.id.clone());
            match &row.body {
                Some(thing) => drop(base.insert(key, (row.seq, thing.clone()))),
                None => drop(base.remove(&key)),
            }
            if matches!(row.kind, RowKind::Record | RowKind::Duty) {
                self.views.remove(&row.id);
            }
            if let Some(Thing::Verdict(judged)) = &row.body
                && let Ok(dot) = row.id.parse()
            {
                let own = &self.device;
                let held = self.outbox.values_mut().find(|held| held.row.dot(own) == dot);
                if let Some(held) = held {
                    held.row = held.row.clone().judged_again(judged);
                    self.views.remove(&held.op.record);
                }
            }
        }
        if intake.sweep {
            base.retain(|_, (seq, _)| *seq != STALE);
            self.views.clear();
        }
        self.n_differs += u64::from(intake.differs);
        self.marks.insert(page.name.clone(), intake.mark);
    }

    /// Removes what the record has and a backup covers.
    fn settle(&mut self) {
        let gone: Vec<u64> = self
            .outbox
            .values()
            .filter(|Held { row, op, .. }| {
                row.is_safe(self.durable_seq) && row.person == self.person.id && {
                    row.is_settled(self.contains(&op.record, &row.dot(&self.device)))
                }
            })
            .map(|held| held.row.n)
            .collect();
        for n in gone {
            if let Some(held) = self.outbox.remove(&n) {
                self.views.remove(&held.op.record);
            }
        }
    }
}

//! From the store to the signals: reads what changed and draws it.

use super::Engine;
use crate::prelude::*;
use crate::state::{cards, holdings::Holdings, report::are_written, session::Session};
use lantoa_shared::person::Person;
use std::{rc::Rc, sync::Arc};

impl Engine {
    /// Reads everything anew.
    pub async fn reload_all(self: &Rc<Self>) {
        match self.store.identity().await {
            Ok(identity) => {
                self.outbox.borrow_mut().device = identity.device;
                self.look_for_loss(identity.was.as_deref());
                let contact = self.store.contact().await.unwrap_or_default();
                self.note(|facts| {
                    facts.line.last_contact = contact.at;
                    facts.line.is_revoked = contact.is_revoked;
                    facts.line.is_signed_out |= contact.is_signed_out;
                    facts.line.clock = contact.clock;
                });
                let session =
                    identity.person.map_or(Session::SignedOut, |it| Session::SignedIn(Arc::new(it)));
                self.read_outbox().await;
                self.read_base(session.person().cloned(), true).await;
                if self.session.with_untracked(|before| *before != session) {
                    self.session.set(session);
                }
                self.redraw();
            }
            Err(trouble) => {
                self.trouble.set(Some(trouble));
                self.session.set(Session::SignedOut);
            }
        }
    }

    /// Reads anew what the centre sent.
    pub(super) async fn reload_base(self: &Rc<Self>, programme: bool) {
        self.read_outbox().await;
        self.read_base(self.person(), programme).await;
        self.counted.borrow_mut().clear();
        self.redraw();
        for report in self.on_screen() {
            report.reload().await;
        }
    }

    /// Reads the outbox anew, and after it the records on screen: what left it is in the record by then. Else the
    /// screen would lose an answer for a moment, and who types in that moment would not have seen it.
    pub async fn reload_outbox(self: &Rc<Self>) {
        self.read_outbox().await;
        self.redraw();
        for report in self.on_screen() {
            report.reload().await;
        }
    }

    async fn read_base(&self, person: Option<Arc<Person>>, programme: bool) {
        let read = async {
            let mut holdings = Holdings::clone(&self.holdings.get_untracked());
            if programme {
                holdings = holdings.with_programme(self.store.programme().await?);
                self.forms.borrow_mut().clear();
            }
            Ok(holdings.with_work(self.store.work().await?, person.as_deref()))
        };
        match read.await {
            Ok(holdings) => self.holdings.set(Arc::new(holdings)),
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }

    async fn read_outbox(&self) {
        loop {
            let before = self.outbox.borrow().changes();
            let read = async {
                let (rows, files) = (self.store.outbox().await?, self.store.uploads().await?);
                Ok((rows, files, self.store.all_remarks("").await?, self.store.recorders().await?))
            };
            match read.await {
                // Something was kept while the store was read: what was read may not have it.
                Ok(_) if self.outbox.borrow().changes() != before => {}
                Ok((rows, files, remarks, recorders)) => {
                    let mut outbox = self.outbox.borrow_mut();
                    outbox.fill(rows);
                    outbox.files = files;
                    outbox.recorders = recorders;
                    outbox.remarks.clear();
                    outbox.remarks.extend(remarks.into_iter().map(|(key, text)| (key, are_written(&text))));
                    return;
                }
                Err(trouble) => return self.trouble.set(Some(trouble)),
            }
        }
    }

    /// Draws the cards and the status anew.
    pub fn redraw(self: &Rc<Self>) {
        let Some(person) = self.person() else {
            self.duties.set(Arc::default());
            self.inbox.set(Arc::default());
            return self.count();
        };
        {
            let (outbox, progress) = (self.outbox.borrow(), self.progress.borrow());
            self.holdings.with_untracked(|holdings| {
                put(self.duties, cards::duties(holdings, &outbox, &person, &progress));
                put(self.inbox, cards::inbox(holdings, &outbox, &person));
                let waiting = cards::entries_waiting(holdings, &outbox, &person);
                if self.entries_waiting.get_untracked() != waiting {
                    self.entries_waiting.set(waiting);
                }
            });
        }
        self.count();
        self.count_progress();
        self.drawn.update(|drawn| *drawn += 1);
    }
}

/// Sets a signal only if that changes anything.
fn put<T: PartialEq + Send + std::marker::Sync + 'static>(signal: RwSignal<Arc<T>>, value: T) {
    if signal.with_untracked(|before| **before != value) {
        signal.set(Arc::new(value));
    }
}

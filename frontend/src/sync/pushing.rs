//! Sends what waits: ops, then the bytes of files they name.

use super::{
    driver::{Driver, input_of},
    tabs::Happened,
};
use crate::{
    api, browser,
    store::{OutboxRow, StoreTrouble},
};
use lantoa_shared::sync::{device::Input, outbox};

impl Driver {
    /// Whether anything could be sent: ops, or the bytes of a file that could not go up with them.
    pub(super) async fn has_unsent(&self) -> bool {
        self.unsent().await.is_ok_and(|rows| !rows.is_empty())
            || self.store.uploads().await.is_ok_and(|files| !files.is_empty())
    }

    /// Sends the oldest waiting ops.
    pub(super) async fn push(&mut self) -> Input {
        match self.try_push().await {
            Ok(input) => input,
            Err(_) => {
                self.tell(Happened::StoreTrouble);
                Input::Failed
            }
        }
    }

    async fn try_push(&mut self) -> Result<Input, StoreTrouble> {
        let identity = self.store.identity().await?;
        let rows = self.unsent().await?;
        if !rows.is_empty() {
            self.tell(Happened::Sending { done: 0, total: rows.len() });
            let contact = self.store.contact().await?;
            let (request, sent) = outbox::compose_push(&contact.epoch, &identity.device, rows);
            let answer = match api::push(&request).await {
                Ok(answer) => answer,
                Err(trouble) => return Ok(input_of(&trouble)),
            };
            self.line.last_contact = Some(browser::now());
            let (judged, held_back) = outbox::take_answer(sent, &identity.device, &answer);
            self.held_back.extend(held_back.iter().map(|row| row.n));
            self.store.note_verdicts(&judged).await?;
            self.tell(Happened::Judged);
        }
        let left = self.unsent().await?.len();
        if left == 0
            && let Some(trouble) = self.send_files(identity.person.map(|person| person.id)).await?
        {
            return Ok(input_of(&trouble));
        }
        Ok(Input::Pushed { unsent: left })
    }

    /// Ops of the person signed in that have no verdict yet.
    async fn unsent(&self) -> Result<Vec<OutboxRow>, StoreTrouble> {
        let Some(person) = self.store.identity().await?.person else { return Ok(Vec::new()) };
        let rows = self.store.outbox().await?;
        let waits = |row: &OutboxRow| {
            row.verdict.is_none() && row.person == person.id && !self.held_back.contains(&row.n)
        };
        Ok(rows.into_iter().filter(waits).collect())
    }

    /// Sends the bytes of files, and says what ended that early. One that the centre does not want holds up no
    /// other.
    async fn send_files(&self, person: Option<String>) -> Result<Option<api::Trouble>, StoreTrouble> {
        for (sha256, of) in self.store.uploads().await? {
            if Some(of) != person {
                continue;
            }
            let Some(bytes) = self.store.file(&sha256).await? else {
                self.store.file_is_up(&sha256).await?;
                continue;
            };
            match api::put_file(&sha256, bytes).await {
                Ok(()) => {
                    self.store.file_is_up(&sha256).await?;
                    self.tell(Happened::Judged);
                }
                Err(api::Trouble::Refused { .. }) => {}
                Err(trouble) => return Ok(Some(trouble)),
            }
        }
        Ok(None)
    }
}

//! Sends what waits: ops, then the bytes of files they name.

use super::{
    driver::{Driver, input_of},
    tabs::Happened,
};
use crate::{
    api, browser,
    store::{OutboxRow, StoreTrouble},
};
use lantoa_shared::sync::device::{self, Input};

impl Driver {
    /// Whether anything could be sent.
    pub(super) async fn has_unsent(&self) -> bool {
        self.unsent().await.is_ok_and(|rows| !rows.is_empty())
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
            let waiting: Vec<_> = rows.iter().map(|row| (row.n, row.body.clone())).collect();
            let contact = self.store.contact().await?;
            let request = device::compose_push(&contact.epoch, &identity.device, &waiting);
            let sent: Vec<u64> = request.ops.iter().map(|op| op.n).collect();
            let answer = match api::push(&request).await {
                Ok(answer) => answer,
                Err(trouble) => return Ok(input_of(&trouble)),
            };
            self.line.last_contact = Some(browser::now());
            let verdicts = device::verdicts(&answer);
            self.held_back.extend(sent.iter().filter(|n| !verdicts.contains_key(n)));
            let judged: Vec<OutboxRow> = rows
                .into_iter()
                .filter_map(|row| {
                    verdicts.get(&row.n).map(|verdict| OutboxRow { verdict: Some(*verdict), ..row })
                })
                .collect();
            self.store.note_verdicts(&judged).await?;
            self.tell(Happened::Judged);
        }
        let left = self.unsent().await?.len();
        if left == 0 {
            self.send_files(identity.person.map(|person| person.id)).await?;
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

    /// Sends the bytes of files. One that fails waits for the next round; it holds up nothing else.
    async fn send_files(&self, person: Option<String>) -> Result<(), StoreTrouble> {
        for (sha256, of) in self.store.uploads().await? {
            if Some(of) != person {
                continue;
            }
            let Some(bytes) = self.store.file(&sha256).await? else {
                self.store.file_is_up(&sha256).await?;
                continue;
            };
            if api::put_file(&sha256, bytes).await.is_ok() {
                self.store.file_is_up(&sha256).await?;
                self.tell(Happened::Judged);
            }
        }
        Ok(())
    }
}

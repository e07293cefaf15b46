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
            let (device, run) = first_run(rows, &identity.device);
            let waiting: Vec<_> = run.iter().map(|(n, row)| (*n, row.body.clone())).collect();
            let contact = self.store.contact().await?;
            let request = device::compose_push(&contact.epoch, &device, &waiting);
            let n_sent = request.ops.len();
            let answer = match api::push(&request).await {
                Ok(answer) => answer,
                Err(trouble) => return Ok(input_of(&trouble)),
            };
            self.line.last_contact = Some(browser::now());
            let verdicts = device::verdicts(&answer);
            let mut judged = Vec::new();
            for (n, row) in run.into_iter().take(n_sent) {
                match verdicts.get(&n) {
                    Some(verdict) => judged.push(OutboxRow { verdict: Some(*verdict), ..row }),
                    None => drop(self.held_back.insert(row.n)),
                }
            }
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

/// The oldest ops of one device, by the numbers they have there, up to the first op of another: a push
/// speaks for one device, and ops are judged in the order in which they were done. Ops out of a rescue file
/// go up as the device that made them.
fn first_run(rows: Vec<OutboxRow>, own: &str) -> (String, Vec<(u64, OutboxRow)>) {
    let mut device = own.to_owned();
    let mut run: Vec<(u64, OutboxRow)> = Vec::new();
    for row in rows {
        let dot = row.dot(own);
        if run.is_empty() {
            device = dot.device;
        } else if dot.device != device {
            break;
        }
        run.push((dot.n, row));
    }
    (device, run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantoa_shared::op::Dot;

    fn row(n: u64, made_as: Option<Dot>) -> OutboxRow {
        OutboxRow { n, person: "an".into(), body: String::new(), verdict: None, made_as }
    }

    #[test]
    fn a_push_ends_where_another_device_begins() {
        let rows = vec![
            row(1, None),
            row(2, None),
            row(3, Some(Dot::new("lost", 7))),
            row(4, Some(Dot::new("lost", 9))),
            row(5, None),
        ];
        let numbers = |rows| {
            let (device, run) = first_run(rows, "own");
            (device, run.iter().map(|(n, _)| *n).collect::<Vec<_>>())
        };
        assert_eq!(numbers(rows.clone()), ("own".into(), vec![1, 2]));
        assert_eq!(numbers(rows[2..].to_vec()), ("lost".into(), vec![7, 9]));
        assert_eq!(numbers(rows[4..].to_vec()), ("own".into(), vec![5]));
    }
}

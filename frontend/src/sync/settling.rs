//! Removes from the outbox what the centre has taken and sent back; nothing else ever leaves it here.

use super::driver::Driver;
use crate::json;
use crate::store::{OutboxRow, Records, StoreTrouble};
use lantoa_shared::op::Op;

impl Driver {
    /// Removes settled ops. Returns whether there were any.
    pub(super) async fn settle(&self) -> Result<bool, StoreTrouble> {
        let identity = self.store.identity().await?;
        let Some(person) = identity.person else { return Ok(false) };
        let judged: Vec<OutboxRow> = self
            .store
            .outbox()
            .await?
            .into_iter()
            .filter(|row| row.person == person.id && is_in_record(row))
            .collect();
        let mut records = Records::of(&self.store);
        let mut settled = Vec::new();
        for row in &judged {
            let Ok(op) = json::read::<Op>(&row.body) else { continue };
            // A record this person may no longer see took the op in all the same.
            if records.contain(&op.record, &row.dot(&identity.device)).await?.unwrap_or(true) {
                settled.push(row.n);
            }
        }
        self.store.settle(&settled).await?;
        Ok(!settled.is_empty())
    }

    /// Takes the verdicts of another database back, so that their ops go up once more.
    pub(super) async fn offer_again(&self) -> Result<(), StoreTrouble> {
        let rows = self.store.outbox().await?;
        let again: Vec<OutboxRow> =
            rows.into_iter().filter(is_in_record).map(|row| OutboxRow { verdict: None, ..row }).collect();
        self.store.note_verdicts(&again).await
    }
}

fn is_in_record(row: &OutboxRow) -> bool {
    row.verdict.is_some_and(|verdict| verdict.status.is_in_record())
}

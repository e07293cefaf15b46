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
            .filter(|row| row.person == person.id && row.verdict.is_some())
            .collect();
        let mut records = Records::of(&self.store);
        let mut settled = Vec::new();
        for row in &judged {
            let Ok(op) = json::read::<Op>(&row.body) else { continue };
            if row.is_settled(records.contain(&op.record, &row.dot(&identity.device)).await?) {
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
            rows.into_iter().filter(OutboxRow::is_in_record).map(OutboxRow::offered_again).collect();
        self.store.note_verdicts(&again).await
    }
}

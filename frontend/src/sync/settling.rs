//! Removes from the outbox what the centre has taken and sent back; nothing else ever leaves it here.

use super::driver::Driver;
use crate::store::{OutboxRow, StoreTrouble};
use lantoa_shared::{op::Dot, op::Op, record::Record, wire::v1::RecordRow};
use std::collections::BTreeMap;

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
        let mut records: BTreeMap<String, Option<Record>> = BTreeMap::new();
        let mut settled = Vec::new();
        for row in &judged {
            let Ok(op) = serde_json::from_str::<Op>(&row.body) else { continue };
            if !records.contains_key(&op.record) {
                let held = self.store.record(&op.record).await?;
                let held = held.and_then(|(_, body)| serde_json::from_str::<RecordRow>(&body).ok());
                records.insert(op.record.clone(), held.map(|held| held.record));
            }
            // A record this person may no longer see took the op in all the same.
            let is_settled = records[&op.record]
                .as_ref()
                .is_none_or(|record| record.has_seen(&Dot::new(identity.device.clone(), row.n)));
            if is_settled {
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

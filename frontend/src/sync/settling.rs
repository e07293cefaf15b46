//! Removes from the outbox what the centre has taken and sent back; nothing else ever leaves it here.

use crate::json;
use crate::store::{Records, Store, StoreTrouble, seen_key};
use lantoa_shared::{
    op::{Act, Op},
    wire::v1::{JudgedAgain, RowKind},
};

/// Notes verdicts that were given anew, moves settled ops out, and forgets those that a backup covers. Returns whether
/// anything changed.
pub async fn settle(store: &Store) -> Result<bool, StoreTrouble> {
    let (identity, rows) = store.outbox_of_device().await?;
    let Some(person) = identity.person else { return Ok(false) };
    let bucket = format!("user:{}", person.id);
    let mut records = Records::of(store);
    let (mut settled, mut judged, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if row.person != person.id || row.verdict.is_none() {
            continue;
        }
        let dot = row.dot(&identity.device);
        let mut row = row;
        if !row.is_in_record()
            && let Some(body) = store.row(RowKind::Verdict, &bucket, &dot.to_string()).await?
            && let Ok(again) = json::read::<JudgedAgain>(&body)
        {
            let before = row.verdict;
            row = row.judged_again(&again);
            if row.verdict != before {
                judged.push(row.clone());
            }
        }
        let Ok(op) = json::read::<Op>(&row.body) else { continue };
        // That something was laid aside need not be seen in the record: not everybody who may do it sees all of it.
        let contains = match op.act {
            Act::SetAside { .. } => None,
            _ => records.contain(&op.record, &dot).await?,
        };
        if row.is_settled(contains) {
            if matches!(op.act, Act::Command { .. }) {
                steps.push(seen_key(&row.person, &op.record));
            }
            settled.push(row);
        }
    }
    store.note_verdicts(&judged, &identity.device).await?;
    let is_moved = store.settle(&settled, &identity.device, &steps).await?;
    store.forget_safe(store.contact().await?.durable_seq).await?;
    Ok(is_moved || !judged.is_empty())
}

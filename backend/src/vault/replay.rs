//! Makes every record again from the journal and compares it with the one that is kept.
//!
//! Invariant: the records are nothing but the fold of the ops that were taken, in the order of their verdicts. The
//! demo's invented reports were never sent by anybody; they are only counted.

use crate::{
    demo,
    ledger::reading::read,
    store::{self, Connection, journal, records},
};
use futures::TryStreamExt as _;
use lantoa_shared::{record::Record, sync::ledger::fold};

/// What a replay found.
#[derive(Debug, Default)]
pub struct Replayed {
    /// Records that came out as they are kept.
    pub records: u64,
    /// Ops that were folded.
    pub ops: u64,
    /// Records that nobody sent.
    pub invented: u64,
    /// The ids of records that come out otherwise.
    pub differing: Vec<String>,
}

/// Replays the whole journal.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection, again: &mut Connection) -> Result<Replayed, store::Error> {
    let mut replayed = Replayed::default();
    let mut made = std::collections::BTreeSet::new();
    let mut ops = Box::pin(journal::folded(tx));
    let mut making: Option<Record> = None;
    while let Some((id, kept)) = ops.try_next().await? {
        replayed.ops += 1;
        if making.as_ref().is_none_or(|making| making.id != id) {
            if let Some(done) = making.take() {
                made.insert(done.id.clone());
                replayed.compare(again, done).await?;
            }
            making = Some(Record::new(&id));
        }
        if let (Some(making), Some(op)) = (&mut making, read(&kept)) {
            fold(making, &kept.dot(), &op, Some(kept.received_at));
        }
    }
    drop(ops);
    if let Some(done) = making {
        made.insert(done.id.clone());
        replayed.compare(again, done).await?;
    }
    for id in records::ids(again).await? {
        if !made.contains(&id) {
            replayed.compare(again, Record::new(&id)).await?;
        }
    }
    Ok(replayed)
}

impl Replayed {
    async fn compare(&mut self, tx: &mut Connection, made: Record) -> Result<(), store::Error> {
        let kept = records::by_id(tx, &made.id).await?;
        let is_invented = kept.as_ref().is_some_and(demo::pen::is_invented);
        // Somebody may have laid aside an op of a record that nobody owes any more.
        let is_trace = made.fields.is_empty() && made.history.is_empty() && kept.is_none();
        if is_invented {
            self.invented += 1;
        } else if is_trace {
        } else if kept.as_ref() == Some(&made) {
            self.records += 1;
        } else {
            self.differing.push(made.id);
        }
        Ok(())
    }
}

//! Whether what came down contains an op: the only ground on which one leaves the phone, or is not taken in.

use super::{Store, StoreTrouble};
use lantoa_shared::map::Map;
use lantoa_shared::{op::Dot, record::Record, wire::v1::RecordRow};

/// Records that were looked into, each read once.
pub struct Records<'a> {
    store: &'a Store,
    read: Map<String, Option<Record>>,
}

impl<'a> Records<'a> {
    /// Nothing is read yet.
    pub fn of(store: &'a Store) -> Self {
        Self { store, read: Map::new() }
    }

    /// Whether a record contains an op; `None` if the phone does not hold the record.
    pub async fn contain(&mut self, record: &str, dot: &Dot) -> Result<Option<bool>, StoreTrouble> {
        if !self.read.contains_key(record) {
            let held = self.store.record(record).await?;
            let held = held.and_then(|(_, body)| crate::json::read::<RecordRow>(&body).ok());
            self.read.insert(record.to_owned(), held.map(|held| held.record));
        }
        Ok(self.read.get(record).and_then(Option::as_ref).map(|record| record.has_seen(dot)))
    }
}

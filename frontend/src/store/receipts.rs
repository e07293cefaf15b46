//! What a person has and has opened of what is pinned for all units, and whether the centre was told.
//!
//! Invariant: what was noted first stays, and what is noted anew counts as untold.

use super::{
    Store, StoreTrouble,
    schema::META,
    transaction::{Change, Purpose, put},
};
use crate::json;
use lantoa_shared::{map::Map, wire::v1::receipts::Receipt};
use serde::{Deserialize, Serialize};

/// What is noted of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// When all of it lay here, in milliseconds since 1970.
    pub here_at: Option<i64>,
    /// When the person opened it.
    pub opened_at: Option<i64>,
    /// Which database of the centre was told so; none, if none was.
    pub told: String,
}

impl Noted {
    /// As the centre is told.
    pub fn receipt(&self, item: &str) -> Receipt {
        Receipt { item: item.to_owned(), here_at: self.here_at, opened_at: self.opened_at }
    }
}

fn prefix(person: &str) -> String {
    format!("receipt|{person}|")
}

fn change(person: &str, item: &str, noted: &Noted) -> Change {
    put(META, &format!("{}{item}", prefix(person)), &json::write(noted))
}

impl Store {
    /// What is noted for a person, by item.
    pub async fn receipts(&self, person: &str) -> Result<Map<String, Noted>, StoreTrouble> {
        let mut receipts = Map::new();
        let rows = self.notes(&prefix(person)).await?;
        receipts.extend(rows.into_iter().filter_map(|(item, text)| Some((item, json::read(&text).ok()?))));
        Ok(receipts)
    }

    /// Notes it.
    pub async fn note_receipts(&self, person: &str, noted: &[(String, Noted)]) -> Result<(), StoreTrouble> {
        let changes: Vec<Change> = noted.iter().map(|(item, noted)| change(person, item, noted)).collect();
        self.write(Purpose::Cache, &changes).await
    }
}

//! What of the library lies on this device: a note of each item, and the bytes of its files beside those of own work.
//!
//! It belongs to the device and stays when somebody signs out: whoever is signed in may read the library.
//! The bytes lie under the item's id, so that they go with it in one stroke. Invariant: a note never says that more
//! bytes are here than there are; they are written in one transaction.

use super::{
    Store, StoreTrouble,
    base::range,
    schema::{CHUNKS, META},
    transaction::{Change, Purpose, delete, put},
};
use crate::{browser, json};
use js_sys::{Array, Uint8Array};
use lantoa_shared::{
    map::Map,
    stock::{Part, Stocked},
    sync::bucket,
    wire::v1::{Row, RowKind, library::Pin},
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransaction;

/// What the keys of the notes and of the bytes begin with.
const STOCK: &str = "stock|";
/// The preference that says that there may be something to fetch: it is asked for at every contact, and not as much
/// as a look into the database.
const DUE: &str = "lantoa.stock";

/// What lies here, and what is pinned for all units, each by the id of its item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stock {
    /// What lies here, or is to come.
    pub held: Map<String, Stocked>,
    /// What is pinned.
    pub pins: Map<String, Pin>,
}

/// What is to be written because a row came: an item left the library, or is pinned.
pub fn changes_of<Body>(row: &Row<Body>, changes: &mut Vec<Change>) {
    match (row.kind, &row.body) {
        (RowKind::Shelf, Some(_)) => gone(&row.id, changes),
        (RowKind::Pin, _) => set_stock_due(true),
        _ => {}
    }
}

/// All that lies here of an item is to go; of all items, if it has no id.
pub fn gone(id: &str, changes: &mut Vec<Change>) {
    // No id is the beginning of another: there is something of chance in each.
    let its = range(&note_key(id));
    changes.extend([(META, its.clone(), None), (CHUNKS, its, None)]);
}

/// Whether there may be something to fetch.
pub fn is_stock_due() -> bool {
    browser::preference(DUE).is_some()
}

/// Remembers whether there may be something to fetch.
pub fn set_stock_due(is_due: bool) {
    browser::set_preference(DUE, if is_due { "1" } else { "" });
}

fn note_key(id: &str) -> String {
    format!("{STOCK}{id}")
}

fn bytes_key(id: &str, part: &str) -> String {
    format!("{STOCK}{id}|{part}")
}

/// Reads a note, and in it what is read in the item.
fn read(text: &str) -> Option<Stocked> {
    let stocked: Stocked = json::read(text).ok()?;
    Some(Stocked { detail: json::read(&stocked.body).ok(), ..stocked })
}

fn note(id: &str, stocked: &Stocked) -> Change {
    put(META, &note_key(id), &json::write(stocked))
}

impl Store {
    /// What lies here and what is pinned.
    pub async fn stock(&self) -> Result<Stock, StoreTrouble> {
        let mut stock = Stock::default();
        let notes = self.notes(STOCK).await?;
        stock.held.extend(notes.into_iter().filter_map(|(id, text)| Some((id, read(&text)?))));
        for row in self.pins().await? {
            if let Ok(pin) = json::read(&row.body) {
                stock.pins.insert(row.id, pin);
            }
        }
        if stock.held.values().any(|stocked| stocked.is_own && stocked.body.is_empty()) {
            // An earlier version kept what is read in an item in another way: it comes anew.
            set_stock_due(true);
        }
        Ok(stock)
    }

    /// What lies here of an item.
    pub async fn stocked(&self, id: &str) -> Result<Option<Stocked>, StoreTrouble> {
        Ok(self.note_text(&note_key(id)).await?.and_then(|text| read(&text)))
    }

    /// Whether an item is pinned.
    pub async fn is_pinned(&self, id: &str) -> Result<bool, StoreTrouble> {
        Ok(self.row(RowKind::Pin, bucket::PUB, id).await?.is_some())
    }

    /// Keeps what is known of an item; there may be something to fetch of it.
    pub async fn set_stocked(&self, id: &str, stocked: &Stocked) -> Result<(), StoreTrouble> {
        set_stock_due(true);
        self.write(Purpose::Cache, &[note(id, stocked)]).await
    }

    /// Keeps further bytes of a part, from `from` on, and the note that counts them – unless the item went meanwhile.
    /// Returns whether it is still here.
    pub async fn add_stock(
        &self,
        id: &str,
        part: &str,
        from: u64,
        bytes: &Uint8Array,
        stocked: &Stocked,
    ) -> Result<bool, StoreTrouble> {
        if self.stocked(id).await?.is_none() {
            return Ok(false);
        }
        let key = JsValue::from_str(&format!("{}|{from:012}", bytes_key(id, part)));
        self.write(Purpose::Cache, &[(CHUNKS, key, Some(JsValue::from(bytes))), note(id, stocked)]).await?;
        Ok(true)
    }

    /// Lets the bytes of an item go, or of one part of it; keeps the note, if there is one to keep.
    pub async fn empty_stock(
        &self,
        id: &str,
        part: Option<&Part>,
        stocked: Option<&Stocked>,
    ) -> Result<(), StoreTrouble> {
        let bytes = bytes_key(id, &part.map(|part| format!("{}|", part.name())).unwrap_or_default());
        let kept = stocked.map_or_else(|| delete(META, &note_key(id)), |stocked| note(id, stocked));
        self.write(Purpose::Cache, &[(CHUNKS, range(&bytes), None), kept]).await
    }

    /// The keys of the bytes of a part, in their order.
    pub async fn stock_keys(&self, id: &str, part: &Part) -> Result<Array, StoreTrouble> {
        let range = range(&format!("{}|", bytes_key(id, &part.name())));
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(CHUNKS)?.get_all_keys_with_key(&range)?]);
        let requests = self.run(&[CHUNKS], Purpose::Read, &get).await?;
        Ok(requests.first().and_then(|it| it.result().ok()?.dyn_into().ok()).unwrap_or_default())
    }

    /// The bytes under one of these keys.
    pub async fn stock_bytes(&self, key: &JsValue) -> Result<Option<Uint8Array>, StoreTrouble> {
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(CHUNKS)?.get(key)?]);
        let requests = self.run(&[CHUNKS], Purpose::Read, &get).await?;
        Ok(requests.first().and_then(|request| request.result().ok()?.dyn_into().ok()))
    }

    /// Frees what the person did not ask for; what is pinned comes again when there is room. Returns whether anything
    /// went.
    pub async fn free_stock(&self) -> Result<bool, StoreTrouble> {
        let stock = self.stock().await?;
        let ids: Vec<&str> = lantoa_shared::stock::to_free(&stock.held).collect();
        for id in &ids {
            let mut stocked = stock.held.get(*id).cloned().unwrap_or_default();
            stocked.empty();
            stocked.failures = stocked.failures.saturating_add(1);
            self.empty_stock(id, None, Some(&stocked)).await?;
        }
        Ok(!ids.is_empty())
    }
}

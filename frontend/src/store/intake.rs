//! What a pull brought, written all at once: rows, their versions, cursors, and what goes.
//!
//! What is held is read before, and every text is made ready before; the transaction itself only writes. A page that
//! was closed in the middle has taken in all of an answer or nothing of it.

use super::{
    Contact, Store, StoreTrouble,
    base::range,
    meta::{contact_change, cursor_key},
    rows::{KINDS, Kind},
    schema::{BASE, META, VERSIONS, VIEWS},
    transaction::{Change, Purpose, delete, put},
};
use lantoa_shared::{
    map::Map,
    set::Set,
    sync::replica::{self, Mark},
    wire::v1::{Bucket, PullAnswer, RowKind},
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbRequest, IdbTransaction};

impl Store {
    /// Takes an answer in, except that of its `drop` only `gone` go: all or nothing. Returns whether something that is
    /// held differs from what the centre says is there, and was marked to be asked for anew.
    pub async fn take_in(
        &self,
        answer: &PullAnswer,
        gone: &[String],
        contact: &Contact,
    ) -> Result<bool, StoreTrouble> {
        let marks = self.marks().await?;
        let mut changes = vec![contact_change(contact)?];
        let mut differs = false;
        for bucket in &answer.buckets {
            differs |= self.take_in_bucket(marks.get(&bucket.name).copied(), bucket, &mut changes).await?;
        }
        for name in gone {
            forget(name, &mut changes);
        }
        self.write(Purpose::Cache, &changes).await?;
        Ok(differs)
    }

    async fn take_in_bucket(
        &self,
        mark: Option<Mark>,
        bucket: &Bucket,
        changes: &mut Vec<Change>,
    ) -> Result<bool, StoreTrouble> {
        let name = bucket.name.as_str();
        let rows: Vec<_> = bucket.rows.iter().filter(|row| row.kind != RowKind::Unknown).collect();
        let key = |kind: RowKind, id: &str| Kind::Sent(kind).key(name, id);
        // A bucket that is new here holds nothing.
        let held = match mark {
            Some(_) => self.versions(rows.iter().map(|row| key(row.kind, &row.id)).collect()).await?,
            None => Map::new(),
        };
        let intake = replica::take_in(mark, bucket, |kind, id| held.get(&key(kind, id)).copied());
        if intake.make_stale {
            for kind in KINDS {
                changes.push((VERSIONS, all(kind, name), None));
            }
        }
        if intake.sweep {
            let mut fresh = Set::new();
            if !intake.make_stale {
                fresh.extend(self.keys(VERSIONS, name).await?);
            }
            fresh.extend(rows.iter().map(|row| key(row.kind, &row.id)));
            let held = self.keys(BASE, name).await?;
            for key in held.iter().filter(|key| !fresh.contains(key.as_str())) {
                take_away(key, changes);
            }
        }
        for row in rows {
            let (kind, key) = (Kind::Sent(row.kind), key(row.kind, &row.id));
            let Some(body) = &row.body else {
                take_away(&key, changes);
                continue;
            };
            let body = body.to_string();
            if let Some((companion, small)) = kind.beside(&body) {
                changes.push(put(BASE, &companion.key(name, &row.id), &small));
            } else if let Some(companion) = kind.companion() {
                changes.push(delete(BASE, &companion.key(name, &row.id)));
            }
            changes.push(put(BASE, &key, &body));
            changes.push(put(VERSIONS, &key, &row.seq.to_string()));
        }
        changes.push(mark_change(name, &intake.mark)?);
        Ok(intake.differs)
    }

    /// The held versions of rows by their keys.
    async fn versions(&self, keys: Vec<String>) -> Result<Map<String, u64>, StoreTrouble> {
        let get = |tx: &IdbTransaction| {
            let versions = tx.object_store(VERSIONS)?;
            keys.iter().map(|key| versions.get(&JsValue::from_str(key))).collect()
        };
        let requests = self.run(&[VERSIONS], Purpose::Read, &get).await?;
        let version = |request: &IdbRequest| request.result().ok()?.as_string()?.parse().ok();
        let found = keys.into_iter().zip(requests.iter().map(version));
        let mut versions = Map::new();
        versions.extend(found.filter_map(|(key, version)| Some((key, version?))));
        Ok(versions)
    }

    /// The keys of a bucket's rows as the centre sent them, or of their versions.
    async fn keys(&self, store: &'static str, bucket: &str) -> Result<Vec<String>, StoreTrouble> {
        let get = |tx: &IdbTransaction| {
            let store = tx.object_store(store)?;
            let sent = KINDS.iter().filter(|kind| matches!(kind, Kind::Sent(_)));
            sent.map(|kind| store.get_all_keys_with_key(&all(*kind, bucket))).collect()
        };
        let requests = self.run(&[store], Purpose::Read, &get).await?;
        let mut keys = Vec::new();
        for request in requests {
            let list: js_sys::Array =
                request.result().ok().and_then(|it| it.dyn_into().ok()).unwrap_or_default();
            keys.extend(list.iter().filter_map(|key| key.as_string()));
        }
        Ok(keys)
    }

    /// Forgets everything the centre sent, and every cursor: another person's phone, or one that was shut out.
    pub async fn forget_base(&self) -> Result<(), StoreTrouble> {
        let everything = |store| (store, range(""), None);
        let cursors = (META, range(&cursor_key("")), None);
        let changes = [everything(BASE), everything(VERSIONS), everything(VIEWS), cursors];
        self.write(Purpose::Cache, &changes).await
    }
}

/// How far a bucket was read, to be written.
pub fn mark_change(name: &str, mark: &Mark) -> Result<Change, StoreTrouble> {
    let text = serde_json::to_string(mark).map_err(|_| StoreTrouble::Broken)?;
    Ok(put(META, &cursor_key(name), &text))
}

fn forget(name: &str, changes: &mut Vec<Change>) {
    for kind in KINDS {
        changes.push((BASE, all(kind, name), None));
        changes.push((VERSIONS, all(kind, name), None));
    }
    changes.push(delete(META, &cursor_key(name)));
}

/// A row, its version and what is kept beside it, to be taken away.
fn take_away(key: &str, changes: &mut Vec<Change>) {
    changes.push(delete(BASE, key));
    changes.push(delete(VERSIONS, key));
    if let Some(companion) = Kind::of(key).and_then(Kind::companion) {
        // Behind the kind's name the keys are the same.
        let place = key.split_once('|').map_or("", |(_, place)| place);
        changes.push(delete(BASE, &(companion.prefix(None) + place)));
    }
}

/// The keys of all rows of a kind in a bucket.
fn all(kind: Kind, bucket: &str) -> JsValue {
    range(&kind.prefix(Some(bucket)))
}

//! The outbox: what people did on this device and the centre has not settled.
//!
//! A row is written once, strictly, before anybody is told that it is saved. Its number comes from
//! the store's own generator, which never gives one twice. Rows leave only when the record that came
//! down contains them, or when a person sets aside what the centre did not take.

use super::{Store, StoreTrouble, schema::OUTBOX, transaction::Purpose};
use crate::json;
use lantoa_shared::sync::outbox::OutboxRow;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbObjectStore, IdbTransaction};

impl Store {
    /// Keeps new ops, all or none, and removes those they replace. Returns their numbers, once they
    /// are on the disk.
    pub async fn keep(&self, rows: &[OutboxRow], replaced: &[u64]) -> Result<Vec<u64>, StoreTrouble> {
        let texts = texts(rows)?;
        let requests = self
            .run(&[OUTBOX], Purpose::Keep, &|tx| {
                let outbox = tx.object_store(OUTBOX)?;
                let added = texts.iter().map(|text| outbox.add(text)).collect::<Result<Vec<_>, _>>()?;
                remove(&outbox, replaced)?;
                Ok(added)
            })
            .await?;
        let numbers: Vec<u64> =
            requests.iter().filter_map(|request| number(&request.result().ok()?)).collect();
        if numbers.len() == rows.len() { Ok(numbers) } else { Err(StoreTrouble::Broken) }
    }

    /// Everything that waits, in the order of the numbers.
    pub async fn outbox(&self) -> Result<Vec<OutboxRow>, StoreTrouble> {
        let requests = self
            .run(&[OUTBOX], Purpose::Read, &|tx| {
                let outbox = tx.object_store(OUTBOX)?;
                Ok(vec![outbox.get_all_keys()?, outbox.get_all()?])
            })
            .await?;
        let list = |at: usize| -> js_sys::Array {
            let result = requests.get(at).and_then(|request| request.result().ok());
            result.and_then(|it| it.dyn_into().ok()).unwrap_or_default()
        };
        let row = |(key, value): (JsValue, JsValue)| {
            let row: OutboxRow = json::read(&value.as_string()?).ok()?;
            Some(OutboxRow { n: number(&key)?, ..row })
        };
        Ok(list(0).iter().zip(list(1).iter()).filter_map(row).collect())
    }

    /// Writes verdicts beside their ops.
    pub async fn note_verdicts(&self, rows: &[OutboxRow]) -> Result<(), StoreTrouble> {
        let texts = texts(rows)?;
        self.run(&[OUTBOX], Purpose::Cache, &|tx| {
            let outbox = tx.object_store(OUTBOX)?;
            for (row, text) in rows.iter().zip(&texts) {
                outbox.put_with_key(text, &key(row.n))?;
            }
            Ok(Vec::new())
        })
        .await
        .map(drop)
    }

    /// Removes ops that are settled or were set aside.
    pub async fn settle(&self, numbers: &[u64]) -> Result<(), StoreTrouble> {
        let settle = |tx: &IdbTransaction| {
            remove(&tx.object_store(OUTBOX)?, numbers)?;
            Ok(Vec::new())
        };
        self.run(&[OUTBOX], Purpose::Cache, &settle).await.map(drop)
    }
}

fn texts(rows: &[OutboxRow]) -> Result<Vec<JsValue>, StoreTrouble> {
    let text = |row| serde_json::to_string(row).map(|text| JsValue::from_str(&text));
    rows.iter().map(text).collect::<Result<_, _>>().map_err(|_| StoreTrouble::Broken)
}

fn remove(outbox: &IdbObjectStore, numbers: &[u64]) -> Result<(), JsValue> {
    numbers.iter().try_for_each(|n| outbox.delete(&key(*n)).map(drop))
}

#[expect(clippy::cast_precision_loss, reason = "the generator itself stops at 2^53")]
fn key(n: u64) -> JsValue {
    JsValue::from_f64(n as f64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "keys count up from 1 to 2^53")]
fn number(key: &JsValue) -> Option<u64> {
    key.as_f64().map(|n| n as u64)
}

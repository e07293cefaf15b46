//! The outbox: what people did on this device and the centre has not settled.
//!
//! A row is written once, strictly, before anybody is told that it is saved. Its number comes from
//! the store's own generator, which never gives one twice. Rows leave only to be kept until a backup covers them,
//! or when a person sets aside what the centre did not take.

use super::{
    Store, StoreTrouble,
    schema::OUTBOX,
    transaction::{Change, Purpose},
};
use crate::json;
use lantoa_shared::sync::outbox::OutboxRow;
use wasm_bindgen::{JsCast as _, JsValue};

impl Store {
    /// Keeps new ops, all or none, and removes those they replace. Returns their numbers, once they
    /// are on the disk.
    pub async fn keep(&self, rows: &[OutboxRow], replaced: &[u64]) -> Result<Vec<u64>, StoreTrouble> {
        let texts = rows.iter().map(text).collect::<Result<Vec<_>, _>>()?;
        let requests = self
            .run(&[OUTBOX], Purpose::Keep, &|tx| {
                let outbox = tx.object_store(OUTBOX)?;
                let added = texts.iter().map(|text| outbox.add(text)).collect::<Result<Vec<_>, _>>()?;
                for n in replaced {
                    outbox.delete(&key(*n))?;
                }
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

    /// Writes rows anew, with what the centre said to them.
    pub async fn note_verdicts(&self, rows: &[OutboxRow]) -> Result<(), StoreTrouble> {
        let changes = rows.iter().map(row_change).collect::<Result<Vec<_>, _>>()?;
        self.write(Purpose::Cache, &changes).await
    }
}

/// A row, to be written under its number; without one it gets the next.
pub fn row_change(row: &OutboxRow) -> Result<Change, StoreTrouble> {
    let key = if row.n == 0 { JsValue::UNDEFINED } else { key(row.n) };
    Ok((OUTBOX, key, Some(text(row)?)))
}

/// A row, to be taken away.
pub fn removal(n: u64) -> Change {
    (OUTBOX, key(n), None)
}

fn text(row: &OutboxRow) -> Result<JsValue, StoreTrouble> {
    let text = serde_json::to_string(row).map_err(|_| StoreTrouble::Broken)?;
    Ok(JsValue::from_str(&text))
}

#[expect(clippy::cast_precision_loss, reason = "the generator itself stops at 2^53")]
fn key(n: u64) -> JsValue {
    JsValue::from_f64(n as f64)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "keys count up from 1 to 2^53")]
fn number(key: &JsValue) -> Option<u64> {
    key.as_f64().map(|n| n as u64)
}

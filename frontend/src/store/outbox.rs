//! The outbox: what people did on this device and the centre has not settled.
//!
//! A row is written once, strictly, before anybody is told that it is saved. Its number comes from
//! the store's own generator, which never gives one twice. Rows leave only to be kept until a backup covers them,
//! or when a person sets aside what the centre did not take.

use super::{
    Store, StoreTrouble,
    meta::{Identity, identity_of, identity_request},
    schema::{META, OUTBOX},
    transaction::{Change, Purpose, text as text_of},
};
use crate::json;
use lantoa_shared::sync::outbox::OutboxRow;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbRequest, IdbTransaction};

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
        Ok(rows_of(&self.run(&[OUTBOX], Purpose::Read, &|tx| Ok(outbox_requests(tx)?.into())).await?))
    }

    /// The same, with who this device is: rows are known by its id, and change with it.
    pub async fn outbox_of_device(&self) -> Result<(Identity, Vec<OutboxRow>), StoreTrouble> {
        let requests = self.run(&[META, OUTBOX], Purpose::Read, &device_requests).await?;
        match identity_of(&requests) {
            Some(identity) => Ok((identity, rows_of(&requests[1..]))),
            // A store that has no id yet has nothing that waits.
            None => Ok((self.identity().await?, Vec::new())),
        }
    }

    /// Notes what the centre said to rows that it knows under the id `device`, as far as they are still here.
    pub async fn note_verdicts(&self, rows: &[OutboxRow], device: &str) -> Result<(), StoreTrouble> {
        if rows.is_empty() {
            return Ok(());
        }
        let decide = |requests: &[IdbRequest]| {
            let judged = still_here(requests, rows, device).filter(|(row, held)| is_same_op(row, held));
            let noted = judged.map(|(row, held)| {
                row_change(&OutboxRow { verdict: row.verdict, seq: row.seq, judged: row.judged, ..held })
            });
            noted.collect()
        };
        self.amend(&[OUTBOX, META], Purpose::Cache, &|tx| row_requests(tx, rows), &decide).await.map(drop)
    }
}

/// Asks for all rows, as part of a transaction; [`rows_of`] reads the two answers.
pub fn outbox_requests(tx: &IdbTransaction) -> Result<[IdbRequest; 2], JsValue> {
    let outbox = tx.object_store(OUTBOX)?;
    Ok([outbox.get_all_keys()?, outbox.get_all()?])
}

/// Asks who this device is, and then for all rows, as part of a transaction.
pub fn device_requests(tx: &IdbTransaction) -> Result<Vec<IdbRequest>, JsValue> {
    let mut requests = vec![identity_request(tx)?];
    requests.extend(outbox_requests(tx)?);
    Ok(requests)
}

/// The rows, in the order of their numbers.
pub fn rows_of(requests: &[IdbRequest]) -> Vec<OutboxRow> {
    let list = |at: usize| -> js_sys::Array {
        let result = requests.get(at).and_then(|request| request.result().ok());
        result.and_then(|it| it.dyn_into().ok()).unwrap_or_default()
    };
    let row = |(key, value): (JsValue, JsValue)| {
        let row: OutboxRow = json::read(&value.as_string()?).ok()?;
        Some(OutboxRow { n: number(&key)?, ..row })
    };
    list(0).iter().zip(list(1).iter()).filter_map(row).collect()
}

/// Asks who this device is and what lies under the numbers of some rows, as part of a transaction.
pub fn row_requests(tx: &IdbTransaction, rows: &[OutboxRow]) -> Result<Vec<IdbRequest>, JsValue> {
    let outbox = tx.object_store(OUTBOX)?;
    let mut requests = vec![identity_request(tx)?];
    for row in rows {
        requests.push(outbox.get(&key(row.n))?);
    }
    Ok(requests)
}

/// Rows, each with what lies under its number, if anything does and this store still has the id `device`: another tab
/// may have settled it, replaced it, or made it anew under another id.
pub fn still_here<'a>(
    requests: &[IdbRequest],
    rows: &'a [OutboxRow],
    device: &str,
) -> impl Iterator<Item = (&'a OutboxRow, OutboxRow)> {
    let is_same_store = identity_of(requests).is_some_and(|identity| identity.device == device);
    let held = requests.iter().skip(1).map(|request| text_of(std::slice::from_ref(request)));
    let held: Vec<Option<String>> = held.collect();
    rows.iter().zip(held).filter(move |_| is_same_store).filter_map(|(row, held)| {
        let held: OutboxRow = json::read(&held?).ok()?;
        Some((row, OutboxRow { n: row.n, ..held }))
    })
}

fn is_same_op(one: &OutboxRow, other: &OutboxRow) -> bool {
    one.body == other.body && one.made_as == other.made_as
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

//! From the second version of the store to the third, in the transaction that opens it: versions of rows and what lists
//! need lay row by row, and become outlines. An app of the second version that opens the store later finds no cursor
//! and reads everything anew, into its own places.

use super::{
    base::{queue_rows, range, texts},
    meta::{OLD_CURSOR, mark_key},
    outline::{HELD, Line, Outline},
    rows::{key_parts, name},
    schema::{BASE, META, VERSIONS},
    transaction::{Change, apply, put},
};
use crate::json::Unread;
use lantoa_shared::{map::Map, wire::v1::RowKind};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{IdbRequest, IdbTransaction};

/// What was kept beside a row, by the name under which it lay.
const BESIDE: [(&str, RowKind); 3] =
    [("brief", RowKind::Record), ("title", RowKind::Form), ("owed", RowKind::Duty)];

/// Queues the move; the transaction ends only after it.
pub fn outline_rows(tx: &IdbTransaction) -> Result<(), JsValue> {
    let base = tx.object_store(BASE)?;
    let mut requests: Vec<IdbRequest> = vec![base.get_all_keys()?];
    requests.extend(queue_rows(&tx.object_store(VERSIONS)?, "")?);
    requests.extend(queue_rows(&tx.object_store(META)?, OLD_CURSOR)?);
    for (name, _) in BESIDE {
        requests.extend(queue_rows(&base, &format!("{name}|"))?);
    }
    let Some(last) = requests.last().cloned() else { return Ok(()) };
    let tx = tx.clone();
    let write = Closure::once_into_js(move || {
        if apply(&tx, &changes(&requests)).is_err() {
            let _ = tx.abort();
        }
    });
    last.set_onsuccess(Some(write.unchecked_ref()));
    Ok(())
}

fn changes(requests: &[IdbRequest]) -> Vec<Change> {
    let keys = requests.first().and_then(|request| request.result().ok()?.dyn_into::<js_sys::Array>().ok());
    let keys = keys.unwrap_or_default().iter().filter_map(|key| key.as_string()).collect::<Vec<_>>();
    let pairs = |at: usize| requests.get(at..at + 2).map(texts).unwrap_or_default();
    let (mut changes, mut versions, mut beside) = (Vec::new(), Map::new(), Map::new());
    versions.extend(pairs(1));
    for (at, (old, kind)) in BESIDE.into_iter().enumerate() {
        let renamed = |key: &str| format!("{}{}", name(kind), &key[old.len()..]);
        beside.extend(pairs(5 + 2 * at).into_iter().map(|(key, body)| (renamed(&key), body)));
        changes.push((BASE, range(&format!("{old}|")), None));
    }
    // Keys come by kind and bucket. An outline takes a whole run at once: every time it takes something, it sorts.
    let mut runs: Vec<(&str, Vec<Line>)> = Vec::new();
    for key in &keys {
        let Some((kind, bucket, id)) = key_parts(key) else { continue };
        let seq = versions.get(key).and_then(|seq| seq.parse().ok()).unwrap_or_default();
        let body = beside.get(key).map_or_else(|| HELD.to_owned(), String::clone);
        let line = Line { kind, id: id.to_owned(), seq, body: Some(Unread(body)) };
        match runs.last_mut() {
            Some((last, lines)) if *last == bucket => lines.push(line),
            _ => runs.push((bucket, vec![line])),
        }
    }
    let mut outlines: Map<String, Outline> = Map::new();
    for (bucket, lines) in runs {
        outlines.get_or_insert_with(bucket.to_owned(), Outline::default).take(lines);
    }
    for (bucket, mut outline) in outlines {
        outline.write_whole(&bucket, &mut changes);
    }
    for (bucket, cursor) in pairs(3) {
        let bucket = &bucket[OLD_CURSOR.len()..];
        changes.push(put(META, &mark_key(bucket), &cursor));
    }
    changes.push((META, range(OLD_CURSOR), None));
    changes.push((VERSIONS, range(""), None));
    changes
}

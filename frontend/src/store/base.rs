//! What the centre sent, read back: rows by their kind, in whichever bucket they lie.

use super::{
    Store, StoreTrouble,
    outline::{Outline, fold},
    rows::{HeldRow, key, key_parts, prefix},
    schema::{BASE, OUTLINES},
    transaction::{Purpose, text},
};
use crate::json::Unread;
use lantoa_shared::{duty::EntryId, map::Map, wire::v1::RowKind};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

/// What rarely changes: the programme and its units.
#[derive(Debug, Default)]
pub struct HeldProgramme {
    /// Names and settings of the programme.
    pub programme: Vec<HeldRow>,
    /// Choice lists.
    pub choices: Vec<HeldRow>,
    /// Units.
    pub units: Vec<HeldRow>,
    /// Titles of forms.
    pub titles: Vec<HeldRow>,
}

/// What changes with every report.
#[derive(Debug, Default)]
pub struct HeldWork {
    /// What own units owe, with its background.
    pub duties: Vec<HeldRow>,
    /// What units of the area owe.
    pub owed: Vec<HeldRow>,
    /// Briefs of records.
    pub briefs: Vec<HeldRow>,
    /// Briefs of the entries of registers.
    pub entries: Vec<HeldRow>,
    /// What was not taken of own units' reports, by op id; without bodies.
    pub parked: Vec<HeldRow>,
}

impl Store {
    /// Reads the programme, as far as lists need it.
    pub async fn programme(&self) -> Result<HeldProgramme, StoreTrouble> {
        let kinds = [RowKind::Programme, RowKind::Choices, RowKind::Unit];
        let ([programme, choices, units], outlines) = self.rows(kinds.map(|kind| prefix(kind, None))).await?;
        Ok(HeldProgramme { programme, choices, units, titles: lines(&outlines, RowKind::Form, "") })
    }

    /// Reads what is owed and what became of it.
    pub async fn work(&self) -> Result<HeldWork, StoreTrouble> {
        // Backgrounds of a whole area are many and large; they are read when a record is opened.
        let own = format!("{}unit:", prefix(RowKind::Duty, None));
        let ([duties], outlines) = self.rows([own]).await?;
        let owed = lines(&outlines, RowKind::Duty, "area:");
        let (briefs, parked) =
            (lines(&outlines, RowKind::Record, ""), lines(&outlines, RowKind::Parked, "unit:"));
        Ok(HeldWork { duties, owed, briefs, entries: lines(&outlines, RowKind::Entry, ""), parked })
    }

    /// Briefs of the entries of registers, in whichever bucket they lie.
    pub async fn entries(&self) -> Result<Vec<HeldRow>, StoreTrouble> {
        let ([], outlines) = self.rows([]).await?;
        Ok(lines(&outlines, RowKind::Entry, ""))
    }

    /// What was kept and not taken of the reports that this person works on.
    pub async fn parked(&self) -> Result<Vec<HeldRow>, StoreTrouble> {
        let ([parked], _) = self.rows([prefix(RowKind::Parked, None)]).await?;
        Ok(parked)
    }

    /// What is pinned for all units.
    pub async fn pins(&self) -> Result<Vec<HeldRow>, StoreTrouble> {
        let ([pins], _) = self.rows([prefix(RowKind::Pin, None)]).await?;
        Ok(pins)
    }

    /// Reads all rows whose keys begin so, and the outlines, in one transaction.
    async fn rows<const N: usize>(
        &self,
        prefixes: [String; N],
    ) -> Result<([Vec<HeldRow>; N], Map<String, Outline>), StoreTrouble> {
        let requests = self
            .run(&[BASE, OUTLINES], Purpose::Read, &|tx| {
                let base = tx.object_store(BASE)?;
                let mut requests: Vec<IdbRequest> = queue_rows(&tx.object_store(OUTLINES)?, "")?.into();
                for prefix in &prefixes {
                    requests.extend(queue_rows(&base, prefix)?);
                }
                Ok(requests)
            })
            .await?;
        let mut read = requests.chunks(2).skip(1).map(rows_of);
        let rows = std::array::from_fn(|_| read.next().unwrap_or_default());
        Ok((rows, fold(texts(&requests))))
    }

    /// Reads one row as it was sent.
    pub async fn row(&self, kind: RowKind, bucket: &str, id: &str) -> Result<Option<String>, StoreTrouble> {
        let key = JsValue::from_str(&key(kind, bucket, id));
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(BASE)?.get(&key)?]);
        Ok(text(&self.run(&[BASE], Purpose::Read, &get).await?))
    }

    /// Reads a record, in whichever bucket it lies, with that bucket's name. An own unit's comes first: it
    /// is as fresh as can be, while an area holds what was submitted.
    pub async fn record(&self, id: &str) -> Result<Option<(String, String)>, StoreTrouble> {
        let kind = if EntryId::read(id).is_some() { RowKind::Entry } else { RowKind::Record };
        self.anywhere(kind, id).await
    }

    /// Reads what is owed, with its background, in whichever bucket it lies.
    pub async fn duty(&self, id: &str) -> Result<Option<String>, StoreTrouble> {
        Ok(self.anywhere(RowKind::Duty, id).await?.map(|(_, body)| body))
    }

    async fn anywhere(&self, kind: RowKind, id: &str) -> Result<Option<(String, String)>, StoreTrouble> {
        let buckets = self.marks().await?.into_keys();
        let (mut buckets, others): (Vec<String>, Vec<String>) =
            buckets.partition(|bucket| bucket.starts_with("unit:"));
        buckets.extend(others);
        let requests = self
            .run(&[BASE], Purpose::Read, &|tx| {
                let base = tx.object_store(BASE)?;
                let get = |bucket: &String| base.get(&JsValue::from_str(&key(kind, bucket, id)));
                buckets.iter().map(get).collect()
            })
            .await?;
        let found = buckets.into_iter().zip(&requests);
        Ok(found.filter_map(|(bucket, request)| Some((bucket, request.result().ok()?.as_string()?))).next())
    }
}

/// All keys that begin with `prefix`.
pub fn range(prefix: &str) -> JsValue {
    // Two texts in their order are always a range.
    IdbKeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&format!("{prefix}\u{ffff}")))
        .map_or(JsValue::UNDEFINED, JsValue::from)
}

/// Asks for keys and values of all rows whose keys begin with `prefix`: two requests, for [`texts`].
pub fn queue_rows(store: &IdbObjectStore, prefix: &str) -> Result<[IdbRequest; 2], JsValue> {
    let range = range(prefix);
    Ok([store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range)?])
}

/// Key and text of each row, once the transaction is complete.
pub fn texts(requests: &[IdbRequest]) -> Vec<(String, String)> {
    let list = |request: Option<&IdbRequest>| -> js_sys::Array {
        request.and_then(|it| it.result().ok()).and_then(|it| it.dyn_into().ok()).unwrap_or_default()
    };
    let (keys, values) = (list(requests.first()), list(requests.get(1)));
    keys.iter()
        .zip(values.iter())
        .filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)))
        .collect()
}

fn rows_of(requests: &[IdbRequest]) -> Vec<HeldRow> {
    let held = |(key, body): (String, String)| {
        let (_, bucket, id) = key_parts(&key)?;
        Some(HeldRow { bucket: bucket.to_owned(), id: id.to_owned(), body })
    };
    texts(requests).into_iter().filter_map(held).collect()
}

/// The lines of a kind in the buckets whose names begin so.
fn lines(outlines: &Map<String, Outline>, kind: RowKind, buckets: &str) -> Vec<HeldRow> {
    let mut held = Vec::new();
    for (bucket, outline) in outlines.iter().filter(|(bucket, _)| bucket.starts_with(buckets)) {
        let of_kind = outline.lines().filter(|line| line.kind == kind);
        held.extend(of_kind.filter_map(|line| {
            let Unread(body) = line.body.clone()?;
            Some(HeldRow { bucket: bucket.clone(), id: line.id.clone(), body })
        }));
    }
    held
}

//! What the centre sent: `base` and the cursors, which always change together.

use super::{
    Store, StoreTrouble,
    meta::cursor_key,
    rows::{HeldRow, KINDS, Kind, place},
    schema::{BASE, META, VIEWS},
    transaction::{Purpose, text},
};
use lantoa_shared::wire::v1::RowKind;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

/// One bucket's news, ready to be written.
#[derive(Debug, Clone)]
pub struct PulledBucket {
    /// Its name.
    pub name: String,
    /// Whether everything held of it is replaced.
    pub reset: bool,
    /// Where the next pull goes on.
    pub cursor: u64,
    /// Newest states as JSON text; without text the thing is gone.
    pub rows: Vec<(RowKind, String, Option<String>)>,
}

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
}

impl Store {
    /// Reads the programme, as far as lists need it.
    pub async fn programme(&self) -> Result<HeldProgramme, StoreTrouble> {
        let sent = |kind| Kind::Sent(kind).prefix(None);
        let prefixes =
            [sent(RowKind::Programme), sent(RowKind::Choices), sent(RowKind::Unit), Kind::Title.prefix(None)];
        let [programme, choices, units, titles] = self.rows(prefixes).await?;
        Ok(HeldProgramme { programme, choices, units, titles })
    }

    /// Reads what is owed and what became of it.
    pub async fn work(&self) -> Result<HeldWork, StoreTrouble> {
        let prefixes = [
            // Backgrounds of a whole area are many and large; they are read when a record is opened.
            format!("{}unit:", Kind::Sent(RowKind::Duty).prefix(None)),
            format!("{}area:", Kind::Owed.prefix(None)),
            Kind::Brief.prefix(None),
        ];
        let [duties, owed, briefs] = self.rows(prefixes).await?;
        Ok(HeldWork { duties, owed, briefs })
    }

    /// Reads all rows whose keys begin so, in one transaction.
    async fn rows<const N: usize>(&self, prefixes: [String; N]) -> Result<[Vec<HeldRow>; N], StoreTrouble> {
        let requests = self
            .run(&[BASE], Purpose::Read, &|tx| {
                let base = tx.object_store(BASE)?;
                let mut requests = Vec::new();
                for prefix in &prefixes {
                    requests.extend(queue_rows(&base, prefix)?);
                }
                Ok(requests)
            })
            .await?;
        let mut read = requests.chunks(2).map(rows_of);
        Ok(std::array::from_fn(|_| read.next().unwrap_or_default()))
    }

    /// Reads one row as it was sent.
    pub async fn row(&self, kind: RowKind, bucket: &str, id: &str) -> Result<Option<String>, StoreTrouble> {
        let key = JsValue::from_str(&Kind::Sent(kind).key(bucket, id));
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(BASE)?.get(&key)?]);
        Ok(text(&self.run(&[BASE], Purpose::Read, &get).await?))
    }

    /// Reads a record, in whichever bucket it lies, with that bucket's name. An own unit's comes first: it
    /// is as fresh as can be, while an area holds what was submitted.
    pub async fn record(&self, id: &str) -> Result<Option<(String, String)>, StoreTrouble> {
        self.anywhere(RowKind::Record, id).await
    }

    /// Reads what is owed, with its background, in whichever bucket it lies.
    pub async fn duty(&self, id: &str) -> Result<Option<String>, StoreTrouble> {
        Ok(self.anywhere(RowKind::Duty, id).await?.map(|(_, body)| body))
    }

    async fn anywhere(&self, kind: RowKind, id: &str) -> Result<Option<(String, String)>, StoreTrouble> {
        let buckets = self.cursors().await?.into_keys();
        let (mut buckets, others): (Vec<String>, Vec<String>) =
            buckets.partition(|bucket| bucket.starts_with("unit:"));
        buckets.extend(others);
        let requests = self
            .run(&[BASE], Purpose::Read, &|tx| {
                let base = tx.object_store(BASE)?;
                let get = |bucket: &String| base.get(&JsValue::from_str(&Kind::Sent(kind).key(bucket, id)));
                buckets.iter().map(get).collect()
            })
            .await?;
        let found = buckets.into_iter().zip(&requests);
        Ok(found.filter_map(|(bucket, request)| Some((bucket, request.result().ok()?.as_string()?))).next())
    }

    /// Writes one bucket's news and its cursor, all or nothing.
    pub async fn apply(&self, bucket: &PulledBucket) -> Result<(), StoreTrouble> {
        // Everything is made ready before the transaction begins.
        let rows: Vec<_> = bucket
            .rows
            .iter()
            .map(|(kind, id, body)| {
                let kind = Kind::Sent(*kind);
                let beside = body.as_ref().and_then(|body| kind.beside(body));
                (kind, id, body.as_ref(), beside)
            })
            .collect();
        let cursor = (cursor_key(&bucket.name), bucket.cursor.to_string());
        self.run(&[BASE, META], Purpose::Cache, &|tx| {
            let base = tx.object_store(BASE)?;
            if bucket.reset {
                forget_bucket(&base, &bucket.name)?;
            }
            for (kind, id, body, beside) in &rows {
                let key = JsValue::from_str(&kind.key(&bucket.name, id));
                match body {
                    Some(body) => base.put_with_key(&JsValue::from_str(body), &key)?,
                    None => base.delete(&key)?,
                };
                match (beside, kind.companion()) {
                    (Some((companion, small)), _) => {
                        let key = JsValue::from_str(&companion.key(&bucket.name, id));
                        base.put_with_key(&JsValue::from_str(small), &key)?;
                    }
                    (None, Some(companion)) => {
                        base.delete(&JsValue::from_str(&companion.key(&bucket.name, id)))?;
                    }
                    (None, None) => {}
                }
            }
            let meta = tx.object_store(META)?;
            meta.put_with_key(&JsValue::from_str(&cursor.1), &JsValue::from_str(&cursor.0))?;
            Ok(Vec::new())
        })
        .await
        .map(drop)
    }

    /// Forgets buckets and their cursors.
    pub async fn forget_buckets(&self, names: &[String]) -> Result<(), StoreTrouble> {
        self.run(&[BASE, META], Purpose::Cache, &|tx| {
            let (base, meta) = (tx.object_store(BASE)?, tx.object_store(META)?);
            for name in names {
                forget_bucket(&base, name)?;
                meta.delete(&JsValue::from_str(&cursor_key(name)))?;
            }
            Ok(Vec::new())
        })
        .await
        .map(drop)
    }

    /// Forgets everything the centre sent, and every cursor: another person's phone, or another epoch.
    pub async fn forget_base(&self) -> Result<(), StoreTrouble> {
        self.run(&[BASE, META, VIEWS], Purpose::Cache, &|tx| {
            tx.object_store(BASE)?.clear()?;
            tx.object_store(VIEWS)?.clear()?;
            tx.object_store(META)?.delete(&range(&cursor_key(""))?.into())?;
            Ok(Vec::new())
        })
        .await
        .map(drop)
    }
}

fn forget_bucket(base: &IdbObjectStore, name: &str) -> Result<(), JsValue> {
    for kind in KINDS {
        base.delete(&range(&kind.prefix(Some(name)))?.into())?;
    }
    Ok(())
}

/// All keys that begin with `prefix`.
pub fn range(prefix: &str) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&format!("{prefix}\u{ffff}")))
}

/// Asks for keys and values of all rows whose keys begin with `prefix`: two requests, for [`texts`].
pub fn queue_rows(store: &IdbObjectStore, prefix: &str) -> Result<[IdbRequest; 2], JsValue> {
    let range = range(prefix)?;
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
        let (bucket, id) = place(&key)?;
        Some(HeldRow { bucket: bucket.to_owned(), id: id.to_owned(), body })
    };
    texts(requests).into_iter().filter_map(held).collect()
}

//! Bytes of files by their SHA-256, as plain bytes: WebKit loses Blobs in IndexedDB.

use super::{
    Store, StoreTrouble,
    meta::upload_key,
    schema::{CHUNKS, META},
    transaction::Purpose,
};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbTransaction;

impl Store {
    /// Keeps a file's bytes, and that they are still to go up for `person`.
    pub async fn keep_file(
        &self,
        sha256: &str,
        bytes: &Uint8Array,
        person: &str,
    ) -> Result<(), StoreTrouble> {
        self.run(&[CHUNKS, META], Purpose::Keep, &|tx| {
            tx.object_store(CHUNKS)?.put_with_key(bytes, &JsValue::from_str(sha256))?;
            let key = JsValue::from_str(&upload_key(sha256));
            tx.object_store(META)?.put_with_key(&JsValue::from_str(person), &key)?;
            Ok(Vec::new())
        })
        .await
        .map(drop)
    }

    /// A file's bytes, if they are on this phone.
    pub async fn file(&self, sha256: &str) -> Result<Option<Uint8Array>, StoreTrouble> {
        let key = JsValue::from_str(sha256);
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(CHUNKS)?.get(&key)?]);
        let requests = self.run(&[CHUNKS], Purpose::Read, &get).await?;
        Ok(requests.first().and_then(|request| request.result().ok()?.dyn_into().ok()))
    }

    /// Notes that the centre has the bytes, verified.
    pub async fn file_is_up(&self, sha256: &str) -> Result<(), StoreTrouble> {
        let key = JsValue::from_str(&upload_key(sha256));
        let delete = |tx: &IdbTransaction| Ok(vec![tx.object_store(META)?.delete(&key)?]);
        self.run(&[META], Purpose::Cache, &delete).await.map(drop)
    }
}

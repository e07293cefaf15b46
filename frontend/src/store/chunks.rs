//! Bytes of files by their SHA-256, as plain bytes: WebKit loses Blobs in IndexedDB.

use super::{
    Store, StoreTrouble,
    meta::upload_key,
    schema::{CHUNKS, META},
    transaction::{Purpose, delete, put},
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
        let bytes = (CHUNKS, JsValue::from_str(sha256), Some(JsValue::from(bytes)));
        self.write(Purpose::Keep, &[bytes, put(META, &upload_key(sha256), person)]).await
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
        self.write(Purpose::Cache, &[delete(META, &upload_key(sha256))]).await
    }
}

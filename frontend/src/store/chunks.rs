//! Bytes of files by their SHA-256, as plain bytes: WebKit loses Blobs in IndexedDB.

use super::{
    Store, StoreTrouble,
    meta::upload_key,
    schema::{CHUNKS, META},
    transaction::{Purpose, delete, put, text},
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
        let changes = [delete(META, &upload_key(sha256)), delete(META, &place_key(sha256))];
        self.write(Purpose::Cache, &changes).await
    }

    /// Where at the centre the upload of a file was begun.
    pub async fn upload_place(&self, sha256: &str) -> Result<Option<String>, StoreTrouble> {
        let key = JsValue::from_str(&place_key(sha256));
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(META)?.get(&key)?]);
        Ok(text(&self.run(&[META], Purpose::Read, &get).await?))
    }

    /// Keeps where at the centre the upload of a file was begun.
    pub async fn set_upload_place(&self, sha256: &str, place: &str) -> Result<(), StoreTrouble> {
        self.write(Purpose::Cache, &[put(META, &place_key(sha256), place)]).await
    }
}

fn place_key(sha256: &str) -> String {
    format!("tus|{sha256}")
}

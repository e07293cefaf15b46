//! Bytes of files, by their hash.

use super::{
    Trouble,
    fetch::{Request, answered, header, is_ours, read_text},
};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Where a file that is at the centre can be fetched.
pub fn file_address(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}")
}

/// Bytes of a file from `from` on, at most so many, and how many it has in all.
pub async fn file_bytes(address: &str, from: u64, most: u64) -> Result<(Uint8Array, u64), Trouble> {
    let range = format!("bytes={from}-{}", from + most - 1);
    let headers = [("range", range.as_str())];
    let request = Request { method: "GET", address, headers: &headers, body: JsValue::UNDEFINED };
    answered(request, async |response: Response| {
        if !is_ours(&response) {
            return Err(Trouble::Network);
        }
        let size = match response.status() {
            // `bytes 0-1048575/3400000`
            206 => header(&response, "content-range").and_then(|told| told.rsplit_once('/')?.1.parse().ok()),
            200 if from == 0 => header(&response, "content-length").and_then(|told| told.parse().ok()),
            // Nothing lies from there on: it is shorter than was said.
            416 => return Ok((Uint8Array::new_with_length(0), 0)),
            _ => return Err(read_text(response).await.err().unwrap_or(Trouble::Network)),
        };
        let size = size.ok_or(Trouble::Network)?;
        let lost = |_: JsValue| Trouble::Network;
        let bytes = JsFuture::from(response.array_buffer().map_err(lost)?).await.map_err(lost)?;
        Ok((Uint8Array::new(&bytes), size))
    })
    .await
}

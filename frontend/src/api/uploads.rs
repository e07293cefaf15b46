//! Bytes that go up in pieces (tus 1.0), so that a bad line need not hold for a whole file.

use super::{
    Trouble,
    fetch::{Request, answered, header, is_ours, read_text},
};
use crate::browser;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::Response;

const VERSION: (&str, &str) = ("tus-resumable", "1.0.0");
const OFFSET: &str = "upload-offset";

/// Begins an upload; returns its address, and how far it is: at its end, if the centre has the file.
pub async fn begin_upload(sha256: &str, length: u32) -> Result<(String, u32), Trouble> {
    let sum = browser::base64(sha256.as_bytes()).unwrap_or_default();
    let (length, said) = (length.to_string(), format!("sha256 {sum}"));
    let headers = [VERSION, ("upload-length", length.as_str()), ("upload-metadata", said.as_str())];
    let request =
        Request { method: "POST", address: "/api/v1/uploads", headers: &headers, body: JsValue::UNDEFINED };
    let begun = async |response: Response| {
        let place = header(&response, "location").filter(|_| response.ok());
        Ok((place, offset(response).await?))
    };
    let (place, offset) = answered(request, begun).await?;
    // Without an address it was not the centre that answered.
    Ok((place.ok_or(Trouble::Network)?, offset))
}

/// How far an upload is; `None` if the centre does not know it any more.
pub async fn upload_stands(place: &str) -> Result<Option<u32>, Trouble> {
    let request = Request { method: "HEAD", address: place, headers: &[VERSION], body: JsValue::UNDEFINED };
    let stands = async |response: Response| match response.status() {
        404 if is_ours(&response) => Ok(None),
        401 if is_ours(&response) => Err(Trouble::SignedOut),
        _ => offset(response).await.map(Some),
    };
    answered(request, stands).await
}

/// Brings the next bytes; returns how far the upload is then.
pub async fn send_piece(place: &str, from: u32, piece: &Uint8Array) -> Result<u32, Trouble> {
    let from = from.to_string();
    // Without a hash of its own: what arrives of a piece that is cut stays, and the whole is verified in the end.
    let headers = [VERSION, ("content-type", "application/offset+octet-stream"), (OFFSET, from.as_str())];
    let request = Request { method: "PATCH", address: place, headers: &headers, body: piece.into() };
    answered(request, offset).await
}

/// Takes back what came of an upload.
pub async fn take_back_upload(place: &str) -> Result<(), Trouble> {
    let request = Request { method: "DELETE", address: place, headers: &[VERSION], body: JsValue::UNDEFINED };
    answered(request, async |_| Ok(())).await
}

/// How far the upload is, as an answer says.
async fn offset(response: Response) -> Result<u32, Trouble> {
    let offset = header(&response, OFFSET).and_then(|offset| offset.parse().ok());
    match offset.filter(|_| response.ok() && is_ours(&response)) {
        Some(offset) => Ok(offset),
        None => Err(read_text(response).await.err().unwrap_or(Trouble::Network)),
    }
}

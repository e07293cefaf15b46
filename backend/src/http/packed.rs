//! Large JSON answers, packed once and whole.
//!
//! A stream is packed without knowing how long it will be: it takes 8 MB for its window and gives up
//! a quarter of what brotli could save. Whoever does not take brotli gets plain JSON, which the
//! compressing layer packs as it does everything else.

use super::{assets::accepts, error::Failure};
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use brotli::enc::BrotliEncoderParams;
use serde::Serialize;

/// Shorter answers are left to the compressing layer.
const WORTH_IT: usize = 16 * 1024;
/// At 4 a first pull is a quarter larger; at 9 it takes four times as long for three percent less.
const QUALITY: i32 = 5;
/// Windows from 64 kB to 1 MB: as large as the answer, not larger.
const WINDOWS: std::ops::RangeInclusive<u32> = 16..=20;

/// Writes a value as JSON in the best encoding that the request takes.
pub async fn json(request: &HeaderMap, value: &impl Serialize) -> Result<Response, Failure> {
    let text = crate::store::text("answer", value)?;
    let mut response = if text.len() >= WORTH_IT && accepts(request, "br") {
        // Milliseconds of arithmetic: not on a thread that other requests wait for.
        let packed = tokio::task::spawn_blocking(move || pack(text.as_bytes()));
        let packed = packed.await.map_err(|_| Failure::Panicked)?.map_err(|_| Failure::Panicked)?;
        let mut response = packed.into_response();
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    } else {
        text.into_response()
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

fn pack(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let window = (usize::BITS - text.len().leading_zeros()).clamp(*WINDOWS.start(), *WINDOWS.end());
    let params = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: i32::try_from(window).unwrap_or(20),
        size_hint: text.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(text.len() / 6);
    brotli::BrotliCompress(&mut &*text, &mut packed, &params)?;
    Ok(packed)
}

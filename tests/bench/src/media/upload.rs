//! Bytes to the centre over a line that costs nothing: in pieces that go on after every cut (tus), beside the same
//! bytes at once.

use crate::figures::{middle, tell_at_least};
use anyhow::{Context, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use lantoa_tests::{chance::Chance, person::PASSWORD, server::Server};
use reqwest::{Client, RequestBuilder};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::time::Instant;

/// As large as a file may be that goes up at once, nearly, in bytes.
const SIZE: usize = 16 * 1024 * 1024;
/// As the app sends them on a good line: so many bytes at first, twice as many each time, and so many at last.
const PIECES: [usize; 2] = [128 * 1024, 1024 * 1024];
/// How many files go up each way.
const COUNT: usize = 12;
/// In pieces it is to be at least so many times as fast.
const RATIO: f64 = 0.8;

/// Measures it.
pub async fn measure(server: &Server) -> Result<()> {
    let http = Client::builder().cookie_store(true).build()?;
    let account = json!({ "account": "truong", "password": PASSWORD });
    http.post(server.page("/api/v1/session")).json(&account).send().await?.error_for_status()?;
    let (mut chance, mut whole, mut pieces) = (Chance::new(71), Vec::new(), Vec::new());
    for _ in 0..COUNT {
        // In turns: what the machine does beside it meets both.
        let bytes = some_bytes(&mut chance);
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let put = http.put(server.page(&format!("/api/v1/files/{sha256}"))).body(bytes);
        let began = Instant::now();
        put.send().await?.error_for_status()?;
        whole.push(rate(began));
        pieces.push(in_pieces(&http, server, &some_bytes(&mut chance)).await?);
    }
    tell_at_least("16 MiB to the centre at once", "MB/s", &whole, 0.0);
    tell_at_least("16 MiB to the centre in pieces that grow to 1 MiB", "MB/s", &pieces, 0.0);
    tell_at_least("in pieces, against at once", "×", &[middle(&pieces) / middle(&whole)], RATIO);
    Ok(())
}

/// Brings bytes in pieces; returns how many megabytes went up in a second.
async fn in_pieces(http: &Client, server: &Server, bytes: &[u8]) -> Result<f64> {
    let spoken = |request: RequestBuilder| request.header("Tus-Resumable", "1.0.0");
    let [mut at_once, most] = PIECES;
    let (mut all, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(at_once.min(rest.len()));
        all.push(piece.to_vec());
        (rest, at_once) = (behind, most.min(at_once * 2));
    }
    // The app knows the hash long before, and says it.
    let said = format!("sha256 {}", STANDARD.encode(hex::encode(Sha256::digest(bytes))));
    let began = Instant::now();
    let begin = spoken(http.post(server.page("/api/v1/uploads"))).header("Upload-Length", bytes.len());
    let begin = begin.header("Upload-Metadata", said);
    let begun = begin.send().await?.error_for_status()?;
    let place =
        begun.headers().get("location").and_then(|it| it.to_str().ok()).context("no place")?.to_owned();
    let mut offset = 0;
    for piece in all {
        let length = piece.len();
        let sent = spoken(http.patch(server.page(&place)))
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", offset)
            .body(piece);
        sent.send().await?.error_for_status()?;
        offset += length;
    }
    ensure!(offset == bytes.len(), "{offset} bytes went up");
    Ok(rate(began))
}

fn rate(began: Instant) -> f64 {
    SIZE as f64 / 1e6 / began.elapsed().as_secs_f64()
}

fn some_bytes(chance: &mut Chance) -> Vec<u8> {
    (0..SIZE / 8).flat_map(|_| chance.number().to_le_bytes()).collect()
}

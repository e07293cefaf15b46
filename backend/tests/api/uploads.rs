//! Uploads in pieces (tus 1.0): they go on where they stopped, whoever or whatever stopped them, and nothing half or
//! wrong ever becomes a file.

use crate::{
    engine, process,
    support::{Centre, Phone, copy_of_demo, phone_at},
};
use futures::{StreamExt as _, stream};
use lantoa_shared::sync::device::hash;
use reqwest::{Body, Method, RequestBuilder, Response, header::HeaderMap};
use std::{fmt::Write as _, io, path::Path};

/// `Upload-Metadata` and `Upload-Checksum` are in base64.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let number = number << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * at) & 63) as usize];
            let _ = write!(text, "{}", if at <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

pub fn ask(phone: &Phone, method: &str, place: &str) -> RequestBuilder {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    phone.http.request(method, format!("{}{place}", phone.url)).header("Tus-Resumable", "1.0.0")
}

/// Begins an upload of a text; returns its place.
async fn begin(phone: &Phone, text: &str) -> String {
    let said = format!("filename {}, sha256 {}", base64("ảnh.jpg".as_bytes()), base64(hash(text).as_bytes()));
    let request = ask(phone, "POST", "/api/v1/uploads");
    let answer =
        request.header("Upload-Length", text.len()).header("Upload-Metadata", said).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn bring(phone: &Phone, place: &str, offset: usize, piece: &str) -> Response {
    let request = ask(phone, "PATCH", place).header("Content-Type", "application/offset+octet-stream");
    request.header("Upload-Offset", offset).body(piece.to_owned()).send().await.unwrap()
}

fn offset(headers: &HeaderMap) -> usize {
    headers["upload-offset"].to_str().unwrap().parse().unwrap()
}

async fn stands_at(phone: &Phone, place: &str) -> usize {
    let answer = ask(phone, "HEAD", place).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["cache-control"].to_str().unwrap()),
        (200, "no-store")
    );
    offset(answer.headers())
}

/// Asks for the file that has these bytes.
async fn get(phone: &Phone, text: &str) -> Response {
    phone.http.get(format!("{}/api/v1/files/{}", phone.url, hash(text))).send().await.unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// How many files the centre keeps under their hashes.
fn count_files(data: &Path) -> usize {
    let files = engine::shelves(data);
    let shelves = names(&files).into_iter().filter(|name| name.len() == 2);
    shelves.map(|shelf| names(&files.join(shelf)).len()).sum()
}

#[tokio::test]
async fn what_is_spoken_here_is_said_and_another_version_is_refused() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let answer = ask(&phone, "OPTIONS", "/api/v1/uploads").send().await.unwrap();
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers()["tus-version"], "1.0.0");
    assert_eq!(answer.headers()["tus-extension"], "creation,checksum,termination,expiration");
    let answer = phone.http.post(format!("{}/api/v1/uploads", phone.url)).send().await.unwrap();
    assert_eq!(answer.status(), 412);
    assert_eq!(answer.headers()["tus-version"], "1.0.0");
}

#[tokio::test]
async fn an_upload_goes_on_where_it_stopped_also_after_the_server_was_started_again() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let text = "một hai ba bốn năm sáu bảy tám chín mười".repeat(1000);
    let place = begin(&phone, &text).await;
    assert_eq!(stands_at(&phone, &place).await, 0);
    let (first, rest) = text.split_at(20_000);
    let answer = bring(&phone, &place, 0, first).await;
    assert_eq!((answer.status().as_u16(), offset(answer.headers())), (204, first.len()));
    assert!(answer.headers().contains_key("upload-expires"));
    let again = bring(&phone, &place, 0, first).await;
    assert_eq!(again.status(), 409, "the same piece twice is not taken twice");

    let centre = centre.restart().await;
    let phone = centre.phone("truong").await;
    assert_eq!(stands_at(&phone, &place).await, first.len());
    assert_eq!(get(&phone, &text).await.status(), 404, "half a file is no file");
    let answer = bring(&phone, &place, first.len(), rest).await;
    assert_eq!((answer.status().as_u16(), offset(answer.headers())), (204, text.len()));
    // Whoever did not hear the last answer asks, and brings nothing twice.
    assert_eq!(stands_at(&phone, &place).await, text.len());
    assert_eq!(get(&phone, &text).await.text().await.unwrap(), text);
}

#[tokio::test]
async fn of_two_phones_with_the_same_photo_the_second_brings_nothing_and_it_is_stored_once() {
    let centre = Centre::start().await;
    let (one, other) = (centre.phone("truong").await, centre.phone("xa").await);
    let (photo, before) = ("ảnh ngày hội".repeat(1000), count_files(&centre.directory.0));
    // Both begin before either is done: the slower one's bytes find the file there.
    let (first, late) = (begin(&one, &photo).await, begin(&other, &photo).await);
    assert_eq!(bring(&one, &first, 0, &photo).await.status(), 204);
    assert_eq!(bring(&other, &late, 0, &photo).await.status(), 204);
    // Whoever begins from now on is at the end at once.
    let next = begin(&other, &photo).await;
    assert_eq!(stands_at(&other, &next).await, photo.len());
    assert_eq!(get(&one, &photo).await.text().await.unwrap(), photo);
    assert_eq!(count_files(&centre.directory.0), before + 1);
    let left = names(&centre.directory.0.join("files/uploads"));
    assert!(left.iter().all(|name| !name.ends_with(".bytes")), "{left:?}");
}

#[tokio::test]
async fn a_server_killed_while_a_piece_comes_in_goes_on_where_its_disk_stands() {
    let data = copy_of_demo().await;
    let (mut server, url) = process::start(&data.0);
    let mut phone = phone_at(&url, "truong").await;
    let film = "0123456789abcdef".repeat(200_000);
    let place = begin(&phone, &film).await;
    let bytes = data.0.join("files").join(place.replace("/api/v1/", "")).with_extension("bytes");
    // Half of the piece comes, and then nothing: a line that stands still.
    let half = film[..film.len() / 2].to_owned();
    let piece = stream::iter([Ok::<_, io::Error>(half.clone())]).chain(stream::pending());
    let request = ask(&phone, "PATCH", &place).header("Content-Type", "application/offset+octet-stream");
    let sent = tokio::spawn(request.header("Upload-Offset", 0).body(Body::wrap_stream(piece)).send());
    let late = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while std::fs::metadata(&bytes).unwrap().len() == 0 {
        assert!(std::time::Instant::now() < late, "nothing came in");
        tokio::task::yield_now().await;
    }
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(sent.await.unwrap().is_err(), "nobody is told that it is there");

    let (mut server, url) = process::start(&data.0);
    phone.url = url;
    let stands = stands_at(&phone, &place).await;
    assert!((1..=half.len()).contains(&stands), "{stands}");
    assert_eq!(bring(&phone, &place, stands, &film[stands..]).await.status(), 204);
    assert!(get(&phone, &film).await.text().await.unwrap() == film, "other bytes arrived");
    server.kill().unwrap();
    server.wait().unwrap();
}

#[tokio::test]
async fn what_became_a_file_and_was_not_noted_is_noted_when_its_phone_asks_where_it_stands() {
    let centre = Centre::start().await;
    let (phone, film) = (centre.phone("truong").await, "phim".repeat(1000));
    let place = begin(&phone, &film).await;
    assert_eq!(bring(&phone, &place, 0, &film).await.status(), 204);
    // As if the database had failed, or the server had been killed, a moment before.
    assert!(centre.change("DELETE FROM files").await > 0);
    assert_eq!(get(&phone, &film).await.status(), 404);
    assert_eq!(stands_at(&phone, &place).await, film.len());
    assert_eq!(get(&phone, &film).await.text().await.unwrap(), film);
}

/// A disk without room, as Linux has one to try.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_told_as_such_and_with_room_the_upload_goes_on() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let film = "0123456789abcdef".repeat(10_000);
    let place = begin(&phone, &film).await;
    let id = place.rsplit('/').next().unwrap();
    let bytes = centre.directory.0.join(format!("files/uploads/{id}.bytes"));
    std::fs::remove_file(&bytes).unwrap();
    std::os::unix::fs::symlink("/dev/full", &bytes).unwrap();
    let answer = bring(&phone, &place, 0, &film).await;
    assert_eq!(answer.status(), 507);
    let told: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(told["error"]["code"], "full");
    assert_eq!(get(&phone, &film).await.status(), 404);

    std::fs::remove_file(&bytes).unwrap();
    std::fs::write(&bytes, "").unwrap();
    assert_eq!(stands_at(&phone, &place).await, 0);
    assert_eq!(bring(&phone, &place, 0, &film).await.status(), 204);
    assert!(get(&phone, &film).await.text().await.unwrap() == film, "other bytes arrived");
}

#[tokio::test]
async fn a_part_of_a_file_is_given_alone() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let text = "0123456789";
    let place = begin(&phone, text).await;
    assert_eq!(bring(&phone, &place, 0, text).await.status(), 204);
    let request = phone.http.get(format!("{}/api/v1/files/{}", phone.url, hash(text)));
    let part = request.header("Range", "bytes=3-5").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], "bytes 3-5/10");
    assert_eq!(part.headers()["content-disposition"], "attachment");
    assert_eq!(part.text().await.unwrap(), "345");
}

#[tokio::test]
async fn what_is_damaged_too_long_or_another_s_becomes_no_file() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let place = begin(&phone, "right").await;
    // A piece with a hash is taken whole or not at all.
    let patch = |sum: String| {
        ask(&phone, "PATCH", &place)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", 0)
            .header("Upload-Checksum", format!("sha256 {sum}"))
            .body("rig")
    };
    let sum_of = |text: &str| {
        base64(
            &(0..64)
                .step_by(2)
                .map(|at| u8::from_str_radix(&hash(text)[at..at + 2], 16).unwrap())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(patch(sum_of("wrong")).send().await.unwrap().status(), 460);
    assert_eq!(stands_at(&phone, &place).await, 0);
    assert_eq!(patch("no hash".into()).send().await.unwrap().status(), 400);
    assert_eq!(patch(sum_of("rig")).send().await.unwrap().status(), 204);
    assert_eq!(bring(&phone, &place, 3, "ht and more").await.status(), 413);
    assert_eq!(stands_at(&phone, &place).await, 3);

    let other = centre.phone("xa").await;
    assert_eq!(ask(&other, "HEAD", &place).send().await.unwrap().status(), 404, "it is not theirs");
    assert_eq!(ask(&other, "DELETE", &place).send().await.unwrap().status(), 404);

    // All there, and not what it was to be: nothing of it stays.
    assert_eq!(bring(&phone, &place, 3, "!!").await.status(), 422);
    assert_eq!(ask(&phone, "HEAD", &place).send().await.unwrap().status(), 404);
    let place = begin(&phone, "ended").await;
    assert_eq!(ask(&phone, "DELETE", &place).send().await.unwrap().status(), 204);
    assert_eq!(ask(&phone, "HEAD", &place).send().await.unwrap().status(), 404);
    assert_eq!(centre.count("SELECT count(*) FROM files WHERE person = 'demo-truong'").await, 0);
    let left = std::fs::read_dir(centre.directory.0.join("files/uploads")).unwrap().count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn an_upload_whose_bytes_are_gone_is_begun_anew() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let place = begin(&phone, "right").await;
    let id = place.rsplit('/').next().unwrap();
    std::fs::remove_file(centre.directory.0.join(format!("files/uploads/{id}.bytes"))).unwrap();
    assert_eq!(ask(&phone, "HEAD", &place).send().await.unwrap().status(), 404);
    let place = begin(&phone, "right").await;
    assert_eq!(bring(&phone, &place, 0, "right").await.status(), 204);
}

#[tokio::test]
async fn a_request_that_asks_for_what_cannot_be_says_what_is_wrong() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    for (length, metadata, status) in [
        ("1073741825", "", 413),
        ("-1", "", 400),
        ("many", "", 400),
        ("7", "sha256 !!", 400),
        ("7", "sha256 bm8gaGFzaA==", 400),
    ] {
        let request = ask(&phone, "POST", "/api/v1/uploads").header("Upload-Length", length);
        let answer = request.header("Upload-Metadata", metadata).send().await.unwrap();
        assert_eq!(answer.status(), status, "{length} {metadata}");
    }
    for name in ["x", "..%2F..%2Fetc", &"0".repeat(32)] {
        let place = format!("/api/v1/uploads/{name}");
        assert_eq!(ask(&phone, "HEAD", &place).send().await.unwrap().status(), 404, "{name}");
    }
    // An empty file is whole at once.
    let place = begin(&phone, "").await;
    assert_eq!(stands_at(&phone, &place).await, 0);
    assert_eq!(centre.count("SELECT count(*) FROM files WHERE person = 'demo-truong'").await, 1);
    let nobody = reqwest::Client::new().post(format!("{}/api/v1/uploads", phone.url));
    assert_eq!(nobody.header("Tus-Resumable", "1.0.0").send().await.unwrap().status(), 401);
}

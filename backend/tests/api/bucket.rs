//! Files in a bucket of S3: brought, given, drawn, copied, swept and moved as those in the data directory.

use crate::{
    engine::{
        self,
        bucket::{self, Server},
    },
    process::lantoa,
    support::{Centre, Directory, Phone, copy_of_demo},
    uploads::{ask, base64},
};
use lantoa_backend::{
    files::{Files, Home},
    pictures::Pictures,
    sweeping,
};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// More than may be brought in one breath, and than one part of an upload to a bucket has, in bytes.
const LARGE: usize = 21 * 1024 * 1024;

/// A photo as JPEG.
fn photo() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    picture.write_with_encoder(encoder).unwrap();
    bytes
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Uploads bytes in two pieces. Returns their hash.
async fn upload(phone: &Phone, bytes: &[u8]) -> String {
    let sha256 = hash(bytes);
    let begun = ask(phone, "POST", "/api/v1/uploads")
        .header("Upload-Length", bytes.len())
        .header("Upload-Metadata", format!("sha256 {}", base64(sha256.as_bytes())));
    let begun = begun.send().await.unwrap();
    assert_eq!(begun.status(), 201);
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    let (first, rest) = bytes.split_at(bytes.len() / 3);
    for (offset, piece) in [(0, first), (first.len(), rest)] {
        let piece = ask(phone, "PATCH", &place)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", offset)
            .body(piece.to_vec());
        assert_eq!(piece.send().await.unwrap().status(), 204);
    }
    sha256
}

async fn get(phone: &Phone, path: &str, header: (&str, &str)) -> reqwest::Response {
    phone
        .http
        .get(format!("{}/api/v1/files/{path}", phone.url))
        .header(header.0, header.1)
        .send()
        .await
        .unwrap()
}

/// What the program says when it is told this of a centre's data; `Err` if it refuses.
fn say(data: &Path, home: &Home, words: &[&str]) -> Result<String, String> {
    let mut command = lantoa();
    let output =
        command.args(engine::arguments(data)).args(bucket::arguments(home)).args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// The names of the folders in which files lie in the data directory.
fn shelves(data: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(data.join("files")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.len() == 2);
    names
}

/// A copy of the demo without the files of its items.
async fn bare_copy() -> Directory {
    let directory = copy_of_demo().await;
    for name in shelves(&directory.0) {
        std::fs::remove_dir_all(directory.0.join("files").join(name)).unwrap();
    }
    directory
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_the_whole_way_through_a_bucket() {
    let directory = bare_copy().await;
    let server = Server::start(&directory.0.join("s3"));
    let home = server.home("trung-tam");
    let centre = Centre::with_files(directory, &home).await;
    let phone = centre.phone("truong").await;
    let photo = photo();
    let sha256 = upload(&phone, &photo).await;
    let lies = server.root.join(bucket::BUCKET).join("trung-tam").join(&sha256[..2]).join(&sha256);
    assert!(std::fs::read(&lies).unwrap() == photo, "it is in the bucket before it is said to be kept");
    assert!(shelves(&centre.directory.0).is_empty(), "and nowhere else");

    let answer = get(&phone, &sha256, ("Range", "bytes=10-19")).await;
    assert_eq!(answer.status(), 206);
    assert_eq!(answer.headers()["content-range"], format!("bytes 10-19/{}", photo.len()));
    let mark = answer.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(answer.bytes().await.unwrap(), photo[10..20]);
    let beyond = format!("bytes={}-", photo.len());
    assert_eq!(get(&phone, &sha256, ("Range", &beyond)).await.status(), 416);
    assert_eq!(get(&phone, &sha256, ("If-None-Match", &mark)).await.status(), 304);
    let answer = get(&phone, &sha256, ("Accept", "*/*")).await;
    assert_eq!(answer.headers()["content-length"], photo.len().to_string());
    assert!(answer.bytes().await.unwrap() == photo);
    let small = get(&phone, &format!("{sha256}/small"), ("Accept", "*/*")).await;
    assert_eq!(
        (small.status().as_u16(), small.headers()["content-type"].as_bytes()),
        (200, &b"image/jpeg"[..])
    );
    let small = image::load_from_memory(&small.bytes().await.unwrap()).unwrap();
    assert_eq!((small.width(), small.height()), (480, 320));

    // No record names it: it goes after its grace, from the bucket, too.
    assert!(centre.change("UPDATE files SET unnamed_at = 1 WHERE person = 'demo-truong'").await > 0);
    let files = Files::open(&centre.directory.0.join("files"), &home).await.unwrap();
    let pictures = Pictures::open(&centre.directory.0.join("pictures")).await.unwrap();
    assert_eq!(sweeping::sweep(&centre.store().await, &files, &pictures).await.unwrap(), 1);
    assert!(!lies.exists());
    assert_eq!(get(&phone, &format!("{sha256}/small"), ("Accept", "*/*")).await.status(), 404);
    drop(centre.stop().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn large_files_are_backed_up_from_a_bucket_and_move_to_the_directory_and_back() {
    let directory = copy_of_demo().await;
    let server = Server::start(&directory.0.join("s3"));
    let home = server.home("trung-tam");
    // The demo's files lie in its directory.
    let said = say(&directory.0, &Home::Directory, &["move", "files-to-bucket"]);
    if engine::home(&directory.0) == Home::Directory {
        assert!(said.unwrap_err().contains("--files-bucket"));
        let said = say(&directory.0, &home, &["move", "files-to-bucket"]).unwrap();
        assert!(said.starts_with("moved: ") && said.contains("s3://lantoa/trung-tam"), "{said}");
    }
    let centre = Centre::with_files(directory, &home).await;
    let phone = centre.phone("truong").await;
    let film: Vec<u8> = (0..LARGE as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let sha256 = upload(&phone, &film).await;
    let data = centre.directory.0.clone();
    let said = say(&data, &home, &["move", "files-to-directory"]).unwrap_err();
    assert!(said.contains("stop it first"), "{said}");
    if engine::home(&data) != Home::Directory {
        return;
    }
    assert!(say(&data, &home, &["verify"]).unwrap().starts_with("whole: "));
    let backups = data.join("backups");
    let said = say(&data, &home, &["backup", backups.to_str().unwrap()]).unwrap();
    assert!(said.contains(": verified; "), "{said}");
    assert!(std::fs::read(backups.join("files").join(&sha256[..2]).join(&sha256)).unwrap() == film);

    // A line that breaks says nothing of the files at its other end.
    server.cut_answers(true);
    let said = say(&data, &home, &["backup", data.join("more").to_str().unwrap()]).unwrap_err();
    assert!(said.contains("copying a file") && !said.contains(&sha256), "{said}");
    server.cut_answers(false);

    let directory = centre.stop().await;
    let said = say(&directory.0, &home, &["move", "files-to-directory"]).unwrap();
    assert!(said.starts_with("moved: ") && said.contains("without --files-bucket"), "{said}");
    let lies = server.root.join("lantoa/trung-tam").join(&sha256[..2]).join(&sha256);
    assert!(lies.exists(), "what is left behind is not touched");
    let centre = Centre::with_files(directory, &Home::Directory).await;
    let phone = centre.phone("truong").await;
    let answer = get(&phone, &sha256, ("Range", "bytes=20000000-20000004")).await;
    assert_eq!(answer.bytes().await.unwrap(), film[20_000_000..20_000_005]);

    // What is damaged on the way is told, and the rest moved.
    let directory = centre.stop().await;
    std::fs::write(directory.0.join("files").join(&sha256[..2]).join(&sha256), b"hong").unwrap();
    std::fs::write(&lies, b"hong").unwrap();
    let said = say(&directory.0, &home, &["move", "files-to-bucket"]).unwrap_err();
    assert!(said.contains(&sha256) && said.starts_with("lantoa: 1 of "), "{said}");
    let said = say(&directory.0, &home, &["verify"]).unwrap_err();
    assert!(said.contains(&sha256), "{said}");
}

//! What the place of files promises whoever builds on it, the same in a directory and in a bucket of S3.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../bucket/mod.rs"]
mod bucket;

use bucket::Server;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use lantoa_backend::{
    auth::token,
    files::{Files, Home, NotKept, Pieces},
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

/// More than two parts of an upload to a bucket, in bytes.
const LARGE: usize = 17 * 1024 * 1024 + 3;

/// Where one test keeps files.
struct Ground {
    root: PathBuf,
    server: Option<Server>,
    files: Files,
}

impl Ground {
    fn root() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("api-files-{}", token::random_hex::<8>()))
    }

    async fn in_a_directory() -> Self {
        let root = Self::root();
        let files = Files::open(&root.join("files"), &Home::Directory).await.unwrap();
        Self { root, server: None, files }
    }

    async fn in_a_bucket() -> Self {
        let root = Self::root();
        let server = Server::start(&root.join("s3"));
        let files = Files::open(&root.join("files"), &server.home("a/b")).await.unwrap();
        Self { root, server: Some(server), files }
    }

    /// The file of a hash, past whoever keeps it.
    fn lies(&self, sha256: &str) -> PathBuf {
        let place = if self.server.is_some() { "s3/lantoa/a/b" } else { "files" };
        self.root.join(place).join(&sha256[..2]).join(sha256)
    }

    /// How many files are half written here.
    fn half(&self) -> usize {
        std::fs::read_dir(self.root.join("files/incoming")).unwrap().count()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        self.server = None;
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

/// Bytes that no two places of are alike for long.
fn bytes(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect()
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

async fn keep(files: &Files, bytes: &[u8]) -> Result<u64, NotKept> {
    let pieces = bytes.chunks(100_000).map(|piece| Ok::<_, io::Error>(piece.to_vec()));
    files.keep(&hash(bytes), LARGE as u64, stream::iter(pieces)).await
}

async fn all(mut pieces: Pieces) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().await {
        all.extend_from_slice(&piece?);
    }
    Ok(all)
}

async fn listed(files: &Files) -> BTreeMap<String, u64> {
    files.list().map_ok(|kept| (kept.sha256, kept.size)).try_collect().await.unwrap()
}

async fn what_is_kept_comes_back_whole_and_in_parts(ground: Ground) {
    let files = &ground.files;
    for length in [0, 1, 300_000, LARGE] {
        let bytes = bytes(length);
        let sha256 = hash(&bytes);
        assert_eq!(keep(files, &bytes).await.unwrap(), length as u64);
        assert_eq!(files.size(&sha256).await.unwrap(), Some(length as u64));
        assert!(all(files.read(&sha256)).await.unwrap() == bytes, "{length}");
        assert!(files.is_whole(&sha256).await.unwrap());
        for part in [0..length.min(1), length / 3..length / 2, length.saturating_sub(5)..length] {
            if !part.is_empty() {
                let read = all(files.read_part(&sha256, part.start as u64..part.end as u64)).await.unwrap();
                assert!(read == bytes[part.clone()], "{length}: {part:?}");
            }
        }
    }
    assert_eq!(ground.half(), 0);
}

async fn a_reader_goes_here_and_there_in_a_file(ground: Ground) {
    for length in [0, 1_000, LARGE] {
        let bytes = bytes(length);
        keep(&ground.files, &bytes).await.unwrap();
        let original = ground.files.original(&hash(&bytes));
        let look = move || {
            let mut reader = original.open().unwrap();
            assert_eq!(reader.size().unwrap(), length as u64);
            let mut read = Vec::new();
            reader.read_to_end(&mut read).unwrap();
            assert!(read == bytes, "{length}");
            for at in [length / 2, length / 3, length.saturating_sub(7), 0] {
                assert_eq!(reader.seek(SeekFrom::Start(at as u64)).unwrap(), at as u64);
                let mut ten = Vec::new();
                (&mut reader).take(10).read_to_end(&mut ten).unwrap();
                assert_eq!(ten, bytes[at..length.min(at + 10)]);
            }
            assert_eq!(
                reader.seek(SeekFrom::End(-(length.min(4) as i64))).unwrap(),
                (length - length.min(4)) as u64
            );
            read.clear();
            reader.read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes[length - length.min(4)..]);
            assert!(reader.seek(SeekFrom::Current(-(length as i64) - 1)).is_err());
            assert!(!original.has_failed());
        };
        tokio::task::spawn_blocking(look).await.unwrap();
    }
}

async fn what_is_damaged_cut_off_or_too_large_leaves_nothing(ground: Ground) {
    let (files, right) = (&ground.files, bytes(500_000));
    let sha256 = hash(&right);
    let wrong = stream::iter([Ok::<_, io::Error>(bytes(500_001))]);
    assert!(matches!(files.keep(&sha256, u64::MAX, wrong).await, Err(NotKept::Damaged)));
    let begun = stream::iter([Ok(right[..400_000].to_vec()), Err(io::Error::other("gone"))]);
    assert!(matches!(files.keep(&sha256, u64::MAX, begun).await, Err(NotKept::CutOff)));
    let whole = stream::iter([Ok::<_, io::Error>(right.clone())]);
    assert!(matches!(files.keep(&sha256, 499_999, whole).await, Err(NotKept::TooLarge)));
    assert_eq!(files.size(&sha256).await.unwrap(), None);
    assert_eq!((listed(files).await.len(), ground.half()), (0, 0));
    keep(files, &right).await.unwrap();
    assert!(files.is_whole(&sha256).await.unwrap());
}

async fn nothing_is_found_where_nothing_was_kept(ground: Ground) {
    let (files, sha256) = (&ground.files, hash(b"nothing"));
    assert_eq!(files.size(&sha256).await.unwrap(), None);
    assert!(!files.is_whole(&sha256).await.unwrap());
    assert_eq!(all(files.read(&sha256)).await.unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(all(files.read_part(&sha256, 0..1)).await.unwrap_err().kind(), io::ErrorKind::NotFound);
    let original = files.original(&sha256);
    let opened = tokio::task::spawn_blocking(move || original.open().map(drop)).await.unwrap();
    assert_eq!(opened.unwrap_err().kind(), io::ErrorKind::NotFound);
    files.remove(&sha256).await.unwrap();
    assert_eq!(listed(files).await.len(), 0);
}

async fn the_list_is_what_is_there_and_what_is_removed_is_gone(ground: Ground) {
    let files = &ground.files;
    let mut expected = BTreeMap::new();
    for length in 1..40 {
        let bytes = bytes(length);
        keep(files, &bytes).await.unwrap();
        expected.insert(hash(&bytes), length as u64);
    }
    // What else lies there is no file of ours.
    std::fs::write(ground.lies(&hash(b"x")).parent().unwrap().with_file_name("notes.txt"), "x").unwrap();
    assert_eq!(listed(files).await, expected);
    let (gone, _) = expected.pop_first().unwrap();
    files.remove(&gone).await.unwrap();
    assert_eq!(files.size(&gone).await.unwrap(), None);
    assert_eq!(listed(files).await, expected);
    files.remove(&gone).await.unwrap();
}

async fn two_who_bring_the_same_at_once_both_have_brought_it(ground: Ground) {
    for bytes in [bytes(200_000), bytes(LARGE)] {
        let (one, other) = tokio::join!(keep(&ground.files, &bytes), keep(&ground.files, &bytes));
        assert_eq!((one.unwrap(), other.unwrap()), (bytes.len() as u64, bytes.len() as u64));
        assert!(ground.files.is_whole(&hash(&bytes)).await.unwrap());
    }
    assert_eq!((listed(&ground.files).await.len(), ground.half()), (2, 0));
}

async fn a_file_beside_is_taken_over_and_one_that_was_spoilt_is_mended(ground: Ground) {
    let (files, bytes) = (&ground.files, bytes(LARGE));
    let sha256 = hash(&bytes);
    for _ in 0..2 {
        let beside = ground.root.join("files/beside");
        std::fs::write(&beside, &bytes).unwrap();
        files.adopt(&beside, &sha256).await.unwrap();
        assert!(!beside.exists());
        assert!(files.is_whole(&sha256).await.unwrap());
        // One byte turns in a file of millions.
        let mut spoilt = bytes.clone();
        spoilt[LARGE / 2] ^= 1;
        std::fs::write(ground.lies(&sha256), spoilt).unwrap();
        assert!(!files.is_whole(&sha256).await.unwrap());
    }
}

macro_rules! in_both_places {
    ($($name:ident),* $(,)?) => {
        mod in_a_directory {
            $(#[tokio::test] async fn $name() { super::$name(super::Ground::in_a_directory().await).await; })*
        }
        mod in_a_bucket {
            $(#[tokio::test] async fn $name() { super::$name(super::Ground::in_a_bucket().await).await; })*
        }
    };
}

in_both_places!(
    what_is_kept_comes_back_whole_and_in_parts,
    a_reader_goes_here_and_there_in_a_file,
    what_is_damaged_cut_off_or_too_large_leaves_nothing,
    nothing_is_found_where_nothing_was_kept,
    the_list_is_what_is_there_and_what_is_removed_is_gone,
    two_who_bring_the_same_at_once_both_have_brought_it,
    a_file_beside_is_taken_over_and_one_that_was_spoilt_is_mended,
);

#[tokio::test]
async fn a_server_that_goes_away_amid_an_upload_has_nothing_under_the_name_and_it_can_be_brought_again() {
    let mut ground = Ground::in_a_bucket().await;
    let bytes = bytes(LARGE);
    let (sha256, beside) = (hash(&bytes), ground.root.join("files/beside"));
    std::fs::write(&beside, &bytes).unwrap();
    ground.server.as_ref().unwrap().end_after_parts(2);
    assert!(ground.files.adopt(&beside, &sha256).await.is_err());
    assert_eq!(std::fs::read(&beside).unwrap().len(), LARGE, "what was not kept is still here");
    assert!(ground.files.size(&sha256).await.is_err(), "whether it is there is not known");
    assert!(!ground.lies(&sha256).exists());

    let again = Server::start(&ground.root.join("s3"));
    ground.files = Files::open(&ground.root.join("files"), &again.home("a/b")).await.unwrap();
    ground.server = Some(again);
    assert_eq!(listed(&ground.files).await.len(), 0);
    ground.files.adopt(&beside, &sha256).await.unwrap();
    assert!(ground.files.is_whole(&sha256).await.unwrap());
}

#[tokio::test]
async fn what_breaks_off_while_it_is_read_ends_with_an_error() {
    let ground = Ground::in_a_bucket().await;
    let bytes = bytes(LARGE);
    let sha256 = hash(&bytes);
    keep(&ground.files, &bytes).await.unwrap();
    let server = ground.server.as_ref().unwrap();
    server.cut_answers(true);
    assert!(all(ground.files.read(&sha256)).await.is_err());
    assert!(ground.files.is_whole(&sha256).await.is_err(), "nobody may say that it is damaged");
    server.cut_answers(false);
    let original = ground.files.original(&sha256);
    let opened = original.clone();
    let mut reader = tokio::task::spawn_blocking(move || opened.open().unwrap()).await.unwrap();
    server.cut_answers(true);
    let read = move || {
        let mut all = Vec::new();
        assert!(reader.read_to_end(&mut all).is_err());
        assert!(original.has_failed());
    };
    tokio::task::spawn_blocking(read).await.unwrap();
}

#[tokio::test]
async fn a_bucket_that_is_not_there_or_not_ours_is_told_at_once_and_without_its_keys() {
    let mut ground = Ground::in_a_bucket().await;
    let Home::Bucket(address) = ground.server.as_ref().unwrap().home("a") else { unreachable!() };
    let mut wrong = address.clone();
    wrong.keys.secret = "another-secret".into();
    let mut missing = address.clone();
    missing.bucket = "nowhere".into();
    ground.server.as_mut().unwrap().stop();
    let mut told = vec![open(&ground, address).await];
    let again = Server::start(&ground.root.join("s3"));
    wrong.endpoint = Some(again.endpoint.clone());
    missing.endpoint = Some(again.endpoint.clone());
    told.extend([open(&ground, wrong).await, open(&ground, missing).await]);
    for error in told {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}

async fn open(ground: &Ground, address: lantoa_backend::files::bucket::Address) -> io::Error {
    Files::open(&ground.root.join("files"), &Home::Bucket(address)).await.unwrap_err()
}

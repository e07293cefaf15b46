//! Bytes of files, by their hash: in a directory, or in a bucket of S3 where the disk is outgrown.
//!
//! A file has its name only after its bytes were verified and have reached the disk, or the bucket, so whatever is
//! found under a name is whole. What arrives is half written on the disk of this machine in both cases: a slow phone
//! must hold neither memory nor a bucket.

pub mod bucket;
mod directory;
mod original;

pub use original::{Original, Reader};

use crate::auth::token;
use bucket::Bucket;
use bytes::Bytes;
use directory::Directory;
use futures::{Stream, StreamExt as _, stream::BoxStream};
use sha2::{Digest as _, Sha256};
use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{fs, io::AsyncWriteExt as _};

/// Largest file that is brought in one breath, in bytes (forms.md: 20 MB).
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// Nobody sends one file for longer.
const A_DAY: Duration = Duration::from_secs(86_400);

/// Bytes, piece by piece. What is cut off ends with an error.
pub type Pieces = BoxStream<'static, io::Result<Bytes>>;

/// Why bytes were not kept.
#[derive(Debug)]
pub enum NotKept {
    /// More than may be.
    TooLarge,
    /// The bytes have another hash.
    Damaged,
    /// The sender stopped.
    CutOff,
    /// The disk or the bucket failed.
    Disk(io::Error),
}

impl From<io::Error> for NotKept {
    fn from(source: io::Error) -> Self {
        Self::Disk(source)
    }
}

/// Where files are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Home {
    /// In the directory where they arrive.
    #[default]
    Directory,
    /// In a bucket.
    Bucket(bucket::Address),
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The hash of its bytes.
    pub sha256: String,
    /// How many they are.
    pub size: u64,
}

#[derive(Debug, Clone)]
enum Place {
    Directory(Directory),
    Bucket(Bucket),
}

/// All files.
#[derive(Debug, Clone)]
pub struct Files {
    /// What is half written.
    incoming: PathBuf,
    place: Place,
}

impl Files {
    /// Uses `directory`, made if missing, and sweeps away what was half written a day ago: younger ones may be another
    /// server's that shares the directory. With a bucket only what arrives is there.
    ///
    /// # Errors
    /// If the directory cannot be written, or the bucket does not answer.
    pub async fn open(directory: &Path, home: &Home) -> io::Result<Self> {
        let incoming = directory.join("incoming");
        fs::create_dir_all(&incoming).await?;
        let mut left = fs::read_dir(&incoming).await?;
        while let Some(entry) = left.next_entry().await? {
            let age = entry.metadata().await.ok().and_then(|data| data.modified().ok()?.elapsed().ok());
            if age.is_some_and(|age| age > A_DAY) {
                // Whoever was quicker has done it.
                let _ = fs::remove_file(entry.path()).await;
            }
        }
        let place = match home {
            Home::Directory => Place::Directory(Directory(directory.to_owned())),
            Home::Bucket(address) => Place::Bucket(Bucket::open(address).await?),
        };
        Ok(Self { incoming, place })
    }

    /// Whether they are kept elsewhere, at the other end of a line.
    pub fn is_away(&self) -> bool {
        matches!(self.place, Place::Bucket(_))
    }

    /// The bytes kept under a hash. `sha256` must have passed [`is_hash`], here and below.
    pub fn read(&self, sha256: &str) -> Pieces {
        match &self.place {
            Place::Directory(directory) => directory::pieces(directory.path(sha256), None),
            Place::Bucket(bucket) => bucket.read(sha256, None),
        }
    }

    /// A part of the bytes kept under a hash, which must lie within them.
    pub fn read_part(&self, sha256: &str, part: Range<u64>) -> Pieces {
        match &self.place {
            Place::Directory(directory) => directory::pieces(directory.path(sha256), Some(part)),
            Place::Bucket(bucket) => bucket.read(sha256, Some(part)),
        }
    }

    /// The bytes kept under a hash for whoever reads here and there in them.
    pub fn original(&self, sha256: &str) -> Original {
        match &self.place {
            Place::Directory(directory) => Original::lying(directory.path(sha256)),
            Place::Bucket(bucket) => Original::away(bucket.clone(), sha256.to_owned()),
        }
    }

    /// How many bytes are kept under a hash; `None` if there is no such file.
    ///
    /// # Errors
    /// If the disk or the bucket fails.
    pub async fn size(&self, sha256: &str) -> io::Result<Option<u64>> {
        let found = match &self.place {
            Place::Directory(directory) => directory.size(sha256).await,
            Place::Bucket(bucket) => bucket.size(sha256).await,
        };
        match found {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            found => found.map(Some),
        }
    }

    /// Whether the bytes kept under a hash have it; `false` also if nothing is kept.
    ///
    /// # Errors
    /// If the disk or the bucket fails.
    pub async fn is_whole(&self, sha256: &str) -> io::Result<bool> {
        match hash(self.read(sha256)).await {
            Ok(hash) => Ok(hash == sha256),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// All files, in no order that means anything.
    pub fn list(&self) -> BoxStream<'static, io::Result<Kept>> {
        match &self.place {
            Place::Directory(directory) => directory.list(),
            Place::Bucket(bucket) => bucket.list(),
        }
    }

    /// Throws the bytes with this hash away; it is no error if they are gone.
    ///
    /// # Errors
    /// If the disk or the bucket fails.
    pub async fn remove(&self, sha256: &str) -> io::Result<()> {
        let removed = match &self.place {
            Place::Directory(directory) => fs::remove_file(directory.path(sha256)).await,
            Place::Bucket(bucket) => bucket.remove(sha256).await,
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Keeps the bytes of a file of at most `most` bytes under their hash; returns how many there were.
    ///
    /// # Errors
    /// If there are too many, they do not have this hash, they end early, or the disk or the bucket fails. Then nothing
    /// is kept.
    pub async fn keep<B, E>(
        &self,
        sha256: &str,
        most: u64,
        mut bytes: impl Stream<Item = Result<B, E>> + Unpin,
    ) -> Result<u64, NotKept>
    where
        B: AsRef<[u8]>,
    {
        let incoming = Incoming(self.incoming.join(token::random_hex::<16>()));
        let mut file = fs::File::create_new(&incoming.0).await?;
        let (mut hash, mut size) = (Sha256::new(), 0);
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|_| NotKept::CutOff)?;
            size += chunk.as_ref().len() as u64;
            if size > most {
                return Err(NotKept::TooLarge);
            }
            hash.update(chunk.as_ref());
            file.write_all(chunk.as_ref()).await?;
        }
        if hex::encode(hash.finalize()) != sha256 {
            return Err(NotKept::Damaged);
        }
        // Bytes that go on to a bucket need not survive here; they must only all be written.
        match &self.place {
            Place::Directory(_) => file.sync_all().await?,
            Place::Bucket(_) => file.flush().await?,
        }
        self.adopt(&incoming.0, sha256).await?;
        Ok(size)
    }

    /// Takes a file over that lies beside this directory, and whose bytes are on the disk and have this hash.
    ///
    /// # Errors
    /// If the disk or the bucket fails; then it lies where it lay.
    pub async fn adopt(&self, bytes: &Path, sha256: &str) -> io::Result<()> {
        match &self.place {
            Place::Directory(directory) => directory.adopt(bytes, sha256).await,
            Place::Bucket(bucket) => {
                bucket.bring(bytes, sha256).await?;
                // It is in the bucket; what cannot be removed here is swept away some day.
                let _ = fs::remove_file(bytes).await;
                Ok(())
            }
        }
    }
}

/// The hash of the bytes of a file on the disk, lower-case hex.
///
/// # Errors
/// If the disk fails.
pub async fn hash_of(path: &Path) -> io::Result<String> {
    hash(directory::pieces(path.to_owned(), None)).await
}

async fn hash(mut pieces: Pieces) -> io::Result<String> {
    let mut hash = Sha256::new();
    while let Some(piece) = pieces.next().await {
        hash.update(piece?);
    }
    Ok(hex::encode(hash.finalize()))
}

/// A half-written file; gone when the upload ends, also when the sender hangs up in the middle.
struct Incoming(PathBuf);

impl Drop for Incoming {
    fn drop(&mut self) {
        // After a success it bears its final name and is not here any more; what cannot be removed
        // now is swept away at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Whether the text is a SHA-256 in lower-case hex.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

//! Bytes of files, by their hash, as plain files under `files/aa/<sha256>`.
//!
//! A file has its name only after its bytes were verified and have reached the disk, so whatever
//! is found under a name is whole.

use crate::auth::token;
use futures::{Stream, StreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
};

/// Largest file, in bytes (forms.md: 20 MB).
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// How much is read at once.
const PIECE: usize = 256 * 1024;
/// Nobody sends one file for longer.
const A_DAY: Duration = Duration::from_secs(86_400);

/// Why bytes were not kept.
#[derive(Debug)]
pub enum NotKept {
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// The bytes have another hash.
    Damaged,
    /// The sender stopped.
    CutOff,
    /// The disk failed.
    Disk(io::Error),
}

impl From<io::Error> for NotKept {
    fn from(source: io::Error) -> Self {
        Self::Disk(source)
    }
}

/// The directory of files.
#[derive(Debug, Clone)]
pub struct Files {
    directory: PathBuf,
}

impl Files {
    /// Uses `directory`, made if missing, and sweeps away what was half written a day ago: younger ones may be another
    /// server's that shares the directory.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub async fn open(directory: &Path) -> io::Result<Self> {
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
        Ok(Self { directory: directory.to_owned() })
    }

    /// The bytes kept under a hash, piece by piece.
    pub fn read(&self, sha256: &str) -> impl Stream<Item = io::Result<Vec<u8>>> + Unpin + use<> {
        pieces(self.path(sha256))
    }
    /// Whether the bytes kept under a hash have it; `false` also if nothing is kept.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn is_whole(&self, sha256: &str) -> io::Result<bool> {
        match hash_of(&self.path(sha256)).await {
            Ok(hash) => Ok(hash == sha256),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Where the bytes with this hash are kept. `sha256` must have passed [`is_hash`].
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.directory.join(&sha256[..2]).join(sha256)
    }

    /// Keeps the bytes under their hash; returns how many there were.
    ///
    /// # Errors
    /// If there are too many, they do not have this hash, they end early, or the disk fails. Then
    /// nothing is kept.
    pub async fn keep<B, E>(
        &self,
        sha256: &str,
        bytes: impl Stream<Item = Result<B, E>> + Unpin,
    ) -> Result<u64, NotKept>
    where
        B: AsRef<[u8]>,
    {
        let incoming = Incoming(self.directory.join("incoming").join(token::random_hex::<16>()));
        self.write(&incoming.0, sha256, bytes).await
    }

    async fn write<B, E>(
        &self,
        incoming: &Path,
        sha256: &str,
        mut bytes: impl Stream<Item = Result<B, E>> + Unpin,
    ) -> Result<u64, NotKept>
    where
        B: AsRef<[u8]>,
    {
        let mut file = fs::File::create_new(incoming).await?;
        let (mut hash, mut size) = (Sha256::new(), 0);
        while let Some(chunk) = bytes.next().await {
            let chunk = chunk.map_err(|_| NotKept::CutOff)?;
            size += chunk.as_ref().len() as u64;
            if size > MAX_BYTES {
                return Err(NotKept::TooLarge);
            }
            hash.update(chunk.as_ref());
            file.write_all(chunk.as_ref()).await?;
        }
        if hex::encode(hash.finalize()) != sha256 {
            return Err(NotKept::Damaged);
        }
        file.sync_all().await?;
        self.adopt(incoming, sha256).await?;
        Ok(size)
    }

    /// Gives a file beside this directory, whose bytes are on the disk and have this hash, its name here.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn adopt(&self, bytes: &Path, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256);
        let shelf = path.parent().unwrap_or(&self.directory).to_owned();
        fs::create_dir_all(&shelf).await?;
        fs::rename(bytes, &path).await?;
        // The names themselves must reach the disk, too.
        fs::File::open(&shelf).await?.sync_all().await?;
        fs::File::open(&self.directory).await?.sync_all().await
    }
}

/// The bytes of a file, piece by piece.
fn pieces(path: PathBuf) -> impl Stream<Item = io::Result<Vec<u8>>> + Unpin + use<> {
    let pieces = stream::try_unfold(None, move |open: Option<fs::File>| {
        let path = path.clone();
        async move {
            let mut file = match open {
                Some(file) => file,
                None => fs::File::open(path).await?,
            };
            let mut piece = Vec::with_capacity(PIECE);
            (&mut file).take(PIECE as u64).read_to_end(&mut piece).await?;
            Ok((!piece.is_empty()).then_some((piece, Some(file))))
        }
    });
    Box::pin(pieces)
}

/// The hash of the bytes of a file, lower-case hex.
///
/// # Errors
/// If the disk fails.
pub async fn hash_of(path: &Path) -> io::Result<String> {
    let (mut hash, mut pieces) = (Sha256::new(), pieces(path.to_owned()));
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

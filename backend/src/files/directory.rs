//! Files on this machine's disk, as plain files under `aa/<sha256>`.
//!
//! Invariant: a name appears after its bytes have reached the disk, and has itself reached it before anybody is told.
//! That is why this is our own code: `object_store`'s directory gives names to bytes, but syncs neither.

use super::{Kept, Pieces, is_hash};
use bytes::Bytes;
use futures::{
    StreamExt as _, TryStreamExt as _,
    stream::{self, BoxStream},
};
use std::{
    io::{self, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
};
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
};

/// How much is read at once.
const PIECE: u64 = 256 * 1024;

/// The directory of files.
#[derive(Debug, Clone)]
pub(super) struct Directory(pub(super) PathBuf);

impl Directory {
    /// Where the bytes with this hash are kept.
    pub(super) fn path(&self, sha256: &str) -> PathBuf {
        self.0.join(&sha256[..2]).join(sha256)
    }

    /// How many bytes a file has.
    pub(super) async fn size(&self, sha256: &str) -> io::Result<u64> {
        Ok(fs::metadata(self.path(sha256)).await?.len())
    }

    /// Gives a file on the same disk, whose bytes are on it, its name here.
    pub(super) async fn adopt(&self, bytes: &Path, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256);
        let shelf = path.parent().unwrap_or(&self.0).to_owned();
        fs::create_dir_all(&shelf).await?;
        fs::rename(bytes, &path).await?;
        // The names themselves must reach the disk, too.
        fs::File::open(&shelf).await?.sync_all().await?;
        fs::File::open(&self.0).await?.sync_all().await
    }

    /// All files, shelf by shelf.
    pub(super) fn list(&self) -> BoxStream<'static, io::Result<Kept>> {
        let directory = self.clone();
        let shelves = stream::iter(0..=u8::MAX).then(move |first| {
            let directory = directory.clone();
            async move { directory.shelf(&hex::encode([first])).await }
        });
        shelves.map_ok(|kept| stream::iter(kept.into_iter().map(Ok))).try_flatten().boxed()
    }

    async fn shelf(&self, name: &str) -> io::Result<Vec<Kept>> {
        let mut entries = match fs::read_dir(self.0.join(name)).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut kept = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            if let Some(sha256) = entry.file_name().to_str().filter(|name| is_hash(name)) {
                match self.size(sha256).await {
                    // Swept away meanwhile.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    size => kept.push(Kept { sha256: sha256.to_owned(), size: size? }),
                }
            }
        }
        Ok(kept)
    }
}

/// The bytes of a file, or a part of them.
pub(super) fn pieces(path: PathBuf, part: Option<Range<u64>>) -> Pieces {
    let Range { start, end } = part.unwrap_or(0..u64::MAX);
    let pieces = stream::try_unfold((None, end - start), move |(open, left): (Option<fs::File>, u64)| {
        let path = path.clone();
        async move {
            let mut file = match open {
                Some(file) => file,
                None => {
                    let mut file = fs::File::open(path).await?;
                    file.seek(SeekFrom::Start(start)).await?;
                    file
                }
            };
            let most = left.min(PIECE);
            let mut piece = Vec::with_capacity(usize::try_from(most).unwrap_or_default());
            (&mut file).take(most).read_to_end(&mut piece).await?;
            let left = left - piece.len() as u64;
            Ok((!piece.is_empty()).then_some((Bytes::from(piece), (Some(file), left))))
        }
    });
    pieces.boxed()
}

//! A kept file for whoever reads here and there in it, as decoders do, on a thread that may wait.
//!
//! Invariant: of a file in a bucket no more is held than what is read ahead.

use super::bucket::Bucket;
use bytes::Bytes;
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::runtime::Handle;

/// How much is fetched at once from a bucket, in bytes: little first, since most look at the beginning only.
const FIRST: u64 = 64 * 1024;
/// The most that is fetched at once, in bytes.
const MOST: u64 = 4 * 1024 * 1024;

/// A kept file that is to be read.
#[derive(Debug, Clone)]
pub struct Original {
    from: From,
    has_failed: Arc<AtomicBool>,
}

#[derive(Debug, Clone)]
enum From {
    Lying(PathBuf),
    Away { bucket: Bucket, sha256: String, handle: Handle },
}

impl Original {
    pub(super) fn lying(path: PathBuf) -> Self {
        Self::of(From::Lying(path))
    }

    /// Must be called where there is a runtime of tokio.
    pub(super) fn away(bucket: Bucket, sha256: String) -> Self {
        Self::of(From::Away { bucket, sha256, handle: Handle::current() })
    }

    fn of(from: From) -> Self {
        Self { from, has_failed: Arc::default() }
    }

    /// Whether the disk or the bucket failed while it was read: decoders say of this, too, that there is no picture.
    pub fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// Opens it, on a thread that may wait.
    ///
    /// # Errors
    /// If it is not there, or the disk or the bucket fails.
    pub fn open(&self) -> io::Result<Reader> {
        let inner = match &self.from {
            From::Lying(path) => Inner::Lying(File::open(path)?),
            From::Away { bucket, sha256, handle } => {
                let mut away = Away {
                    bucket: bucket.clone(),
                    sha256: sha256.clone(),
                    handle: handle.clone(),
                    size: 0,
                    at: 0,
                    begin: 0,
                    held: Bytes::new(),
                    next: FIRST,
                };
                // Whether it is there is known now, and its beginning is what everybody reads.
                away.fetch()?;
                Inner::Away(away)
            }
        };
        Ok(Reader { inner, has_failed: self.has_failed.clone() })
    }
}

/// A kept file that is being read. All of it is for a thread that may wait.
#[derive(Debug)]
pub struct Reader {
    inner: Inner,
    has_failed: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Inner {
    Lying(File),
    Away(Away),
}

#[derive(Debug)]
struct Away {
    bucket: Bucket,
    sha256: String,
    handle: Handle,
    /// How many bytes it has.
    size: u64,
    /// Where is read next.
    at: u64,
    /// Where what is held begins.
    begin: u64,
    held: Bytes,
    /// How much is fetched next: more and more while it is read on.
    next: u64,
}

impl Away {
    /// Fetches from where is read next.
    fn fetch(&mut self) -> io::Result<()> {
        let is_read_on = self.at == self.begin + self.held.len() as u64;
        self.next = if is_read_on { (self.next * 2).min(MOST) } else { FIRST };
        match self.handle.block_on(self.bucket.piece(&self.sha256, self.at, self.next)) {
            Ok((held, size)) => (self.held, self.size) = (held, size),
            Err(error) => {
                // Of an empty file no part can be had.
                let size = self.handle.block_on(self.bucket.size(&self.sha256))?;
                if self.at < size {
                    return Err(error);
                }
                (self.held, self.size) = (Bytes::new(), size);
            }
        }
        self.begin = self.at;
        Ok(())
    }

    /// What is held from where is read next.
    fn rest(&self) -> &[u8] {
        let from = self.at.checked_sub(self.begin).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.held.get(from..)).unwrap_or_default()
    }
}

impl Read for Away {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest().is_empty() && self.at < self.size && !into.is_empty() {
            self.fetch()?;
        }
        let count = self.rest().len().min(into.len());
        into[..count].copy_from_slice(&self.rest()[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.inner {
            Inner::Lying(file) => file.read(into),
            Inner::Away(away) => away.read(into),
        };
        if read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let away = match &mut self.inner {
            Inner::Lying(file) => return file.seek(to),
            Inner::Away(away) => away,
        };
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => away.size.checked_add_signed(by),
            SeekFrom::Current(by) => away.at.checked_add_signed(by),
        };
        away.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(away.at)
    }
}

impl Reader {
    /// How many bytes it has.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn size(&self) -> io::Result<u64> {
        match &self.inner {
            Inner::Lying(file) => Ok(file.metadata()?.len()),
            Inner::Away(away) => Ok(away.size),
        }
    }
}

//! Files in a bucket of S3, or of a server that speaks like it, as objects `prefix/aa/<sha256>`.
//!
//! Invariant: an object appears under its name whole or not at all. Every part goes out signed with its hash, the
//! whole is hashed once more on its way, an upload in parts is ended only if that is right, and then the size is read
//! back. Credentials come from the surroundings only, and are never shown.

use super::{Kept, Pieces, directory, is_hash};
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt as _, RetryConfig,
    WriteMultipart, aws::AmazonS3, aws::AmazonS3Builder, path::Path as Key,
};
use sha2::{Digest as _, Sha256};
use std::{io, ops::Range, path::Path, sync::Arc, time::Duration};

/// Larger files go in parts of this size, in bytes; S3 takes none below 5 MiB, and at most 10,000 of them.
const PART: usize = 8 * 1024 * 1024;
/// Parts on their way at once, besides the one that is being filled.
const AT_ONCE: usize = 2;
/// How often a request is tried again after a fault of the server or of the way to it.
const RETRIES: usize = 4;
/// How long is waited for the first byte of a server, and for the next one.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long is waited for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Which bucket, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The bucket's name.
    pub bucket: String,
    /// What stands before every name in it, without slashes at its ends; may be empty.
    pub prefix: String,
    /// The server, such as `https://s3.example`; Amazon's own if there is none.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// With what one signs in.
    pub keys: Keys,
}

/// With what one signs in at a bucket.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// `AWS_ACCESS_KEY_ID`.
    pub id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys")
    }
}

/// A bucket.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Key,
}

impl Bucket {
    /// Makes sure that the bucket is there and may be read.
    pub(super) async fn open(address: &Address) -> io::Result<Self> {
        let retry = RetryConfig { max_retries: RETRIES, ..RetryConfig::default() };
        // A film is given for as long as a phone takes to receive it: only silence is a fault.
        let client = ClientOptions::new()
            .with_timeout_disabled()
            .with_read_timeout(PATIENCE)
            .with_connect_timeout(CONNECT);
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_region(&address.region)
            .with_access_key_id(&address.keys.id)
            .with_secret_access_key(&address.keys.secret)
            .with_retry(retry)
            .with_client_options(client);
        if let Some(endpoint) = &address.endpoint {
            // Whoever writes `http` means a server that is near.
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        let store = Arc::new(builder.build().map_err(failed)?);
        let prefix = Key::parse(&address.prefix).map_err(io::Error::other)?;
        let bucket = Self { store, prefix };
        match bucket.list().next().await {
            None | Some(Ok(_)) => Ok(bucket),
            Some(Err(error)) => Err(error),
        }
    }

    fn key(&self, sha256: &str) -> Key {
        self.prefix.clone().join(&sha256[..2]).join(sha256)
    }

    /// The bytes of an object, or a part of them.
    pub(super) fn read(&self, sha256: &str, part: Option<Range<u64>>) -> Pieces {
        let (bucket, sha256) = (self.clone(), sha256.to_owned());
        let begin = async move {
            let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
            let found = bucket.store.get_opts(&bucket.key(&sha256), options).await.map_err(failed)?;
            Ok::<_, io::Error>(found.into_stream().map_err(failed))
        };
        futures::stream::once(begin).try_flatten().boxed()
    }

    /// At most `most` bytes from a place on, and how many the whole object has.
    pub(super) async fn piece(&self, sha256: &str, at: u64, most: u64) -> io::Result<(Bytes, u64)> {
        let range = Some(GetRange::Bounded(at..at.saturating_add(most)));
        let options = GetOptions { range, ..GetOptions::default() };
        let found = self.store.get_opts(&self.key(sha256), options).await.map_err(failed)?;
        let size = found.meta.size;
        Ok((found.bytes().await.map_err(failed)?, size))
    }

    /// How many bytes an object has.
    pub(super) async fn size(&self, sha256: &str) -> io::Result<u64> {
        Ok(self.store.head(&self.key(sha256)).await.map_err(failed)?.size)
    }

    /// All objects that are files.
    pub(super) fn list(&self) -> BoxStream<'static, io::Result<Kept>> {
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        let kept = |found: ObjectMeta| {
            let sha256 = found.location.filename().filter(|name| is_hash(name))?.to_owned();
            Some(Kept { sha256, size: found.size })
        };
        let all = self.store.list(prefix).map_err(failed);
        all.try_filter_map(move |found| std::future::ready(Ok(kept(found)))).boxed()
    }

    /// Throws an object away.
    pub(super) async fn remove(&self, sha256: &str) -> io::Result<()> {
        self.store.delete(&self.key(sha256)).await.map_err(failed)
    }

    /// Brings the bytes of a file on the disk, which have this hash. Once this is done they are in the bucket.
    pub(super) async fn bring(&self, path: &Path, sha256: &str) -> io::Result<()> {
        let size = tokio::fs::metadata(path).await?.len();
        let key = self.key(sha256);
        if size <= PART as u64 {
            let bytes = tokio::fs::read(path).await?;
            check(Sha256::new().chain_update(&bytes), sha256)?;
            self.store.put(&key, bytes.into()).await.map_err(failed)?;
        } else {
            let upload = self.store.put_multipart(&key).await.map_err(failed)?;
            let mut parts = WriteMultipart::new_with_chunk_size(upload, PART);
            if let Err(error) = send(&mut parts, path, sha256).await {
                // What is left all the same never gets the name; a rule of the bucket's life cycle clears it away.
                let _ = parts.abort().await;
                return Err(error);
            }
            parts.finish().await.map_err(failed)?;
        }
        let there = self.size(sha256).await?;
        if there != size {
            return Err(io::Error::other(format!("the bucket has {there} bytes of {size} under {sha256}")));
        }
        Ok(())
    }
}

/// Sends all parts of a file but the last one, which goes with the end.
async fn send(parts: &mut WriteMultipart, path: &Path, sha256: &str) -> io::Result<()> {
    let (mut hash, mut pieces) = (Sha256::new(), directory::pieces(path.to_owned(), None));
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        hash.update(&piece);
        parts.wait_for_capacity(AT_ONCE).await.map_err(failed)?;
        parts.put(piece);
    }
    check(hash, sha256)
}

fn check(hash: Sha256, sha256: &str) -> io::Result<()> {
    if hex::encode(hash.finalize()) == sha256 {
        return Ok(());
    }
    // The disk gave other bytes than when they arrived.
    Err(io::Error::new(io::ErrorKind::InvalidData, "the bytes changed on the disk"))
}

/// Whatever a bucket does not do is a fault of the place, like one of a disk.
fn failed(error: object_store::Error) -> io::Error {
    let kind = match error {
        object_store::Error::NotFound { .. } => io::ErrorKind::NotFound,
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            io::ErrorKind::PermissionDenied
        }
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

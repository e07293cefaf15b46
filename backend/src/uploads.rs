//! Uploads that go on where they stopped: the bytes of one file, which arrive in pieces, over days if need be.
//!
//! Of each there is a plan, and the bytes that arrived; how far it is, is how many these are. Invariants: whoever is
//! told how far an upload is finds the bytes up to there on the disk; one request at a time writes into an upload,
//! also where several servers share the directory; a file is among the [`Files`] only once all of it has the hash it
//! should have.

use crate::{
    auth::token,
    files::{Files, is_hash},
};
use futures::{Stream, StreamExt as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs::TryLockError,
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tokio::{fs, io::AsyncWriteExt as _};

/// Largest file that may be uploaded, in bytes.
pub const MAX_BYTES: u64 = 1024 * 1024 * 1024;
/// Most uploads that one person may have begun and not ended.
pub const MOST_OPEN: usize = 200;
/// How long it is waited for the rest: a week since the last byte.
pub const PATIENCE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What is to arrive, and from whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Who uploads it; nobody else learns of it.
    pub person: String,
    /// How many bytes the file has.
    pub length: u64,
    /// The hash of the whole, if that was said.
    pub sha256: Option<String>,
    /// Whether all of it is here and bears its name.
    pub is_done: bool,
}

/// An upload as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub id: String,
    /// What is to arrive.
    pub plan: Plan,
    /// How many bytes are here.
    pub offset: u64,
}

/// Why bytes were not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// Another request writes into the upload.
    Busy,
    /// The upload is somewhere else: at this byte.
    Elsewhere(u64),
    /// There are more bytes than the file was to have.
    TooMany,
    /// The piece does not have the hash that came with it.
    PieceDamaged,
    /// All is here, and it does not have the hash that it was to have.
    Damaged,
    /// The sender stopped; what came is kept.
    CutOff,
    /// The disk failed.
    Disk(io::Error),
}

impl From<io::Error> for NotTaken {
    fn from(source: io::Error) -> Self {
        Self::Disk(source)
    }
}

/// The directory of uploads that are not ended.
#[derive(Debug, Clone)]
pub struct Uploads {
    directory: PathBuf,
}

impl Uploads {
    /// Uses `directory`, made if missing, and sweeps away what was not gone on with for long.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub async fn open(directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory).await?;
        let uploads = Self { directory: directory.to_owned() };
        uploads.sweep().await?;
        Ok(uploads)
    }

    /// Begins an upload; returns its name.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn begin(&self, plan: &Plan) -> io::Result<String> {
        self.sweep().await?;
        let id = token::random_hex::<16>();
        // Of what is here already nothing will come.
        if !plan.is_done {
            fs::File::create_new(self.bytes(&id)).await?;
        }
        self.write(&id, plan).await?;
        Ok(id)
    }

    /// An upload of a person; `None` if there is none of this name.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn find(&self, id: &str, person: &str) -> io::Result<Option<Upload>> {
        let is_name = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_name {
            return Ok(None);
        }
        let Some(plan) = self.plan(id).await?.filter(|plan| plan.person == person) else { return Ok(None) };
        let offset = match fs::metadata(self.bytes(id)).await {
            _ if plan.is_done => plan.length,
            Ok(bytes) => bytes.len(),
            // The server stopped right after the bytes had become a file: whoever begins anew brings them once more.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Some(Upload { id: id.to_owned(), plan, offset }))
    }

    /// How many uploads a person has begun and not ended.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn count_open(&self, person: &str) -> io::Result<usize> {
        let (mut entries, mut count) = (fs::read_dir(&self.directory).await?, 0);
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let Some(id) = name.to_str().and_then(|name| name.strip_suffix(PLAN)) else { continue };
            let plan = self.plan(id).await?;
            count += usize::from(plan.is_some_and(|plan| plan.person == person && !plan.is_done));
        }
        Ok(count)
    }

    /// Takes bytes in behind those that are here. `sha256` is the hash of this piece, if it came with one: then all
    /// of it is kept or nothing. Returns how many bytes are here now.
    ///
    /// # Errors
    /// [`NotTaken`]; what arrived of a piece without a hash is kept all the same, as far as there was room.
    pub async fn append<B: AsRef<[u8]>, E>(
        &self,
        upload: &Upload,
        sha256: Option<&[u8]>,
        mut bytes: impl Stream<Item = Result<B, E>> + Unpin,
    ) -> Result<u64, NotTaken> {
        let file = fs::OpenOptions::new().append(true).open(self.bytes(&upload.id)).await?;
        let locked = file.into_std().await;
        match locked.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotTaken::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut file = fs::File::from_std(locked);
        let before = file.metadata().await?.len();
        if before != upload.offset {
            return Err(NotTaken::Elsewhere(before));
        }
        let (mut hash, mut offset, mut stopped) = (Sha256::new(), before, None);
        while let Some(piece) = bytes.next().await {
            let Ok(piece) = piece else {
                stopped = Some(NotTaken::CutOff);
                break;
            };
            offset += piece.as_ref().len() as u64;
            if offset > upload.plan.length {
                stopped = Some(NotTaken::TooMany);
                break;
            }
            if sha256.is_some() {
                hash.update(piece.as_ref());
            }
            if let Err(error) = file.write_all(piece.as_ref()).await {
                stopped = Some(NotTaken::Disk(error));
                break;
            }
        }
        // The last bytes are written only now.
        if let (Err(error), None) = (file.flush().await, &stopped) {
            stopped = Some(NotTaken::Disk(error));
        }
        if stopped.is_none() && sha256.is_some_and(|sha256| hash.finalize()[..] != *sha256) {
            stopped = Some(NotTaken::PieceDamaged);
        }
        let keeps = match &stopped {
            None => true,
            Some(NotTaken::CutOff | NotTaken::Disk(_)) => sha256.is_none(),
            Some(_) => false,
        };
        if !keeps {
            file.set_len(before).await?;
        }
        if upload.plan.sha256.is_none() {
            // Nobody will know of a hole that a power cut leaves in the middle.
            file.sync_data().await?;
        }
        stopped.map_or(Ok(offset), Err)
    }

    /// Puts a whole upload among the files; returns its hash.
    ///
    /// # Errors
    /// If it does not have the hash that it was to have – then it is gone – or the disk fails.
    pub async fn end(&self, upload: &Upload, files: &Files) -> Result<String, NotTaken> {
        let bytes = self.bytes(&upload.id);
        // A bucket takes its time: whoever asks meanwhile must not bring it there a second time.
        // To be written, too: over a network, a disk gives no lock to whoever only reads.
        let held = fs::OpenOptions::new().read(true).write(true).open(&bytes).await?.into_std().await;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotTaken::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        // Only now, and not piece by piece: what a power cut takes of an upload that goes on is brought again, from
        // where the file ends then, and all of it is verified here; what has no hash was synced piece by piece.
        let held = fs::File::from_std(held);
        held.sync_all().await?;
        let sha256 = crate::files::hash_of(&bytes).await?;
        if upload.plan.sha256.as_ref().is_some_and(|wanted| *wanted != sha256) {
            self.remove(upload).await?;
            return Err(NotTaken::Damaged);
        }
        files.adopt(&bytes, &sha256).await?;
        let plan = Plan { sha256: Some(sha256.clone()), is_done: true, ..upload.plan.clone() };
        self.write(&upload.id, &plan).await?;
        Ok(sha256)
    }

    /// Ends an upload without keeping anything.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn remove(&self, upload: &Upload) -> io::Result<()> {
        // The plan first: bytes without a plan are swept away.
        remove_if_there(&self.path(&upload.id, PLAN)).await?;
        remove_if_there(&self.bytes(&upload.id)).await
    }

    async fn plan(&self, id: &str) -> io::Result<Option<Plan>> {
        match fs::read(self.path(id, PLAN)).await {
            Ok(text) => Ok(serde_json::from_slice(&text).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a plan whole or not at all. A power cut may take it: then the upload is begun anew, and what became a
    /// file is not brought again.
    async fn write(&self, id: &str, plan: &Plan) -> io::Result<()> {
        let (fresh, path) = (self.path(id, ".new"), self.path(id, PLAN));
        let mut file = fs::File::create(&fresh).await?;
        file.write_all(&serde_json::to_vec(plan)?).await?;
        file.flush().await?;
        fs::rename(&fresh, &path).await
    }

    /// Removes whatever nobody went on with for [`PATIENCE`].
    async fn sweep(&self) -> io::Result<()> {
        let (mut entries, now) = (fs::read_dir(&self.directory).await?, SystemTime::now());
        let is_old = |at: SystemTime| now.duration_since(at).is_ok_and(|age| age > PATIENCE);
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            // Of an upload that goes on, the bytes are younger than the plan.
            let newest = fs::metadata(path.with_extension("bytes")).await;
            let newest = match newest {
                Ok(bytes) => bytes.modified()?,
                Err(_) => entry.metadata().await?.modified()?,
            };
            if is_old(newest) {
                remove_if_there(&path).await?;
            }
        }
        Ok(())
    }

    fn bytes(&self, id: &str) -> PathBuf {
        self.path(id, ".bytes")
    }

    fn path(&self, id: &str, suffix: &str) -> PathBuf {
        self.directory.join(format!("{id}{suffix}"))
    }
}

/// How the names of plans end.
const PLAN: &str = ".json";

async fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The hash that an upload says it will have; `None` if what it says is no hash.
pub fn said_hash(said: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(said).ok()?;
    is_hash(text).then(|| text.to_owned())
}

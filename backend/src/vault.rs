//! Copies of everything, and the proof that they are whole: backup, restore, the ways to the other engine and to a
//! bucket and back, and the check of what is there.
//!
//! Invariant: phones are told to rely on a backup only after it was read back from its disk and found to hold, row by
//! row, what was in the database ([`backup`]). Whatever fails here leaves the database it read from as it was.

pub mod backup;
pub mod manifest;
pub mod rehouse;
pub mod relocate;
pub mod replay;
pub mod restore;
pub mod verify;

use crate::{
    files::{Files, Home, NotKept},
    not_done::NotDone,
    store::{self, Connection, Place, Store, TABLES, transfer},
};
use futures::StreamExt as _;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Make a backup in a folder of backups.
    Backup(PathBuf),
    /// Bring a backup back.
    Restore(PathBuf),
    /// Check all that is there.
    Verify,
    /// Move from SQLite to PostgreSQL, or back.
    Move {
        /// From SQLite in the data directory to PostgreSQL, or the other way.
        to_postgres: bool,
    },
    /// Move the files from the directory to the bucket, or back.
    MoveFiles {
        /// From the data directory to the bucket, or the other way.
        to_bucket: bool,
    },
}

/// Where an installation keeps what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The data directory.
    pub data: PathBuf,
    /// The URL of PostgreSQL, if one was given.
    pub database: Option<String>,
    /// Where the bytes of its files are.
    pub files: Home,
}

impl Installation {
    /// Where its database is.
    pub fn place(&self) -> Place {
        self.database.clone().map_or_else(|| Place::Directory(self.data.clone()), Place::Url)
    }

    /// Its files.
    async fn files(&self) -> Result<Files, NotDone> {
        self.files_at(&self.files).await
    }

    /// Its files, if they were kept there.
    async fn files_at(&self, home: &Home) -> Result<Files, NotDone> {
        let files = Files::open(&self.data.join("files"), home).await;
        files.map_err(|error| NotDone::Io("opening the files", error))
    }

    /// Its database, which must be there: a mistyped place must not become an empty one.
    async fn store(&self) -> Result<Store, NotDone> {
        self.must_exist()?;
        Ok(Store::open(&self.place()).await?)
    }

    fn must_exist(&self) -> Result<(), NotDone> {
        if self.place().file().is_some_and(|file| !file.exists()) {
            return Err(NotDone::wrong(format!("there is no database in {}", self.data.display())));
        }
        Ok(())
    }
}

/// Does what is to be done. Returns what to tell the operator.
///
/// # Errors
/// Why it was not done, or what is not whole.
pub async fn run(installation: &Installation, task: Task) -> Result<String, NotDone> {
    match task {
        Task::Backup(folder) => backup::make(installation, &folder).await,
        Task::Restore(backup) => restore::bring_back(installation, &backup).await,
        Task::Verify => verify::check(installation).await,
        Task::Move { to_postgres } => relocate::to_other_engine(installation, to_postgres).await,
        Task::MoveFiles { to_bucket } => rehouse::files(installation, to_bucket).await,
    }
}

/// Replaces everything in one database by everything of another and compares. Returns the tallies.
async fn carry_all(from: &mut Connection, to: &mut Connection) -> Result<Vec<manifest::Content>, NotDone> {
    transfer::clear(to).await?;
    let mut contents = Vec::new();
    for table in TABLES {
        let read = transfer::carry(from, to, table).await?;
        let stands = transfer::tally(to, table).await?;
        if read != stands {
            return Err(NotDone::wrong(format!(
                "{}: {} rows were read and {} stand in the copy, or they differ; nothing was changed",
                table.name, read.rows, stands.rows
            )));
        }
        contents.push(manifest::Content {
            table: table.name.to_owned(),
            rows: read.rows,
            digest: read.digest(),
        });
    }
    Ok(contents)
}

/// Whether a database holds nothing that anybody entered, so that it may be replaced.
async fn is_replaceable(tx: &mut Connection) -> Result<bool, store::Error> {
    let is_left_behind = store::facts::text(tx, store::facts::MOVED_AT).await?.is_some();
    let is_empty = !store::people::any(tx).await? && store::journal::count(tx).await? == 0;
    Ok(is_left_behind || is_empty)
}

/// Brings files from one place into another, unless they are there and whole. Returns how many bytes they are, and
/// the hashes of those that are missing or damaged.
async fn carry_files(
    stored: &[store::files::Stored],
    from: &Files,
    to: &Files,
) -> Result<(u64, Vec<String>), NotDone> {
    let failed = |error| NotDone::Io("copying a file", error);
    let (mut size, mut damaged) = (0, Vec::new());
    for file in stored {
        if to.is_whole(&file.sha256).await.map_err(failed)? {
            size += file.size;
            continue;
        }
        let mut broken = None;
        let bytes = from.read(&file.sha256).map(|piece| piece.map_err(|error| broken = Some(error)));
        match (to.keep(&file.sha256, file.size, bytes).await, broken) {
            (Ok(bytes), _) => size += bytes,
            (Err(NotKept::Disk(error)), _) => return Err(failed(error)),
            // Of a file that lies elsewhere, the line broke: nothing is known of its bytes.
            (Err(_), Some(error)) if from.is_away() && error.kind() != ErrorKind::NotFound => {
                return Err(failed(error));
            }
            // The reader stopped, or the bytes are others: it is the source that is not whole.
            (Err(NotKept::CutOff | NotKept::Damaged | NotKept::TooLarge), _) => {
                damaged.push(file.sha256.clone());
            }
        }
    }
    Ok((size, damaged))
}

/// Makes sure that a file or a directory has reached the disk.
fn sync(path: &Path) -> Result<(), NotDone> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| NotDone::Io("writing to the disk", error))
}

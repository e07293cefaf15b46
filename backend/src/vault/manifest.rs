//! What a backup says of itself, in `manifest.json`.
//!
//! Invariant: it is written last. A folder without it is no backup; one with it was read back and compared.

use crate::not_done::NotDone;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    io::{self, BufRead as _},
    path::Path,
};

/// The layout of a backup.
pub const FORMAT: u32 = 1;
/// Its database.
pub const DATABASE: &str = "lantoa.sqlite";
const NAME: &str = "manifest.json";
/// How much is read at once.
const PIECE: usize = 256 * 1024;

/// A table's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its name.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// What they say ([`crate::store::transfer::Tally::digest`]).
    pub digest: String,
}

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout.
    pub format: u32,
    /// When the copy was begun, in milliseconds since 1970.
    pub made_at: i64,
    /// The epoch of the database.
    pub epoch: String,
    /// The place in the journal up to which devices may rely on this backup.
    pub durable_seq: u64,
    /// SHA-256 of the database's file.
    pub sha256: String,
    /// The tables.
    pub tables: Vec<Content>,
    /// How many files were to be in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The hashes of files that were missing or damaged already when the backup was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damaged: Vec<String>,
}

impl Manifest {
    /// Writes it into a backup's directory.
    pub(super) fn write(&self, directory: &Path) -> Result<(), NotDone> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other);
        let path = directory.join(NAME);
        let written = text.and_then(|text| std::fs::write(&path, text));
        written.map_err(|error| NotDone::Io("writing the manifest", error))?;
        super::sync(&path)
    }

    /// Reads a backup's manifest, and makes sure that its database is the one it speaks of.
    pub(super) fn read(directory: &Path) -> Result<Self, NotDone> {
        let said = format!("{} is no backup of Lan Tỏa", directory.display());
        let text = match std::fs::read(directory.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(NotDone::wrong(format!(
                    "{said}: it has no {NAME}. Name one of the dated folders of the folder of backups"
                )));
            }
            read => read.map_err(|error| NotDone::Io("reading the manifest", error))?,
        };
        let manifest: Self = serde_json::from_slice(&text)
            .map_err(|error| NotDone::wrong(format!("{said}, or its {NAME} is damaged: {error}")))?;
        if manifest.format > FORMAT {
            return Err(NotDone::wrong("this backup was made by a newer version of Lan Tỏa: take that one"));
        }
        if hash_of(&directory.join(DATABASE))? != manifest.sha256 {
            return Err(NotDone::wrong(format!(
                "the database of the backup {} is damaged: take another backup",
                directory.display()
            )));
        }
        Ok(manifest)
    }
}

/// SHA-256 of a file, lower-case hex.
pub(super) fn hash_of(path: &Path) -> Result<String, NotDone> {
    let failed = |error| NotDone::Io("reading the backup", error);
    let mut file = io::BufReader::with_capacity(PIECE, std::fs::File::open(path).map_err(failed)?);
    let mut hash = Sha256::new();
    loop {
        let piece = file.fill_buf().map_err(failed)?;
        if piece.is_empty() {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(piece);
        let length = piece.len();
        file.consume(length);
    }
}

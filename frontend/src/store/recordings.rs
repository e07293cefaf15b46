//! Sounds that are being recorded: their bytes come onto the disk while they come, so that a phone that dies in the
//! middle of an interview loses its last seconds and no more.
//!
//! Invariant: a note and the pieces it tells of change in one strict transaction. A recording is its person's until
//! an op that names it as a file is on the disk, or it is thrown away; to free room it is never taken.

use super::{
    Store, StoreTrouble,
    base::range,
    chunks::{BYTES, PIECE, Pieces},
    meta::{note_requests, notes_of},
    schema::{CHUNKS, META},
    transaction::{Change, Purpose, delete, put, text},
};
use crate::json;
use js_sys::Uint8Array;
use lantoa_shared::op::Path;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use wasm_bindgen::JsValue;
use web_sys::{IdbRequest, IdbTransaction};

/// What the keys of the notes begin with.
pub const RECORDING: &str = "recording|";

/// What is recorded, for which field of which record, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Who records.
    #[serde(skip)]
    pub person: String,
    /// The record.
    pub record: String,
    /// The field.
    pub path: Path,
    /// The type of its bytes.
    pub mime: String,
    /// When it was begun, in milliseconds since 1970.
    pub began: i64,
    /// How long it plays, in milliseconds.
    pub plays: u32,
    /// How many bytes there are.
    pub size: u32,
    /// The name of its pieces.
    #[serde(skip)]
    pub name: String,
}

impl Recorded {
    /// Where its bytes lie.
    pub fn pieces(&self) -> Pieces {
        Pieces { name: self.name.clone(), size: self.size }
    }
}

/// A recording that goes on.
pub struct Recording {
    /// What is on the disk.
    pub recorded: Recorded,
    /// The bytes of the piece that is not whole yet.
    tail: Vec<u8>,
}

impl Recording {
    /// Nothing yet, under the name that its pieces will have.
    pub fn new(recorded: Recorded) -> Self {
        let name = Pieces::new().name;
        Self { recorded: Recorded { plays: 0, size: 0, name, ..recorded }, tail: Vec::new() }
    }
}

/// The key of a recording's note. It tells whose it is, so that those of a person are counted without being read.
fn recording_key(recorded: &Recorded) -> String {
    format!("{RECORDING}{}|{}", recorded.person, recorded.name)
}

/// Person and name, of the rest of the key of a recording's note.
pub fn recording_of(key: &str) -> Option<(&str, &str)> {
    key.rsplit_once('|')
}

impl Store {
    /// Keeps the next bytes of a recording, which then plays for so many milliseconds.
    ///
    /// # Errors
    /// If they are not on the disk, or the recording is not there as it was left; then it is as it was before.
    pub async fn keep_recorded(
        &self,
        recording: &mut Recording,
        bytes: &[u8],
        plays: u32,
    ) -> Result<(), StoreTrouble> {
        let whole = PIECE as usize;
        let mut tail = recording.tail.clone();
        tail.extend_from_slice(bytes);
        let mut pieces = recording.recorded.pieces();
        pieces.size -= pieces.size % PIECE;
        let mut changes: Vec<Change> = Vec::new();
        let mut begin = 0;
        while begin < tail.len() {
            let piece = &tail[begin..tail.len().min(begin + whole)];
            let key = JsValue::from_str(&pieces.key(pieces.size));
            changes.push((CHUNKS, key, Some(Uint8Array::from(piece).into())));
            pieces.size = pieces.size.saturating_add(u32::try_from(piece.len()).unwrap_or(PIECE));
            begin += piece.len();
        }
        let recorded = Recorded { plays, size: pieces.size, ..recording.recorded.clone() };
        let note = serde_json::to_string(&recorded).map_err(|_| StoreTrouble::Broken)?;
        changes.push(put(META, &recording_key(&recorded), &note));
        let key = JsValue::from_str(&recording_key(&recorded));
        let (before, is_lost) = (recording.recorded.size, Cell::new(false));
        let read = |tx: &IdbTransaction| Ok(vec![tx.object_store(META)?.get(&key)?]);
        let decide = |requests: &[IdbRequest]| {
            let held = text(requests).and_then(|note| json::read::<Recorded>(&note).ok());
            // Where the end of a write was not heard, it is written again.
            let is_there =
                held.map_or(0, |held| held.size) == before || text(requests).as_ref() == Some(&note);
            is_lost.set(!is_there);
            Ok(if is_there { changes.clone() } else { Vec::new() })
        };
        self.amend(&[META, CHUNKS], Purpose::Keep, &read, &decide).await?;
        if is_lost.get() {
            // Another tab threw it away, or the browser the whole store.
            return Err(StoreTrouble::Broken);
        }
        tail.drain(..tail.len() - tail.len() % whole);
        *recording = Recording { recorded, tail };
        Ok(())
    }

    /// What was recorded and not attached, by whomever, oldest first.
    pub async fn recordings(&self) -> Result<Vec<Recorded>, StoreTrouble> {
        let read = |(key, note): (String, String)| {
            let (person, name) = recording_of(&key)?;
            Some(Recorded { person: person.to_owned(), name: name.to_owned(), ..json::read(&note).ok()? })
        };
        Ok(self.notes(RECORDING).await?.into_iter().filter_map(read).collect())
    }

    /// The persons of these recordings.
    pub async fn recorders(&self) -> Result<Vec<String>, StoreTrouble> {
        let noted = self.notes(RECORDING).await?.into_iter();
        Ok(noted.filter_map(|(key, _)| Some(recording_of(&key)?.0.to_owned())).collect())
    }

    /// Forgets a recording: its bytes go with it, unless they are a file's by now.
    pub async fn forget_recording(&self, recorded: &Recorded) -> Result<(), StoreTrouble> {
        let name = &recorded.name;
        let decide = |requests: &[IdbRequest]| {
            let files = notes_of(requests, BYTES);
            let is_file = files.iter().any(|(_, note)| Pieces::read(note).is_some_and(|it| it.name == *name));
            let pieces = (!is_file).then(|| (CHUNKS, range(&format!("{name}|")), None));
            Ok(pieces.into_iter().chain([delete(META, &recording_key(recorded))]).collect())
        };
        let read = |tx: &IdbTransaction| Ok(note_requests(tx, BYTES)?.into());
        self.amend(&[META, CHUNKS], Purpose::Keep, &read, &decide).await.map(drop)
    }
}

//! Bytes of files, in pieces, as plain bytes: WebKit loses Blobs in IndexedDB, and a phone has no memory for a film.
//!
//! The pieces lie under a name that is made when the first is kept; a note of the file's SHA-256 says which, once all
//! of them are there. Invariant: pieces without a note are nobody's; they go when room is made. Older versions kept a
//! file whole, under its hash.

use super::{
    Store, StoreTrouble,
    base::range,
    letting_go::named_again,
    meta::upload_key,
    schema::{CHUNKS, META},
    transaction::{Purpose, delete, put, text},
};
use crate::browser;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbRequest, IdbTransaction};

/// How many bytes lie under one key.
pub const PIECE: u32 = 1024 * 1024;
/// What the keys of the notes begin with.
pub const BYTES: &str = "bytes|";

/// Where the bytes of a file lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// What their keys begin with; of a file that lies there whole, the key.
    pub name: String,
    /// How many bytes there are.
    pub size: u32,
}

impl Pieces {
    /// None yet.
    pub fn new() -> Self {
        Self { name: browser::id_in_time(browser::now()), size: 0 }
    }

    /// Those of a note.
    pub fn read(note: &str) -> Option<Self> {
        let (name, size) = note.split_once(' ')?;
        Some(Self { name: name.to_owned(), size: size.parse().ok()? })
    }

    /// The key of the piece in which a byte lies.
    pub fn key(&self, offset: u32) -> String {
        format!("{}|{:05}", self.name, offset / PIECE)
    }
}

impl Store {
    /// Keeps the next piece of a file: [`PIECE`] bytes, fewer only of its end.
    pub async fn keep_piece(&self, pieces: &mut Pieces, bytes: &Uint8Array) -> Result<(), StoreTrouble> {
        let key = JsValue::from_str(&pieces.key(pieces.size));
        self.write(Purpose::Keep, &[(CHUNKS, key, Some(JsValue::from(bytes)))]).await?;
        pieces.size += bytes.length();
        Ok(())
    }

    /// Notes that these pieces are a file, and that it is still to go up for `person`.
    pub async fn keep_file(&self, sha256: &str, pieces: &Pieces, person: &str) -> Result<(), StoreTrouble> {
        let note = format!("{BYTES}{sha256}");
        let read = |tx: &IdbTransaction| {
            let noted = tx.object_store(META)?.get(&note.as_str().into())?;
            Ok(vec![noted, tx.object_store(CHUNKS)?.count_with_key(&sha256.into())?])
        };
        // Whether its bytes are here is asked where it is decided: to free room, another tab might take them away.
        let decide = |requests: &[IdbRequest]| {
            let noted = text(requests).as_deref().and_then(Pieces::read);
            let is_whole = |request: &IdbRequest| request.result().is_ok_and(|count| count.is_truthy());
            let lies_elsewhere = match noted {
                // It may be these very pieces: what was kept is kept again where that was not heard of.
                Some(noted) => noted.name != pieces.name,
                None => requests.get(1).is_some_and(is_whole),
            };
            let bytes = if lies_elsewhere {
                (CHUNKS, range(&format!("{}|", pieces.name)), None)
            } else {
                put(META, &note, &format!("{} {}", pieces.name, pieces.size))
            };
            Ok(vec![bytes, put(META, &upload_key(sha256), person), named_again(sha256)])
        };
        self.amend(&[META, CHUNKS], Purpose::Keep, &read, &decide).await.map(drop)
    }

    /// Keeps a file that is in memory.
    pub async fn keep_bytes(
        &self,
        sha256: &str,
        bytes: &Uint8Array,
        person: &str,
    ) -> Result<(), StoreTrouble> {
        let mut pieces = Pieces::new();
        while pieces.size < bytes.length() {
            let piece = bytes.slice(pieces.size, pieces.size + PIECE);
            self.keep_piece(&mut pieces, &piece).await?;
        }
        self.keep_file(sha256, &pieces, person).await
    }

    /// Where a file's bytes lie, if they are on this phone.
    pub async fn pieces(&self, sha256: &str) -> Result<Option<Pieces>, StoreTrouble> {
        let noted = self.note_text(&format!("{BYTES}{sha256}")).await?;
        if let Some(pieces) = noted.as_deref().and_then(Pieces::read) {
            return Ok(Some(pieces));
        }
        let whole = self.bytes(sha256).await?;
        Ok(whole.map(|bytes| Pieces { name: sha256.to_owned(), size: bytes.length() }))
    }

    /// Bytes of a file from `offset` on, at most so many, as far as they lie together; `None` if they are not there.
    pub async fn bytes_at(
        &self,
        pieces: &Pieces,
        offset: u32,
        most: u32,
    ) -> Result<Option<Uint8Array>, StoreTrouble> {
        if let Some(piece) = self.bytes(&pieces.key(offset)).await? {
            let begin = offset % PIECE;
            return Ok(Some(piece.subarray(begin, begin.saturating_add(most))));
        }
        let whole = self.bytes(&pieces.name).await?;
        Ok(whole.map(|bytes| bytes.subarray(offset, offset.saturating_add(most))))
    }

    /// All bytes of a file, if they are on this phone.
    pub async fn file(&self, sha256: &str) -> Result<Option<Uint8Array>, StoreTrouble> {
        let Some(pieces) = self.pieces(sha256).await? else { return Ok(None) };
        self.all_bytes(&pieces).await
    }

    /// All bytes of these pieces, if they are on this phone.
    pub async fn all_bytes(&self, pieces: &Pieces) -> Result<Option<Uint8Array>, StoreTrouble> {
        let (all, mut offset) = (Uint8Array::new_with_length(pieces.size), 0);
        while offset < pieces.size {
            let bytes = self.bytes_at(pieces, offset, PIECE).await?.filter(|bytes| bytes.length() > 0);
            let Some(bytes) = bytes else { return Ok(None) };
            all.set(&bytes, offset);
            offset += bytes.length();
        }
        Ok(Some(all))
    }

    async fn bytes(&self, key: &str) -> Result<Option<Uint8Array>, StoreTrouble> {
        let key = JsValue::from_str(key);
        let get = |tx: &IdbTransaction| Ok(vec![tx.object_store(CHUNKS)?.get(&key)?]);
        let requests = self.run(&[CHUNKS], Purpose::Read, &get).await?;
        Ok(requests.first().and_then(|request| request.result().ok()?.dyn_into().ok()))
    }

    /// The bytes go up no more: the centre has them, verified, or nothing names them.
    pub async fn end_upload(&self, sha256: &str) -> Result<(), StoreTrouble> {
        let changes = [delete(META, &upload_key(sha256)), delete(META, &place_key(sha256))];
        self.write(Purpose::Cache, &changes).await
    }

    /// Where at the centre the upload of a file was begun, and how many bytes of it were there when that was last
    /// heard.
    pub async fn upload_place(&self, sha256: &str) -> Result<Option<(String, u32)>, StoreTrouble> {
        let noted = self.note_text(&place_key(sha256)).await?;
        Ok(noted.map(|noted| match noted.split_once(' ') {
            Some((place, offset)) => (place.to_owned(), offset.parse().unwrap_or(0)),
            // Older versions did not note how many.
            None => (noted, 0),
        }))
    }

    /// Keeps where at the centre the upload of a file was begun, and how many bytes of it are there.
    pub async fn set_upload_place(&self, sha256: &str, place: &str, offset: u32) -> Result<(), StoreTrouble> {
        let noted = format!("{place} {offset}");
        self.write(Purpose::Cache, &[put(META, &place_key(sha256), &noted)]).await
    }
}

fn place_key(sha256: &str) -> String {
    format!("tus|{sha256}")
}

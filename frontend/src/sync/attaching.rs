//! A file that a person chose comes onto the disk, piece by piece, hashed as it is read: a phone has no memory for all
//! of it, and what was chosen may be gone a moment later.

use super::{
    poster,
    preparing::{Prepared, prepare},
    rare::{self, Rare},
};
use crate::store::{PIECE, Pieces, Recorded, Store, StoreTrouble};
use futures::future::join;
use js_sys::Uint8Array;
use lantoa_shared::value::FileRef;
use sha2::{Digest as _, Sha256};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// What is still to be done to a file before it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Nothing: a report takes it as it is.
    AsItIs,
    /// It is for a media item: made smaller, and rid of what tells of its place.
    Raw,
    /// Nothing: it is for a media item, and was drawn on this device.
    Drawn,
}

/// What becomes a file, whose it is, and what is known of it once it is kept.
pub struct Chosen {
    what: What,
    person: String,
    kept: RefCell<Option<FileRef>>,
}

enum What {
    /// Bytes from outside.
    File(File, Readiness),
    /// Bytes that are on the disk already, and their name as a file.
    Recorded(Recorded, String),
}

/// Keeps a file, and that it is to go up for a person; `None` if it cannot be read. What is for a media item is made
/// ready for that before.
pub async fn attach(
    store: &Store,
    file: File,
    person: &str,
    readiness: Readiness,
) -> Result<Option<FileRef>, StoreTrouble> {
    become_file(store, What::File(file, readiness), person).await
}

/// Makes a file of what was recorded, under a name; `None` if its bytes are not there. The bytes stay where they are.
pub async fn attach_recorded(
    store: &Store,
    recorded: &Recorded,
    name: String,
) -> Result<Option<FileRef>, StoreTrouble> {
    become_file(store, What::Recorded(recorded.clone(), name), &recorded.person).await
}

async fn become_file(store: &Store, what: What, person: &str) -> Result<Option<FileRef>, StoreTrouble> {
    let chosen = Rc::new(Chosen { what, person: person.to_owned(), kept: RefCell::default() });
    rare::happen(store, Rare::Attaching(Rc::clone(&chosen))).await?;
    Ok(chosen.kept.take())
}

/// Keeps it; returns whether it could be read to its end.
pub async fn keep(store: &Store, chosen: &Chosen) -> Result<bool, StoreTrouble> {
    let kept = match &chosen.what {
        What::File(file, readiness) => keep_file(store, file, *readiness, &chosen.person).await?,
        What::Recorded(recorded, name) => keep_recorded(store, recorded, name).await?,
    };
    let is_whole = kept.is_some();
    chosen.kept.replace(kept);
    Ok(is_whole)
}

async fn keep_recorded(
    store: &Store,
    recorded: &Recorded,
    name: &str,
) -> Result<Option<FileRef>, StoreTrouble> {
    let (pieces, mut hash, mut offset) = (recorded.pieces(), Sha256::new(), 0);
    while offset < pieces.size {
        let Some(bytes) = store.bytes_at(&pieces, offset, PIECE).await?.filter(|it| it.length() > 0) else {
            return Ok(None);
        };
        hash.update(bytes.to_vec());
        offset += bytes.length();
    }
    let sha256 = hex::encode(hash.finalize());
    store.keep_file(&sha256, &pieces, &recorded.person).await?;
    Ok(Some(FileRef {
        sha256,
        name: name.to_owned(),
        size: u64::from(pieces.size),
        mime: recorded.mime.clone(),
        seconds: Some(recorded.plays.div_ceil(1000)),
        location_removed: false,
        poster: None,
    }))
}

async fn keep_file(
    store: &Store,
    chosen: &File,
    readiness: Readiness,
    person: &str,
) -> Result<Option<FileRef>, StoreTrouble> {
    let prepared = if readiness == Readiness::Raw {
        prepare(chosen).await
    } else {
        let (bytes, name) = (chosen.clone().into(), chosen.name());
        Prepared { bytes, name, seconds: None, location_removed: readiness == Readiness::Drawn }
    };
    let Prepared { bytes: file, name, seconds, location_removed } = prepared;
    let mime = file.type_();
    let is_film = readiness == Readiness::Raw && mime.starts_with("video/");
    // The film is not named later because of its poster: that is drawn while the bytes are copied.
    let (copied, drawn) =
        join(copy(store, &file), async { if is_film { poster::draw(&file).await } else { None } }).await;
    let Some((sha256, pieces)) = copied? else { return Ok(None) };
    store.keep_file(&sha256, &pieces, person).await?;
    let poster = match drawn {
        Some(drawn) => poster::keep(store, &drawn, person).await,
        None => None,
    };
    Ok(Some(FileRef { sha256, name, size: u64::from(pieces.size), mime, seconds, location_removed, poster }))
}

/// Copies the bytes of a file onto the disk; its hash and where they are, or `None` if it cannot be read to its end.
async fn copy(store: &Store, file: &Blob) -> Result<Option<(String, Pieces)>, StoreTrouble> {
    let (mut pieces, mut hash) = (Pieces::new(), Sha256::new());
    while f64::from(pieces.size) < file.size() {
        let end = f64::from(pieces.size.saturating_add(PIECE));
        let Some(bytes) = read(file, f64::from(pieces.size), end).await else { return Ok(None) };
        hash.update(bytes.to_vec());
        match store.keep_piece(&mut pieces, &bytes).await {
            // What lies here of the library gives way to own work.
            Err(StoreTrouble::Full) if store.free_stock().await? => {
                store.keep_piece(&mut pieces, &bytes).await?;
            }
            kept => kept?,
        }
    }
    Ok(Some((hex::encode(hash.finalize()), pieces)))
}

/// Bytes of a file; `None` if it is gone, or no longer what was chosen.
async fn read(file: &Blob, from: f64, to: f64) -> Option<Uint8Array> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(part.array_buffer()).await.ok()?);
    (bytes.length() > 0).then_some(bytes)
}

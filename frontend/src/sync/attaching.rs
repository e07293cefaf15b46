//! A file that a person chose comes onto the disk, piece by piece, hashed as it is read: a phone has no memory for all
//! of it, and what was chosen may be gone a moment later.

use super::{
    preparing::{Prepared, prepare},
    rare::{self, Rare},
};
use crate::store::{PIECE, Pieces, Store, StoreTrouble};
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

/// A file that was chosen, whose it is, and what is known of it once it is kept.
pub struct Chosen {
    file: File,
    person: String,
    readiness: Readiness,
    kept: RefCell<Option<FileRef>>,
}

/// Keeps a file, and that it is to go up for a person; `None` if it cannot be read. What is for a media item is made
/// ready for that before.
pub async fn attach(
    store: &Store,
    file: File,
    person: &str,
    readiness: Readiness,
) -> Result<Option<FileRef>, StoreTrouble> {
    let chosen = Rc::new(Chosen { file, person: person.to_owned(), readiness, kept: RefCell::default() });
    rare::happen(store, Rare::Attaching(Rc::clone(&chosen))).await?;
    Ok(chosen.kept.take())
}

/// Keeps it; returns whether it could be read to its end.
pub async fn keep(store: &Store, chosen: &Chosen) -> Result<bool, StoreTrouble> {
    let prepared = if chosen.readiness == Readiness::Raw {
        prepare(&chosen.file).await
    } else {
        let (bytes, name) = (chosen.file.clone().into(), chosen.file.name());
        let location_removed = chosen.readiness == Readiness::Drawn;
        Prepared { bytes, name, seconds: None, location_removed }
    };
    let Prepared { bytes: file, name, seconds, location_removed } = prepared;
    let (mut pieces, mut hash) = (Pieces::new(), Sha256::new());
    while f64::from(pieces.size) < file.size() {
        let end = f64::from(pieces.size.saturating_add(PIECE));
        let Some(bytes) = read(&file, f64::from(pieces.size), end).await else { return Ok(false) };
        hash.update(bytes.to_vec());
        match store.keep_piece(&mut pieces, &bytes).await {
            // What lies here of the library gives way to own work.
            Err(StoreTrouble::Full) if store.free_stock().await? => {
                store.keep_piece(&mut pieces, &bytes).await?;
            }
            kept => kept?,
        }
    }
    let sha256 = hex::encode(hash.finalize());
    store.keep_file(&sha256, &pieces, &chosen.person).await?;
    let (size, mime) = (u64::from(pieces.size), file.type_());
    chosen.kept.replace(Some(FileRef { sha256, name, size, mime, seconds, location_removed }));
    Ok(true)
}

/// Bytes of a file; `None` if it is gone, or no longer what was chosen.
async fn read(file: &Blob, from: f64, to: f64) -> Option<Uint8Array> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(part.array_buffer()).await.ok()?);
    (bytes.length() > 0).then_some(bytes)
}

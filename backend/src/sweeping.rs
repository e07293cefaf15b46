//! Bytes that nobody needs: files that no record names any more, such as a photo that was replaced by one with faces
//! hidden, go after a long grace.
//!
//! Invariant: the database forgets a file first; bytes that stay behind for it are nobody's, and harmless: `verify` counts
//! them. Bytes are never thrown away because the database does not know of them: it may be the wrong one, or an old one.

use crate::{
    clock,
    files::Files,
    pictures::Pictures,
    store::{self, Store, namings},
};

/// How long a file stays that no record names, in milliseconds: a phone may still come back with an answer that does.
const GRACE_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Sweeps once. Returns how many files went.
///
/// # Errors
/// If the database fails. What the disk or the bucket does not give up is left.
pub async fn sweep(store: &Store, files: &Files, pictures: &Pictures) -> Result<usize, store::Error> {
    let now = clock::now();
    let mut tx = store.write().await?;
    namings::notice_unnamed(&mut tx, now).await?;
    let forgotten = namings::forget_unnamed(&mut tx, now - GRACE_MS).await?;
    tx.commit().await?;
    for file in &forgotten {
        pictures.forget(&file.sha256).await;
        if let Err(error) = files.remove(&file.sha256).await {
            tracing::error!(%error, "a file that no record names could not be thrown away");
        }
    }
    if !forgotten.is_empty() {
        tracing::info!(count = forgotten.len(), "files were swept that no record named any more");
    }
    Ok(forgotten.len())
}

//! Bytes that nobody needs: files that no record names any more, such as a photo that was replaced by one with faces
//! hidden, go after a long grace.
//!
//! Invariant: bytes go while the database forgets their file, so that nobody can bring the same bytes, be told that they
//! are here, and lose them; whoever waited looks whether they are. A server that ends in between leaves a file whose bytes
//! are gone and that nobody named for long: it goes with the next sweep. Bytes are never thrown away because the database
//! does not know of them: it may be the wrong one, or an old one.

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
/// If the database fails. What the disk or the bucket does not give up is left, with all that would have come after it.
pub async fn sweep(store: &Store, files: &Files, pictures: &Pictures) -> Result<usize, store::Error> {
    let now = clock::now();
    let mut tx = store.write().await?;
    namings::notice_unnamed(&mut tx, now).await?;
    tx.commit().await?;
    let mut count = 0;
    loop {
        // One at a time: others are to write in between.
        let mut tx = store.write().await?;
        let Some(file) = namings::forget_unnamed(&mut tx, now - GRACE_MS).await? else { break };
        pictures.forget(&file.sha256).await;
        if let Err(error) = files.remove(&file.sha256).await {
            tracing::error!(%error, "a file that no record names could not be thrown away");
            break;
        }
        tx.commit().await?;
        count += 1;
    }
    if count > 0 {
        tracing::info!(count, "files were swept that no record named any more");
    }
    Ok(count)
}

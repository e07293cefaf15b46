//! Bytes that nobody needs: files that no record names any more, such as a photo that was replaced by one with faces
//! hidden, go after a long grace.
//!
//! Invariant: what goes is first let go of, so that nobody is told any more that it is here; then its bytes go, and
//! then it is forgotten. Whoever brings the same bytes meanwhile is told to come again. What a server left behind
//! that ended in between goes with a later sweep. Bytes are never thrown away because the database does not know of
//! them: it may be the wrong one, or an old one.

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
/// If the database fails. What the disk or the bucket does not give up is tried again the next time.
pub async fn sweep(store: &Store, files: &Files, pictures: &Pictures) -> Result<usize, store::Error> {
    let now = clock::now();
    let mut tx = store.write().await?;
    namings::notice_unnamed(&mut tx, now).await?;
    let going = namings::let_go_of_unnamed(&mut tx, now - GRACE_MS, now).await?;
    tx.commit().await?;
    let mut count = 0;
    for file in going {
        pictures.forget(&file.sha256).await;
        if let Err(error) = files.remove(&file.sha256).await {
            tracing::error!(%error, "a file that no record names could not be thrown away");
            continue;
        }
        let mut tx = store.write().await?;
        namings::forget(&mut tx, &file.sha256).await?;
        tx.commit().await?;
        count += 1;
    }
    if count > 0 {
        tracing::info!(count, "files were swept that no record named any more");
    }
    Ok(count)
}

//! Bytes that nobody needs: files that no record names any more, such as a photo that was replaced by one with faces
//! hidden, go after a long grace.
//!
//! Invariant: the database forgets a file first; bytes that stay behind for it are nobody's, and harmless.

use crate::{
    app::App,
    clock,
    store::{self, namings},
};

/// How long a file stays that no record names, in milliseconds: a phone may still come back with an answer that does.
const GRACE_MS: i64 = 90 * 24 * 60 * 60 * 1000;

/// Sweeps once. Returns how many files went.
///
/// # Errors
/// If the database fails. What the disk does not give up is left.
pub async fn sweep(app: &App) -> Result<usize, store::Error> {
    let now = clock::now();
    let mut tx = app.store.write().await?;
    namings::notice_unnamed(&mut tx, now).await?;
    let forgotten = namings::forget_unnamed(&mut tx, now - GRACE_MS).await?;
    tx.commit().await?;
    for file in &forgotten {
        // Gone already is gone.
        let _ = tokio::fs::remove_file(app.files.path(&file.sha256)).await;
        app.pictures.forget(&file.sha256).await;
    }
    if !forgotten.is_empty() {
        tracing::info!(count = forgotten.len(), "files were swept that no record named any more");
    }
    Ok(forgotten.len())
}

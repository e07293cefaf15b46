//! Moves the files of an installation from its directory to a bucket, or back. The database stays as it is.
//!
//! Invariant: what is left behind is not touched, and nobody is told to leave it before every file was read back from
//! where it is now. Done again after a fault, it goes on where it stopped.

use super::{Installation, carry_files};
use crate::{
    files::Home,
    not_done::NotDone,
    store::{self, Store},
};

/// Moves every file that the database knows of. Returns how many there are, read back and found whole.
///
/// # Errors
/// Why it was not done, and which files are missing or damaged where they were.
pub async fn files(installation: &Installation, to_bucket: bool) -> Result<String, NotDone> {
    let Home::Bucket(address) = &installation.files else {
        return Err(NotDone::wrong(
            "this needs --files-bucket s3://BUCKET/PREFIX (or LANTOA_FILES_BUCKET) besides --data",
        ));
    };
    installation.must_exist()?;
    // Nobody brings a file meanwhile to where it would be left.
    let store = Store::open_alone(&installation.place()).await?;
    let stored = store::files::all(&mut *store.read().await?).await?;
    let directory = installation.files_at(&Home::Directory).await?;
    let bucket = installation.files_at(&installation.files).await?;
    let (from, to) = if to_bucket { (&directory, &bucket) } else { (&bucket, &directory) };
    let (_, mut damaged) = carry_files(&stored, from, to).await?;
    for file in &stored {
        let is_whole = to.is_whole(&file.sha256).await;
        let is_whole = is_whole.map_err(|error| NotDone::Io("reading a file back", error))?;
        if !is_whole && !damaged.contains(&file.sha256) {
            damaged.push(file.sha256.clone());
        }
    }
    store.close().await;
    if !damaged.is_empty() {
        let mut said = vec![format!(
            "{} of {} files are missing or damaged where they were; the others were moved, and nothing was taken away:",
            damaged.len(),
            stored.len()
        )];
        said.extend(damaged.iter().map(|sha256| format!("  {sha256}")));
        return Err(NotDone::Wrong(said));
    }
    let bytes: u64 = stored.iter().map(|file| file.size).sum();
    let count = stored.len();
    let place = if address.prefix.is_empty() {
        format!("s3://{}", address.bucket)
    } else {
        format!("s3://{}/{}", address.bucket, address.prefix)
    };
    Ok(if to_bucket {
        format!(
            "moved: {count} files ({bytes} bytes), each read back from {place}; start the server with --files-bucket \
             from now on. Once it runs, the folders 00 to ff in the data \
             directory's files may be deleted; uploads and incoming are needed still"
        )
    } else {
        format!(
            "moved: {count} files ({bytes} bytes), each read back from the data directory; start the server without \
             --files-bucket from now on. Those in {place} may be deleted once it runs"
        )
    })
}

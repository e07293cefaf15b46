//! Brings a backup back: into an empty installation, of either engine.
//!
//! The restored database begins a new epoch and counts on far beyond the numbers of the lost one, so that no number
//! ever means two things. By the new epoch the phones know that something may be missing, and offer again what they
//! still keep: all that no verified backup covered.

use super::{Installation, carry_all, carry_files, is_replaceable, manifest::Manifest};
use crate::{
    auth::token,
    files::{Files, Home},
    not_done::NotDone,
    store::{self, Connection, Place, Store, facts},
};
use lantoa_shared::{
    sync::feed::{count_on_from, durable},
    text::day,
};
use std::path::Path;

/// Brings a backup back.
///
/// # Errors
/// Why it was not done; the installation is then as it was.
pub async fn bring_back(installation: &Installation, backup: &Path) -> Result<String, NotDone> {
    let manifest = Manifest::read(backup)?;
    let failed = |error| NotDone::Io("making the data directory", error);
    std::fs::create_dir_all(&installation.data).map_err(failed)?;
    let target = Store::open_alone(&installation.place()).await?;
    if !is_replaceable(&mut *target.read().await?).await? {
        return Err(NotDone::wrong(
            "this database holds accounts or reports already: restore into an empty one, and keep this one as it is",
        ));
    }
    // The backup itself stays as it was made; an older one is brought up to date in a copy.
    let scratch = Scratch::with_copy_of(backup, &installation.data)?;
    let source = Store::open(&Place::Directory(scratch.0.clone())).await?;
    let mut from = source.read().await?;
    let stored = store::files::all(&mut from).await?;
    let theirs = files_of(backup).await?;
    let (_, missing) = carry_files(&stored, &theirs, &installation.files().await?).await?;
    let mut to = target.write().await?;
    let tables = carry_all(&mut from, &mut to).await?;
    begin_anew(&mut to).await?;
    to.commit().await.map_err(store::Error::from)?;
    drop(from);
    source.close().await;
    target.settle().await?;
    target.close().await;
    let mut told = vec![format!(
        "restored: {} rows, {} files, as they were on {}; what was sent later comes again from the phones that keep it. \
         Accounts closed and devices shut out after the backup are open again: look with `account list` and \
         `device list`",
        tables.iter().map(|content| content.rows).sum::<u64>(),
        stored.len() - missing.len(),
        day::show_moment(manifest.made_at)
    )];
    debug_assert_eq!(manifest.files, stored.len() as u64);
    if !missing.is_empty() {
        told.push(format!("{} files were not whole in the backup:", missing.len()));
        told.extend(missing.iter().map(|sha256| format!("  {sha256}")));
    }
    Ok(told.join("\n"))
}

/// A new epoch, numbers that were never given, and no more relied on than this backup has.
async fn begin_anew(tx: &mut Connection) -> Result<(), store::Error> {
    let last = store::feed::last_seq(tx).await?.unsigned_abs();
    let first = store::journal::first_unjudged(tx).await?.map(i64::unsigned_abs);
    let covered = durable(last, first);
    facts::set(tx, facts::EPOCH, &token::random_hex::<16>()).await?;
    facts::set(tx, facts::DURABLE_SEQ, &covered.to_string()).await?;
    facts::forget(tx, facts::MOVED_AT).await?;
    store::namings::forget_going(tx).await?;
    store::feed::count_on(tx, i64::try_from(count_on_from(last)).unwrap_or(i64::MAX)).await
}

/// The files that a backup shares with those beside it.
async fn files_of(backup: &Path) -> Result<Files, NotDone> {
    let backup = backup.canonicalize().map_err(|error| NotDone::Io("finding the backup", error))?;
    let folder = backup.parent().unwrap_or(&backup).join("files");
    let files = Files::open(&folder, &Home::Directory).await;
    files.map_err(|error| NotDone::Io("opening the files of the backup", error))
}

/// A directory that is gone afterwards.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn with_copy_of(backup: &Path, data: &Path) -> Result<Self, NotDone> {
        let scratch = Self(data.join(format!("restoring-{}", token::random_hex::<8>())));
        let (from, to) = (backup.join(super::manifest::DATABASE), scratch.0.join(super::manifest::DATABASE));
        std::fs::create_dir(&scratch.0)
            .and_then(|()| std::fs::copy(from, to))
            .map_err(|error| NotDone::Io("copying the backup", error))?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

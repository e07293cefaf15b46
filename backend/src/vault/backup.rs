//! Makes a backup while the server runs.
//!
//! A folder of backups holds one directory a backup, named by the moment in UTC, with the whole database as one file of
//! SQLite, whatever the engine; and beside them `files`, which all backups share, since a file's name is its hash.
//! A backup bears its name only once it is whole.
//!
//! Invariant: `durable_seq` is raised only here, to what was found in the backup when it was read back, and only if
//! nothing at all was missing. Phones then forget what they kept up to there.

use super::{
    Installation, carry_all, carry_files,
    manifest::{Content, DATABASE, FORMAT, Manifest, hash_of},
    sync,
};
use crate::{
    clock,
    files::{Files, Home},
    not_done::NotDone,
    store::{self, LOCK_FILE, Place, Store, TABLES, facts, transfer},
};
use lantoa_shared::{
    date::{Date, date},
    sync::feed::durable,
};
use std::path::{Path, PathBuf};

/// What stands in a name where the clock says nothing.
const DAY_ONE: Date = date(1970, 1, 1);

/// Makes a backup of an installation in a folder of backups.
///
/// # Errors
/// Why there is none; or what is missing in it.
pub async fn make(installation: &Installation, folder: &Path) -> Result<String, NotDone> {
    let failed = |error| NotDone::Io("making the folder of the backup", error);
    let made_at = clock::now();
    let directory = folder.join(name(made_at));
    let unfinished = directory.with_extension("partial");
    if directory.exists() || unfinished.exists() {
        return Err(NotDone::wrong(format!("{} is there already", directory.display())));
    }
    let source = installation.store().await?;
    std::fs::create_dir_all(&unfinished).map_err(failed)?;
    let copied = copy(installation, &source, folder, &unfinished, made_at).await;
    let manifest = match copied {
        Ok(manifest) => manifest,
        Err(trouble) => {
            // What is not whole must not lie about where somebody could take it for a backup.
            let _ = std::fs::remove_dir_all(&unfinished);
            return Err(trouble);
        }
    };
    manifest.write(&unfinished)?;
    sync(&unfinished)?;
    std::fs::rename(&unfinished, &directory).map_err(failed)?;
    sync(folder)?;
    if !manifest.damaged.is_empty() {
        source.close().await;
        return Err(missing_files(&directory, &manifest.damaged));
    }
    rely_on(&source, &manifest).await?;
    source.close().await;
    Ok(format!(
        "{}: verified; {} rows, {} files ({} bytes); phones may rely on it up to {}",
        directory.display(),
        manifest.tables.iter().map(|content| content.rows).sum::<u64>(),
        manifest.files,
        manifest.bytes,
        manifest.durable_seq
    ))
}

async fn copy(
    installation: &Installation,
    source: &Store,
    folder: &Path,
    directory: &Path,
    made_at: i64,
) -> Result<Manifest, NotDone> {
    let place = Place::Directory(directory.to_owned());
    // One unchanging state, however long it takes and whatever is written meanwhile.
    let mut from = source.read().await?;
    let target = Store::open(&place).await?;
    let mut to = target.write().await?;
    let tables = carry_all(&mut from, &mut to).await?;
    to.commit().await.map_err(store::Error::from)?;
    target.settle().await?;
    target.close().await;
    drop(target);
    drop(from);
    let (stored, epoch, durable_seq) = read_back(&place, &tables).await?;
    let theirs = Files::open(&folder.join("files"), &Home::Directory)
        .await
        .map_err(|error| NotDone::Io("making the folder of the files", error))?;
    let (bytes, damaged) = carry_files(&stored, &installation.files().await?, &theirs).await?;
    // It belongs to whoever has the database open, not to the backup.
    let _ = std::fs::remove_file(directory.join(LOCK_FILE));
    let file = directory.join(DATABASE);
    sync(&file)?;
    Ok(Manifest {
        format: FORMAT,
        made_at,
        epoch,
        durable_seq,
        sha256: hash_of(&file)?,
        tables,
        files: stored.len() as u64,
        bytes,
        damaged,
    })
}

/// Opens the copy anew and compares. Returns its files, its epoch, and up to where it has the journal with verdicts.
async fn read_back(
    place: &Place,
    tables: &[Content],
) -> Result<(Vec<store::files::Stored>, String, u64), NotDone> {
    let copy = Store::open(place).await?;
    let mut faults = copy.faults().await?;
    let mut tx = copy.read().await?;
    for (table, content) in TABLES.iter().zip(tables) {
        let stands = transfer::tally(&mut tx, table).await?;
        if stands.rows != content.rows || stands.digest() != content.digest {
            faults.push(format!("{}: the copy does not hold what was written", table.name));
        }
    }
    if !faults.is_empty() {
        return Err(NotDone::Wrong(faults));
    }
    let last = store::feed::last_seq(&mut tx).await?.unsigned_abs();
    let first = store::journal::first_unjudged(&mut tx).await?.map(i64::unsigned_abs);
    let epoch = facts::text(&mut tx, facts::EPOCH).await?.unwrap_or_default();
    let stored = store::files::all(&mut tx).await?;
    drop(tx);
    copy.close().await;
    Ok((stored, epoch, durable(last, first)))
}

/// Lets phones rely on a backup.
async fn rely_on(source: &Store, manifest: &Manifest) -> Result<(), NotDone> {
    let mut tx = source.write().await?;
    if facts::text(&mut tx, facts::EPOCH).await? == Some(manifest.epoch.clone()) {
        let before = facts::number(&mut tx, facts::DURABLE_SEQ).await?.unsigned_abs();
        let now = manifest.durable_seq.max(before);
        facts::set(&mut tx, facts::DURABLE_SEQ, &now.to_string()).await?;
        tx.commit().await.map_err(store::Error::from)?;
    }
    Ok(())
}

/// `20261127T065023Z`.
fn name(at: i64) -> PathBuf {
    let (day, minute) = Date::of_millis(at).unwrap_or((DAY_ONE, 0));
    let second = at.rem_euclid(60_000) / 1000;
    let day = day.to_string().replace('-', "");
    PathBuf::from(format!("{day}T{:02}{:02}{second:02}Z", minute / 60, minute % 60))
}

fn missing_files(directory: &Path, damaged: &[String]) -> NotDone {
    let mut said = vec![format!(
        "{}: the database is whole, but {} files at the centre are missing or damaged; phones go on keeping all they sent",
        directory.display(),
        damaged.len()
    )];
    said.extend(damaged.iter().map(|sha256| format!("  {sha256}")));
    NotDone::Wrong(said)
}

//! Checks everything that is there against itself: the engine's file, the bytes of the journal, the records against the
//! journal, the buckets against their rows, the files against their names.

use super::{Installation, replay};
use crate::{
    files::Files,
    not_done::NotDone,
    store::{self, Connection, buckets, feed, journal},
};
use futures::StreamExt as _;
use std::{collections::BTreeSet, io};

/// Most things of one kind that are named one by one.
const NAMED: usize = 20;

/// Checks an installation; the server may run meanwhile.
///
/// # Errors
/// What is not whole, one line each.
pub async fn check(installation: &Installation) -> Result<String, NotDone> {
    let store = installation.store().await?;
    let mut faults = store.faults().await?;
    // Two looks at one state: nothing is judged while one of them is open and the other is not.
    let turn = store.write().await?;
    let (mut tx, mut again) = (store.read().await?, store.read().await?);
    // Both have seen their state only after they have read something.
    let last = feed::last_seq(&mut tx).await?;
    feed::last_seq(&mut again).await?;
    drop(turn);
    let (damaged, ops) = journal::damaged(&mut tx).await?;
    name_all(
        &mut faults,
        "in the journal, these bytes are not those that arrived",
        damaged.iter().map(ToString::to_string),
    );
    let replayed = replay::all(&mut tx, &mut again).await?;
    name_all(&mut faults, "replaying the journal gives another record", replayed.differing.iter().cloned());
    let counted = check_buckets(&mut tx, last, &mut faults).await?;
    let stored = store::files::all(&mut tx).await?;
    drop((tx, again));
    store.close().await;
    let files = installation.files().await?;
    let unknown =
        count_unknown(&files, &stored).await.map_err(|error| NotDone::Io("listing the files", error))?;
    let mut lost = Vec::new();
    for file in &stored {
        let is_whole = files.is_whole(&file.sha256).await;
        if !is_whole.map_err(|error| NotDone::Io("reading a file", error))? {
            lost.push(file.sha256.clone());
        }
    }
    name_all(&mut faults, "these files are missing or damaged", lost.into_iter());
    if !faults.is_empty() {
        return Err(NotDone::Wrong(faults));
    }
    let mut told = format!(
        "whole: {ops} ops in the journal, {} of them folded again into {} records, {counted} buckets counted, {} files hashed",
        replayed.ops,
        replayed.records,
        stored.len()
    );
    if unknown > 0 {
        told.push_str(&format!(
            "\n{unknown} files lie there of which the database does not know; nothing needs them"
        ));
    }
    if replayed.invented > 0 {
        told.push_str(&format!(
            "\n{} reports of the demo were never sent; they are not in the journal",
            replayed.invented
        ));
    }
    Ok(told)
}

/// How many files lie there that nobody knows of.
async fn count_unknown(files: &Files, stored: &[store::files::Stored]) -> io::Result<usize> {
    let known: BTreeSet<&str> = stored.iter().map(|file| file.sha256.as_str()).collect();
    let (mut all, mut count) = (files.list(), 0);
    while let Some(kept) = all.next().await {
        count += usize::from(!known.contains(kept?.sha256.as_str()));
    }
    Ok(count)
}

async fn check_buckets(
    tx: &mut Connection,
    last: i64,
    faults: &mut Vec<String>,
) -> Result<usize, store::Error> {
    let names = buckets::names(tx).await?;
    let mut differing = Vec::new();
    for name in &names {
        if buckets::read(tx, name).await?.holds != buckets::counted(tx, name).await? {
            differing.push(name.clone());
        }
    }
    name_all(faults, "these buckets do not hold what their checksum says", differing.into_iter());
    if feed::highest(tx).await? > last {
        faults.push("a row of the feed has a number that was never given".to_owned());
    }
    Ok(names.len())
}

fn name_all(faults: &mut Vec<String>, what: &str, named: impl ExactSizeIterator<Item = String>) {
    let count = named.len();
    if count > 0 {
        faults.push(format!("{what} ({count}):"));
        faults.extend(named.take(NAMED).map(|name| format!("  {name}")));
    }
}

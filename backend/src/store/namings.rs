//! Which records name a file, so that it is found without reading them all; and files that none names any more.
//!
//! Invariant: a record and its namings change in one transaction.

use super::{Connection, Result, body, facts, files::Stored, records};
use lantoa_shared::{record::Record, value::FileRef, wire::v1::RecordRow};
use std::collections::BTreeSet;

/// Whether the namings of records were noted that are older than this table.
const NOTED: &str = "namings";

/// The hashes of the files that a record names, posters of films among them.
pub fn of(record: &Record) -> BTreeSet<String> {
    record.files().flat_map(FileRef::hashes).map(str::to_owned).collect()
}

/// Notes what a record names now. `sent` is the record as it went up or was decided on, if that was just now; until it
/// goes up again, those further up see what went up last, and open its files. `before` is what the record named.
///
/// # Errors
/// If the database fails.
pub async fn renew(
    tx: &mut Connection,
    record: &Record,
    sent: Option<&Record>,
    before: &BTreeSet<String>,
) -> Result<()> {
    let mut now = of(record);
    now.extend(sent.into_iter().flat_map(of));
    if now == *before && (sent.is_none() || now.is_empty()) {
        return Ok(());
    }
    let noted: Vec<String> = sqlx::query_scalar("SELECT sha256 FROM namings WHERE record = $1")
        .bind(&record.id)
        .fetch_all(&mut *tx)
        .await?;
    let noted: BTreeSet<String> = noted.into_iter().collect();
    if sent.is_none() && record.approvals().is_some() {
        now.extend(noted.iter().cloned());
    }
    for sha256 in noted.difference(&now) {
        sqlx::query("DELETE FROM namings WHERE sha256 = $1 AND record = $2")
            .bind(sha256)
            .bind(&record.id)
            .execute(&mut *tx)
            .await?;
    }
    note(tx, &record.id, now.difference(&noted)).await
}

async fn note(tx: &mut Connection, record: &str, files: impl Iterator<Item = &String>) -> Result<()> {
    for sha256 in files {
        sqlx::query("INSERT INTO namings (sha256, record) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(sha256)
            .bind(record)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Notes the namings of all records, once: of each as it stands, and as others see it.
///
/// # Errors
/// If the database fails.
pub async fn note_all_once(tx: &mut Connection) -> Result<()> {
    if facts::text(tx, NOTED).await?.is_some() {
        return Ok(());
    }
    for id in records::ids(tx).await? {
        if let Some(record) = records::by_id(tx, &id).await? {
            note(tx, &id, of(&record).iter()).await?;
        }
    }
    let shown: Vec<String> = sqlx::query_scalar(
        "SELECT body FROM feed WHERE kind IN ('record', 'entry') AND body LIKE '%\"sha256\"%'",
    )
    .fetch_all(&mut *tx)
    .await?;
    for text in shown {
        let RecordRow { record, .. } = body("record row", &text)?;
        note(tx, &record.id, of(&record).iter()).await?;
    }
    facts::set(tx, NOTED, "noted").await
}

/// Notes since when no record names a file; a file that is named again is no longer noted.
///
/// # Errors
/// If the database fails.
pub async fn notice_unnamed(tx: &mut Connection, now: i64) -> Result<()> {
    const NAMED: &str = "EXISTS (SELECT 1 FROM namings WHERE namings.sha256 = files.sha256)";
    let again = format!("UPDATE files SET unnamed_at = NULL WHERE unnamed_at IS NOT NULL AND {NAMED}");
    sqlx::query(sqlx::AssertSqlSafe(again)).execute(&mut *tx).await?;
    let gone = format!("UPDATE files SET unnamed_at = $1 WHERE unnamed_at IS NULL AND NOT {NAMED}");
    sqlx::query(sqlx::AssertSqlSafe(gone)).bind(now).execute(&mut *tx).await?;
    Ok(())
}

/// How long a sweep takes at most, in milliseconds: what was let go of before that, and is still here, was left behind.
const A_SWEEP: i64 = 6 * 60 * 60 * 1000;

/// Lets go of the files that no record named since before a moment, and that nothing names which waits for a person:
/// from here on nobody is told that they are here. Returns them, with those that an earlier sweep left behind; they are
/// for the caller alone to throw away, though several servers sweep.
///
/// # Errors
/// If the database fails.
pub async fn let_go_of_unnamed(tx: &mut Connection, before: i64, now: i64) -> Result<Vec<Stored>> {
    // Its bytes may be half gone: whatever names it by now has to bring it again, and cannot before it is forgotten.
    let behind: Vec<(String, i64)> = sqlx::query_as("SELECT sha256, size FROM files WHERE going_at < $1")
        .bind(now - A_SWEEP)
        .fetch_all(&mut *tx)
        .await?;
    let old: Vec<(String, i64)> =
        sqlx::query_as("SELECT sha256, size FROM files WHERE unnamed_at < $1 AND going_at IS NULL")
            .bind(before)
            .fetch_all(&mut *tx)
            .await?;
    let waiting: Vec<Vec<u8>> = match old.is_empty() {
        true => Vec::new(),
        false => {
            let parked = sqlx::query_scalar("SELECT body FROM journal WHERE status = 'parked'");
            parked.fetch_all(&mut *tx).await?
        }
    };
    let is_named = |sha256: &str| {
        waiting.iter().any(|body| body.windows(sha256.len()).any(|part| part == sha256.as_bytes()))
    };
    let old = old.into_iter().filter(|(sha256, _)| !is_named(sha256));
    let mut going = Vec::new();
    for (sha256, size) in behind.into_iter().chain(old) {
        sqlx::query("UPDATE files SET going_at = $1 WHERE sha256 = $2")
            .bind(now)
            .bind(&sha256)
            .execute(&mut *tx)
            .await?;
        going.push(Stored { sha256, size: size.unsigned_abs() });
    }
    Ok(going)
}

/// Forgets a file that was let go of, and whose bytes are gone.
///
/// # Errors
/// If the database fails.
pub async fn forget(tx: &mut Connection, sha256: &str) -> Result<()> {
    sqlx::query("DELETE FROM files WHERE sha256 = $1 AND going_at IS NOT NULL")
        .bind(sha256)
        .execute(tx)
        .await?;
    Ok(())
}

/// Forgets all that was let go of: of a database that comes from a backup, their bytes do not come.
///
/// # Errors
/// If the database fails.
pub async fn forget_going(tx: &mut Connection) -> Result<()> {
    sqlx::query("DELETE FROM files WHERE going_at IS NOT NULL").execute(tx).await?;
    Ok(())
}

/// Whether a file is here, for somebody who is about to name it: its grace begins anew.
///
/// # Errors
/// If the database fails.
pub async fn is_here_to_be_named(tx: &mut Connection, sha256: &str, now: i64) -> Result<bool> {
    let renewed = sqlx::query(
        "UPDATE files SET unnamed_at = CASE WHEN unnamed_at IS NOT NULL THEN $1 END
         WHERE sha256 = $2 AND going_at IS NULL",
    );
    Ok(renewed.bind(now).bind(sha256).execute(tx).await?.rows_affected() > 0)
}

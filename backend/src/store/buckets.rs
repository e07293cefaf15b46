//! What a device that read all of a bucket holds, counted as the feed is written, and how far back a cursor may be.
//!
//! Invariant: the checksum of a bucket is that of its rows in `feed` that are there.

use super::{Connection, Result, from_word};
use lantoa_shared::sync::checksum::Checksum;
use sqlx::{Row as _, any::AnyRow};

/// What is known of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bucket {
    /// What a device that read all of it holds.
    pub holds: Checksum,
    /// Tombstones up to here were cleared away.
    pub floor: i64,
}

/// What is known of a bucket; nothing yet is an empty one.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &mut Connection, name: &str) -> Result<Bucket> {
    let row = sqlx::query("SELECT n_rows, checksum, floor FROM buckets WHERE name = $1")
        .bind(name)
        .fetch_optional(tx)
        .await?;
    Ok(row.as_ref().and_then(of_row).unwrap_or_default())
}

/// What a row says of a bucket, if it says anything.
pub(super) fn of_row(row: &AnyRow) -> Option<Bucket> {
    let rows: Option<i64> = row.get("n_rows");
    Some(Bucket {
        holds: Checksum { rows: rows?.unsigned_abs(), sum: row.get::<i64, _>("checksum").cast_unsigned() },
        floor: row.get("floor"),
    })
}

/// Writes what is known of a bucket.
///
/// # Errors
/// If the database fails.
pub(super) async fn write(tx: &mut Connection, name: &str, bucket: Bucket) -> Result<()> {
    sqlx::query(
        "INSERT INTO buckets (name, n_rows, checksum, floor) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET n_rows = $2, checksum = $3, floor = $4",
    )
    .bind(name)
    .bind(i64::try_from(bucket.holds.rows).unwrap_or(i64::MAX))
    .bind(bucket.holds.sum.cast_signed())
    .bind(bucket.floor)
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts a bucket's rows anew.
///
/// # Errors
/// If the database fails or a stored word is unknown.
pub async fn counted(tx: &mut Connection, name: &str) -> Result<Checksum> {
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT kind, id, seq FROM feed WHERE bucket = $1 AND body IS NOT NULL")
            .bind(name)
            .fetch_all(tx)
            .await?;
    let mut holds = Checksum::default();
    for (kind, id, seq) in rows {
        holds.add(from_word("row kind", kind)?, &id, seq.unsigned_abs());
    }
    Ok(holds)
}

/// The names of all buckets that have rows.
///
/// # Errors
/// If the database fails.
pub async fn names(tx: &mut Connection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT DISTINCT bucket FROM feed ORDER BY bucket").fetch_all(tx).await?)
}

/// Counts the buckets of a database that was written before they were counted.
///
/// # Errors
/// If the database fails.
pub async fn count_all_once(tx: &mut Connection) -> Result<()> {
    let counted: i64 = sqlx::query_scalar("SELECT count(*) FROM buckets").fetch_one(&mut *tx).await?;
    if counted > 0 {
        return Ok(());
    }
    for name in names(tx).await? {
        let holds = self::counted(tx, &name).await?;
        write(tx, &name, Bucket { holds, floor: 0 }).await?;
    }
    Ok(())
}

/// Clears tombstones away that were written before a moment, and lifts the floor of their buckets. Returns how many.
///
/// # Errors
/// If the database fails.
pub async fn forget_gone(tx: &mut Connection, before: i64) -> Result<u64> {
    let old: Vec<(String, i64)> =
        sqlx::query_as("SELECT bucket, max(seq) FROM feed WHERE body IS NULL AND at < $1 GROUP BY bucket")
            .bind(before)
            .fetch_all(&mut *tx)
            .await?;
    for (name, floor) in old {
        let bucket = read(tx, &name).await?;
        write(tx, &name, Bucket { floor: bucket.floor.max(floor), ..bucket }).await?;
    }
    let done =
        sqlx::query("DELETE FROM feed WHERE body IS NULL AND at < $1").bind(before).execute(tx).await?;
    Ok(done.rows_affected())
}

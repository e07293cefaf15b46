//! Which files are at the centre; their bytes lie elsewhere ([`crate::files`]).

use super::{Connection, Result};
use crate::inspection::{Content, Finding};

/// Notes that the bytes of a file are here, verified and durable, and what they are; if that was noted before, whoever
/// brought them again has as long to name it. Returns whether it is noted: not while the same file is going.
///
/// # Errors
/// If the database fails.
pub async fn put(
    tx: &mut Connection,
    file: &Stored,
    finding: Finding,
    person: &str,
    now: i64,
) -> Result<bool> {
    let noted = sqlx::query(
        "INSERT INTO files (sha256, size, person, received_at, content, is_clean)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha256) DO UPDATE
         SET unnamed_at = CASE WHEN files.unnamed_at IS NOT NULL THEN excluded.received_at END
         WHERE files.going_at IS NULL",
    )
    .bind(&file.sha256)
    .bind(file.size.cast_signed())
    .bind(person)
    .bind(now)
    .bind(finding.content.code())
    .bind(i64::from(finding.is_clean))
    .execute(tx)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// Takes back what was just noted for a person: the bytes of the file went meanwhile. What others noted stays.
///
/// # Errors
/// If the database fails.
pub async fn take_back(tx: &mut Connection, sha256: &str, person: &str, noted_at: i64) -> Result<()> {
    sqlx::query("DELETE FROM files WHERE sha256 = $1 AND person = $2 AND received_at = $3")
        .bind(sha256)
        .bind(person)
        .bind(noted_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// Who brought the file first, if it is here.
///
/// # Errors
/// If the database fails.
pub async fn brought_by(tx: &mut Connection, sha256: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("SELECT person FROM files WHERE sha256 = $1")
        .bind(sha256)
        .fetch_optional(tx)
        .await?)
}

/// Notes what a picture looks like.
///
/// # Errors
/// If the database fails.
pub async fn set_likeness(tx: &mut Connection, sha256: &str, likeness: u64) -> Result<()> {
    sqlx::query("UPDATE files SET likeness = $1 WHERE sha256 = $2")
        .bind(likeness.cast_signed())
        .bind(sha256)
        .execute(tx)
        .await?;
    Ok(())
}

/// What a picture looks like, if it shows something.
///
/// # Errors
/// If the database fails.
pub async fn likeness(tx: &mut Connection, sha256: &str) -> Result<Option<u64>> {
    let likeness: Option<Option<i64>> = sqlx::query_scalar("SELECT likeness FROM files WHERE sha256 = $1")
        .bind(sha256)
        .fetch_optional(tx)
        .await?;
    Ok(likeness.flatten().map(i64::cast_unsigned))
}

/// What the pictures look like that records of the shelf name: record, hash, likeness.
///
/// # Errors
/// If the database fails.
pub async fn on_shelf(tx: &mut Connection) -> Result<Vec<(String, String, u64)>> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT items.id, files.sha256, files.likeness FROM items JOIN namings ON namings.record = items.id
         JOIN files ON files.sha256 = namings.sha256 WHERE files.likeness IS NOT NULL",
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(record, sha256, likeness)| (record, sha256, likeness.cast_unsigned()))
        .collect())
}

/// What is known of a file that is here; within it `None` if nobody looked into it yet.
///
/// # Errors
/// If the database fails.
pub async fn finding(tx: &mut Connection, sha256: &str) -> Result<Option<(Stored, Option<Finding>)>> {
    let row: Option<(i64, Option<String>, Option<i64>)> =
        sqlx::query_as("SELECT size, content, is_clean FROM files WHERE sha256 = $1 AND going_at IS NULL")
            .bind(sha256)
            .fetch_optional(tx)
            .await?;
    Ok(row.map(|(size, content, is_clean)| {
        let finding = content.zip(is_clean).map(|(content, is_clean)| Finding {
            content: Content::of_code(&content),
            is_clean: is_clean != 0,
        });
        (Stored { sha256: sha256.to_owned(), size: size.unsigned_abs() }, finding)
    }))
}

/// A file at the centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The hash of its bytes.
    pub sha256: String,
    /// How many they are.
    pub size: u64,
}

/// All files, but for those that are going.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Stored>> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT sha256, size FROM files WHERE going_at IS NULL ORDER BY sha256")
            .fetch_all(tx)
            .await?;
    Ok(rows.into_iter().map(|(sha256, size)| Stored { sha256, size: size.unsigned_abs() }).collect())
}

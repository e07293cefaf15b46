//! Which files are at the centre; their bytes lie beside the database.

use super::{Connection, Result};

/// Notes that the bytes of a file are here, verified and durable.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, sha256: &str, size: i64, person: &str, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO files (sha256, size, person, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(sha256)
    .bind(size)
    .bind(person)
    .bind(now)
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

/// A file at the centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The hash of its bytes.
    pub sha256: String,
    /// How many they are.
    pub size: u64,
}

/// All files.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Stored>> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT sha256, size FROM files ORDER BY sha256").fetch_all(tx).await?;
    Ok(rows.into_iter().map(|(sha256, size)| Stored { sha256, size: size.unsigned_abs() }).collect())
}

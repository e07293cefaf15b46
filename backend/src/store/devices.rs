//! The stores from which people sync, and those that were shut out.
//!
//! A device is shut out as a whole, whoever signs in on it: it is the thing that was lost.

use super::{Connection, Result};
use sqlx::Row as _;

/// How exactly it is known when a device was last heard of, in milliseconds: an hour.
pub const PRECISION_MS: i64 = 3_600_000;

/// A device as an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: String,
    /// Who synced from it.
    pub person: String,
    /// When it was last heard of, in milliseconds since 1970.
    pub last_seen: i64,
    /// When it was shut out.
    pub revoked_at: Option<i64>,
}

/// Notes that a person syncs from a device. Returns whether it was shut out.
///
/// # Errors
/// If the database fails.
pub async fn note(tx: &mut Connection, id: &str, person: &str, now: i64) -> Result<bool> {
    let revoked_at: Option<i64> = sqlx::query_scalar(
        "INSERT INTO devices (id, person, first_seen, last_seen, revoked_at)
         VALUES ($1, $2, $3, $3, (SELECT max(revoked_at) FROM devices WHERE id = $1))
         ON CONFLICT (id, person) DO UPDATE SET last_seen = $3 RETURNING revoked_at",
    )
    .bind(id)
    .bind(person)
    .bind(now)
    .fetch_one(tx)
    .await?;
    Ok(revoked_at.is_some())
}

/// Whether the device was shut out.
///
/// # Errors
/// If the database fails.
pub async fn is_revoked(tx: &mut Connection, id: &str) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM devices WHERE id = $1 AND revoked_at IS NOT NULL LIMIT 1")
        .bind(id)
        .fetch_optional(tx)
        .await?;
    Ok(row.is_some())
}

/// Shuts a device out. Returns whether it is known.
///
/// # Errors
/// If the database fails.
pub async fn revoke(tx: &mut Connection, id: &str, now: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE devices SET revoked_at = $1, allowed_at = NULL WHERE id = $2")
        .bind(now)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a device in again. Returns whether it is known.
///
/// # Errors
/// If the database fails.
pub async fn allow(tx: &mut Connection, id: &str, now: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE devices SET revoked_at = NULL, allowed_at = $1 WHERE id = $2")
        .bind(now)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether the device was let in again after `at`, and is not shut out now.
///
/// # Errors
/// If the database fails.
pub async fn is_allowed_since(tx: &mut Connection, id: &str, at: i64) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM devices WHERE id = $1 AND revoked_at IS NULL AND allowed_at >= $2 LIMIT 1",
    )
    .bind(id)
    .bind(at)
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

/// All devices, those heard of last first.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Device>> {
    let rows =
        sqlx::query("SELECT id, person, last_seen, revoked_at FROM devices ORDER BY last_seen DESC, id");
    let device = |row: sqlx::any::AnyRow| Device {
        id: row.get("id"),
        person: row.get("person"),
        last_seen: row.get("last_seen"),
        revoked_at: row.get("revoked_at"),
    };
    Ok(rows.fetch_all(tx).await?.into_iter().map(device).collect())
}

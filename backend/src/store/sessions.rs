//! Sessions, by the hash of their token.

use super::{Connection, Result};
use sqlx::Row as _;

/// Keeps a new session, and forgets those that ran out.
///
/// # Errors
/// If the database fails.
pub async fn add(
    tx: &mut Connection,
    token_hash: &str,
    person: &str,
    now: i64,
    expires_at: i64,
) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO sessions (token_hash, person, expires_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(person)
        .bind(expires_at)
        .execute(&mut *tx)
        .await?;
    Ok(())
}

/// Whose session it is and until when, unless it ran out.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: &mut Connection, token_hash: &str, now: i64) -> Result<Option<(String, i64)>> {
    let row =
        sqlx::query("SELECT person, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2")
            .bind(token_hash)
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
    Ok(row.map(|row| (row.get("person"), row.get("expires_at"))))
}

/// Moves the end of a session.
///
/// # Errors
/// If the database fails.
pub async fn extend(tx: &mut Connection, token_hash: &str, expires_at: i64) -> Result<()> {
    sqlx::query("UPDATE sessions SET expires_at = $1 WHERE token_hash = $2")
        .bind(expires_at)
        .bind(token_hash)
        .execute(&mut *tx)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// If the database fails.
pub async fn remove(tx: &mut Connection, token_hash: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(&mut *tx).await?;
    Ok(())
}

/// Ends all sessions of a person.
///
/// # Errors
/// If the database fails.
pub async fn remove_all(tx: &mut Connection, person: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE person = $1").bind(person).execute(&mut *tx).await?;
    Ok(())
}

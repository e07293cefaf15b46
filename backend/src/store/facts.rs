//! Facts about the database itself, by name.

use super::{Connection, Result};

/// The place in the journal up to which a verified backup holds everything.
pub const DURABLE_SEQ: &str = "durable_seq";

/// A fact that is a number; 0 if nothing is known.
///
/// # Errors
/// If the database fails.
pub async fn number(tx: &mut Connection, key: &str) -> Result<i64> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT value FROM server WHERE key = $1").bind(key).fetch_optional(tx).await?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Writes a fact down.
///
/// # Errors
/// If the database fails.
pub async fn set(tx: &mut Connection, key: &str, value: &str) -> Result<()> {
    sqlx::query("INSERT INTO server (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2")
        .bind(key)
        .bind(value)
        .execute(tx)
        .await?;
    Ok(())
}

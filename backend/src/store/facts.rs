//! Facts about the database itself, by name.

use super::{Connection, Result};

/// The place in the journal up to which a verified backup holds everything.
pub const DURABLE_SEQ: &str = "durable_seq";

/// When the database was moved to the other engine; nobody is served from it any more.
pub const MOVED_AT: &str = "moved_at";
/// The epoch: another after each restore.
pub const EPOCH: &str = "epoch";

/// How often units were registered by an errand.
pub const UNITS: &str = "units";

/// How often an errand changed who may do what: roles, devices that may sync.
pub const RIGHTS: &str = "rights";

/// In which way the library's shelf was made.
pub const SHELF: &str = "shelf";

/// Counts an errand of a kind, so that servers that run find out.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &mut Connection, key: &str) -> Result<()> {
    let next = number(tx, key).await? + 1;
    set(tx, key, &next.to_string()).await
}

/// A fact, if it is known.
///
/// # Errors
/// If the database fails.
pub async fn text(tx: &mut Connection, key: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("SELECT value FROM server WHERE key = $1").bind(key).fetch_optional(tx).await?)
}

/// A fact that is a number; 0 if nothing is known.
///
/// # Errors
/// If the database fails.
pub async fn number(tx: &mut Connection, key: &str) -> Result<i64> {
    Ok(text(tx, key).await?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Forgets a fact.
///
/// # Errors
/// If the database fails.
pub async fn forget(tx: &mut Connection, key: &str) -> Result<()> {
    sqlx::query("DELETE FROM server WHERE key = $1").bind(key).execute(tx).await?;
    Ok(())
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

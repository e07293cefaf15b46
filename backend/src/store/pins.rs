//! Which items of the library every device is to have, and who said so when.

use super::{Connection, Result};

/// A pin that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The heading under which it is listed; empty if under none.
    pub collection: String,
    /// When it was pinned, in milliseconds since 1970.
    pub pinned_at: i64,
}

/// The pin of an item, if one stands.
///
/// # Errors
/// If the database fails.
pub async fn of(tx: &mut Connection, item: &str) -> Result<Option<Standing>> {
    let row: Option<(String, i64)> =
        sqlx::query_as("SELECT collection, pinned_at FROM pins WHERE item = $1 AND unpinned_at IS NULL")
            .bind(item)
            .fetch_optional(tx)
            .await?;
    Ok(row.map(|(collection, pinned_at)| Standing { collection, pinned_at }))
}

/// Notes that somebody pins an item, which is not pinned.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, item: &str, collection: &str, person: &str, now: i64) -> Result<()> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(pinned_at) FROM pins WHERE item = $1")
        .bind(item)
        .fetch_one(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO pins (item, collection, pinned_by, pinned_at) VALUES ($1, $2, $3, $4)")
        .bind(item)
        .bind(collection)
        .bind(person)
        // Each has a moment of its own, whatever the clock does.
        .bind(last.map_or(now, |last| now.max(last + 1)))
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that an item is not pinned any more: somebody took it back, or it left the library. Returns whether it was.
///
/// # Errors
/// If the database fails.
pub async fn end(tx: &mut Connection, item: &str, person: Option<&str>, now: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE pins SET unpinned_by = $2, unpinned_at = $3 WHERE item = $1 AND unpinned_at IS NULL",
    )
    .bind(item)
    .bind(person)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

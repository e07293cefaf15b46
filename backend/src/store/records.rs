//! Records: the fold of the applied ops, as canonical JSON.

use super::{Result, body, text};
use lantoa_shared::record::Record;
use sqlx::SqliteConnection;

/// Keeps the newest state of a record.
///
/// # Errors
/// If the database fails or the record has no duty.
pub async fn put(tx: &mut SqliteConnection, record: &Record, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO records (id, state, body, updated_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET state = ?2, body = ?3, updated_at = ?4",
    )
    .bind(&record.id)
    .bind(record.state.code())
    .bind(text("record", record)?)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// The record with this id.
///
/// # Errors
/// If the database fails.
pub async fn by_id(tx: &mut SqliteConnection, id: &str) -> Result<Option<Record>> {
    let stored: Option<String> =
        sqlx::query_scalar("SELECT body FROM records WHERE id = ?").bind(id).fetch_optional(tx).await?;
    stored.map(|text| body("record", &text)).transpose()
}

//! Records: the fold of the applied ops, as canonical JSON.

use super::{Connection, Result, body, text};
use lantoa_shared::{background::Background, record::Record};
use std::collections::BTreeMap;

/// Keeps the newest state of a record.
///
/// # Errors
/// If the database fails or the record has no duty.
pub async fn put(tx: &mut Connection, record: &Record, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO records (id, state, body, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET state = $2, body = $3, updated_at = $4",
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
pub async fn by_id(tx: &mut Connection, id: &str) -> Result<Option<Record>> {
    let stored: Option<String> =
        sqlx::query_scalar("SELECT body FROM records WHERE id = $1").bind(id).fetch_optional(tx).await?;
    stored.map(|text| body("record", &text)).transpose()
}

/// The record with this id, and what lay outside it when it went up, unless it is open.
///
/// # Errors
/// If the database fails.
pub async fn with_sealed(tx: &mut Connection, id: &str) -> Result<(Option<Record>, Option<Background>)> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as("SELECT body, background FROM records WHERE id = $1")
            .bind(id)
            .fetch_optional(tx)
            .await?;
    let Some((record, background)) = row else { return Ok((None, None)) };
    let background = background.map(|text| body("background", &text)).transpose()?;
    Ok((Some(body("record", &record)?), background))
}

/// The ids of all records.
///
/// # Errors
/// If the database fails.
pub async fn ids(tx: &mut Connection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT id FROM records ORDER BY id").fetch_all(tx).await?)
}

/// Keeps what lay outside a report when it went up, or forgets it when it is open again.
///
/// # Errors
/// If the database fails.
pub async fn seal(tx: &mut Connection, id: &str, background: Option<&Background>) -> Result<()> {
    let stored = background.map(|background| text("background", background)).transpose()?;
    sqlx::query("UPDATE records SET background = $1 WHERE id = $2").bind(stored).bind(id).execute(tx).await?;
    Ok(())
}

/// What lay outside a report when it went up; `None` while it is open.
///
/// # Errors
/// If the database fails.
pub async fn sealed(tx: &mut Connection, id: &str) -> Result<Option<Background>> {
    let stored: Option<String> = sqlx::query_scalar("SELECT background FROM records WHERE id = $1")
        .bind(id)
        .fetch_optional(tx)
        .await?
        .flatten();
    stored.map(|text| body("background", &text)).transpose()
}

/// What lay outside every report that went up and is not open again, by the record's id.
///
/// # Errors
/// If the database fails.
pub async fn all_sealed(tx: &mut Connection) -> Result<BTreeMap<String, Background>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, background FROM records WHERE background IS NOT NULL")
            .fetch_all(tx)
            .await?;
    rows.into_iter().map(|(id, text)| Ok((id, body("background", &text)?))).collect()
}

//! Records: the fold of the applied ops, as canonical JSON.

use super::{Connection, Result, body, duties, text};
use lantoa_shared::{background::Background, duty::Duty, record::Record};
use sqlx::Row as _;
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

/// A duty with what became of it.
#[derive(Debug)]
pub struct Opened {
    /// The duty.
    pub duty: Duty,
    /// Its record, if there is one.
    pub record: Option<Record>,
    /// What lay outside it when it went up, unless it is open.
    pub sealed: Option<Background>,
    /// Whether ops are parked for it.
    pub has_parked: bool,
}

/// A duty with its record and all that judging an op of it begins with; `None` if nobody owes it. One question, because
/// it is asked with every push.
///
/// # Errors
/// If the database fails.
pub async fn open(tx: &mut Connection, id: &str) -> Result<Option<Opened>> {
    let row = sqlx::query(
        "SELECT duties.*, records.body, records.background,
           (SELECT count(*) FROM journal WHERE journal.record = duties.id AND journal.status = 'parked') AS n_parked
         FROM duties LEFT JOIN records ON records.id = duties.id WHERE duties.id = $1",
    )
    .bind(id)
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (record, sealed): (Option<String>, Option<String>) = (row.get("body"), row.get("background"));
    let has_parked = row.get::<i64, _>("n_parked") > 0;
    Ok(Some(Opened {
        record: record.map(|text| body("record", &text)).transpose()?,
        sealed: sealed.map(|text| body("background", &text)).transpose()?,
        has_parked,
        duty: duties::duty(row)?,
    }))
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

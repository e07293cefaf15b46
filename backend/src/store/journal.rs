//! The journal: every op that ever arrived, byte for byte, and what was made of it.
//!
//! A row is written before its op is judged and never deleted.

use super::{Result, from_word, word};
use lantoa_shared::sync::verdict::Verdict;
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

/// An op as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The device's store.
    pub device: String,
    /// The device's own number of the op.
    pub n: i64,
    /// The hash that came with it, lower-case hex.
    pub sha256: String,
    /// Its bytes.
    pub body: String,
    /// Whose session brought it.
    pub person: String,
}

/// An op in the journal.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The op as it arrived.
    pub arrival: Arrival,
    /// When it was received.
    pub received_at: i64,
    /// What was made of it, if it was judged.
    pub verdict: Option<Verdict>,
}

/// Keeps an op, unless the same bytes are kept under the same number already. Returns whether it
/// is new.
///
/// # Errors
/// If the database fails.
pub async fn keep(tx: &mut SqliteConnection, arrival: &Arrival, received_at: i64) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO journal (device, n, sha256, body, person, received_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(&arrival.device)
    .bind(arrival.n)
    .bind(&arrival.sha256)
    .bind(&arrival.body)
    .bind(&arrival.person)
    .bind(received_at)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The op under this number with this hash.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: &mut SqliteConnection, device: &str, n: i64, sha256: &str) -> Result<Option<Kept>> {
    sqlx::query("SELECT * FROM journal WHERE device = ? AND n = ? AND sha256 = ?")
        .bind(device)
        .bind(n)
        .bind(sha256)
        .fetch_optional(tx)
        .await?
        .map(kept)
        .transpose()
}

/// Whether the same person sent another op under the same number before, and it was taken: a
/// copied device. Damaged bytes take no number.
///
/// # Errors
/// If the database fails.
pub async fn is_number_taken(tx: &mut SqliteConnection, arrival: &Arrival) -> Result<bool> {
    let other = sqlx::query(
        "SELECT 1 FROM journal other
         JOIN journal own ON own.device = other.device AND own.n = other.n
         WHERE own.device = ? AND own.n = ? AND own.sha256 = ?
           AND other.sha256 <> own.sha256 AND other.person = own.person AND other.rowid < own.rowid
           AND other.status IS NOT 'quarantined'",
    )
    .bind(&arrival.device)
    .bind(arrival.n)
    .bind(&arrival.sha256)
    .fetch_optional(tx)
    .await?;
    Ok(other.is_some())
}

/// Writes what was made of an op, and whose session it was judged for.
///
/// # Errors
/// If the database fails.
pub async fn settle(tx: &mut SqliteConnection, arrival: &Arrival, verdict: Verdict) -> Result<()> {
    let refusal = verdict.refusal.map(|refusal| word("refusal", &refusal)).transpose()?;
    sqlx::query(
        "UPDATE journal SET status = ?, refusal = ?, person = ? WHERE device = ? AND n = ? AND sha256 = ?",
    )
    .bind(word("status", &verdict.status)?)
    .bind(refusal)
    .bind(&arrival.person)
    .bind(&arrival.device)
    .bind(arrival.n)
    .bind(&arrival.sha256)
    .execute(tx)
    .await?;
    Ok(())
}

/// Ops that were received and never judged (the server stopped in between), in order of arrival.
///
/// # Errors
/// If the database fails.
pub async fn unjudged(tx: &mut SqliteConnection) -> Result<Vec<Kept>> {
    sqlx::query("SELECT * FROM journal WHERE status IS NULL ORDER BY rowid")
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(kept)
        .collect()
}

/// How many ops are kept.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM journal").fetch_one(tx).await?)
}

fn kept(row: SqliteRow) -> Result<Kept> {
    let status: Option<String> = row.get("status");
    let refusal: Option<String> = row.get("refusal");
    let verdict = match status {
        None => None,
        Some(status) => Some(Verdict {
            status: from_word("status", status)?,
            refusal: refusal.map(|refusal| from_word("refusal", refusal)).transpose()?,
        }),
    };
    let arrival = Arrival {
        device: row.get("device"),
        n: row.get("n"),
        sha256: row.get("sha256"),
        body: row.get("body"),
        person: row.get("person"),
    };
    Ok(Kept { arrival, received_at: row.get("received_at"), verdict })
}

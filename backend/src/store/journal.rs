//! The journal: every op that ever arrived, byte for byte, and what was made of it.
//!
//! A row is written before its op is judged and never deleted.

mod writing;

pub use writing::{Keeping, Settled, keep, keep_all, settle, settle_all};

use super::{AT_ONCE, Connection, Error, Result, from_word, places};
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use lantoa_shared::{op::Dot, sync::verdict::Verdict};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};

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
    /// Its place in the order of receipt.
    pub seq: i64,
    /// Its place in the journal of an earlier epoch, if it is offered again.
    pub was: Option<i64>,
}

impl Kept {
    /// Its id.
    pub fn dot(&self) -> Dot {
        Dot::new(self.arrival.device.clone(), u64::try_from(self.arrival.n).unwrap_or_default())
    }
}

/// Everything that is kept under some numbers of a device.
///
/// # Errors
/// If the database fails.
pub async fn under(tx: &mut Connection, device: &str, numbers: &[i64]) -> Result<Vec<Kept>> {
    let mut found = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(AT_ONCE) {
        let sql = format!("SELECT * FROM journal WHERE device = $1 AND n IN {}", places(2, numbers.len()));
        let query =
            numbers.iter().fold(sqlx::query(AssertSqlSafe(sql)).bind(device), |query, n| query.bind(*n));
        for row in query.fetch_all(&mut *tx).await? {
            found.push(kept(row)?);
        }
    }
    Ok(found)
}

/// The op under this number with this hash.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: &mut Connection, device: &str, n: i64, sha256: &str) -> Result<Option<Kept>> {
    sqlx::query("SELECT * FROM journal WHERE device = $1 AND n = $2 AND sha256 = $3")
        .bind(device)
        .bind(n)
        .bind(sha256)
        .fetch_optional(tx)
        .await?
        .map(kept)
        .transpose()
}

/// The verdicts on all other bytes that are kept under the same number.
///
/// # Errors
/// If the database fails.
pub async fn others(tx: &mut Connection, arrival: &Arrival) -> Result<Vec<Option<Verdict>>> {
    sqlx::query("SELECT status, refusal FROM journal WHERE device = $1 AND n = $2 AND sha256 <> $3")
        .bind(&arrival.device)
        .bind(arrival.n)
        .bind(&arrival.sha256)
        .fetch_all(tx)
        .await?
        .iter()
        .map(verdict)
        .collect()
}

/// Gives an op that is judged because it was sent again a new place in the journal; a backup made before has it
/// unjudged. Returns the place.
///
/// # Errors
/// If the database fails.
pub async fn arrive_anew(tx: &mut Connection, arrival: &Arrival) -> Result<i64> {
    let seq = super::feed::next_seq(tx).await?;
    sqlx::query("UPDATE journal SET seq = $1 WHERE device = $2 AND n = $3 AND sha256 = $4")
        .bind(seq)
        .bind(&arrival.device)
        .bind(arrival.n)
        .bind(&arrival.sha256)
        .execute(tx)
        .await?;
    Ok(seq)
}

/// The op of this id that went into a record.
///
/// # Errors
/// If the database fails.
pub async fn applied(tx: &mut Connection, dot: &Dot) -> Result<Option<Kept>> {
    of_number(
        tx,
        dot,
        "SELECT * FROM journal WHERE device = $1 AND n = $2 AND status IN ('applied', 'clash')",
    )
    .await
}

/// The op of this id that is kept and was not taken; a copy's will come under another id.
///
/// # Errors
/// If the database fails.
pub async fn parked(tx: &mut Connection, dot: &Dot) -> Result<Option<Kept>> {
    of_number(
        tx,
        dot,
        "SELECT * FROM journal WHERE device = $1 AND n = $2 AND status = 'parked'
           AND refusal IS DISTINCT FROM 'cloned_device'",
    )
    .await
}

async fn of_number(tx: &mut Connection, dot: &Dot, query: &'static str) -> Result<Option<Kept>> {
    if dot.device.contains('\0') {
        // No device is called so, and PostgreSQL would not even read the question.
        return Ok(None);
    }
    sqlx::query(query)
        .bind(&dot.device)
        .bind(i64::try_from(dot.n).unwrap_or(i64::MAX))
        .fetch_optional(tx)
        .await?
        .map(kept)
        .transpose()
}

/// What is parked for a record, in the order in which it was done: what is offered again keeps its old place.
///
/// # Errors
/// If the database fails.
pub async fn parked_for(tx: &mut Connection, record: &str) -> Result<Vec<Kept>> {
    sqlx::query(
        "SELECT * FROM journal WHERE record = $1 AND status = 'parked' ORDER BY coalesce(was, seq), seq",
    )
    .bind(record)
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(kept)
    .collect()
}

/// All other ops that the same author brought for the same record.
///
/// # Errors
/// If the database fails.
pub async fn of_author(tx: &mut Connection, own: &Kept, record: &str) -> Result<Vec<Kept>> {
    let rows = sqlx::query("SELECT * FROM journal WHERE person = $1 AND record = $2 AND seq <> $3")
        .bind(&own.arrival.person)
        .bind(record)
        .bind(own.seq)
        .fetch_all(tx)
        .await?;
    rows.into_iter().map(kept).collect()
}

/// Everything that may be judged again, in the order in which it was done.
///
/// # Errors
/// If the database fails.
pub async fn not_taken(tx: &mut Connection) -> Result<Vec<Kept>> {
    sqlx::query(
        "SELECT * FROM journal WHERE status = 'parked' OR (status = 'quarantined' AND refusal = 'unreadable')
         ORDER BY coalesce(was, seq), seq",
    )
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(kept)
    .collect()
}

/// Pushes of which ops were received and never judged (the server stopped in between), each whole and in order of
/// arrival: what was judged of them already says how the rest is to be taken.
///
/// # Errors
/// If the database fails.
pub async fn unjudged(tx: &mut Connection) -> Result<Vec<Vec<Kept>>> {
    let rows = sqlx::query(
        "SELECT * FROM journal one WHERE refusal IS DISTINCT FROM 'other_epoch' AND EXISTS
         (SELECT 1 FROM journal other WHERE other.status IS NULL AND other.device = one.device
            AND other.person = one.person AND other.received_at = one.received_at)
         ORDER BY seq",
    )
    .fetch_all(tx)
    .await?;
    let all = rows.into_iter().map(kept).collect::<Result<Vec<Kept>>>()?;
    let push = |kept: &Kept| (kept.arrival.device.clone(), kept.arrival.person.clone(), kept.received_at);
    Ok(all.chunk_by(|one, other| push(one) == push(other)).map(<[Kept]>::to_vec).collect())
}

/// The place of the first op that has no verdict yet.
///
/// # Errors
/// If the database fails.
pub async fn first_unjudged(tx: &mut Connection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT min(seq) FROM journal WHERE status IS NULL").fetch_one(tx).await?)
}

/// Every op that went into a record, record by record, in the order in which they went in.
pub fn folded(tx: &mut Connection) -> impl Stream<Item = Result<(String, Kept)>> {
    sqlx::query(
        "SELECT * FROM journal WHERE record IS NOT NULL AND status IN ('applied', 'clash') ORDER BY record, judged",
    )
    .fetch(tx)
    .map(|row| {
        let row = row?;
        Ok((row.get("record"), kept(row)?))
    })
}

/// The ops whose bytes have another hash than the journal says, by device and number; and how many there are in all.
///
/// # Errors
/// If the database fails.
pub async fn damaged(tx: &mut Connection) -> Result<(Vec<Dot>, u64)> {
    let mut rows = sqlx::query("SELECT device, n, sha256, body FROM journal").fetch(tx);
    let (mut damaged, mut count) = (Vec::new(), 0);
    while let Some(row) = rows.try_next().await? {
        let (device, n, sha256): (String, i64, String) = (row.get("device"), row.get("n"), row.get("sha256"));
        count += 1;
        if hash_of(row.get("body")) != sha256 {
            damaged.push(Dot::new(device, n.unsigned_abs()));
        }
    }
    Ok((damaged, count))
}

fn hash_of(bytes: Vec<u8>) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// How many ops are kept.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &mut Connection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM journal").fetch_one(tx).await?)
}

fn verdict(row: &AnyRow) -> Result<Option<Verdict>> {
    let (status, refusal): (Option<String>, Option<String>) = (row.get("status"), row.get("refusal"));
    let Some(status) = status else { return Ok(None) };
    Ok(Some(Verdict {
        status: from_word("status", status)?,
        refusal: refusal.map(|refusal| from_word("refusal", refusal)).transpose()?,
    }))
}

fn kept(row: AnyRow) -> Result<Kept> {
    let verdict = verdict(&row)?;
    let body =
        String::from_utf8(row.get("body")).map_err(|_| Error::Unfit("an op in the journal is no text"))?;
    let arrival = Arrival {
        device: row.get("device"),
        n: row.get("n"),
        sha256: row.get("sha256"),
        body,
        person: row.get("person"),
    };
    Ok(Kept {
        arrival,
        received_at: row.get("received_at"),
        verdict,
        seq: row.get("seq"),
        was: row.get("was"),
    })
}

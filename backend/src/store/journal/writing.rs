//! Writing to the journal: many ops with few statements, because each costs a way to the engine and back.

use super::Arrival;
use crate::store::{AT_ONCE, Connection, Result, numbers::Numbers, places, word};
use lantoa_shared::sync::verdict::Verdict;
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;

/// An op that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Keeping<'a> {
    /// The op as it arrived.
    pub arrival: &'a Arrival,
    /// Its place in the journal of an earlier epoch, if it is offered again.
    pub was: Option<i64>,
}

/// Keeps ops, unless the same bytes are kept under the same number already. Returns of each whether it is new.
///
/// # Errors
/// If the database fails.
pub async fn keep_all(
    tx: &mut Connection,
    numbers: &mut Numbers,
    ops: &[Keeping<'_>],
    received_at: i64,
) -> Result<Vec<bool>> {
    let mut are_new = Vec::with_capacity(ops.len());
    for ops in ops.chunks(AT_ONCE) {
        let first = numbers.take(tx, ops.len()).await?;
        let values = placeholders(ops.len(), 8);
        let sql = format!(
            "INSERT INTO journal (device, n, sha256, body, person, received_at, seq, was)
             VALUES {values} ON CONFLICT DO NOTHING RETURNING seq"
        );
        let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
        for (seq, Keeping { arrival, was }) in (first..).zip(ops) {
            query = query
                .bind(&arrival.device)
                .bind(arrival.n)
                .bind(&arrival.sha256)
                .bind(arrival.body.as_bytes())
                .bind(&arrival.person)
                .bind(received_at)
                .bind(seq)
                .bind(*was);
        }
        let new: BTreeSet<i64> = query.fetch_all(&mut *tx).await?.into_iter().collect();
        are_new.extend((first..).take(ops.len()).map(|seq| new.contains(&seq)));
    }
    Ok(are_new)
}

/// Keeps one op. Returns whether it is new.
///
/// # Errors
/// If the database fails.
pub async fn keep(
    tx: &mut Connection,
    arrival: &Arrival,
    was: Option<i64>,
    received_at: i64,
) -> Result<bool> {
    Ok(keep_all(tx, &mut Numbers::default(), &[Keeping { arrival, was }], received_at).await? == [true])
}

/// What was made of an op: which record it concerns, and whose session it was judged for.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The op, with the person whose session it was judged for.
    pub arrival: Arrival,
    /// The record, if it is known.
    pub record: Option<String>,
    /// What was made of it.
    pub verdict: Verdict,
}

/// Writes what was made of ops, each of which is there once, in their order.
///
/// # Errors
/// If the database fails.
pub async fn settle_all(tx: &mut Connection, numbers: &mut Numbers, ops: &[Settled]) -> Result<()> {
    for ops in ops.chunks(AT_ONCE) {
        let first = numbers.take(tx, ops.len()).await?;
        let sql = format!(
            "WITH done (status, refusal, person, judged, record, device, n, sha256) AS (VALUES {})
             UPDATE journal SET status = done.status, refusal = done.refusal, person = done.person,
               judged = done.judged, record = coalesce(done.record, journal.record)
             FROM done
             WHERE journal.device = done.device AND journal.n = done.n AND journal.sha256 = done.sha256",
            placeholders(ops.len(), 8)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (judged, Settled { arrival, record, verdict }) in (first..).zip(ops) {
            let refusal = verdict.refusal.map(|refusal| word("refusal", &refusal)).transpose()?;
            query = query
                .bind(word("status", &verdict.status)?)
                .bind(refusal)
                .bind(&arrival.person)
                .bind(judged)
                .bind(record)
                .bind(&arrival.device)
                .bind(arrival.n)
                .bind(&arrival.sha256);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Writes what was made of one op.
///
/// # Errors
/// If the database fails.
pub async fn settle(
    tx: &mut Connection,
    arrival: &Arrival,
    record: Option<&str>,
    verdict: Verdict,
) -> Result<()> {
    let (arrival, record) = (arrival.clone(), record.map(str::to_owned));
    settle_all(tx, &mut Numbers::default(), &[Settled { arrival, record, verdict }]).await
}

/// `($1, $2), ($3, $4)`: rows of parameters.
fn placeholders(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| places(row * columns + 1, columns)).collect::<Vec<_>>().join(", ")
}

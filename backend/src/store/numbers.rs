//! Numbers taken from the counter before they are needed, with one statement for all that a transaction gives out.
//!
//! Invariant: they are given out in the transaction that took them, so whoever reads a number can read everything
//! below it. What is left over is nobody's.

use super::{Connection, Result, facts, feed::next_seqs};

/// Numbers of one transaction.
#[derive(Debug, Default)]
pub struct Numbers {
    next: i64,
    behind: i64,
}

impl Numbers {
    /// Takes some, and asks on the way up to where a verified backup holds the journal.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin(tx: &mut Connection, count: usize) -> Result<(Self, u64)> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let (last, durable): (i64, Option<String>) = sqlx::query_as(
            "UPDATE counter SET seq = seq + $1 RETURNING seq, (SELECT value FROM server WHERE key = $2)",
        )
        .bind(count)
        .bind(facts::DURABLE_SEQ)
        .fetch_one(tx)
        .await?;
        let durable = durable.and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok((Self { next: last - count + 1, behind: last + 1 }, durable))
    }

    /// Gives out so many in a row; returns the first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn take(&mut self, tx: &mut Connection, count: usize) -> Result<i64> {
        let wanted = i64::try_from(count).unwrap_or(i64::MAX);
        if self.behind - self.next < wanted {
            self.next = next_seqs(tx, count).await?;
            self.behind = self.next + wanted;
        }
        self.next += wanted;
        Ok(self.next - wanted)
    }
}

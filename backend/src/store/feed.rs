//! The feed: the newest state of each thing in each bucket, in the order in which they changed.
//!
//! The sequence number comes from a counter row inside the writing transaction, so a reader that
//! has seen number N has seen everything up to N.

use super::{Connection, Error, Result, buckets, from_word, numbers::Numbers, word};
use futures::TryStreamExt as _;
use lantoa_shared::wire::v1::{Row, RowKind};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sqlx::Row as _;

/// Puts the newest state of a thing into a bucket; `None` says that it is gone. Returns whether
/// that was news: the same state again keeps its place.
///
/// # Errors
/// If the database fails.
pub async fn put(
    tx: &mut Connection,
    bucket: &str,
    kind: RowKind,
    id: &str,
    body: Option<&str>,
) -> Result<bool> {
    put_as(tx, &mut Numbers::default(), bucket, (kind, id), body).await
}

/// The same, under the next of the numbers that the transaction took.
///
/// # Errors
/// If the database fails.
pub async fn put_as(
    tx: &mut Connection,
    numbers: &mut Numbers,
    bucket: &str,
    (kind, id): (RowKind, &str),
    body: Option<&str>,
) -> Result<bool> {
    let name = word("row kind", &kind)?;
    // What is there, and what is known of the bucket, in one question.
    let before = sqlx::query(
        "SELECT feed.seq, feed.body, n_rows, checksum, floor FROM (SELECT 1 AS one) AS one
         LEFT JOIN feed ON feed.bucket = $1 AND feed.kind = $2 AND feed.id = $3
         LEFT JOIN buckets ON buckets.name = $1",
    )
    .bind(bucket)
    .bind(&name)
    .bind(id)
    .fetch_one(&mut *tx)
    .await?;
    let held: Option<String> = before.get("body");
    if held.as_deref() == body {
        return Ok(false);
    }
    let was = held.map(|_| before.get::<i64, _>("seq").unsigned_abs());
    let mut known = buckets::of_row(&before).unwrap_or_default();
    let seq = numbers.take(tx, 1).await?;
    sqlx::query(
        "INSERT INTO feed (bucket, kind, id, seq, body, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (bucket, kind, id) DO UPDATE SET seq = $4, body = $5, at = $6",
    )
    .bind(bucket)
    .bind(&name)
    .bind(id)
    .bind(seq)
    .bind(body)
    .bind(crate::clock::now())
    .execute(&mut *tx)
    .await?;
    if let Some(was) = was {
        known.holds.take(kind, id, was);
    }
    if body.is_some() {
        known.holds.add(kind, id, seq.unsigned_abs());
    }
    buckets::write(tx, bucket, known).await?;
    Ok(true)
}

/// Takes the next number; whoever reads it can read everything below it.
///
/// # Errors
/// If the database fails.
pub async fn next_seq(tx: &mut Connection) -> Result<i64> {
    next_seqs(tx, 1).await
}

/// Takes the next numbers, so many; returns the first.
///
/// # Errors
/// If the database fails.
pub async fn next_seqs(tx: &mut Connection, count: usize) -> Result<i64> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let last: i64 = sqlx::query_scalar("UPDATE counter SET seq = seq + $1 RETURNING seq")
        .bind(count)
        .fetch_one(tx)
        .await?;
    Ok(last - count + 1)
}

/// Whether a thing is there in a bucket.
///
/// # Errors
/// If the database fails.
pub async fn has(tx: &mut Connection, bucket: &str, kind: RowKind, id: &str) -> Result<bool> {
    let row =
        sqlx::query("SELECT 1 FROM feed WHERE bucket = $1 AND kind = $2 AND id = $3 AND body IS NOT NULL")
            .bind(bucket)
            .bind(word("row kind", &kind)?)
            .bind(id)
            .fetch_optional(tx)
            .await?;
    Ok(row.is_some())
}

/// A thing as it stands in a bucket; `None` if it is not there.
///
/// # Errors
/// If the database fails or the body does not read.
pub async fn read<T: DeserializeOwned>(
    tx: &mut Connection,
    bucket: &str,
    kind: RowKind,
    id: &str,
) -> Result<Option<T>> {
    let stored = body(tx, bucket, kind, id).await?;
    stored.map(|text| super::body("feed row", &text)).transpose()
}

/// The ids of the things of a kind that are there in a bucket.
///
/// # Errors
/// If the database fails.
pub async fn ids(tx: &mut Connection, bucket: &str, kind: RowKind) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT id FROM feed WHERE bucket = $1 AND kind = $2 AND body IS NOT NULL")
        .bind(bucket)
        .bind(word("row kind", &kind)?)
        .fetch_all(tx)
        .await?)
}

/// The things of a kind that are there in the buckets whose names begin with `prefix`: bucket and id.
///
/// # Errors
/// If the database fails.
pub async fn under(tx: &mut Connection, prefix: &str, kind: RowKind) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(
        "SELECT bucket, id FROM feed WHERE bucket >= $1 AND bucket < $2 AND kind = $3 AND body IS NOT NULL",
    )
    .bind(prefix)
    .bind(format!("{prefix}\u{10FFFF}"))
    .bind(word("row kind", &kind)?)
    .fetch_all(tx)
    .await?)
}

/// The newest state of a thing in a bucket.
///
/// # Errors
/// If the database fails.
pub async fn body(tx: &mut Connection, bucket: &str, kind: RowKind, id: &str) -> Result<Option<String>> {
    let body: Option<Option<String>> =
        sqlx::query_scalar("SELECT body FROM feed WHERE bucket = $1 AND kind = $2 AND id = $3")
            .bind(bucket)
            .bind(word("row kind", &kind)?)
            .bind(id)
            .fetch_optional(tx)
            .await?;
    Ok(body.flatten())
}

/// The rows of a bucket behind a cursor, oldest change first, at most `limit` of them and not many
/// more bytes than `budget`. Returns them with their size and whether more wait.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn after(
    tx: &mut Connection,
    bucket: &str,
    cursor: i64,
    limit: usize,
    budget: usize,
) -> Result<(Vec<Row<Box<RawValue>>>, usize, bool)> {
    // One row at a time: what lies beyond the budget is not even read.
    let mut stored = sqlx::query(
        "SELECT seq, kind, id, body FROM feed WHERE bucket = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(bucket)
    .bind(cursor)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch(tx);
    let (mut rows, mut size) = (Vec::new(), 0);
    while let Some(row) = stored.try_next().await? {
        if rows.len() == limit || (size > 0 && size >= budget) {
            return Ok((rows, size, true));
        }
        let text: Option<String> = row.get("body");
        size += 64 + text.as_ref().map_or(0, String::len);
        // Read through, so that no broken body leaves, and handed on as it stands.
        let body = text
            .map(RawValue::from_string)
            .transpose()
            .map_err(|source| Error::Body { what: "feed row", source })?;
        rows.push(Row {
            seq: u64::try_from(row.get::<i64, _>("seq")).unwrap_or_default(),
            kind: from_word("row kind", row.get("kind"))?,
            id: row.get("id"),
            body,
        });
    }
    Ok((rows, size, false))
}

/// The last number given.
///
/// # Errors
/// If the database fails.
pub async fn last_seq(tx: &mut Connection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT seq FROM counter").fetch_one(tx).await?)
}

/// Counts on from a number.
///
/// # Errors
/// If the database fails.
pub async fn count_on(tx: &mut Connection, from: i64) -> Result<()> {
    sqlx::query("UPDATE counter SET seq = $1").bind(from).execute(tx).await?;
    Ok(())
}

/// The highest number that a row has; 0 if there is none.
///
/// # Errors
/// If the database fails.
pub async fn highest(tx: &mut Connection) -> Result<i64> {
    let highest: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM feed").fetch_one(tx).await?;
    Ok(highest.unwrap_or(0))
}

/// Whether a record of this kind in one of the buckets names the file with this hash. As JSON writes it: in a text the
/// quotes would be others.
///
/// # Errors
/// If the database fails.
pub async fn names_file(
    tx: &mut Connection,
    buckets: &[String],
    kind: RowKind,
    sha256: &str,
) -> Result<bool> {
    for bucket in buckets {
        // What goes to others may be less than the record.
        let query = "SELECT 1 FROM namings JOIN feed ON feed.bucket = $1 AND feed.kind = $2 AND feed.id = namings.record
             WHERE namings.sha256 = $3 AND (feed.body LIKE $4 OR feed.body LIKE $5) LIMIT 1";
        let row = sqlx::query(query)
            .bind(bucket)
            .bind(word("row kind", &kind)?)
            .bind(sha256)
            .bind(naming("sha256", sha256))
            .bind(naming("poster", sha256))
            .fetch_optional(&mut *tx)
            .await?;
        if row.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What LIKE finds where a file is named, as itself or as the poster of a film; a hash has no sign that it knows.
pub(super) fn naming(key: &str, sha256: &str) -> String {
    format!("%\"{key}\":\"{sha256}\"%")
}

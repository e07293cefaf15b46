//! What is written in the documents of the library, with the words by which they are found.
//!
//! Invariant: nothing is drawn out of a file, and none is found by its words, that no item of the library shows: a
//! form of consent is a file of its record, too. What goes with its file, goes with it.

use super::{Connection, Result, files::Stored};
use sqlx::{Row as _, any::AnyRow};
use std::collections::BTreeSet;

/// Whether an item shows a file that its record names: condition on `items` and `namings`.
pub(super) const SHOWN: &str = "items.body LIKE '%\"sha256\":\"' || namings.sha256 || '\"%'";

/// The documents that the library shows and that nobody has read yet.
///
/// # Errors
/// If the database fails.
pub async fn unread(tx: &mut Connection) -> Result<Vec<Stored>> {
    // Of those that came before anybody looked into files, it is not known what they are.
    let sql = format!(
        "SELECT sha256, size FROM files WHERE (content IS NULL OR content = 'document')
           AND NOT EXISTS (SELECT 1 FROM texts WHERE texts.sha256 = files.sha256)
           AND EXISTS (SELECT 1 FROM namings JOIN items ON items.id = namings.record
             WHERE namings.sha256 = files.sha256 AND {SHOWN})
         ORDER BY sha256"
    );
    let rows: Vec<(String, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(tx).await?;
    Ok(rows.into_iter().map(|(sha256, size)| Stored { sha256, size: size.unsigned_abs() }).collect())
}

/// Notes what is written in a file, with its folded words, each once; nothing if nothing can be read in it.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, sha256: &str, folded: &str, text: &str) -> Result<()> {
    let words: BTreeSet<&str> = folded.split_whitespace().collect();
    let words: Vec<&str> = words.into_iter().collect();
    // The file may have been swept away meanwhile.
    sqlx::query(
        "INSERT INTO texts (sha256, words, body) SELECT sha256, $2, $3 FROM files WHERE sha256 = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(sha256)
    .bind(words.join(" "))
    .bind(text)
    .execute(tx)
    .await?;
    Ok(())
}

/// A file of an item in which a word is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Hash of the file.
    pub sha256: String,
    /// The folded word that is written only there.
    pub word: String,
    /// All that is written in it.
    pub text: String,
}

/// Where the first of these folded words is written that the item itself does not have; `None` if it has them all.
///
/// # Errors
/// If the database fails.
pub async fn where_written(tx: &mut Connection, item: &str, words: &[&str]) -> Result<Option<Written>> {
    let own: Option<String> = sqlx::query_scalar("SELECT words FROM items WHERE id = $1")
        .bind(item)
        .fetch_optional(&mut *tx)
        .await?;
    let own = own.unwrap_or_default();
    let Some(word) = words.iter().find(|word| !own.contains(**word)) else { return Ok(None) };
    let sql = format!(
        "SELECT texts.sha256, texts.body FROM items JOIN namings ON namings.record = items.id
         JOIN texts ON texts.sha256 = namings.sha256
         WHERE items.id = $1 AND texts.words LIKE $2 ESCAPE '\\' AND {SHOWN} ORDER BY texts.sha256 LIMIT 1"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(item)
        .bind(format!("%{}%", super::items::plain(word)))
        .fetch_optional(tx)
        .await?;
    let written =
        |row: AnyRow| Written { sha256: row.get("sha256"), word: (*word).to_owned(), text: row.get("body") };
    Ok(row.map(written))
}

//! Items of the library, each with the folded words by which it is found.

use super::{Connection, Result, body, text};
use lantoa_shared::wire::v1::library::LibraryItem;
use sqlx::AssertSqlSafe;

/// Puts an item on the shelf, or puts it there anew.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, item: &LibraryItem, words: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO items (id, kind, topics, approved_at, words, body) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET kind = $2, topics = $3, approved_at = $4, words = $5, body = $6",
    )
    .bind(&item.id)
    .bind(&item.kind)
    .bind(format!(" {} ", item.topics.join(" ")))
    .bind(item.approved_at)
    .bind(words)
    .bind(text("library item", item)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes an item off the shelf; returns whether it was there.
///
/// # Errors
/// If the database fails.
pub async fn take_off(tx: &mut Connection, id: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM items WHERE id = $1").bind(id).execute(tx).await?;
    Ok(done.rows_affected() > 0)
}

/// The ids of the items in which all words are found, of a kind and a topic where these are not empty; the newest first.
///
/// # Errors
/// If the database fails.
pub async fn find(tx: &mut Connection, words: &[&str], kind: &str, topic: &str) -> Result<Vec<String>> {
    let mut sql =
        "SELECT id FROM items WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR topics LIKE $2)".to_owned();
    for place in 3..3 + words.len() {
        sql += &format!(" AND words LIKE ${place} ESCAPE '\\'");
    }
    sql += " ORDER BY approved_at DESC, id";
    let topic = if topic.is_empty() { String::new() } else { format!("% {} %", plain(topic)) };
    let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(kind).bind(topic);
    let query = words.iter().fold(query, |query, word| query.bind(format!("%{}%", plain(word))));
    Ok(query.fetch_all(tx).await?)
}

/// A word as LIKE takes it: its own signs mean nothing in it.
fn plain(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// The items with these ids, in their order; those that are gone are left out.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn read(tx: &mut Connection, ids: impl Iterator<Item = String>) -> Result<Vec<LibraryItem>> {
    let mut items = Vec::new();
    for id in ids {
        let stored: Option<String> = sqlx::query_scalar("SELECT body FROM items WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        items.extend(stored.map(|text| body("library item", &text)).transpose()?);
    }
    Ok(items)
}

/// Whether an item on the shelf has this file.
///
/// # Errors
/// If the database fails.
pub async fn has_file(tx: &mut Connection, sha256: &str) -> Result<bool> {
    let query = "SELECT 1 FROM namings JOIN items ON items.id = namings.record
         WHERE namings.sha256 = $1 AND items.body LIKE $2 LIMIT 1";
    let found = sqlx::query(query).bind(sha256).bind(super::feed::naming(sha256)).fetch_optional(tx).await?;
    Ok(found.is_some())
}

//! Items of the library, each with the folded words by which it is found and the traits by which a search is narrowed.
//!
//! Invariant: no question is answered with an item after its last valid day, whether or not anybody has taken it off by
//! then; none about what is public with an item before its first day.

pub mod finding;
pub mod public;

use super::{Connection, Result, body, feed::naming, text};
use lantoa_shared::{date::Date, wire::v1::library::LibraryItem};

/// An item with what is worked out about it.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The item.
    pub item: &'a LibraryItem,
    /// What tells it apart in its register: a UUID.
    pub entry: &'a str,
    /// Code of the commune of its unit; empty if it lies in none.
    pub commune: &'a str,
    /// Which people are shown ([`lantoa_shared::wire::v1::library::facet::people`]).
    pub people: &'a str,
    /// The first day on which it may be seen by everybody.
    pub public_from: Date,
    /// When it was first there to be seen, in milliseconds since 1970.
    pub shown_at: i64,
    /// The last day on which it may be used.
    pub valid_until: Date,
    /// The folded words by which it is found.
    pub words: &'a str,
}

/// Puts an item on the shelf, or puts it there anew.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, placed: &Placed<'_>) -> Result<()> {
    take_off(tx, &placed.item.id).await?;
    let item = placed.item;
    sqlx::query(
        "INSERT INTO items (id, entry, unit, commune, kind, licence, language, people, made_on, topics, approved_at,
           public_from, shown_at, valid_until, words, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(&item.id)
    .bind(placed.entry)
    .bind(&item.unit)
    .bind(placed.commune)
    .bind(&item.kind)
    .bind(&item.licence)
    .bind(&item.language)
    .bind(placed.people)
    .bind(item.made_on.map(|day| day.to_string()).unwrap_or_default())
    .bind(format!(" {} ", item.topics.join(" ")))
    .bind(item.approved_at)
    .bind(placed.public_from.to_string())
    .bind(placed.shown_at)
    .bind(placed.valid_until.to_string())
    .bind(placed.words)
    .bind(text("library item", item)?)
    .execute(&mut *tx)
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

/// Takes off the shelf what may not be used any more; returns the ids.
///
/// # Errors
/// If the database fails.
pub async fn take_off_ended(tx: &mut Connection, today: Date) -> Result<Vec<String>> {
    let ended: Vec<String> = sqlx::query_scalar("SELECT id FROM items WHERE valid_until < $1")
        .bind(today.to_string())
        .fetch_all(&mut *tx)
        .await?;
    for id in &ended {
        take_off(tx, id).await?;
    }
    Ok(ended)
}

/// The ids of the entries of registers that are accepted.
///
/// # Errors
/// If the database fails.
pub async fn accepted(tx: &mut Connection) -> Result<Vec<String>> {
    let ids = sqlx::query_scalar(
        "SELECT records.id FROM records JOIN duties ON duties.id = records.id
         WHERE duties.entry IS NOT NULL AND records.state = 'accepted' ORDER BY records.id",
    );
    Ok(ids.fetch_all(tx).await?)
}

/// A word as LIKE takes it: its own signs mean nothing in it.
pub(super) fn plain(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// The items with these ids that may be used today, in their order; those that are gone are left out.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn read(
    tx: &mut Connection,
    ids: impl Iterator<Item = String>,
    today: Date,
) -> Result<Vec<LibraryItem>> {
    let today = today.to_string();
    let mut items = Vec::new();
    for id in ids {
        let stored: Option<String> =
            sqlx::query_scalar("SELECT body FROM items WHERE id = $1 AND valid_until >= $2")
                .bind(id)
                .bind(&today)
                .fetch_optional(&mut *tx)
                .await?;
        items.extend(stored.map(|text| body("library item", &text)).transpose()?);
    }
    Ok(items)
}

/// Whether an item that may be used today has this file.
///
/// # Errors
/// If the database fails.
pub async fn has_file(tx: &mut Connection, sha256: &str, today: Date) -> Result<bool> {
    // A form of consent is a file of the record, too, and none of the item.
    let query = "SELECT 1 FROM namings JOIN items ON items.id = namings.record
         WHERE namings.sha256 = $1 AND items.valid_until >= $2 AND (items.body LIKE $3 OR items.body LIKE $4) LIMIT 1";
    let query = sqlx::query(query).bind(sha256).bind(today.to_string());
    let query = query.bind(naming("sha256", sha256)).bind(naming("poster", sha256));
    Ok(query.fetch_optional(tx).await?.is_some())
}

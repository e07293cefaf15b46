//! What of the library is public on a day: found, counted by unit, opened by what stands in its address.
//!
//! Invariant: nothing comes from here whose licence is another than the one asked for, or whose days are not now.

use super::plain;
use crate::store::{Connection, Result, body};
use lantoa_shared::{date::Date, record::Record, value::FileRef, wire::v1::library::LibraryItem};
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};

/// The permitted use that makes an item everybody's.
pub const PUBLIC: &str = "public";
/// The permitted use that lets the press take an item.
pub const PRESS: &str = "press";

/// What is looked for. What is empty asks for nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Folded words, all of which are found.
    pub words: &'a [&'a str],
    /// Code of a kind.
    pub kind: &'a str,
    /// Code of a topic.
    pub topic: &'a str,
    /// Code of the unit that made it.
    pub unit: &'a str,
}

impl Wanted<'_> {
    /// What an item must meet. The parameters: the day; the licence; kind, pattern of the topic, unit; then a pattern
    /// for each word.
    fn condition(&self) -> String {
        let mut sql = "FROM items WHERE valid_until >= $1 AND licence = $2 AND public_from <= $1
            AND ($3 = '' OR kind = $3) AND ($4 = '' OR topics LIKE $4) AND ($5 = '' OR unit = $5)"
            .to_owned();
        for place in 6..6 + self.words.len() {
            sql += &format!(" AND words LIKE ${place} ESCAPE '\\'");
        }
        sql
    }

    fn topic_pattern(&self) -> String {
        if self.topic.is_empty() { String::new() } else { format!("% {} %", plain(self.topic)) }
    }
}

/// A public item.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The item.
    pub item: LibraryItem,
    /// Since when it can be seen, in milliseconds since 1970.
    pub shown_at: i64,
}

/// How many there are.
///
/// # Errors
/// If the database fails.
pub async fn count(tx: &mut Connection, wanted: &Wanted<'_>, licence: &str, today: Date) -> Result<u64> {
    let sql = format!("SELECT count(*) {}", wanted.condition());
    let query =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(today.to_string()).bind(licence).bind(wanted.kind);
    let query = query.bind(wanted.topic_pattern()).bind(wanted.unit);
    let query = wanted.words.iter().fold(query, |query, word| query.bind(format!("%{}%", plain(word))));
    let count: i64 = query.fetch_one(tx).await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// So many of them, from one on, the newest first.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn page(
    tx: &mut Connection,
    wanted: &Wanted<'_>,
    licence: &str,
    today: Date,
    (from, count): (u64, u64),
) -> Result<Vec<Shown>> {
    let sql = format!(
        "SELECT body, shown_at {} ORDER BY shown_at DESC, id LIMIT {count} OFFSET {from}",
        wanted.condition()
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(today.to_string()).bind(licence).bind(wanted.kind);
    let query = query.bind(wanted.topic_pattern()).bind(wanted.unit);
    let query = wanted.words.iter().fold(query, |query, word| query.bind(format!("%{}%", plain(word))));
    query.fetch_all(tx).await?.iter().map(shown).collect()
}

/// The public item with this UUID. Whoever drew the UUID of another unit's item comes after it.
///
/// # Errors
/// If the database fails or the body does not read.
pub async fn by_entry(tx: &mut Connection, entry: &str, today: Date) -> Result<Option<Shown>> {
    let row = sqlx::query(
        "SELECT body, shown_at FROM items WHERE entry = $1 AND licence = $2 AND public_from <= $3 AND valid_until >= $3
         ORDER BY approved_at, id LIMIT 1",
    )
    .bind(entry)
    .bind(PUBLIC)
    .bind(today.to_string())
    .fetch_optional(tx)
    .await?;
    row.as_ref().map(shown).transpose()
}

/// The records with this UUID that their units withdrew.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn withdrawn(tx: &mut Connection, entry: &str) -> Result<Vec<Record>> {
    let stored: Vec<String> = sqlx::query_scalar(
        "SELECT records.body FROM duties JOIN records ON records.id = duties.id
         WHERE duties.entry = $1 AND records.state = 'withdrawn'",
    )
    .bind(entry)
    .fetch_all(tx)
    .await?;
    stored.iter().map(|text| body("record", text)).collect()
}

/// A unit's column: how many public items it has, and when the last came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The unit's code.
    pub unit: String,
    /// How many items there are.
    pub items: u64,
    /// When the last came, in milliseconds since 1970.
    pub last: i64,
}

/// The columns of all units that have any public item, the one with the newest first.
///
/// # Errors
/// If the database fails.
pub async fn columns(tx: &mut Connection, today: Date) -> Result<Vec<Column>> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT unit, count(*), max(shown_at) FROM items WHERE licence = $1 AND public_from <= $2 AND valid_until >= $2
         GROUP BY unit ORDER BY max(shown_at) DESC, unit",
    )
    .bind(PUBLIC)
    .bind(today.to_string())
    .fetch_all(tx)
    .await?;
    let column = |(unit, items, last)| Column { unit, items: u64::try_from(items).unwrap_or(0), last };
    Ok(rows.into_iter().map(column).collect())
}

/// The topics of all public items, each item's codes as one text.
///
/// # Errors
/// If the database fails.
pub async fn topics(tx: &mut Connection, today: Date) -> Result<Vec<String>> {
    let topics = sqlx::query_scalar(
        "SELECT DISTINCT topics FROM items WHERE licence = $1 AND public_from <= $2 AND valid_until >= $2",
    );
    Ok(topics.bind(PUBLIC).bind(today.to_string()).fetch_all(tx).await?)
}

/// What public items say of the file with this hash, or of the film whose poster it is: its name may differ from item
/// to item.
///
/// # Errors
/// If the database fails or a body does not read.
pub async fn file(tx: &mut Connection, sha256: &str, today: Date) -> Result<Vec<FileRef>> {
    let rows = sqlx::query(
        "SELECT items.body, items.shown_at FROM namings JOIN items ON items.id = namings.record
         WHERE namings.sha256 = $1 AND items.licence = $2 AND items.public_from <= $3 AND items.valid_until >= $3",
    )
    .bind(sha256)
    .bind(PUBLIC)
    .bind(today.to_string())
    .fetch_all(tx)
    .await?;
    let mut files = Vec::new();
    for row in &rows {
        files
            .extend(shown(row)?.item.files.into_iter().filter(|file| file.hashes().any(|its| its == sha256)));
    }
    Ok(files)
}

fn shown(row: &AnyRow) -> Result<Shown> {
    Ok(Shown { item: body("library item", row.get("body"))?, shown_at: row.get("shown_at") })
}

//! What of the library answers to words – its own, or what is written in its files – with the traits of each by which
//! a search is narrowed and its choices counted.

use super::plain;
use crate::store::{Connection, Result, texts::SHOWN};
use lantoa_shared::date::Date;
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};

/// An item that was found, as far as a search looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// The record's id.
    pub id: String,
    /// Code of its kind.
    pub kind: String,
    /// Codes of its topics.
    pub topics: Vec<String>,
    /// Code of the unit that made it.
    pub unit: String,
    /// Code of the commune of that unit; empty if it lies in none.
    pub commune: String,
    /// Code of the permitted use.
    pub licence: String,
    /// Code of its language.
    pub language: String,
    /// When it was made, such as `2026-11-20`; empty if that is not known.
    pub made_on: String,
    /// Which people are shown.
    pub people: String,
}

/// The items that may be used today and in which all of these folded words are found, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn by_words(tx: &mut Connection, words: &[&str], today: Date) -> Result<Vec<Traits>> {
    let mut sql = "SELECT id, kind, topics, unit, commune, licence, language, made_on, people FROM items
         WHERE valid_until >= $1"
        .to_owned();
    for place in 2..2 + words.len() {
        sql += &format!(
            " AND (items.words LIKE ${place} ESCAPE '\\' OR EXISTS (
               SELECT 1 FROM namings JOIN texts ON texts.sha256 = namings.sha256
               WHERE namings.record = items.id AND texts.words LIKE ${place} ESCAPE '\\' AND {SHOWN}))"
        );
    }
    sql += " ORDER BY approved_at DESC, id";
    let query = sqlx::query(AssertSqlSafe(sql)).bind(today.to_string());
    let query = words.iter().fold(query, |query, word| query.bind(format!("%{}%", plain(word))));
    Ok(query.fetch_all(tx).await?.iter().map(traits).collect())
}

fn traits(row: &AnyRow) -> Traits {
    let topics: &str = row.get("topics");
    Traits {
        id: row.get("id"),
        kind: row.get("kind"),
        topics: topics.split_whitespace().map(str::to_owned).collect(),
        unit: row.get("unit"),
        commune: row.get("commune"),
        licence: row.get("licence"),
        language: row.get("language"),
        made_on: row.get("made_on"),
        people: row.get("people"),
    }
}

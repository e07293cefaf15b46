//! Who has which pinned item, and who opened it.

use super::{Connection, Result};
use lantoa_shared::wire::v1::receipts::Receipt;
use sqlx::Row as _;

/// Of the people of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfUnit {
    /// Its code.
    pub unit: String,
    /// How many people have an account there, have the item, and opened it.
    pub counts: [u64; 3],
    /// When the first of them had it, in milliseconds since 1970.
    pub here_at: Option<i64>,
    /// When the first of them opened it.
    pub opened_at: Option<i64>,
}

/// Notes a receipt; what was noted before stays. Of an item that was never pinned nothing is noted.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, person: &str, receipt: &Receipt) -> Result<()> {
    sqlx::query(
        "INSERT INTO receipts (item, person, here_at, opened_at)
         SELECT $1, $2, CAST($3 AS BIGINT), CAST($4 AS BIGINT) WHERE EXISTS (SELECT 1 FROM pins WHERE item = $1)
         ON CONFLICT (item, person) DO UPDATE SET
             here_at = COALESCE(receipts.here_at, excluded.here_at),
             opened_at = COALESCE(receipts.opened_at, excluded.opened_at)",
    )
    .bind(&receipt.item)
    .bind(person)
    .bind(receipt.here_at)
    .bind(receipt.opened_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// How far an item spread, by unit, in the order of their codes.
///
/// # Errors
/// If the database fails.
pub async fn by_unit(tx: &mut Connection, item: &str) -> Result<Vec<OfUnit>> {
    let rows = sqlx::query(
        "SELECT memberships.unit AS unit, COUNT(DISTINCT people.id) AS people,
             COUNT(DISTINCT CASE WHEN receipts.here_at IS NOT NULL THEN people.id END) AS here,
             COUNT(DISTINCT CASE WHEN receipts.opened_at IS NOT NULL THEN people.id END) AS opened,
             MIN(receipts.here_at) AS here_at, MIN(receipts.opened_at) AS opened_at
         FROM memberships JOIN people ON people.id = memberships.person AND people.closed_at IS NULL
         LEFT JOIN receipts ON receipts.person = people.id AND receipts.item = $1
         GROUP BY memberships.unit ORDER BY memberships.unit",
    )
    .bind(item)
    .fetch_all(tx)
    .await?;
    let count = |row: &sqlx::any::AnyRow, name| row.get::<i64, _>(name).unsigned_abs();
    Ok(rows
        .iter()
        .map(|row| OfUnit {
            unit: row.get("unit"),
            counts: ["people", "here", "opened"].map(|name| count(row, name)),
            here_at: row.get("here_at"),
            opened_at: row.get("opened_at"),
        })
        .collect())
}

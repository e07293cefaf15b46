//! Whole tables, carried from one database into another, of either engine.
//!
//! Invariant: what was carried is what is there: a table's tally is worked out from the rows that were read on one side
//! and from those that stand on the other, and both are compared.

use super::{
    Connection, Result,
    tables::{Kind, TABLES, Table},
};
use futures::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};

/// Rows written by one statement.
const BATCH: usize = 50;

/// How many rows a table has and what they say, in whatever order they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// The rows.
    pub rows: u64,
    /// The sum of the rows' SHA-256, as four numbers that wrap around.
    sum: [u64; 4],
}

impl Tally {
    fn add(&mut self, row: &[Cell]) {
        let mut hash = Sha256::new();
        for cell in row {
            // The length before the bytes: no two rows write the same.
            let (sign, bytes): (u8, &[u8]) = match cell {
                Cell::Nothing => (0, &[]),
                Cell::Text(text) => (1, text.as_bytes()),
                Cell::Number(number) => (2, &number.to_le_bytes()),
                Cell::Bytes(bytes) => (3, bytes),
            };
            hash.update([sign]);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        let hash = hash.finalize();
        for (sum, part) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            *sum = sum.wrapping_add(u64::from_le_bytes(part.try_into().unwrap_or_default()));
        }
        self.rows += 1;
    }

    /// What the rows say, in hex.
    pub fn digest(&self) -> String {
        self.sum.iter().map(|part| format!("{part:016x}")).collect()
    }
}

/// One value.
enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

fn cells(table: &Table, row: &AnyRow) -> Result<Vec<Cell>> {
    let cell = |(place, (_, kind)): (usize, &(&str, Kind))| -> Result<Cell> {
        Ok(match kind {
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map_or(Cell::Nothing, Cell::Text),
            Kind::Number => row.try_get::<Option<i64>, _>(place)?.map_or(Cell::Nothing, Cell::Number),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map_or(Cell::Nothing, Cell::Bytes),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// The tally of a table as it stands.
///
/// # Errors
/// If the database fails.
pub async fn tally(tx: &mut Connection, table: &Table) -> Result<Tally> {
    let statement = format!("SELECT {} FROM {}", table.column_list(), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(tx);
    let mut tally = Tally::default();
    while let Some(row) = rows.try_next().await? {
        tally.add(&cells(table, &row)?);
    }
    Ok(tally)
}

/// Empties all tables.
///
/// # Errors
/// If the database fails.
pub async fn clear(tx: &mut Connection) -> Result<()> {
    for table in TABLES.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {}", table.name))).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Writes all rows of a table into the same table of another database, where it is empty. Returns the tally of what was
/// read.
///
/// # Errors
/// If one of the databases fails.
pub async fn carry(from: &mut Connection, to: &mut Connection, table: &Table) -> Result<Tally> {
    let statement = format!("SELECT {} FROM {}", table.column_list(), table.name);
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(from);
    let (mut tally, mut batch) = (Tally::default(), Vec::new());
    while let Some(row) = rows.try_next().await? {
        let row = cells(table, &row)?;
        tally.add(&row);
        batch.push(row);
        if batch.len() == BATCH {
            write(to, table, std::mem::take(&mut batch)).await?;
        }
    }
    write(to, table, batch).await?;
    Ok(tally)
}

async fn write(to: &mut Connection, table: &Table, batch: Vec<Vec<Cell>>) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let width = table.columns.len();
    let row = |n: usize| {
        let places: Vec<String> = (1..=width).map(|place| format!("${}", n * width + place)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..batch.len()).map(row).collect();
    let statement =
        format!("INSERT INTO {} ({}) VALUES {}", table.name, table.column_list(), rows.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for (cell, (_, kind)) in batch.into_iter().flat_map(|row| row.into_iter().zip(table.columns)) {
        query = match (cell, kind) {
            (Cell::Text(text), _) => query.bind(text),
            (Cell::Number(number), _) => query.bind(number),
            (Cell::Bytes(bytes), _) => query.bind(bytes),
            // PostgreSQL asks even of nothing what kind of thing it is.
            (Cell::Nothing, Kind::Text) => query.bind(None::<String>),
            (Cell::Nothing, Kind::Number) => query.bind(None::<i64>),
            (Cell::Nothing, Kind::Bytes) => query.bind(None::<Vec<u8>>),
        };
    }
    query.execute(to).await?;
    Ok(())
}

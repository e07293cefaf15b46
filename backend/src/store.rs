//! Everything durable: the database. All SQL of the server lives here and below, and nothing but SQL.
//!
//! One connection writes, so that writers queue in the program instead of failing with "busy"; a
//! pool reads beside it (WAL). A commit has reached the disk before its answer leaves.

pub mod buckets;
pub mod devices;
pub mod duties;
pub mod facts;
pub mod feed;
pub mod figures;
pub mod files;
pub mod journal;
pub mod people;
pub mod records;
pub mod sessions;
pub mod units;

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// What went wrong with the database.
#[derive(Debug)]
pub enum Error {
    /// The database refused or failed.
    Sql(sqlx::Error),
    /// The schema could not be brought up to date.
    Migration(sqlx::migrate::MigrateError),
    /// A stored body does not read as what it must be.
    Body {
        /// Which kind of thing.
        what: &'static str,
        /// Why it does not read.
        source: serde_json::Error,
    },
    /// A stored word is not one of the words it may be.
    Word(&'static str),
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sql(_) => formatter.write_str("the database failed"),
            Self::Migration(_) => formatter.write_str("the schema could not be brought up to date"),
            Self::Body { what, .. } => write!(formatter, "a stored {what} does not read"),
            Self::Word(what) => write!(formatter, "a stored {what} is unknown"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Sql(source) => Some(source),
            Self::Migration(source) => Some(source),
            Self::Body { source, .. } => Some(source),
            Self::Word(_) => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        Self::Sql(source)
    }
}

/// What a store function gives.
pub type Result<T> = std::result::Result<T, Error>;
/// A transaction; dropped without commit, it changes nothing.
pub type Tx = Transaction<'static, Sqlite>;

/// The open database.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the database in `directory`, or makes it, and brings its schema up to date.
    ///
    /// # Errors
    /// If the directory cannot be written or the schema is newer than this program.
    pub async fn open(directory: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(directory.join("lantoa.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a commit that was acknowledged survives a power cut, not only a crash.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .optimize_on_close(true, None);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(20))
            .idle_timeout(None)
            .max_lifetime(None)
            // A long transaction spills to the disk what does not fit here.
            .connect_with(options.clone().pragma("cache_size", "-4000"))
            .await?;
        sqlx::migrate!("./migrations").run(&writer).await.map_err(Error::Migration)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(20))
            // Pages lie in the system's cache anyway; what four readers keep besides is memory twice.
            .connect_with(options.read_only(true).pragma("cache_size", "-2000"))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Begins a transaction that writes; it waits for its turn.
    ///
    /// # Errors
    /// If the database fails or the turn does not come.
    pub async fn write(&self) -> Result<Tx> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Begins a transaction that reads one unchanging state.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn read(&self) -> Result<Tx> {
        Ok(self.readers.begin().await?)
    }

    /// The place in the journal up to which a verified backup holds everything.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn durable_seq(&self) -> Result<u64> {
        Ok(facts::number(&mut *self.read().await?, facts::DURABLE_SEQ).await?.unsigned_abs())
    }

    /// Closes all connections; what is under way ends first.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// The epoch of this database; `fresh` becomes it on the first call ever.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn epoch(&self, fresh: &str) -> Result<String> {
        let mut tx = self.write().await?;
        sqlx::query("INSERT INTO server (key, value) VALUES ('epoch', ?) ON CONFLICT DO NOTHING")
            .bind(fresh)
            .execute(&mut *tx)
            .await?;
        let epoch =
            sqlx::query_scalar("SELECT value FROM server WHERE key = 'epoch'").fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(epoch)
    }
}

/// Reads a stored JSON body.
pub(crate) fn body<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|source| Error::Body { what, source })
}

/// Writes a body as JSON.
pub(crate) fn text<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|source| Error::Body { what, source })
}

/// The stored word of a value that serialises as one string.
pub(crate) fn word<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(_) => Err(Error::Word(what)),
        Err(source) => Err(Error::Body { what, source }),
    }
}

/// The value of a stored word.
pub(crate) fn from_word<T: serde::de::DeserializeOwned>(what: &'static str, word: String) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| Error::Word(what))
}

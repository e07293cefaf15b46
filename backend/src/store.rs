//! Everything durable: the database. All SQL of the server lives here and below, and nothing but SQL.
//!
//! Two engines keep the same promises: SQLite in the data directory, or PostgreSQL where a URL is given. Every SQL
//! text is written once, for both, and runs over `sqlx::Any`; what differs is how a connection is opened
//! ([`engine`]) and the migrations, one folder each.
//!
//! One writes at a time: a connection of its own queues the writers of this process, and `BEGIN IMMEDIATE` or an
//! advisory lock those of all processes. So numbers from the counter become visible in their order, and whoever has
//! seen number N has seen everything up to N. Readers see one unchanging state beside it. A commit has reached the
//! disk before its answer leaves.

pub mod buckets;
pub mod devices;
pub mod duties;
mod engine;
pub mod facts;
pub mod feed;
pub mod figures;
pub mod files;
pub mod items;
pub mod journal;
mod lease;
pub mod namings;
pub mod notices;
pub mod numbers;
pub mod people;
pub mod pins;
pub mod receipts;
pub mod records;
pub mod sessions;
mod tables;
pub mod texts;
pub mod transfer;
pub mod units;

pub use engine::Place;
pub use lease::FILE as LOCK_FILE;
pub use tables::{TABLES, Table};

use engine::Engine;
use lease::Lease;
use sqlx::{Any, AnyPool, Transaction, pool::PoolConnection};

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
    /// The database cannot be one of ours; the words say why.
    Unfit(&'static str),
    /// Somebody else has the database open, and it was to be changed as a whole.
    InUse,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sql(source) => write!(formatter, "the database failed: {source}"),
            Self::Migration(source) => {
                write!(formatter, "the schema could not be brought up to date: {source}")
            }
            Self::Body { what, .. } => write!(formatter, "a stored {what} does not read"),
            Self::Word(what) => write!(formatter, "a stored {what} is unknown"),
            Self::Unfit(why) => formatter.write_str(why),
            Self::InUse => {
                formatter.write_str("a server or another program has the database open: stop it first")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Sql(source) => Some(source),
            Self::Migration(source) => Some(source),
            Self::Body { source, .. } => Some(source),
            Self::Word(_) | Self::Unfit(_) | Self::InUse => None,
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
/// A connection to either engine; what every store function works on.
pub type Connection = sqlx::AnyConnection;
/// A transaction; dropped without commit, it changes nothing.
pub type Tx = Transaction<'static, Any>;

/// The open database.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    writer: AnyPool,
    readers: AnyPool,
    _lease: Lease,
}

impl Store {
    /// Opens the database, or makes it where it is SQLite's, and brings its schema up to date.
    ///
    /// # Errors
    /// If the place cannot be reached or written, or the schema is newer than this program.
    pub async fn open(place: &Place) -> Result<Self> {
        let store = Self::open_as(place, false).await?;
        if facts::text(&mut *store.read().await?, facts::MOVED_AT).await?.is_some() {
            return Err(Error::Unfit(
                "this database was moved to the other engine and is kept as it was then: use the other one, or move it back",
            ));
        }
        Ok(store)
    }

    /// Opens the database to change or give away all of it, if nobody else has it open. It may be one that was moved
    /// away.
    ///
    /// # Errors
    /// As [`Store::open`]; [`Error::InUse`] if somebody has it open.
    pub async fn open_alone(place: &Place) -> Result<Self> {
        Self::open_as(place, true).await
    }

    async fn open_as(place: &Place, alone: bool) -> Result<Self> {
        let lease = lease::take(place, alone)?;
        let (engine, writer, readers) = engine::open(place, alone).await?;
        Ok(Self { engine, writer, readers, _lease: lease })
    }

    /// Whether the engine finds its own files whole; says what is wrong with them. PostgreSQL's are its
    /// administrator's to check.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn faults(&self) -> Result<Vec<String>> {
        match self.engine {
            Engine::Postgres => Ok(Vec::new()),
            Engine::Sqlite => {
                let mut tx = self.read().await?;
                let said: Vec<String> =
                    sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *tx).await?;
                Ok(said.into_iter().filter(|line| line != "ok").collect())
            }
        }
    }

    /// Brings everything that was written into SQLite's one file, as far as it lay beside it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn settle(&self) -> Result<()> {
        if self.engine == Engine::Sqlite {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        }
        Ok(())
    }

    /// Begins a transaction that writes; it waits for its turn.
    ///
    /// # Errors
    /// If the database fails or the turn does not come.
    pub async fn write(&self) -> Result<Tx> {
        Ok(self.writer.begin_with(self.engine.begin_write()).await?)
    }

    /// Begins a transaction that reads one unchanging state.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn read(&self) -> Result<Tx> {
        Ok(self.readers.begin_with(self.engine.begin_read()).await?)
    }

    /// A connection for a single question, which needs no transaction to see one state.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn look(&self) -> Result<PoolConnection<Any>> {
        Ok(self.readers.acquire().await?)
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
        sqlx::query("INSERT INTO server (key, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
            .bind(fresh)
            .execute(&mut *tx)
            .await?;
        let epoch =
            sqlx::query_scalar("SELECT value FROM server WHERE key = 'epoch'").fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(epoch)
    }
}

/// Most rows or values of one statement.
pub(crate) const AT_ONCE: usize = 50;

/// `($3, $4)`: so many parameters, from this one on.
pub(crate) fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|place| format!("${place}")).collect();
    format!("({})", places.join(", "))
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

//! The two engines: how each is opened, and with which words a transaction begins.
//!
//! SQLite: one connection writes, and `BEGIN IMMEDIATE` keeps other processes out meanwhile. PostgreSQL: one
//! connection per process writes, and every writing transaction first takes the same advisory lock, which ends with
//! it, however it ends. With the lock a writer waits before its first statement, so each statement (READ COMMITTED)
//! sees all that was committed before its turn: the same order as on SQLite. Such a lock gives some 800 small
//! transactions a second; pushes that wait together share one (`ledger`).

use super::{Error, Result, lease};
use sqlx::{
    AnyPool, ConnectOptions as _, Executor as _,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
    sqlite::SqliteConnectOptions,
};
use std::{path::PathBuf, time::Duration};

/// How long one waits for a connection, and so for the turn to write.
const PATIENCE: Duration = Duration::from_secs(20);
/// Connections that read, of one process.
const READERS: u32 = 4;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// SQLite, in the file `lantoa.sqlite` of this directory.
    Directory(PathBuf),
    /// PostgreSQL, at this URL.
    Url(String),
}

impl Place {
    /// SQLite's file, if it is SQLite.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Directory(directory) => Some(directory.join("lantoa.sqlite")),
            Self::Url(_) => None,
        }
    }

    /// What a connection needs to know.
    ///
    /// # Errors
    /// If a URL is none, or none of PostgreSQL.
    pub fn options(&self) -> Result<AnyConnectOptions> {
        // Before the first connection of a process: the drivers among which a URL chooses.
        install_default_drivers();
        let url = match self {
            Self::Directory(directory) => SqliteConnectOptions::new()
                .filename(directory.join("lantoa.sqlite"))
                .create_if_missing(true)
                .to_url_lossy(),
            Self::Url(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                url.parse().map_err(|_| Error::Unfit("the address of the database is no URL"))?
            }
            Self::Url(_) => return Err(Error::Unfit("the database's URL must begin with postgres://")),
        };
        Ok(AnyConnectOptions::from_url(&url)?)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(super) fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            // One message to the server: the turn costs no way there and back of its own. The number is ours alone.
            Self::Postgres => {
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(7171202600)"
            }
        }
    }

    pub(super) fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// What a connection is told when it is opened.
    fn settings(self, writes: bool) -> &'static str {
        match (self, writes) {
            // FULL: a commit that was acknowledged survives a power cut, not only a crash. A long transaction spills
            // to the disk what does not fit into the cache.
            (Self::Sqlite, true) => {
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000"
            }
            // Pages lie in the system's cache anyway; what four readers keep besides is memory twice.
            (Self::Sqlite, false) => {
                "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -2000; PRAGMA query_only = ON"
            }
            // Where the server was set to answer before the disk has it, we do not let it. A process that stands
            // still in the middle of a transaction must not keep all others from writing.
            (Self::Postgres, true) => {
                "SELECT set_config('synchronous_commit', 'on', false)
                 WHERE current_setting('synchronous_commit') = 'off';
                 SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '60s'"
            }
            (Self::Postgres, false) => "SET idle_in_transaction_session_timeout = '60s'",
        }
    }

    fn pool(self, writes: bool) -> AnyPoolOptions {
        // A file does not go away; of a server one asks first whether it is still there.
        let asks_first = self == Self::Postgres;
        let pool = AnyPoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(asks_first);
        let pool = match (self, writes) {
            (_, true) => pool.max_connections(1).idle_timeout(None).max_lifetime(None),
            (_, false) => pool.max_connections(READERS),
        };
        pool.after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(self.settings(writes)).await?;
                Ok(())
            })
        })
    }
}

/// Opens both pools and brings the schema up to date.
pub(super) async fn open(place: &Place, alone: bool) -> Result<(Engine, AnyPool, AnyPool)> {
    let engine = match place {
        Place::Directory(_) => Engine::Sqlite,
        Place::Url(_) => Engine::Postgres,
    };
    let options = place.options()?;
    let writer = engine.pool(true).connect_with(options.clone()).await?;
    if engine == Engine::Postgres {
        let encoding: String =
            sqlx::query_scalar("SELECT current_setting('server_encoding')").fetch_one(&writer).await?;
        if encoding != "UTF8" {
            return Err(Error::Unfit("the database must be made with ENCODING 'UTF8'"));
        }
        if alone && !lease::is_alone(&mut *writer.acquire().await?).await? {
            return Err(Error::InUse);
        }
    }
    let migrated = match engine {
        Engine::Sqlite => sqlx::migrate!("./migrations/sqlite").run(&writer).await,
        Engine::Postgres => sqlx::migrate!("./migrations/postgres").run(&writer).await,
    };
    migrated.map_err(Error::Migration)?;
    let readers = engine.pool(false).connect_with(options).await?;
    Ok((engine, writer, readers))
}

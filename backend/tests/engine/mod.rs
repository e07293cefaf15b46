//! The engine on which the tests run: SQLite, or PostgreSQL where `LANTOA_TEST_POSTGRES` names a server on which
//! databases may be made. Every data directory has a database of its own, found by the directory's name. So with the
//! bytes of files: in the data directory, or in a bucket of S3 where `LANTOA_TEST_BUCKET` is set.

#![allow(dead_code, reason = "every test program uses a part of it")]

#[path = "../bucket/mod.rs"]
pub mod bucket;

use lantoa_backend::{
    auth::token,
    files::Home,
    store::{Connection, Place},
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// The bucket of all tests of this process, where files are to be in one.
static BUCKET: LazyLock<Option<bucket::Server>> = LazyLock::new(|| {
    let is_wanted = std::env::var("LANTOA_TEST_BUCKET").is_ok_and(|value| !value.is_empty());
    let root = || Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("api-s3-{}", token::random_hex::<8>()));
    is_wanted.then(|| bucket::Server::start(&root()))
});

/// Where the files of a data directory are.
pub fn home(data: &Path) -> Home {
    BUCKET.as_ref().map_or(Home::Directory, |server| server.home(&name(data)))
}

/// The directory in which the files of a data directory lie in the end.
pub fn shelves(data: &Path) -> PathBuf {
    let in_bucket = |server: &bucket::Server| server.root.join(bucket::BUCKET).join(name(data));
    BUCKET.as_ref().map_or_else(|| data.join("files"), in_bucket)
}

/// The URL of a database on which others can be made.
fn postgres() -> Option<reqwest::Url> {
    let url = std::env::var("LANTOA_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
    Some(url.parse().unwrap())
}

fn name(data: &Path) -> String {
    data.file_name().unwrap().to_str().unwrap().replace('-', "_")
}

/// Where the database of a data directory is.
pub fn place(data: &Path) -> Place {
    match postgres() {
        Some(mut url) => {
            url.set_path(&name(data));
            Place::Url(url.to_string())
        }
        None => Place::Directory(data.to_owned()),
    }
}

/// What the program is told of a data directory.
pub fn arguments(data: &Path) -> Vec<String> {
    let mut arguments = vec!["--data".to_owned(), data.to_str().unwrap().to_owned()];
    if let Place::Url(url) = place(data) {
        arguments.extend(["--database".to_owned(), url]);
    }
    arguments.extend(bucket::arguments(&home(data)));
    arguments
}

/// A connection past the server.
pub async fn connect(data: &Path) -> Connection {
    place(data).options().unwrap().connect().await.unwrap()
}

async fn on_server(statement: String) {
    let url = postgres().unwrap().to_string();
    let mut connection = Place::Url(url).options().unwrap().connect().await.unwrap();
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Copies the kept files of an installation.
fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).into_iter().flatten() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_files(&entry.path(), &to),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// A directory of its own, gone when the test ends.
pub struct Directory(pub PathBuf);

impl Directory {
    /// A plain one.
    pub fn new() -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("api-{}", token::random_hex::<8>()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// One with an empty database.
    pub async fn with_database() -> Self {
        let directory = Self::new();
        if postgres().is_some() {
            let name = name(&directory.0);
            on_server(format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await;
        }
        directory
    }

    /// One with a copy of the database and the files of another, which no server uses.
    pub async fn with_copy_of(other: &Self) -> Self {
        let directory = Self::new();
        copy_files(&other.0.join("files"), &directory.0.join("files"));
        copy_files(&shelves(&other.0), &shelves(&directory.0));
        match (place(&directory.0).file(), place(&other.0).file()) {
            (Some(to), Some(from)) => drop(std::fs::copy(from, to).unwrap()),
            _ => {
                let (to, from) = (name(&directory.0), name(&other.0));
                on_server(format!("CREATE DATABASE {to} TEMPLATE {from} STRATEGY wal_log")).await;
            }
        }
        directory
    }

    /// Removes what earlier runs left behind: a killed run cleans nothing up, and what is shared by
    /// all tests lives until the process ends.
    pub async fn sweep() {
        let an_hour = std::time::Duration::from_secs(3600);
        for entry in std::fs::read_dir(env!("CARGO_TARGET_TMPDIR")).unwrap().flatten() {
            let age = entry.metadata().ok().and_then(|data| data.modified().ok()?.elapsed().ok());
            if entry.file_name().to_string_lossy().starts_with("api-") && age.is_some_and(|age| age > an_hour)
            {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        let Some(url) = postgres() else { return };
        let place = Place::Url(url.to_string());
        let mut connection = place.options().unwrap().connect().await.unwrap();
        let old: Vec<String> = sqlx::query_scalar(
            "SELECT datname::text FROM pg_database WHERE datname LIKE 'api\\_%'
             AND (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 hour'",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        for name in old {
            // Another run may sweep, too.
            let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await;
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

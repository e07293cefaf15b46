//! Moves an installation from SQLite to PostgreSQL, or back. Files stay where they are.
//!
//! It is the same database afterwards, epoch and numbers included: phones notice nothing. Invariant: at no moment can
//! both be written to. The servers are stopped, the one left behind is marked, and nobody is served from it any more.

use super::{Installation, carry_all, is_replaceable};
use crate::{
    clock,
    not_done::NotDone,
    store::{self, Place, Store, facts},
};
use std::fmt::Write as _;

/// Moves everything to the other engine. Returns the count and the digest of every table, found equal on both sides.
///
/// # Errors
/// Why it was not done; both are then as they were.
pub async fn to_other_engine(installation: &Installation, to_postgres: bool) -> Result<String, NotDone> {
    let Some(url) = installation.database.clone() else {
        return Err(NotDone::wrong("move needs --database URL (or LANTOA_DATABASE) besides --data"));
    };
    let (sqlite, postgres) = (Place::Directory(installation.data.clone()), Place::Url(url));
    let (from, to) = if to_postgres { (sqlite, postgres) } else { (postgres, sqlite) };
    if from.file().is_some_and(|file| !file.exists()) {
        return Err(NotDone::wrong(format!("there is no database in {}", installation.data.display())));
    }
    let (from, to) = (Store::open_alone(&from).await?, Store::open_alone(&to).await?);
    // The turn to write, though only read: nobody writes meanwhile.
    let (mut source, mut target) = (from.write().await?, to.write().await?);
    if facts::text(&mut source, facts::MOVED_AT).await?.is_some() {
        return Err(NotDone::wrong("this database was moved away already; the other one is in use"));
    }
    if !store::units::any(&mut source).await? {
        return Err(NotDone::wrong("there is nothing in the database that is to be moved"));
    }
    if !is_replaceable(&mut target).await? {
        return Err(NotDone::wrong(
            "the database to move to holds accounts or reports already: give an empty one",
        ));
    }
    let tables = carry_all(&mut source, &mut target).await?;
    // First the copy, then the mark: if the power fails in between, both are whole and the same.
    target.commit().await.map_err(store::Error::from)?;
    facts::set(&mut source, facts::MOVED_AT, &clock::now().to_string()).await?;
    source.commit().await.map_err(store::Error::from)?;
    from.settle().await?;
    to.settle().await?;
    from.close().await;
    to.close().await;
    let mut told = String::from("moved; the same on both sides, table by table (rows, digest):\n");
    for content in tables {
        let _ = writeln!(told, "  {:<20} {:>9}  {}", content.table, content.rows, content.digest);
    }
    told.push_str(if to_postgres {
        "start the server with --database from now on"
    } else {
        "start the server without --database from now on"
    });
    Ok(told)
}

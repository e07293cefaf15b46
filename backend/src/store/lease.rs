//! Who has the database open: many together, or one alone that replaces or gives away all of it.
//!
//! SQLite: a lock on the file `lantoa.lock` beside the database, which the system lets go of when its holder dies,
//! however it dies. PostgreSQL: the server knows who is connected; and whoever is alone keeps the turn to write until
//! it has finished, so nobody gets in between.

use super::{Connection, Error, Place, Result};
use std::{
    fs::{File, TryLockError},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long whoever is leaving may take.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often it is looked.
const A_MOMENT: Duration = Duration::from_millis(50);

/// The name of the lock's file.
pub const FILE: &str = "lantoa.lock";

/// Held as long as the database is open.
#[derive(Debug, Clone)]
pub(super) struct Lease {
    _file: Option<Arc<File>>,
}

/// Takes the lease on SQLite's directory; PostgreSQL's is asked for with [`is_alone`].
pub(super) fn take(place: &Place, alone: bool) -> Result<Lease> {
    let Place::Directory(directory) = place else { return Ok(Lease { _file: None }) };
    let failed = |source| Error::Sql(sqlx::Error::Io(source));
    let file = File::options().create(true).append(true).open(directory.join(FILE)).map_err(failed)?;
    let taken = if alone { file.try_lock() } else { file.try_lock_shared() };
    match taken {
        Ok(()) => Ok(Lease { _file: Some(Arc::new(file)) }),
        Err(TryLockError::WouldBlock) if alone => Err(Error::InUse),
        Err(TryLockError::WouldBlock) => {
            Err(Error::Unfit("the database is just being restored or moved: start again when that has ended"))
        }
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Waits until nobody else is connected to the same database of PostgreSQL: whoever left a moment ago is still counted.
/// Returns whether that came to be.
pub(super) async fn is_alone(connection: &mut Connection) -> Result<bool> {
    let began = Instant::now();
    loop {
        let others: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )
        .fetch_one(&mut *connection)
        .await?;
        if others == 0 || began.elapsed() > PATIENCE {
            return Ok(others == 0);
        }
        tokio::time::sleep(A_MOMENT).await;
    }
}

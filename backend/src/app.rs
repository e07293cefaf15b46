//! What handlers may reach: the store, the programme, the registry, and who guards the door.

use crate::{
    auth::{password::Checker, throttle::Throttle},
    files::Files,
    http::assets::Assets,
    ledger::queue::Queue,
    news::News,
    pictures::Pictures,
    programme::Programme,
    registry::{Current, Registry},
    store::{self, Store, Tx, notices},
    tables::board::Board,
    uploads::Uploads,
};
use std::{collections::BTreeSet, ops::Deref, sync::Arc};
use tokio::sync::watch;

/// Everything a handler may reach; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of [`App`].
pub struct Inner {
    /// The database.
    pub store: Store,
    /// What this process is called among those that share the database.
    pub name: String,
    /// The epoch of the database.
    pub epoch: String,
    /// Where pushes are brought to be taken in.
    pub queue: Queue,
    /// The programme, checked.
    pub programme: Programme,
    /// The units as they stand: [`App::registry`].
    pub current: Current,
    /// Figures of reports in memory.
    pub board: Board,
    /// Who listens to what is new.
    pub news: News,
    /// Bytes of files.
    pub files: Files,
    /// Bytes of files that are still to become whole.
    pub uploads: Uploads,
    /// Small pictures of them.
    pub pictures: Pictures,
    /// Checks passwords.
    pub passwords: Checker,
    /// Holds guessing back.
    pub throttle: Throttle,
    /// Whether a TLS proxy on this machine stands before.
    pub behind_proxy: bool,
    /// What the public pages are called from outside, `https://host`, if it is known.
    pub public_url: Option<String>,
    /// The built app, if it is delivered.
    pub assets: Option<Assets>,
    /// Becomes true when the server is to stop; open event streams end then.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// Shares the parts.
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The units.
    pub fn registry(&self) -> Arc<Registry> {
        self.current.get()
    }

    /// Commits, and tells every open event stream, of this process and of the others, which buckets changed.
    ///
    /// # Errors
    /// If the database fails; then nothing was changed and nobody told.
    pub async fn commit(&self, mut tx: Tx, changed: BTreeSet<String>) -> Result<(), store::Error> {
        notices::tell(&mut tx, &self.name, &changed).await?;
        tx.commit().await?;
        self.news.announce(changed);
        Ok(())
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

//! Tells the open event streams which buckets have something new; hints only, never content.

use crate::{
    app::App,
    store::notices::{Line, Notice},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::broadcast;

/// How long it is waited before a line that failed is tried again.
const A_SECOND: Duration = Duration::from_secs(1);

/// How many announcements a slow listener may be behind before it is told to look everywhere.
const BEHIND: usize = 256;

/// A hint.
#[derive(Debug, Clone)]
pub enum Hint {
    /// These buckets have something new.
    Buckets(Arc<[String]>),
    /// Any bucket may have.
    Everything,
}

/// Where commits announce the buckets they changed.
#[derive(Debug, Clone)]
pub struct News {
    sender: broadcast::Sender<Hint>,
}

impl News {
    /// A board without listeners.
    pub fn new() -> Self {
        Self { sender: broadcast::channel(BEHIND).0 }
    }

    /// Announces buckets that a commit changed.
    pub fn announce(&self, buckets: impl IntoIterator<Item = String>) {
        let buckets: Arc<[String]> = buckets.into_iter().collect();
        if !buckets.is_empty() {
            // Without listeners nobody needs to know.
            let _ = self.sender.send(Hint::Buckets(buckets));
        }
    }

    /// Says that anything may have changed.
    pub fn announce_everything(&self) {
        let _ = self.sender.send(Hint::Everything);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.sender.subscribe()
    }
}

impl Default for News {
    fn default() -> Self {
        Self::new()
    }
}

/// Announces here what the other processes announced that share the database; ends with the server.
pub async fn hear(app: App, mut line: Line) {
    loop {
        match line.next().await {
            Ok(Notice::Names(buckets)) => app.news.announce(buckets),
            Ok(Notice::Missed) => app.news.announce_everything(),
            Err(error) => {
                tracing::warn!(?error, "the other servers cannot be heard for a moment");
                tokio::time::sleep(A_SECOND).await;
                app.news.announce_everything();
            }
        }
    }
}

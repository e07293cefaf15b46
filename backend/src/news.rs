//! Tells the open event streams which buckets have something new; hints only, never content.

use std::sync::Arc;
use tokio::sync::broadcast;

/// How many announcements a slow listener may be behind before it is told to look everywhere.
const BEHIND: usize = 256;

/// Where commits announce the buckets they changed.
#[derive(Debug, Clone)]
pub struct News {
    sender: broadcast::Sender<Arc<[String]>>,
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
            let _ = self.sender.send(buckets);
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<[String]>> {
        self.sender.subscribe()
    }
}

impl Default for News {
    fn default() -> Self {
        Self::new()
    }
}

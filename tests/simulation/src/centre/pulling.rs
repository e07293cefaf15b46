//! The answer to a pull, from one unchanging state.

use super::Centre;
use crate::thing::Answer;
use lantoa_shared::{
    sync::{bucket, feed},
    wire::v1::PullRequest,
};

impl Centre {
    /// The buckets a person may hold.
    pub fn entitled(&self, person: &str) -> Vec<String> {
        let Some(person) = self.people.get(person) else { return Vec::new() };
        bucket::entitled(person, |unit| {
            unit == "T" || self.recipients.values().any(|recipient| recipient == unit)
        })
    }

    /// Answers a pull with at most `size` rows.
    pub fn answer_pull(&self, person: &str, request: &PullRequest, size: usize, now: i64) -> Answer {
        let is_revoked = request.device.as_ref().is_some_and(|device| self.revoked.contains(device));
        let entitled = if is_revoked { Vec::new() } else { self.entitled(person) };
        let is_same_epoch = request.epoch == self.epoch;
        let mut left = size;
        let mut buckets = Vec::new();
        for name in &entitled {
            let empty = crate::feed::Feed::default();
            let feed = self.feed.get(name).unwrap_or(&empty);
            let named = request.cursors.get(name).copied();
            let opening = feed::open(named, is_same_epoch, self.seq, feed.floor);
            if let Some(page) = feed.page(name, opening, left, self.seq) {
                left -= page.rows.len();
                buckets.push(page);
            }
        }
        let drop = request.cursors.keys().filter(|name| !entitled.contains(name)).cloned().collect();
        let (epoch, durable_seq) = (self.epoch.clone(), self.durable_seq);
        Answer { epoch, server_time: now, buckets, drop, durable_seq, is_revoked }
    }
}

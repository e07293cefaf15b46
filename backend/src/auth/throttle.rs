//! The brake on guessing passwords: failures are counted per account and per address.
//!
//! Kept in memory: a restart forgives, and a flood of invented accounts cannot fill the disk.
//! Time is an argument.

use std::{collections::HashMap, net::IpAddr, sync::Mutex};

/// The window over which failures count, in milliseconds.
const WINDOW_MS: i64 = 15 * 60 * 1000;
/// Failures one account may have in the window.
const PER_ACCOUNT: u32 = 8;
/// Failures one address may have in the window; a school shares one.
const PER_ADDRESS: u32 = 60;
/// Most keys remembered; beyond it those whose window is over are forgotten.
const MAX_KEYS: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Count {
    since: i64,
    failures: u32,
}

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub struct Throttle {
    counts: Mutex<HashMap<Key, Count>>,
}

impl Throttle {
    /// Counts an attempt before its password is looked at, so that a hundred at once do not slip
    /// through together.
    ///
    /// # Errors
    /// Seconds to wait, if the account or the address had too many failures.
    pub fn begin(&self, account: &str, address: IpAddr, now: i64) -> Result<(), u64> {
        let mut counts = self.lock();
        let keys = [(Key::Account(account.to_owned()), PER_ACCOUNT), (Key::Address(address), PER_ADDRESS)];
        for (key, most) in &keys {
            if let Some(count) = counts.get(key)
                && now < count.since + WINDOW_MS
                && count.failures >= *most
            {
                let wait = count.since + WINDOW_MS - now;
                return Err(u64::try_from(wait / 1000 + 1).unwrap_or(1));
            }
        }
        if counts.len() >= MAX_KEYS {
            counts.retain(|_, count| now < count.since + WINDOW_MS);
        }
        for (key, _) in keys {
            let count = counts.entry(key).or_insert(Count { since: now, failures: 0 });
            if now >= count.since + WINDOW_MS {
                *count = Count { since: now, failures: 0 };
            }
            count.failures += 1;
        }
        Ok(())
    }

    /// The attempt succeeded: the account starts anew and the address gets its attempt back.
    pub fn succeeded(&self, account: &str, address: IpAddr) {
        let mut counts = self.lock();
        counts.remove(&Key::Account(account.to_owned()));
        if let Some(count) = counts.get_mut(&Key::Address(address)) {
            count.failures = count.failures.saturating_sub(1);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Count>> {
        // A panic while counting leaves whole numbers behind, so the lock may be used on.
        self.counts.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;

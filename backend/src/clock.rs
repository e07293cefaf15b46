//! The server's clock; the only place that reads it.

use lantoa_shared::{date::Date, text::day};
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|passed| i64::try_from(passed.as_millis()).ok())
        .unwrap_or_default()
}

/// The civil day in Việt Nam (UTC+7, no summer time since 1975).
pub fn today() -> Date {
    day::of_moment(now())
}

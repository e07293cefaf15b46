//! Times that are fair to phones with a wrong clock and to phones without a network.
//!
//! A device corrects its clock by the centre's at their last contact, and says when that was. The centre bounds
//! what it is told: nothing was done before that contact, nor after it was received. Both times are kept and
//! shown – when it was done and when it arrived – and neither decides whether an op is taken.

use crate::{date::Date, op::Op, text::day};
use serde::{Deserialize, Serialize};

/// What a device knows of the centre's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Clock {
    /// What to add to the device's own clock, in milliseconds.
    pub ahead: i64,
    /// The centre's time at the last contact, in milliseconds since 1970.
    pub heard: Option<i64>,
    /// How long the exchange took from which `ahead` is known, in milliseconds.
    pub round_trip: Option<i64>,
}

impl Clock {
    /// Takes in an answer of the centre, asked for at `asked` and received at `answered` by the device's clock. The
    /// fastest exchange tells the difference best; one that shows the clock was set anew counts in any case.
    pub fn hear(&mut self, asked: i64, answered: i64, centre: i64) {
        let round_trip = (answered - asked).max(0);
        let ahead = centre - (asked + round_trip / 2);
        let is_set_anew = ahead.abs_diff(self.ahead) > round_trip.unsigned_abs() + JUMP;
        if is_set_anew || self.round_trip.is_none_or(|before| round_trip <= before) {
            (self.ahead, self.round_trip) = (ahead, Some(round_trip));
        }
        self.heard = Some(self.heard.unwrap_or(centre).max(centre));
    }

    /// The time now, when the device's clock says `now`.
    pub fn right(&self, now: i64) -> i64 {
        let right = now.saturating_add(self.ahead);
        self.heard.map_or(right, |heard| right.max(heard))
    }
}

/// A difference that no network explains, in milliseconds.
const JUMP: u64 = 60_000;

/// When the op was done, as far as the centre can know: after the last contact, before it was received.
pub fn made_at(op: &Op, received_at: i64) -> i64 {
    let earliest = op.heard.map_or(i64::MIN, |heard| heard.min(received_at));
    op.at.clamp(earliest, received_at)
}

/// Whether a report was in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Received by the due date.
    InTime,
    /// Done by the due date, on a device that was without a network until later.
    MadeInTime,
    /// Done after the due date.
    Late,
}

impl Timeliness {
    /// Judges by the day in Việt Nam; `received_at` is `None` while the report is on the device.
    pub fn of(due: Date, made_at: i64, received_at: Option<i64>) -> Self {
        let is_by_due = |at: i64| day::of_moment(at) <= due;
        match received_at {
            Some(received_at) if is_by_due(received_at) => Self::InTime,
            None if is_by_due(made_at) => Self::InTime,
            _ if is_by_due(made_at) => Self::MadeInTime,
            _ => Self::Late,
        }
    }
}

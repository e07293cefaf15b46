//! Working days: Monday to Friday without public holidays, with days worked in exchange
//! (Labour Code 2019, articles 111 and 112; the Government announces each year's exchanges).

use crate::date::Date;
use crate::map::Map;
use serde::{Deserialize, Serialize};

/// The calendar of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Weekdays on which nobody works, with the name of the day.
    #[serde(default)]
    pub holidays: Map<Date, String>,
    /// Saturdays and Sundays on which people work in exchange.
    #[serde(default)]
    pub working_weekends: Vec<Date>,
}

impl Calendar {
    /// Whether people work on a day.
    pub fn is_working_day(&self, day: Date) -> bool {
        if day.is_weekend() {
            self.working_weekends.contains(&day)
        } else {
            !self.holidays.contains_key(&day)
        }
    }

    /// The day that lies `working_days` working days after `day`, which itself does not count.
    pub fn after(&self, day: Date, working_days: u32) -> Date {
        let (mut day, mut left) = (day, working_days);
        while left > 0 {
            let Some(next) = day.plus(1) else { break };
            day = next;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }
}

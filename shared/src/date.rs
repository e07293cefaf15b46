//! A day of the Gregorian calendar, written `2026-12-14`.
//!
//! Own code, though good libraries exist: a phone would download 90 kB of theirs (time zones, formats, spans and
//! their messages) for the forty lines it needs. The tests hold it against such a library, day by day.
//! A `Date` always is a day that exists, from 1 January of the year 0 to 31 December 9999.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // In this order, so that comparing field by field compares days.
    year: i16,
    month: u8,
    day: u8,
}

/// A text or three numbers that are no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: i32 = 719_468;

impl Date {
    /// 31 December 9999.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// A day, or nothing where the calendar has none such.
    pub const fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        if year < 0 || year > 9999 || day < 1 || month < 1 || month > 12 || day > last_of(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970; negative before. Years run from March here, so that the leap day ends one.
    pub fn since_1970(self) -> i32 {
        let year = i32::from(self.year) - i32::from(self.month < 3);
        let month = (i32::from(self.month) + 9) % 12;
        let in_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - EPOCH
    }

    /// The day so many days after 1 January 1970, unless it lies beyond the years 0 to 9999.
    pub fn from_1970(days: i32) -> Option<Self> {
        let days = days.checked_add(EPOCH)?;
        let (era, in_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let of_era = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + of_era + i32::from(month < 3);
        Self::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day so many days later (earlier, if negative).
    pub fn plus(self, days: i32) -> Option<Self> {
        Self::from_1970(self.since_1970().checked_add(days)?)
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        // 1 January 1970 was a Thursday.
        (self.since_1970() + 4).rem_euclid(7) % 6 == 0
    }

    /// The day at a moment in milliseconds since 1970, read as UTC, and the minute of that day.
    pub fn of_millis(millis: i64) -> Option<(Self, u16)> {
        let day = i32::try_from(millis.div_euclid(DAY)).ok()?;
        let minute = u16::try_from(millis.rem_euclid(DAY) / 60_000).ok()?;
        Some((Self::from_1970(day)?, minute))
    }
}

/// A day known while writing the code; panics (while compiling, in a constant) where the calendar has none such.
pub const fn date(year: i16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).expect("a day of the calendar")
}

const fn last_of(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !shape {
            return Err(NotADay);
        }
        let (year, month, day) = (text[..4].parse(), text[5..7].parse(), text[8..].parse());
        match (year, month, day) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day).ok_or(NotADay),
            _ => Err(NotADay),
        }
    }
}

impl fmt::Display for NotADay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no day of the form 2026-12-14")
    }
}

impl std::error::Error for NotADay {}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

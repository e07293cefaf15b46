//! Reporting periods: six months and a year, each with the days its figures are about.
//!
//! A period's code (`2026-h1`, `2026-year`) says which; its days come from the [`Windows`] of the programme,
//! by default those of Decree 09/2019 (article 12), since laws change. The half-year lies inside the year,
//! so that the two are never added.

use crate::date::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// The first year for which a period may be asked.
const FIRST: i16 = 2020;
/// The last one.
const LAST: i16 = 2100;

/// The kind of a period; the codes are those of the list `period_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// The first six months.
    H1,
    /// The whole year.
    Year,
}

impl PeriodKind {
    /// The code used in lists, settings and expressions.
    pub fn code(self) -> &'static str {
        match self {
            Self::H1 => "h1",
            Self::Year => "year",
        }
    }
}

/// A reporting period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The report year.
    pub year: i16,
    /// Six months or the whole of it.
    pub kind: PeriodKind,
}

impl Period {
    /// The six-month period of the same year.
    pub fn h1(self) -> Self {
        Self { kind: PeriodKind::H1, ..self }
    }
}

/// A day of every year, counted from the report year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    /// -1 is the year before.
    years: i16,
    month: u8,
    day: u8,
}

impl Day {
    fn of(self, year: i16) -> Date {
        // Every year has the day, as its reader saw to; a year beyond all calendars has its last one.
        Date::new(year + self.years, self.month, self.day).unwrap_or(Date::LAST)
    }

    fn read(text: &str) -> Option<Self> {
        let (years, day) = text.split_once(':')?;
        let (month, day) = day.split_once('-')?;
        let (years, month, day) = (years.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        // 2026 has no leap day, so neither has a window.
        Date::new(2026, month, day).filter(|_| (-9..=9).contains(&years))?;
        Some(Self { years, month, day })
    }
}

/// The first and the last day of a kind of period, written `-1:12-15/0:06-14`: years from the report year, month
/// and day, twice. The first never lies after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    from: Day,
    to: Day,
}

impl FromStr for Window {
    type Err = NotAWindow;

    fn from_str(text: &str) -> Result<Self, NotAWindow> {
        let (from, to) = text.split_once('/').ok_or(NotAWindow)?;
        let (from, to) = (Day::read(from).ok_or(NotAWindow)?, Day::read(to).ok_or(NotAWindow)?);
        if from.of(2026) <= to.of(2026) { Ok(Self { from, to }) } else { Err(NotAWindow) }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(formatter, "{}:{:02}-{:02}/", from.years, from.month, from.day)?;
        write!(formatter, "{}:{:02}-{:02}", to.years, to.month, to.day)
    }
}

/// The text is not the window of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAWindow;

impl fmt::Display for NotAWindow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a window such as -1:12-15/0:06-14, whose first day is not after its last")
    }
}

impl std::error::Error for NotAWindow {}

impl Serialize for Window {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The days that the figures of each kind of period are about; those of the decree where a programme says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Windows {
    h1: Window,
    year: Window,
}

impl Default for Windows {
    fn default() -> Self {
        let from = Day { years: -1, month: 12, day: 15 };
        let to = |month| Day { years: 0, month, day: 14 };
        Self { h1: Window { from, to: to(6) }, year: Window { from, to: to(12) } }
    }
}

impl Windows {
    fn of(&self, kind: PeriodKind) -> Window {
        match kind {
            PeriodKind::H1 => self.h1,
            PeriodKind::Year => self.year,
        }
    }

    /// The first day of a period.
    pub fn start(&self, period: Period) -> Date {
        self.of(period.kind).from.of(period.year)
    }

    /// Its last day, on which the figures are cut off.
    pub fn end(&self, period: Period) -> Date {
        self.of(period.kind).to.of(period.year)
    }

    /// The year period in which a day lies; the nearest of those that have a code, for a day beyond them all.
    pub fn year_of(&self, day: Date) -> Period {
        let of = |year| Period { year, kind: PeriodKind::Year };
        let year = day.year();
        let near = [year - 1, year, year + 1];
        let found = near.into_iter().find(|year| self.start(of(*year)) <= day && day <= self.end(of(*year)));
        of(found.unwrap_or(year).clamp(FIRST, LAST))
    }

    /// Whether they are those of the decree, which need not be written down.
    pub fn are_the_decrees(&self) -> bool {
        *self == Self::default()
    }
}

/// The periods of these kinds that have begun by `today`, from the first year on, oldest first. Those of the
/// first year are asked for even before they begin.
pub fn begun(first_year: i16, kinds: &[PeriodKind], windows: &Windows, today: Date) -> Vec<Period> {
    let mut begun = Vec::new();
    for year in first_year..=first_year.max(today.year() + 1) {
        for kind in kinds {
            let period = Period { year, kind: *kind };
            if year == first_year || windows.start(period) <= today {
                begun.push(period);
            }
        }
    }
    begun
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.year, self.kind.code())
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let (year, kind) = text.split_once('-').ok_or(NotAPeriod)?;
        let year = year.parse().ok().filter(|year| (FIRST..=LAST).contains(year)).ok_or(NotAPeriod)?;
        let kind = match kind {
            "h1" => PeriodKind::H1,
            "year" => PeriodKind::Year,
            _ => return Err(NotAPeriod),
        };
        Ok(Self { year, kind })
    }
}

/// The text is not the code of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPeriod;

impl fmt::Display for NotAPeriod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a period such as 2026-h1 or 2026-year")
    }
}

impl std::error::Error for NotAPeriod {}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

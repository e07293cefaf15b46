//! Reporting periods of Decree 09/2019: six months and a year, each ending on a fixed day.
//!
//! A period's code (`2026-h1`, `2026-year`) says everything; its days are computed from it. They stand
//! here and not in a programme's data because they are law, the same for every body that reports; a
//! programme decides only from which year on, and for which of the two, it asks.
//! The half-year lies inside the year, so that the two are never added.

use crate::date::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

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
    /// First day: 15 December of the year before (Decree 09/2019, article 12).
    pub fn start(self) -> Date {
        date(self.year - 1, 12, 15)
    }

    /// Last day, on which the figures are cut off: 14 June or 14 December.
    pub fn end(self) -> Date {
        match self.kind {
            PeriodKind::H1 => date(self.year, 6, 14),
            PeriodKind::Year => date(self.year, 12, 14),
        }
    }

    /// The six-month period of the same year.
    pub fn h1(self) -> Self {
        Self { kind: PeriodKind::H1, ..self }
    }
}

/// The periods of these kinds that have begun by `today`, from the first year on, oldest first. Those of the
/// first year are asked for even before they begin.
pub fn begun(first_year: i16, kinds: &[PeriodKind], today: Date) -> Vec<Period> {
    let mut begun = Vec::new();
    for year in first_year..=first_year.max(today.year() + 1) {
        for kind in kinds {
            let period = Period { year, kind: *kind };
            if year == first_year || period.start() <= today {
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
        let year = year.parse().ok().filter(|year| (2020..=2100).contains(year)).ok_or(NotAPeriod)?;
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

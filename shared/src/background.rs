//! Everything outside a record that its rules look at.
//!
//! The server composes one background per duty and sends it down with it, so that a phone without
//! a network evaluates every rule exactly as the server will.

use crate::map::Map;
use crate::{date::Date, duty::Duty, period::Windows, unit::Unit, value::Datum};
use serde::{Deserialize, Serialize};

/// The values of an accepted report by field code; rows of groups as `group/n/member`.
pub type Figures = Map<String, Datum>;

/// The forms and registers of the plan whose records a rule may count or refer to, with the filters it may
/// count them by. Those that are not there yet have no counts, and the rules that ask for them do not fire.
pub const COUNTED: [(&str, &[&str]); 9] = [
    ("FF", &[]),
    ("FG", &[]),
    ("FH", &["in_store"]),
    ("FI", &["nominated"]),
    ("FJ", &["comm_staff_12_months"]),
    ("FK", &[]),
    ("FL", &[]),
    ("FM", &[]),
    ("FN", &["distinct_units"]),
];

/// Everything outside a record that its rules look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// What is owed; the due date comes from here.
    pub duty: Duty,
    /// The registry's entry of the unit that files (`unit.x`).
    pub unit: Unit,
    /// The unit's last accepted report of the same form (`prev`); empty if there is none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub previous: Figures,
    /// The accepted six-month report of the same year (`h1`); empty if there is none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub h1: Figures,
    /// Figures of the reports below this unit, for the fields a commune does not type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schools: Option<Schools>,
    /// Numbers of records of other forms (`count_of`), by `FORM` or `FORM:filter`. A form that is
    /// not counted yet is absent, and a rule that asks for it does not fire.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub counts: Map<String, u32>,
    /// Document numbers this unit already used, as `number/symbol/year`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
    /// Settings of the programme, by key and by period kind or `*`.
    #[serde(default)]
    pub settings: Map<String, Map<String, Datum>>,
    /// The days of the periods; `period_start` and `cutoff` come from here.
    #[serde(default, skip_serializing_if = "Windows::are_the_decrees")]
    pub windows: Windows,
}

impl Background {
    /// The first day of the period reported on.
    pub fn start(&self) -> Date {
        self.windows.start(self.duty.period)
    }

    /// Its last day, on which the figures are cut off.
    pub fn end(&self) -> Date {
        self.windows.end(self.duty.period)
    }
}

/// What the schools below a unit reported for the same period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schools {
    /// How many owe a report.
    pub due: u32,
    /// How many have one that was accepted.
    pub reported: u32,
    /// Sums of the numeric fields over accepted reports.
    pub sums: Map<String, Datum>,
    /// Numbers of accepted reports in which a yes-or-no field is true.
    pub trues: Map<String, u32>,
}

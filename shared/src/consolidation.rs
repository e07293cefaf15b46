//! Bringing reports together: what a unit's area says, field by field.
//!
//! Stock and flow are never mixed, missing is never zero, sums are exact, and every cell knows
//! the reports it rests on. Accepted reports make the figures; submitted ones are shown apart as
//! provisional. Units that owe a report and are silent count in the denominator of `share_true`,
//! and are named.

pub(crate) mod cells;

use crate::{
    background::Figures,
    form::Form,
    language::Bilingual,
    period::Period,
    value::{Datum, Exact},
};
use crate::{map::Map, set::Set};
use serde::{Deserialize, Serialize};

/// One report that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// The unit that filed it.
    pub unit: String,
    /// The record's id.
    pub record: String,
    /// Whether it was accepted; else it is only submitted, and provisional.
    pub is_accepted: bool,
    /// Its figures.
    pub figures: Figures,
    /// What the unit is called, for readers who do not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
}

/// The consolidation of one form for one period over the units of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The unit whose area it is.
    pub unit: String,
    /// The form.
    pub form: String,
    /// The period.
    pub period: Period,
    /// Who reported and who is silent.
    pub coverage: Coverage,
    /// The fields, in the order of the form.
    pub sections: Vec<TableSection>,
    /// The programme's targets, as far as this form feeds them.
    #[serde(default)]
    pub targets: Vec<crate::target::Measure>,
    /// What the units it names are called, for readers who do not know them.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub names: Map<String, Bilingual>,
}

/// Who reported and who is silent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// How many units owe a report.
    pub due: u32,
    /// How many have one that was accepted.
    pub accepted: u32,
    /// How many have one that is submitted and not yet accepted.
    pub provisional: u32,
    /// The units with neither.
    pub silent: Vec<String>,
    /// The units whose first report was sent back and is being corrected; they are not among the silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correcting: Vec<String>,
}

impl Coverage {
    /// Names the units apart whose report was sent back: they are not silent.
    pub fn name_apart(&mut self, is_correcting: impl Fn(&str) -> bool) {
        self.correcting = take_out(&mut self.silent, is_correcting);
    }
}

/// Takes the units out of a list for which it holds.
pub(crate) fn take_out(units: &mut Vec<String>, holds: impl Fn(&str) -> bool) -> Vec<String> {
    let (taken, kept) = std::mem::take(units).into_iter().partition(|unit| holds(unit));
    *units = kept;
    taken
}

/// The rows of one section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSection {
    /// The section's code.
    pub code: String,
    /// What it is called.
    pub title: Bilingual,
    /// One row per consolidated field; several for `count_by`.
    pub rows: Vec<TableRow>,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The field.
    pub field: String,
    /// The choice counted, for `count_by`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// What the line is called.
    pub label: Bilingual,
    /// What this line and the next ones of the same field are the choices of; at the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Bilingual>,
    /// Unit of measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Bilingual>,
    /// How it was brought together.
    pub way: Way,
    /// From accepted reports.
    pub accepted: Figure,
    /// From accepted and submitted reports together.
    pub provisional: Figure,
}

/// How a line was brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Sum of the units' values.
    Sum,
    /// Sum over sum.
    Ratio,
    /// Units where it is true over units due.
    ShareTrue,
    /// Number of reports or rows with this choice.
    CountBy,
    /// Largest of the units' values.
    Max,
    /// Smallest of the units' values.
    Min,
}

/// One exact figure and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figure {
    /// The figure; shares are of a hundred. Empty if nothing is there to rest on.
    #[serde(default)]
    pub value: Datum,
    /// What is above the line of a ratio or share.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub numerator: Datum,
    /// What is below it.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub denominator: Datum,
    /// How many reports it rests on.
    pub reports: u32,
}

fn is_empty(datum: &Datum) -> bool {
    *datum == Datum::Empty
}

impl Figure {
    /// A share of a hundred; empty when nothing is below the line.
    pub(crate) fn share(numerator: Exact, denominator: Exact, reports: u32) -> Self {
        let hundred = Exact::from_integer(100);
        let value = match denominator.numer() {
            0 => Datum::Empty,
            _ => Datum::Number(numerator * hundred / denominator),
        };
        Self { value, numerator: Datum::Number(numerator), denominator: Datum::Number(denominator), reports }
    }
}

/// Consolidates the reports of an area. `due` names every unit that owes one; contributions of
/// other units are left out, so that nobody is counted who is not in the denominator.
pub fn consolidate(
    form: &Form,
    unit: &str,
    period: Period,
    due: &[String],
    contributions: &[Contribution],
) -> Table {
    let owing: Set<&str> = due.iter().map(String::as_str).collect();
    let mut by_unit: Map<&str, &Contribution> = Map::new();
    for contribution in contributions.iter().filter(|its| owing.contains(its.unit.as_str())) {
        // One report per unit; an accepted one is never displaced by one that is only submitted.
        let kept = by_unit.get_or_insert_with(&contribution.unit, || contribution);
        if contribution.is_accepted || !kept.is_accepted {
            *kept = contribution;
        }
    }
    let reports: Vec<&Contribution> = by_unit.values().copied().collect();
    let accepted = reports.iter().filter(|its| its.is_accepted).count();
    let coverage = Coverage {
        due: count(due.len()),
        accepted: count(accepted),
        provisional: count(reports.len() - accepted),
        silent: due.iter().filter(|unit| !by_unit.contains_key(unit.as_str())).cloned().collect(),
        correcting: Vec::new(),
    };
    let sections = form
        .sections
        .iter()
        .map(|section| TableSection {
            code: section.code.clone(),
            title: section.title.clone(),
            rows: form.fields[section.fields.clone()]
                .iter()
                .flat_map(|field| cells::rows(form, field, due.len(), &reports))
                .collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect();
    let (targets, names) = (Vec::new(), Map::new());
    Table { unit: unit.to_owned(), form: form.code.clone(), period, coverage, sections, targets, names }
}

pub(crate) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

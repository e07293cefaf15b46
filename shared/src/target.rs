//! The plan's targets: a measure with a threshold and a stage (R7-R18), from accepted reports.
//!
//! A target may rest on several forms; FB's figures about schools are never added to the schools'
//! own. A share is compared exactly, so 99,96 % has not reached 100 %.

use crate::{
    consolidation::{
        Contribution, Figure,
        cells::{Column, ratio, share_true},
        count, take_out,
    },
    language::Bilingual,
    set::Set,
    value::{Datum, Decimal},
};
use num_traits::CheckedAdd as _;
use serde::{Deserialize, Serialize};

/// A target, as the programme's data says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `T1a`, `T2`, …
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// Where the plan sets it.
    #[serde(default)]
    pub source: String,
    /// What is measured.
    pub measure: MeasureKind,
    /// The forms whose reports it is measured over.
    pub forms: Vec<String>,
    /// What is to be reached, in percent.
    pub threshold: Decimal,
    /// Within so many percent points below the threshold it counts as nearly met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Decimal>,
    /// The stage for which the threshold holds, such as `2026-2030`.
    pub stage: String,
    /// Whether the reports of each form are measured by themselves, as schools are for T1a (R7).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forms_apart: bool,
}

/// What a target measures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeasureKind {
    /// Units where the field is true over all units due.
    ShareTrue {
        /// The yes-or-no field.
        field: String,
    },
    /// Sum over sum.
    Ratio {
        /// Above the line.
        of: String,
        /// Below the line.
        over: String,
    },
}

impl MeasureKind {
    /// The fields it looks at.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::ShareTrue { field } => vec![field],
            Self::Ratio { of, over } => vec![of, over],
        }
    }
}

/// How a target stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The target.
    pub target: Target,
    /// The form it is measured over, where each form of the target is measured by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// From accepted reports.
    pub accepted: Figure,
    /// From accepted and submitted reports together.
    pub provisional: Figure,
    /// Whether the threshold is reached by accepted reports.
    pub state: TargetState,
    /// Units that owe a report.
    pub due: u32,
    /// Units whose report was accepted.
    pub reported: u32,
    /// Units with neither an accepted nor a submitted report.
    pub silent: Vec<String>,
    /// Units whose accepted report does not meet it by itself.
    pub failing: Vec<String>,
    /// Units whose first report was sent back and is being corrected; they are not among the silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correcting: Vec<String>,
}

impl Measure {
    /// Names the units apart whose report was sent back: they are not silent.
    pub fn name_apart(&mut self, is_correcting: impl Fn(&str) -> bool) {
        self.correcting = take_out(&mut self.silent, is_correcting);
    }
}

/// Whether a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    /// Reached.
    Met,
    /// Not reached, and nearly.
    Near,
    /// Not yet reached.
    NotMet,
    /// No accepted report says anything.
    NoData,
}

/// The reports of one form that take part in a target.
#[derive(Debug, Clone, Copy)]
pub struct Reports<'a> {
    /// The form's code.
    pub form: &'a str,
    /// The units that owe it.
    pub due: &'a [String],
    /// What they sent.
    pub contributions: &'a [Contribution],
}

/// Measures a target over the reports of its forms: of all together, or of each form by itself where
/// the plan wants them shown apart and units of the area owe more than one of them.
pub fn measures(target: &Target, reports: &[Reports<'_>]) -> Vec<Measure> {
    let taking_part = taking_part(target, reports);
    if is_apart(target, &taking_part) {
        let of_form =
            |it: &Reports<'_>| Measure { form: Some(it.form.to_owned()), ..measure(target, &[*it]) };
        taking_part.iter().map(of_form).collect()
    } else {
        vec![measure(target, &taking_part)]
    }
}

/// The reports a line of a target rests on, `form` being that line's where each form is measured by itself.
pub fn reports_behind<'a>(target: &Target, reports: &[Reports<'a>], form: &str) -> Vec<Reports<'a>> {
    let mut behind = taking_part(target, reports);
    if is_apart(target, &behind) {
        behind.retain(|it| it.form == form);
    }
    behind
}

fn taking_part<'a>(target: &Target, reports: &[Reports<'a>]) -> Vec<Reports<'a>> {
    let takes_part =
        |it: &&Reports<'_>| !it.due.is_empty() && target.forms.iter().any(|form| form == it.form);
    reports.iter().filter(takes_part).copied().collect()
}

fn is_apart(target: &Target, taking_part: &[Reports<'_>]) -> bool {
    target.forms_apart && taking_part.len() > 1
}

fn measure(target: &Target, taking_part: &[Reports<'_>]) -> Measure {
    let mut all: Vec<&Contribution> = Vec::new();
    let (mut due, mut silent) = (0, Vec::new());
    for reports in taking_part {
        due += reports.due.len();
        let owing: Set<&str> = reports.due.iter().map(String::as_str).collect();
        all.extend(reports.contributions.iter().filter(|its| owing.contains(its.unit.as_str())));
        let speaking: Set<&str> = reports.contributions.iter().map(|its| its.unit.as_str()).collect();
        silent.extend(reports.due.iter().filter(|unit| !speaking.contains(unit.as_str())).cloned());
    }
    let accepted: Vec<&Contribution> = all.iter().copied().filter(|its| its.is_accepted).collect();
    let figure = |reports: &[&Contribution]| match &target.measure {
        MeasureKind::ShareTrue { field } => share_true(&Column::new(field, reports), due),
        MeasureKind::Ratio { of, over } => ratio(&Column::new(of, reports), &Column::new(over, reports)),
    };
    let of_accepted = figure(&accepted);
    let reached = |datum: &Datum| match datum {
        Datum::Number(share) => Some(*share >= target.threshold.exact()),
        _ => None,
    };
    let state = match reached(&of_accepted.value) {
        _ if accepted.is_empty() => TargetState::NoData,
        Some(true) => TargetState::Met,
        Some(false) if is_near(&of_accepted.value, target) => TargetState::Near,
        Some(false) => TargetState::NotMet,
        None => TargetState::NoData,
    };
    let alone = |report: &&&Contribution| match &target.measure {
        MeasureKind::ShareTrue { field } => report.figures.get(field) != Some(&Datum::Bool(true)),
        MeasureKind::Ratio { of, over } => {
            let report = [**report];
            reached(&ratio(&Column::new(of, &report), &Column::new(over, &report)).value) == Some(false)
        }
    };
    Measure {
        failing: accepted.iter().filter(alone).map(|report| report.unit.clone()).collect(),
        provisional: figure(&all),
        accepted: of_accepted,
        state,
        due: count(due),
        reported: count(accepted.len()),
        silent,
        correcting: Vec::new(),
        target: target.clone(),
        form: None,
    }
}

fn is_near(share: &Datum, target: &Target) -> bool {
    let (Datum::Number(share), Some(near)) = (share, target.near) else { return false };
    share.checked_add(&near.exact()).is_some_and(|lifted| lifted >= target.threshold.exact())
}

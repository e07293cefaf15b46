//! The arithmetic of one line: over accepted reports, and over accepted and submitted ones.

use super::{Contribution, Figure, TableRow, Way, count};
use crate::{
    definition::FieldType,
    form::{Consolidation, Field, Form},
    value::{Datum, Exact},
};
use num_traits::{CheckedAdd as _, Zero as _};

/// The lines of a field.
pub(super) fn rows(
    form: &Form,
    field: &Field,
    due: usize,
    accepted: &[&Contribution],
    all: &[&Contribution],
) -> Vec<TableRow> {
    let line = |way: Way, figure: &dyn Fn(&[&Contribution]) -> Figure| TableRow {
        field: field.code().to_owned(),
        choice: None,
        label: field.definition.label.clone(),
        measure: field.definition.unit.clone(),
        way,
        accepted: figure(accepted),
        provisional: figure(all),
    };
    match &field.consolidation {
        Consolidation::Sum => vec![line(Way::Sum, &|reports| sum(field.code(), reports))],
        Consolidation::Ratio(of, over) => vec![line(Way::Ratio, &|reports| ratio(of, over, reports))],
        Consolidation::ShareTrue => {
            vec![line(Way::ShareTrue, &|reports| share_true(field.code(), due, reports))]
        }
        Consolidation::Max => vec![line(Way::Max, &|reports| extreme(field.code(), reports, Exact::max))],
        Consolidation::Min => vec![line(Way::Min, &|reports| extreme(field.code(), reports, Exact::min))],
        Consolidation::CountBy => form
            .choices(field)
            .iter()
            .map(|choice| TableRow {
                choice: Some(choice.code.clone()),
                label: choice.label.clone(),
                ..line(Way::CountBy, &|reports| count_by(field, &choice.code, reports))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Every value of a field in a report: one, or one per row.
fn values<'a>(code: &'a str, report: &'a Contribution) -> Box<dyn Iterator<Item = &'a Datum> + 'a> {
    match code.split_once('.') {
        None => Box::new(report.figures.get(code).into_iter()),
        Some((group, member)) => {
            let prefix = format!("{group}/");
            let suffix = format!("/{member}");
            Box::new(
                report
                    .figures
                    .from_key(&prefix)
                    .take_while(move |(place, _)| place.starts_with(&prefix))
                    .filter(move |(place, _)| place.ends_with(&suffix))
                    .map(|(_, datum)| datum),
            )
        }
    }
}

fn number(datum: &Datum) -> Option<Exact> {
    match datum {
        Datum::Number(number) => Some(*number),
        _ => None,
    }
}

/// The sum of a field over reports, and how many of them say something; `None` if none does.
pub(crate) fn total(code: &str, reports: &[&Contribution]) -> (Option<Exact>, u32) {
    let (mut total, mut speaking) = (None, 0);
    for report in reports {
        let mut speaks = false;
        for number in values(code, report).filter_map(number) {
            speaks = true;
            let Some(sum) = total.unwrap_or_else(Exact::zero).checked_add(&number) else {
                return (None, speaking);
            };
            total = Some(sum);
        }
        speaking += u32::from(speaks);
    }
    (total, speaking)
}

fn sum(code: &str, reports: &[&Contribution]) -> Figure {
    let (total, reports) = total(code, reports);
    Figure { value: total.map_or(Datum::Empty, Datum::Number), reports, ..Figure::default() }
}

/// Sum over sum, over the reports that say both: never the mean of the units' shares.
pub(crate) fn ratio(of: &str, over: &str, reports: &[&Contribution]) -> Figure {
    let says =
        |report: &&&Contribution, code: &str| values(code, report).any(|datum| number(datum).is_some());
    let both: Vec<&Contribution> =
        reports.iter().filter(|report| says(report, of) && says(report, over)).copied().collect();
    match (total(of, &both).0, total(over, &both).0) {
        (Some(of), Some(over)) => Figure::share(of, over, count(both.len())),
        _ => Figure::default(),
    }
}

/// Units where it is true over all units due: the silent ones count below the line.
pub(crate) fn share_true(code: &str, due: usize, reports: &[&Contribution]) -> Figure {
    let holds = |report: &&&Contribution| report.figures.get(code) == Some(&Datum::Bool(true));
    let says = |report: &&&Contribution| report.figures.contains_key(code);
    let whole = |count: usize| Exact::from_integer(i128::try_from(count).unwrap_or_default());
    let speaking = count(reports.iter().filter(says).count());
    Figure::share(whole(reports.iter().filter(holds).count()), whole(due), speaking)
}

fn count_by(field: &Field, choice: &str, reports: &[&Contribution]) -> Figure {
    let is_it = |datum: &&Datum| match datum {
        Datum::Text(code) => code == choice,
        Datum::Set(codes) => codes.iter().any(|code| code == choice),
        _ => false,
    };
    let found: usize = reports.iter().map(|report| values(field.code(), report).filter(is_it).count()).sum();
    let speaking = reports.iter().filter(|report| values(field.code(), report).next().is_some()).count();
    let found = Exact::from_integer(i128::try_from(found).unwrap_or_default());
    debug_assert!(field.definition.kind != FieldType::Group, "rows are counted by a member");
    Figure { value: Datum::Number(found), reports: count(speaking), ..Figure::default() }
}

fn extreme(code: &str, reports: &[&Contribution], pick: fn(Exact, Exact) -> Exact) -> Figure {
    let all = reports.iter().flat_map(|report| values(code, report)).filter_map(number);
    let speaking = reports.iter().filter(|report| values(code, report).any(|datum| number(datum).is_some()));
    let speaking = count(speaking.count());
    Figure {
        value: all.reduce(pick).map_or(Datum::Empty, Datum::Number),
        reports: speaking,
        ..Figure::default()
    }
}

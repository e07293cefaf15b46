//! The arithmetic of one line: over accepted reports, and over accepted and submitted ones.
//!
//! A field is looked up in the reports once, into a [`Column`]; every figure of its lines is counted
//! from there. Looking it up again for each figure made a city's table six times as slow.

use super::{Contribution, Figure, TableRow, Way};
use crate::{
    definition::FieldType,
    form::{Consolidation, Field, Form},
    value::{Datum, Exact},
};
use num_traits::CheckedAdd as _;

/// Every value of one field over many reports, with the report's place among them, in its order.
pub(crate) struct Column<'a>(Vec<(usize, &'a Datum)>);

impl<'a> Column<'a> {
    /// Looks a field up: one value of each report, or one per row of its group.
    pub(crate) fn new(code: &str, reports: &[&'a Contribution]) -> Self {
        let mut found = Vec::with_capacity(reports.len());
        match code.split_once('.') {
            None => {
                for (at, report) in reports.iter().enumerate() {
                    found.extend(report.figures.get(code).map(|datum| (at, datum)));
                }
            }
            Some((group, member)) => {
                let (prefix, suffix) = (format!("{group}/"), format!("/{member}"));
                for (at, report) in reports.iter().enumerate() {
                    let rows = report.figures.from_key(&prefix);
                    let rows = rows.take_while(|(place, _)| place.starts_with(&prefix));
                    let ours = rows.filter(|(place, _)| place.ends_with(&suffix));
                    found.extend(ours.map(|(_, datum)| (at, datum)));
                }
            }
        }
        Self(found)
    }

    /// The same without the reports that are not accepted.
    fn accepted(&self, reports: &[&Contribution]) -> Self {
        Self(self.0.iter().copied().filter(|(at, _)| reports[*at].is_accepted).collect())
    }

    fn data(&self) -> impl Iterator<Item = &'a Datum> {
        self.0.iter().map(|(_, datum)| *datum)
    }

    fn numbers(&self) -> impl Iterator<Item = Exact> {
        self.data().filter_map(number)
    }

    /// How many reports say something of this kind.
    fn speaking(&self, is_it: fn(&Datum) -> bool) -> u32 {
        let (mut speaking, mut last) = (0, None);
        for (at, _) in self.0.iter().filter(|(_, datum)| is_it(datum)) {
            speaking += u32::from(last != Some(*at));
            last = Some(*at);
        }
        speaking
    }

    /// The exact sum; `None` if nobody says a number, or it is beyond all bounds.
    fn total(&self) -> Option<Exact> {
        let mut numbers = self.numbers();
        let first = numbers.next()?;
        numbers.try_fold(first, |sum, number| sum.checked_add(&number))
    }

    /// The same without the reports that say no number in the other column.
    fn beside(&self, other: &Self) -> Self {
        let mut speaking = other.0.iter().filter(|(_, datum)| is_number(datum)).map(|(at, _)| *at).peekable();
        let mut kept = Vec::with_capacity(self.0.len());
        for (at, datum) in &self.0 {
            while speaking.next_if(|other| other < at).is_some() {}
            if speaking.peek() == Some(at) {
                kept.push((*at, *datum));
            }
        }
        Self(kept)
    }
}

/// The lines of a field. `reports` are the accepted and the submitted ones.
pub(super) fn rows(form: &Form, field: &Field, due: usize, reports: &[&Contribution]) -> Vec<TableRow> {
    let line = |way: Way, figure: &dyn Fn(&[Column<'_>]) -> Figure, of: &Columns<'_>| TableRow {
        field: field.code().to_owned(),
        choice: None,
        heading: None,
        label: field.definition.label.clone(),
        measure: field.definition.unit.clone(),
        way,
        accepted: figure(&of.accepted),
        provisional: figure(&of.all),
    };
    let own = || Columns::new(&[field.code()], reports);
    match &field.consolidation {
        Consolidation::Sum => vec![line(Way::Sum, &|of| sum(&of[0]), &own())],
        Consolidation::Ratio(of, over) => {
            let both = Columns::new(&[of, over], reports);
            vec![line(Way::Ratio, &|of| ratio(&of[0], &of[1]), &both)]
        }
        Consolidation::ShareTrue => vec![line(Way::ShareTrue, &|of| share_true(&of[0], due), &own())],
        Consolidation::Max => vec![line(Way::Max, &|of| extreme(&of[0], Exact::max), &own())],
        Consolidation::Min => vec![line(Way::Min, &|of| extreme(&of[0], Exact::min), &own())],
        Consolidation::CountBy => {
            debug_assert!(field.definition.kind != FieldType::Group, "rows are counted by a member");
            let own = own();
            form.choices(field)
                .iter()
                .enumerate()
                .map(|(at, choice)| TableRow {
                    choice: Some(choice.code.clone()),
                    heading: (at == 0).then(|| field.definition.label.clone()),
                    label: choice.label.clone(),
                    ..line(Way::CountBy, &|of| count_by(&of[0], &choice.code), &own)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The columns a line rests on, twice.
struct Columns<'a> {
    accepted: Vec<Column<'a>>,
    all: Vec<Column<'a>>,
}

impl<'a> Columns<'a> {
    fn new(codes: &[&str], reports: &[&'a Contribution]) -> Self {
        let all: Vec<Column<'a>> = codes.iter().map(|code| Column::new(code, reports)).collect();
        Self { accepted: all.iter().map(|column| column.accepted(reports)).collect(), all }
    }
}

fn number(datum: &Datum) -> Option<Exact> {
    match datum {
        Datum::Number(number) => Some(*number),
        _ => None,
    }
}

fn is_number(datum: &Datum) -> bool {
    number(datum).is_some()
}

fn sum(of: &Column<'_>) -> Figure {
    Figure {
        value: of.total().map_or(Datum::Empty, Datum::Number),
        reports: of.speaking(is_number),
        ..Figure::default()
    }
}

/// Sum over sum, over the reports that say both: never the mean of the units' shares.
pub(crate) fn ratio(of: &Column<'_>, over: &Column<'_>) -> Figure {
    let (of, over) = (of.beside(over), over.beside(of));
    match (of.total(), over.total()) {
        (Some(sum), Some(over)) => Figure::share(sum, over, of.speaking(is_number)),
        _ => Figure::default(),
    }
}

/// Units where it is true over all units due: the silent ones count below the line.
pub(crate) fn share_true(of: &Column<'_>, due: usize) -> Figure {
    let holds = of.data().filter(|datum| **datum == Datum::Bool(true)).count();
    Figure::share(whole(holds), whole(due), of.speaking(|_| true))
}

fn count_by(of: &Column<'_>, choice: &str) -> Figure {
    let is_it = |datum: &&Datum| match datum {
        Datum::Text(code) => code == choice,
        Datum::Set(codes) => codes.iter().any(|code| code == choice),
        _ => false,
    };
    let found = of.data().filter(is_it).count();
    Figure { value: Datum::Number(whole(found)), reports: of.speaking(|_| true), ..Figure::default() }
}

fn extreme(of: &Column<'_>, pick: fn(Exact, Exact) -> Exact) -> Figure {
    Figure {
        value: of.numbers().reduce(pick).map_or(Datum::Empty, Datum::Number),
        reports: of.speaking(is_number),
        ..Figure::default()
    }
}

fn whole(count: usize) -> Exact {
    Exact::from_integer(i128::try_from(count).unwrap_or_default())
}

//! What a form makes of a record: which fields are asked, what is computed, what is wrong.
//!
//! Pure and complete: the same form, record, background and day give the same sheet on phone and
//! server. A sheet is made anew after every change; it holds no state.

mod checking;
mod computing;
mod messages;
mod progress;

use crate::date::Date;
use crate::map::Map;
use crate::{
    background::{Background, Figures},
    definition::{FieldType, Severity},
    form::{Field, Form},
    language::Bilingual,
    op::Path,
    record::Record,
    value::{Datum, Exact, Value},
};

pub use progress::{Progress, Stage};

/// What a form makes of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// One cell per field of [`Form::fields`] outside groups, and per member and row inside them.
    cells: Vec<Cells>,
    index: Map<String, usize>,
    /// Row ids of each group, in order.
    rows: Map<String, Vec<String>>,
    /// Everything that is wrong, in the order of the form.
    pub problems: Vec<Problem>,
    /// How far each section is, in the order of the form.
    pub sections: Vec<Progress>,
}

#[derive(Debug, Clone, PartialEq)]
enum Cells {
    One(Cell),
    PerRow(Vec<Cell>),
}

/// What one field amounts to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Whether it is asked now.
    pub is_relevant: bool,
    /// Whether an answer is owed now.
    pub is_required: bool,
    /// What it amounts to: entered, computed or filled in; empty where it is not relevant.
    pub datum: Datum,
}

/// A complaint about content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub path: Path,
    /// How grave.
    pub severity: Severity,
    /// What kind: a missing answer is told apart, because a form begins with many.
    pub kind: ProblemKind,
    /// What is wrong and how to mend it.
    pub message: Bilingual,
    /// Whether a note answers it (warnings only).
    pub is_answered: bool,
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// An answer is owed and not there.
    Missing,
    /// What was typed was not understood.
    Unreadable,
    /// Two people entered different values without seeing each other's.
    Clash,
    /// The value lies outside what the field takes.
    Range,
    /// A check of the form does not hold.
    Check,
}

impl Problem {
    /// Whether it stands in the way of a submission.
    pub fn is_open(&self) -> bool {
        self.severity == Severity::Error || !self.is_answered
    }
}

impl Sheet {
    /// Computes the sheet of a record.
    pub fn compute(form: &Form, record: &Record, background: &Background, today: Date) -> Self {
        let desk = computing::fill(form, record, background, today);
        let problems = checking::problems(form, record, &desk);
        let sections = progress::sections(form, &desk, &problems);
        let index = form.index.clone();
        let computing::Desk { cells, rows, .. } = desk;
        Self { cells, index, rows, problems, sections }
    }

    /// What a field amounts to.
    pub fn cell(&self, path: &Path) -> Option<&Cell> {
        let cells = &self.cells[*self.index.get(path.code().as_str())?];
        match (cells, path.in_row()) {
            (Cells::One(cell), _) => Some(cell),
            (Cells::PerRow(cells), Some((group, row, _))) => {
                cells.get(self.rows.get(group)?.iter().position(|id| id == row)?)
            }
            (Cells::PerRow(_), None) => None,
        }
    }

    /// The number that the form computes for a field outside groups.
    pub fn computed(&self, field: &Field) -> Option<&Exact> {
        let cell = self.cell(&Path::field(field.code())).filter(|_| field.is_automatic())?;
        if let Datum::Number(number) = &cell.datum { Some(number) } else { None }
    }

    /// The row ids of a group, in order.
    pub fn rows(&self, group: &str) -> &[String] {
        self.rows.get(group).map_or(&[], Vec::as_slice)
    }

    /// The problems at a place.
    pub fn problems_at<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Problem> {
        self.problems.iter().filter(move |problem| problem.path == *path)
    }

    /// Whether nothing stands in the way of a submission.
    pub fn can_submit(&self) -> bool {
        !self.problems.iter().any(Problem::is_open)
    }

    /// Answers owed, and how many of them are there, over all sections.
    pub fn progress(&self) -> Progress {
        self.sections.iter().fold(Progress::default(), |all, section| all.plus(section))
    }

    /// The figures an accepted report contributes: every relevant value by its code, rows as
    /// `group/n/member`.
    pub fn figures(&self, form: &Form) -> Figures {
        let mut figures = Figures::new();
        for (field, cells) in form.fields.iter().zip(&self.cells) {
            match (cells, &field.group) {
                (Cells::One(cell), _) if cell.datum != Datum::Empty => {
                    figures.insert(field.code().to_owned(), cell.datum.clone());
                }
                (Cells::PerRow(cells), Some(group)) => {
                    for (row, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.datum != Datum::Empty)
                    {
                        figures.insert(format!("{group}/{row}/{}", field.member()), cell.datum.clone());
                    }
                }
                _ => {}
            }
        }
        figures
    }
}

/// The place of a field, in a row if it is inside a group.
fn place(field: &Field, row: Option<&str>) -> Path {
    match (&field.group, row) {
        (Some(group), Some(row)) => Path::member(group, row, field.member()),
        _ => Path::field(field.code()),
    }
}

/// Whether a field takes a value of this kind; unreadable text is always kept.
pub fn takes(kind: FieldType, value: &Value) -> bool {
    use FieldType as F;
    match value {
        Value::Unparsed(_) => true,
        Value::Int(_) => matches!(kind, F::Int | F::Money),
        Value::Decimal(_) => matches!(kind, F::Dec | F::Pct),
        Value::Text(_) => {
            matches!(kind, F::Text | F::Long | F::Url | F::Phone | F::Email | F::Person | F::Ref)
        }
        Value::Bool(_) => kind == F::Bool,
        Value::Date(_) => matches!(kind, F::Date | F::Datetime),
        Value::Choice(_) => kind == F::Enum,
        Value::Choices(_) => kind == F::Multi,
        Value::Unit(_) => kind == F::Unit,
        Value::Units(_) => kind == F::Units,
        Value::File(_) => kind == F::File,
        Value::Files(_) => kind == F::Files,
    }
}

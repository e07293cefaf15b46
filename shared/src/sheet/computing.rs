//! Fills the cells: relevance first, then the value, each field after all it depends on.

use super::{Cell, Cells};
use crate::date::Date;
use crate::map::Map;
use crate::{
    background::Background,
    definition::{FieldType, Required},
    expression::{Expression, Scope, evaluate},
    form::{Field, Form},
    op::Path,
    period::PeriodKind,
    record::{Record, State},
    value::{Datum, Exact, FileRef, Value},
};

/// The cells on their way, and everything expressions look at.
pub(super) struct Desk<'a> {
    pub(super) form: &'a Form,
    pub(super) background: &'a Background,
    pub(super) today: Date,
    pub(super) state: State,
    pub(super) cells: Vec<Cells>,
    pub(super) rows: Map<String, Vec<String>>,
}

/// Computes every cell.
pub(super) fn fill<'a>(form: &'a Form, record: &Record, background: &'a Background, today: Date) -> Desk<'a> {
    let groups = form.fields.iter().filter(|field| field.is_group());
    let mut rows: Map<String, Vec<String>> = Map::new();
    rows.extend(groups.map(|field| {
        (field.code().to_owned(), record.rows(field.code()).into_iter().map(str::to_owned).collect())
    }));
    let blank = |field: &Field| match &field.group {
        Some(group) => Cells::PerRow(vec![Cell::default(); rows.get(group).map_or(0, Vec::len)]),
        None => Cells::One(Cell::default()),
    };
    let cells = form.fields.iter().map(blank).collect();
    let mut desk = Desk { form, background, today, state: record.state, cells, rows };
    for &at in form.order() {
        let field = &form.fields[at];
        match &field.group {
            None => {
                let cell = desk.cell(field, record, None);
                desk.cells[at] = Cells::One(cell);
            }
            Some(group) => {
                let ids = desk.rows.get(group).cloned().unwrap_or_default();
                let cells = ids
                    .iter()
                    .enumerate()
                    .map(|(row, id)| desk.cell(field, record, Some((row, id))))
                    .collect();
                desk.cells[at] = Cells::PerRow(cells);
            }
        }
    }
    desk
}

impl Desk<'_> {
    fn cell(&self, field: &Field, record: &Record, row: Option<(usize, &str)>) -> Cell {
        let row_number = row.map(|(row, _)| row);
        let is_relevant = self.group_is_relevant(field) && self.holds(field.relevant.as_ref(), row_number);
        if !is_relevant {
            return Cell::default();
        }
        let is_required = match field.definition.required {
            Required::Yes | Required::Cond => true,
            Required::Year => self.background.duty.period.kind == PeriodKind::Year,
            Required::No | Required::Auto => false,
        } && !field.is_automatic();
        let datum = if let Some(formula) = &field.formula {
            evaluate(formula, self, row_number)
        } else if let Some(source) = &field.definition.source {
            self.filled_in(source, record)
        } else if field.is_group() {
            Datum::Empty
        } else {
            Datum::from(record.value(&super::place(field, row.map(|(_, id)| id))))
        };
        Cell { is_relevant, is_required, datum }
    }

    fn group_is_relevant(&self, field: &Field) -> bool {
        let Some(at) = field.group.as_ref().and_then(|group| self.form.position(group)) else { return true };
        matches!(&self.cells[at], Cells::One(cell) if cell.is_relevant)
    }

    fn holds(&self, relevant: Option<&Expression>, row: Option<usize>) -> bool {
        relevant.is_none_or(|condition| evaluate(condition, self, row) == Datum::Bool(true))
    }

    /// What the system fills in by itself.
    fn filled_in(&self, source: &str, record: &Record) -> Datum {
        let duty = &self.background.duty;
        match source {
            "duty.unit" => Datum::Text(duty.unit.clone()),
            "duty.recipient" => Datum::Text(duty.recipient.clone()),
            "duty.due" => Datum::Date(duty.due),
            "period.start" => Datum::Date(self.background.start()),
            "period.end" => Datum::Date(self.background.end()),
            "period.kind" => Datum::Text(duty.period.kind.code().to_owned()),
            "period.year" => Datum::Number(Exact::from_integer(i128::from(duty.period.year))),
            _ => match source.split_once('.') {
                Some(("unit", fact)) => match fact {
                    "managing_unit" => Datum::Text(duty.recipient.clone()),
                    _ => self.background.unit.fact(fact),
                },
                Some((field, fact)) => match record.value(&Path::field(field)) {
                    Some(Value::Files(files)) => FileRef::fact(files, fact),
                    _ => Datum::Empty,
                },
                None => Datum::Empty,
            },
        }
    }

    /// The cell of a field, in a row if it is inside a group.
    pub(super) fn cell_at(&self, at: usize, row: Option<usize>) -> Option<&Cell> {
        match (&self.cells[at], row) {
            (Cells::One(cell), _) => Some(cell),
            (Cells::PerRow(cells), Some(row)) => cells.get(row),
            (Cells::PerRow(_), None) => None,
        }
    }
}

impl Scope for Desk<'_> {
    fn field(&self, code: &str, row: Option<usize>) -> Datum {
        let Some(at) = self.form.position(code) else { return Datum::Empty };
        let field = &self.form.fields[at];
        match field.definition.kind {
            // A group is "filled" when it has rows.
            FieldType::Group => match self.rows.get(code) {
                Some(rows) if Scope::rows(self, code) > 0 => Datum::Set(rows.clone()),
                _ => Datum::Empty,
            },
            _ => self.cell_at(at, row).map(|cell| cell.datum.clone()).unwrap_or_default(),
        }
    }

    fn rows(&self, group: &str) -> usize {
        let relevant = self.form.position(group).and_then(|at| self.cell_at(at, None));
        match relevant {
            Some(cell) if cell.is_relevant => self.rows.get(group).map_or(0, Vec::len),
            _ => 0,
        }
    }

    fn background(&self) -> &Background {
        self.background
    }

    fn today(&self) -> Date {
        self.today
    }

    fn state(&self) -> State {
        self.state
    }
}

//! How far a section is: answers owed and given, and what is wrong there.

use super::{Cells, Problem, ProblemKind, computing::Desk};
use crate::{definition::Severity, form::Form, value::Datum};

/// How far a section, or the whole, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Answers that are owed now.
    pub owed: usize,
    /// Owed answers that are there.
    pub answered: usize,
    /// Answers that are there, owed or not.
    pub filled: usize,
    /// Errors besides missing answers.
    pub errors: usize,
    /// Warnings without a note.
    pub warnings: usize,
    /// Places with more than one live answer; each is an error, too.
    pub disputed: usize,
}

/// Where a section stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was entered yet.
    Untouched,
    /// Something is still owed.
    Begun,
    /// Everything owed is there and nothing is wrong.
    Complete,
    /// Something is wrong.
    Troubled,
}

impl Progress {
    /// Where it stands, in one word.
    pub fn stage(&self) -> Stage {
        if self.errors + self.warnings > 0 {
            Stage::Troubled
        } else if self.answered == self.owed && (self.owed > 0 || self.filled > 0) {
            Stage::Complete
        } else if self.filled == 0 && self.owed > 0 {
            Stage::Untouched
        } else if self.owed == 0 {
            Stage::Complete
        } else {
            Stage::Begun
        }
    }

    pub(super) fn plus(self, other: &Self) -> Self {
        Self {
            owed: self.owed + other.owed,
            answered: self.answered + other.answered,
            filled: self.filled + other.filled,
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            disputed: self.disputed + other.disputed,
        }
    }
}

/// The progress of each section.
pub(super) fn sections(form: &Form, desk: &Desk<'_>, problems: &[Problem]) -> Vec<Progress> {
    let mut sections = vec![Progress::default(); form.sections.len()];
    for (at, field) in form.fields.iter().enumerate() {
        let progress = &mut sections[field.section];
        let cells = match &desk.cells[at] {
            Cells::One(cell) => std::slice::from_ref(cell),
            Cells::PerRow(cells) => cells.as_slice(),
        };
        for cell in cells.iter().filter(|cell| cell.is_relevant && !field.is_automatic()) {
            let rows = desk.rows.get(field.code()).map_or(0, Vec::len);
            let is_there = if field.is_group() { rows > 0 } else { cell.datum != Datum::Empty };
            progress.owed += usize::from(cell.is_required);
            progress.answered += usize::from(cell.is_required && is_there);
            progress.filled += usize::from(is_there);
        }
    }
    for problem in problems.iter().filter(|problem| problem.is_open()) {
        let Some(field) = form.field(&problem.path.code()) else { continue };
        let progress = &mut sections[field.section];
        progress.disputed += usize::from(problem.kind == ProblemKind::Clash);
        match (problem.severity, problem.kind) {
            (_, ProblemKind::Missing) => {}
            (Severity::Error, _) => progress.errors += 1,
            (Severity::Warning, _) => progress.warnings += 1,
        }
    }
    sections
}

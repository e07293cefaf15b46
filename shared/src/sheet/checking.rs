//! Finds everything that is wrong: what is missing, unreadable, out of range, in a clash, and
//! what the form's own checks say. A check fires only when its rule is definitely false.

use super::{Cell, Problem, ProblemKind, computing::Desk, messages, place};
use crate::{
    definition::{FieldType, Severity},
    expression::evaluate,
    form::{Field, Form},
    language::{Bilingual, Language},
    op::Path,
    record::Record,
    text,
    value::{Datum, Exact, Value},
};

/// All problems, in the order of the form.
pub(super) fn problems(form: &Form, record: &Record, desk: &Desk<'_>) -> Vec<Problem> {
    let mut found = Finder { form, record, desk, problems: Vec::new() };
    for (at, field) in form.fields.iter().enumerate() {
        // Members are looked at row by row, with their group.
        if field.group.is_none() {
            found.look_at(at, field, None);
        }
        if field.is_group() {
            let rows = desk.rows.get(field.code()).cloned().unwrap_or_default();
            for (row, id) in rows.iter().enumerate() {
                for member in form.members(field.code()) {
                    let at = form.position(member.code()).unwrap_or(at);
                    found.look_at(at, member, Some((row, id)));
                }
            }
        }
    }
    found.problems
}

struct Finder<'a> {
    form: &'a Form,
    record: &'a Record,
    desk: &'a Desk<'a>,
    problems: Vec<Problem>,
}

impl Finder<'_> {
    fn look_at(&mut self, at: usize, field: &Field, row: Option<(usize, &String)>) {
        let row_number = row.map(|(row, _)| row);
        let Some(cell) = self.desk.cell_at(at, row_number).filter(|cell| cell.is_relevant) else { return };
        let path = place(field, row.map(|(_, id)| id.as_str()));
        if self.record.is_clash(&path) {
            self.add(&path, Severity::Error, ProblemKind::Clash, messages::clash());
        }
        let value = self.record.value(&path);
        match value {
            Some(Value::Unparsed(typed)) => {
                let message = messages::unreadable(field.definition.kind, typed);
                self.add(&path, Severity::Error, ProblemKind::Unreadable, message);
            }
            _ if cell.is_required && self.is_missing(field, cell) => {
                self.add(
                    &path,
                    Severity::Error,
                    ProblemKind::Missing,
                    messages::missing(field.definition.kind),
                );
            }
            _ => {
                if let Some(message) = self.out_of_range(field, cell, value) {
                    self.add(&path, Severity::Error, ProblemKind::Range, message);
                }
            }
        }
        for check in &field.checks {
            if evaluate(&check.rule, self.desk, row_number) == Datum::Bool(false) {
                let message = self.fill_in(&check.message, row_number);
                self.add(&path, check.severity, ProblemKind::Check, message);
            }
        }
    }

    fn add(&mut self, path: &Path, severity: Severity, kind: ProblemKind, message: Bilingual) {
        let note = self.record.value(&path.note());
        let is_answered = severity == Severity::Warning
            && matches!(note, Some(Value::Text(note)) if !note.trim().is_empty());
        self.problems.push(Problem { path: path.clone(), severity, kind, message, is_answered });
    }

    fn is_missing(&self, field: &Field, cell: &Cell) -> bool {
        if field.is_group() {
            self.desk.rows.get(field.code()).is_none_or(Vec::is_empty)
        } else {
            cell.datum == Datum::Empty
        }
    }

    fn out_of_range(&self, field: &Field, cell: &Cell, value: Option<&Value>) -> Option<Bilingual> {
        if field.is_automatic() {
            return None;
        }
        let kind = field.definition.kind;
        let range = field.definition.range;
        if field.is_group() {
            let rows = self.desk.rows.get(field.code()).map_or(0, Vec::len);
            let (least, most) = range?;
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            return (rows > most || (rows > 0 && rows < least)).then(|| messages::rows(least, most));
        }
        match &cell.datum {
            Datum::Number(number) => {
                // Without a range a number is not negative (forms.md section 0.1).
                let (least, most) = range.unwrap_or((0, i64::MAX));
                let bound = |bound: i64| Exact::from_integer(i128::from(bound));
                (*number < bound(least) || *number > bound(most))
                    .then(|| messages::number(least, most, field.definition.plain))
            }
            Datum::Text(typed) if matches!(kind, FieldType::Enum) => {
                self.form.choice(field, typed).is_none().then(messages::choice)
            }
            Datum::Text(typed) if matches!(value, Some(Value::Text(_))) => messages::format(kind, typed)
                .or_else(|| {
                    let (least, most) = range?;
                    let length = i64::try_from(typed.trim().chars().count()).unwrap_or(i64::MAX);
                    (length < least || length > most).then(|| messages::length(least, most, length))
                }),
            Datum::Set(chosen) => {
                if kind == FieldType::Multi
                    && chosen.iter().any(|code| self.form.choice(field, code).is_none())
                {
                    return Some(messages::choice());
                }
                let (least, most) = range?;
                let count = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
                (count < least || count > most).then(|| messages::count(least, most))
            }
            Datum::Text(_) => match (value, range) {
                (Some(Value::File(file)), Some((_, megabytes)))
                    if i64::try_from(file.size).unwrap_or(i64::MAX) > megabytes * 1024 * 1024 =>
                {
                    Some(messages::file_size(megabytes))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Replaces `{code}` by the field's value as a reader reads it.
    fn fill_in(&self, message: &Bilingual, row: Option<usize>) -> Bilingual {
        let fill = |text: &str, language| {
            let mut filled = String::with_capacity(text.len());
            let mut rest = text;
            while let Some((before, behind)) = rest.split_once('{') {
                filled.push_str(before);
                let Some((code, after)) = behind.split_once('}') else {
                    filled.push('{');
                    rest = behind;
                    continue;
                };
                filled.push_str(&self.told(code, row, language));
                rest = after;
            }
            filled.push_str(rest);
            filled
        };
        Bilingual { vi: fill(&message.vi, Language::Vi), en: fill(&message.en, Language::En) }
    }

    fn told(&self, code: &str, row: Option<usize>, language: Language) -> String {
        let background = self.desk.background;
        let (code, earlier) = match code.split_once('(') {
            Some(("prev", rest)) => (rest.trim_end_matches(')'), Some(&background.previous)),
            Some(("h1", rest)) => (rest.trim_end_matches(')'), Some(&background.h1)),
            _ => (code, None),
        };
        let Some(at) = self.form.position(code) else {
            return match code {
                "cutoff" | "period_end" => text::day::show(background.end()),
                "period_start" => text::day::show(background.start()),
                "due" => text::day::show(background.duty.due),
                "today" => text::day::show(self.desk.today),
                _ => String::new(),
            };
        };
        let field = &self.form.fields[at];
        let datum = match earlier {
            Some(figures) => figures.get(code).cloned().unwrap_or_default(),
            None => self.desk.cell_at(at, row).map(|cell| cell.datum.clone()).unwrap_or_default(),
        };
        let choice =
            |code: &str| self.form.choice(field, code).map(|choice| choice.label.get(language).to_owned());
        text::tell(&field.definition, &datum, &choice, language)
    }
}

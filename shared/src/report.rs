//! A form with everything its rules look at, as the ledger asks for it.
//!
//! Phone and server judge ops with this same piece, so that the phone foretells the verdict.

use crate::date::Date;
use crate::{
    background::{Background, Figures},
    definition::Severity,
    form::{Field, Form},
    op::Path,
    record::Record,
    sheet::{Sheet, takes},
    sync::{ledger::Content, verdict::Refusal},
    value::Value,
};

/// Longest note that answers a warning, in characters.
const LONGEST_NOTE: usize = 2_000;

/// A form, what lies outside the record, and the day.
#[derive(Debug, Clone, Copy)]
pub struct FilledForm<'a> {
    /// The form, in the version of the duty.
    pub form: &'a Form,
    /// What lies outside the record.
    pub background: &'a Background,
    /// The day in Việt Nam.
    pub today: Date,
}

impl FilledForm<'_> {
    /// The sheet of a record.
    pub fn sheet(&self, record: &Record) -> Sheet {
        Sheet::compute(self.form, record, self.background, self.today)
    }

    /// The figures the record contributes once it is submitted.
    pub fn figures(&self, record: &Record) -> Figures {
        self.sheet(record).figures(self.form)
    }
}

impl Content for FilledForm<'_> {
    fn accepts(&self, path: &Path, value: Option<&Value>) -> Result<(), Refusal> {
        let field = self.form.field(&path.code()).ok_or(Refusal::UnknownField)?;
        // A note on a note, or a value on a group as a whole, would be a problem nobody can reach.
        let is_plain = path.0.matches('#').count() <= usize::from(path.is_note());
        let shape_fits = match path.in_row() {
            None => field.group.is_none() && (path.is_note() || !field.is_group()),
            Some((group, row, member)) => {
                self.form.field(group).is_some_and(Field::is_group) && is_row_id(row) && member != Some("")
            }
        };
        if !is_plain || !shape_fits {
            return Err(Refusal::UnknownField);
        }
        match value {
            _ if path.is_note() => match value {
                None => Ok(()),
                Some(Value::Text(note)) if note.chars().count() <= LONGEST_NOTE => Ok(()),
                Some(_) => Err(Refusal::WrongType),
            },
            _ if field.is_automatic() => Err(Refusal::UnknownField),
            None => Ok(()),
            // A row says that it is there by a yes at its own place.
            Some(value) if field.is_group() => {
                if *value == Value::Bool(true) {
                    Ok(())
                } else {
                    Err(Refusal::WrongType)
                }
            }
            Some(value) if takes(field.definition.kind, value) => Ok(()),
            Some(_) => Err(Refusal::WrongType),
        }
    }

    fn is_ready(&self, record: &Record) -> Result<(), Refusal> {
        let sheet = self.sheet(record);
        let open = sheet.problems.iter().filter(|problem| problem.is_open());
        match open.map(|problem| problem.severity).max() {
            None => Ok(()),
            Some(Severity::Error) => Err(Refusal::OpenErrors),
            Some(Severity::Warning) => Err(Refusal::UnansweredWarnings),
        }
    }

    fn figures_of_others(&self, record: &Record) -> Option<String> {
        let sheet = self.background.schools.is_some().then(|| self.sheet(record))?;
        let mut told = String::new();
        for field in self.form.fields.iter().filter(|field| field.is_of_others()) {
            if let Some(figure) = sheet.computed(field) {
                told += &format!("{}={}\n", field.code(), figure);
            }
        }
        Some(told)
    }
}

/// Row ids are made by devices; anything that could be taken for a path is not one.
fn is_row_id(row: &str) -> bool {
    (1..=64).contains(&row.len())
        && row.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

//! A report to be read: every relevant answer in words, with last time's value and what is said about it.

use crate::api;
use crate::app::later;
use crate::components::field::{Question, Telling};
use crate::components::prose::Article;
use crate::prelude::*;
use crate::state::{Report, give_back};
use lantoa_shared::{
    background::Background,
    definition::{FieldType, Severity},
    form::Form,
    language::Language,
    op::Path,
    record::Record,
    sheet::{Problem, Sheet},
    value::{Datum, Exact, FileRef, Value},
};
use leptos::task::spawn_local;
use std::sync::Arc;

/// One answer.
pub struct Reading {
    /// The question at its place.
    pub question: Question,
    /// The number of the row it is in.
    pub row: Option<usize>,
    /// The answer; empty if there is none.
    pub told: String,
    /// The pictures it may show, if it is an article.
    pub shown: Option<Vec<FileRef>>,
    /// The files it consists of: their names, and where their bytes are.
    pub files: Vec<(String, String)>,
    /// Names of its films, and where a small picture of each is.
    posters: Vec<(String, String)>,
    /// Last time's value in words, and how it changed.
    pub previous: Option<(String, Option<String>)>,
    /// What is wrong there.
    pub problems: Vec<Problem>,
    /// The explanation that was given.
    pub note: String,
    /// How many answers stand there that did not see each other, if it is more than one.
    pub n_answers: usize,
    /// Whether the centre put it together out of two.
    pub is_merged: bool,
}

impl Reading {
    /// Names and addresses of small pictures of its files, of those that are pictures or films.
    pub fn pictures(&self) -> Vec<(String, String)> {
        self.files.iter().filter_map(small).chain(self.posters.iter().cloned()).collect()
    }

    /// Whether it is a long text.
    pub fn is_long(&self) -> bool {
        self.question.definition.kind == FieldType::Long || self.told.chars().count() > 60
    }

    /// The answer as an article, if it is one.
    pub fn drawn(&self, report: Report) -> Option<AnyView> {
        let shown = self.shown.as_ref()?;
        Some(later::article(&article(report, self.told.clone(), shown)))
    }

    /// The gravest complaint that stands open.
    pub fn problem(&self) -> Option<&'static str> {
        let open = self.problems.iter().filter(|it| it.is_open());
        open.map(|it| it.severity).max().map(|severity| match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// What is needed to read a report.
pub struct Reader<'a> {
    /// The form.
    pub form: &'a Form,
    /// What was entered.
    pub record: &'a Record,
    /// What it amounts to.
    pub sheet: &'a Sheet,
    /// What lies outside.
    pub background: &'a Arc<Background>,
    /// Names for codes.
    pub telling: Telling,
    /// The language.
    pub language: Language,
}

impl Reader<'_> {
    /// The answers of a section, in the order of the form; rows of a group one after another.
    pub fn section(&self, at: usize) -> Vec<Reading> {
        let fields = &self.form.fields[self.form.sections[at].fields.clone()];
        let mut readings = Vec::new();
        for field in fields.iter().filter(|field| field.group.is_none()) {
            let path = Path::field(field.code());
            if !self.sheet.cell(&path).is_some_and(|cell| cell.is_relevant) {
                continue;
            }
            readings.push(self.read(Question::new(self.form, field, path), None));
            if field.is_group() {
                for (number, row) in self.sheet.rows(field.code()).iter().enumerate() {
                    for member in self.form.members(field.code()) {
                        let path = Path::member(field.code(), row, member.member());
                        if self.sheet.cell(&path).is_some_and(|cell| cell.is_relevant) {
                            readings
                                .push(self.read(Question::new(self.form, member, path), Some(number + 1)));
                        }
                    }
                }
            }
        }
        readings
    }

    fn read(&self, question: Question, row: Option<usize>) -> Reading {
        let path = &question.path;
        let datum = self.sheet.cell(path).map(|cell| cell.datum.clone()).unwrap_or_default();
        let told = match self.record.value(path) {
            Some(Value::Unparsed(typed)) => typed.clone(),
            _ if question.definition.kind == FieldType::Group => {
                self.sheet.rows(&question.definition.code).len().to_string()
            }
            _ => self.telling.tell_in_full(&question, &datum, self.language),
        };
        let note = match self.record.value(&path.note()) {
            Some(Value::Text(note)) => note.clone(),
            _ => String::new(),
        };
        let named = match self.record.value(path) {
            Some(Value::File(file)) => std::slice::from_ref(file),
            Some(Value::Files(files)) => files,
            _ => &[],
        };
        let shown = question.definition.prose.as_ref().filter(|_| !told.is_empty());
        let shown = shown.map(|pictures| match self.record.value(&Path::field(pictures)) {
            Some(Value::Files(files)) => files.clone(),
            _ => Vec::new(),
        });
        let files = named.iter().map(opened).collect();
        let poster = |file: &FileRef| Some((file.name.clone(), api::small_address(file.poster.as_ref()?)));
        let posters = named.iter().filter_map(poster).collect();
        let previous = self.previous(&question, &datum).filter(|_| row.is_none());
        let problems = self.sheet.problems_at(path).cloned().collect();
        let entries = self.record.entries(path);
        let n_answers = if self.record.is_clash(path) { entries.len() } else { 0 };
        let is_merged = entries.iter().any(|entry| !entry.merged.is_empty());
        Reading { row, told, shown, files, posters, previous, problems, note, n_answers, is_merged, question }
    }

    fn previous(&self, question: &Question, datum: &Datum) -> Option<(String, Option<String>)> {
        let before = self.background.previous.get(&question.definition.code)?;
        if matches!(before, Datum::Text(_) | Datum::Set(_) | Datum::Empty) {
            return None;
        }
        let change = match (before, datum) {
            (Datum::Number(before), Datum::Number(now)) if before != now => Some(change(*before, *now)),
            _ => None,
        };
        Some((self.telling.tell_in_full(question, before, self.language), change))
    }
}

/// An article with those of these files that are pictures.
pub fn article(report: Report, text: String, files: &[FileRef]) -> Article {
    let picture = |file: &FileRef| {
        let address = RwSignal::new(None::<String>);
        let wanted = file.clone();
        spawn_local(async move {
            let Some(made) = report.picture_address(&wanted).await else { return };
            if address.try_get_untracked().is_some() {
                address.set(Some(made));
            } else {
                give_back(&made);
            }
        });
        on_cleanup(move || {
            if let Some(Some(made)) = address.try_get_untracked() {
                give_back(&made);
            }
        });
        (file.clone(), address)
    };
    let pictures = files.iter().filter(|file| file.mime.starts_with("image/")).map(picture).collect();
    Article { text, is_prose: true, pictures: Arc::new(pictures) }
}

fn opened(file: &FileRef) -> (String, String) {
    (file.name.clone(), api::file_address(&file.sha256))
}

/// By how much a number changed: `+12` or `-3`.
fn change(before: Exact, now: Exact) -> String {
    let difference = now - before;
    let sign = if difference > Exact::from_integer(0) { "+" } else { "" };
    format!("{sign}{}", lantoa_shared::text::number::exact(difference))
}

/// Name and address of a small picture of a file, if it is a picture.
fn small((name, address): &(String, String)) -> Option<(String, String)> {
    let ending = name.rsplit_once('.')?.1;
    let is_picture = ["jpg", "jpeg", "png", "webp"].iter().any(|its| ending.eq_ignore_ascii_case(its));
    is_picture.then(|| (name.clone(), format!("{address}/small")))
}

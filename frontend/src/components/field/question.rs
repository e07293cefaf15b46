//! What a field asks, and what a person may do to it.

use crate::prelude::*;
use crate::state::Units;
use lantoa_shared::{
    background::Background,
    definition::{Choice, FieldDefinition, FieldType, TimeKind},
    form::{Field, Form},
    language::Language,
    map::Map,
    op::Path,
    text::{self, day},
    value::{Datum, FileRef, Value},
};
use std::sync::Arc;

/// A field of a form at one place of a record.
#[derive(Debug, Clone)]
pub struct Question {
    /// Where in the record.
    pub path: Path,
    /// What the form says of it.
    pub definition: FieldDefinition,
    /// Its choices; empty where it has no list.
    pub choices: Vec<Choice>,
    /// Whether nobody types it.
    pub is_automatic: bool,
    /// The days the answer is about, where it is about what happened within the period.
    pub window: Option<String>,
    /// The unit that must be among the answers.
    pub expected: Option<String>,
    /// Whether its files are those of a media item.
    pub is_media: bool,
    /// Whether its files are the pictures of an article.
    pub is_of_article: bool,
}

impl Question {
    /// The question a field asks at a place.
    pub fn new(form: &Form, field: &Field, path: Path) -> Self {
        let is_of = |other: &Field| other.definition.prose.as_deref() == Some(field.code());
        Self {
            path,
            is_of_article: form.fields.iter().any(is_of),
            window: None,
            expected: None,
            is_media: false,
            definition: field.definition.clone(),
            choices: form.choices(field).to_vec(),
            is_automatic: field.is_automatic(),
        }
    }

    /// The question as it is asked for a duty: what happened within its period names the days, since schools
    /// think in school years (Decree 09/2019). Computed figures and rows stand under a heading that names them.
    pub fn within(self, background: &Background) -> Self {
        let names_days = self.definition.time == Some(TimeKind::Flow)
            && !self.is_automatic
            && self.path.in_row().is_none();
        let wants_recipient = self.definition.checks.iter().any(|it| it.rule.contains("contains_recipient("));
        Self {
            window: (names_days && background.duty.entry.is_none())
                .then(|| day::window(background.start(), background.end())),
            expected: wants_recipient.then(|| background.duty.recipient.clone()),
            is_media: background.duty.entry.is_some(),
            ..self
        }
    }

    /// The id of its control on the page.
    pub fn id(&self) -> String {
        format!("f-{}", self.path)
    }

    /// The id of something that belongs to its control.
    pub fn part(&self, part: &str) -> String {
        format!("f-{}-{part}", self.path)
    }

    /// Whether the answer is short enough to stand beside the question on a wide screen.
    pub fn is_line(&self) -> bool {
        use FieldType as F;
        !self.is_automatic
            && matches!(self.definition.kind, F::Int | F::Dec | F::Money | F::Date | F::Datetime | F::Bool)
    }

    /// Whether the answer is a number of something.
    pub fn is_measured(&self) -> bool {
        use FieldType as F;
        // What comes from outside the record is a name: a year, a serial number.
        let is_name = self.definition.source.as_ref().is_some_and(|source| !source.starts_with("files."));
        matches!(self.definition.kind, F::Int | F::Dec | F::Money | F::Pct) && !is_name
    }

    /// Whether the control is a group of choices, named by text, and not one input with a label.
    pub fn is_labelled_group(&self) -> bool {
        use FieldType as F;
        match self.definition.kind {
            F::Bool | F::Multi | F::File | F::Files => true,
            F::Enum => self.choices.len() <= 5,
            _ => false,
        }
    }

    /// The text a control shows for a value.
    pub fn shown(&self, value: Option<&Value>) -> String {
        value.map(|value| text::show_in(&self.definition, value)).unwrap_or_default()
    }

    /// The field's choice with this code.
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.code == code)
    }
}

/// Names for what stands in a record as a code.
#[derive(Clone, Copy)]
pub struct Telling {
    /// All units known here.
    pub units: Signal<Arc<Units>>,
    /// The people the record mentions.
    pub people: Signal<Arc<Map<String, String>>>,
    /// The id of this device.
    pub device: Signal<String>,
}

impl Telling {
    /// A value as a reader reads it; empty where there is none.
    pub fn tell(self, question: &Question, datum: &Datum, language: Language) -> String {
        let name = |code: &str| match question.definition.kind {
            FieldType::Unit | FieldType::Units => {
                self.units.with(|units| units.get(code).map(|unit| unit.name.get(language).to_owned()))
            }
            _ => question.choice(code).map(|choice| choice.label.get(language).to_owned()),
        };
        text::tell(&question.definition, datum, &name, language)
    }

    /// What a person is called; nobody is ever shown as an id.
    pub fn person(self, id: &str) -> Option<String> {
        self.people.with(|people| people.get(id).cloned())
    }

    /// A value with its unit of measure: `42 người`.
    pub fn tell_in_full(self, question: &Question, datum: &Datum, language: Language) -> String {
        let told = self.tell(question, datum, language);
        match (&question.definition.unit, datum) {
            (Some(unit), Datum::Number(_))
                if question.is_measured() && question.definition.kind != FieldType::Pct =>
            {
                format!("{told}\u{a0}{}", unit.get(language))
            }
            _ => told,
        }
    }
}

/// What a person did to a field.
#[derive(Clone)]
pub enum FieldEvent {
    /// The person wants to record a sound for it.
    Record(Path),
    /// Came to it.
    Enter(Path),
    /// Typed; this is the whole text now.
    Typing(Path, String),
    /// Left it, or pressed Enter.
    Leave(Path),
    /// Picked a value, or took it away.
    Set(Path, Option<Value>),
    /// Attached a file.
    Attach(Path, web_sys::File),
    /// Took a file away, by its hash.
    Detach(Path, String),
    /// Wants to edit a picture.
    Edit(Path, FileRef),
}

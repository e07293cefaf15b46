//! A programme: one city and one plan, as data files.
//!
//! Units, forms, lists, calendar, targets and settings come from files; another city or another
//! plan is another folder. Everything is checked when it is loaded, and a mistake is named by
//! file, form, field and place.

pub mod calendar;

use crate::map::Map;
use crate::set::Set;
use crate::{
    definition::{Choice, FieldDefinition, FormDefinition, SectionDefinition},
    duty::Duty,
    form::Form,
    language::Bilingual,
    period::Period,
    target::Target,
    unit::Unit,
    value::{Datum, Decimal},
};
use calendar::Calendar;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;

/// Names and settings of a programme; phones get them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `hue-71`.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// The city.
    pub city: Bilingual,
    /// The place name at the head of documents.
    pub place: String,
    /// The forms that are published, by code.
    pub forms: Vec<String>,
    /// Working days from the cut-off to the due date, by unit type.
    pub deadline_working_days: Map<String, u32>,
    /// Names of the unit types.
    #[serde(default)]
    pub unit_types: Map<String, Bilingual>,
    /// An administrator's settings, by key and by period kind or `*`.
    #[serde(default)]
    pub settings: Map<String, Map<String, Decimal>>,
}

impl Settings {
    /// The settings as rules read them.
    pub fn for_rules(&self) -> Map<String, Map<String, Datum>> {
        let datum = |kinds: &Map<String, Decimal>| {
            kinds.iter().map(|(kind, number)| (kind.clone(), Datum::Number(number.exact()))).collect()
        };
        self.settings.iter().map(|(key, kinds)| (key.clone(), datum(kinds))).collect()
    }
}

/// A programme, checked.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Names and settings.
    pub settings: Settings,
    /// The units that the data names (schools are registered, not written here).
    pub units: Vec<Unit>,
    /// Working days.
    pub calendar: Calendar,
    /// Choice lists by name.
    pub choices: Map<String, Vec<Choice>>,
    /// Targets.
    pub targets: Vec<Target>,
    /// The forms as phones get them, sections written out.
    pub definitions: Vec<FormDefinition>,
    /// The same forms, ready to be filled.
    pub forms: Vec<Form>,
}

/// A mistake in the files of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, or the form.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Fault {}

/// A form's file: its sections are blocks in files of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    code: String,
    version: u32,
    title: Bilingual,
    unit_types: Vec<String>,
    sections: Vec<SectionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    block: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    code: String,
    title: Bilingual,
    fields: Vec<FieldDefinition>,
}

impl Programme {
    /// Loads a programme; `read` gives the text of a file of its folder.
    ///
    /// # Errors
    /// All mistakes found.
    pub fn load(read: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let mut loader = Loader { read, faults: Vec::new() };
        let settings: Option<Settings> = loader.file("programme.json");
        let units: Vec<Unit> = loader.file("units.json").unwrap_or_default();
        let calendar: Calendar = loader.file("calendar.json").unwrap_or_default();
        let choices: Map<String, Vec<Choice>> = loader.file("choices.json").unwrap_or_default();
        let targets: Vec<Target> = loader.file("targets.json").unwrap_or_default();
        let codes = settings.as_ref().map(|settings| settings.forms.clone()).unwrap_or_default();
        let definitions: Vec<FormDefinition> = codes.iter().filter_map(|code| loader.form(code)).collect();
        let mut forms = Vec::new();
        for definition in &definitions {
            match Form::load(definition, &choices) {
                Ok(form) => forms.push(form),
                Err(faults) => faults.iter().for_each(|fault| loader.add("forms", fault)),
            }
        }
        loader.check_units(&units);
        loader.check_targets(&targets, &forms);
        match settings {
            Some(settings) if loader.faults.is_empty() => {
                Ok(Self { settings, units, calendar, choices, targets, definitions, forms })
            }
            _ => Err(loader.faults),
        }
    }

    /// The form with this code and version.
    pub fn form(&self, code: &str, version: u32) -> Option<&Form> {
        self.forms.iter().find(|form| form.code == code && form.version == version)
    }

    /// What a unit owes for a period: one duty per form for units of its type.
    pub fn duties(&self, unit: &Unit, period: Period) -> Vec<Duty> {
        let Some(recipient) = &unit.recipient else { return Vec::new() };
        let working_days = self.settings.deadline_working_days.get(&unit.kind).copied().unwrap_or(0);
        let due = self.calendar.after(period.end(), working_days);
        let owed = self.forms.iter().filter(|form| form.unit_types.contains(&unit.kind));
        owed.map(|form| Duty {
            unit: unit.code.clone(),
            form: form.code.clone(),
            form_version: form.version,
            period,
            due,
            recipient: recipient.clone(),
        })
        .collect()
    }
}

struct Loader<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl Loader<'_> {
    fn add(&mut self, place: &str, message: impl ToString) {
        self.faults.push(Fault { place: place.to_owned(), message: message.to_string() });
    }

    fn file<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let Some(text) = (self.read)(name) else {
            self.add(name, "the file is missing");
            return None;
        };
        serde_json::from_str(&text).map_err(|error| self.add(name, error)).ok()
    }

    fn form(&mut self, code: &str) -> Option<FormDefinition> {
        let file: FormFile = self.file(&format!("forms/{code}.json"))?;
        let mut sections = Vec::new();
        for section in &file.sections {
            let name = format!("forms/blocks/{}.json", section.block);
            let block: BlockFile = self.file(&name)?;
            if block.code != section.block {
                self.add(&name, format!("calls itself {}", block.code));
            }
            sections.push(SectionDefinition { code: block.code, title: block.title, fields: block.fields });
        }
        let FormFile { code, version, title, unit_types, .. } = file;
        Some(FormDefinition { code, version, title, unit_types, sections })
    }

    fn check_units(&mut self, units: &[Unit]) {
        let mut codes = Set::new();
        for unit in units {
            if !codes.insert(&unit.code) {
                self.add("units.json", format!("{} is there twice", unit.code));
            }
        }
        for unit in units {
            for other in unit.parent.iter().chain(&unit.recipient) {
                if !codes.contains(other) {
                    self.add("units.json", format!("{} names {other}, which is not there", unit.code));
                }
            }
        }
    }

    fn check_targets(&mut self, targets: &[Target], forms: &[Form]) {
        for target in targets {
            for form in &target.forms {
                let Some(form) = forms.iter().find(|its| its.code == *form) else {
                    self.add(
                        "targets.json",
                        format!("{} names form {form}, which is not there", target.code),
                    );
                    continue;
                };
                for field in target.measure.fields() {
                    if form.field(field).is_none() {
                        let (target, form) = (&target.code, &form.code);
                        self.add(
                            "targets.json",
                            format!("{target} names {field}, which {form} does not have"),
                        );
                    }
                }
            }
        }
    }
}

//! A programme: one city and one plan, as data files.
//!
//! Units, forms, lists, calendar, targets and settings come from files; another city or another
//! plan is another folder. Everything is checked when it is loaded, and a mistake is named by
//! file, form, field and place.
//!
//! A published version of a form never changes and never leaves: reports that were begun with it are
//! read and judged by it for ever, and only duties made later take a newer one.

pub mod calendar;
mod load;
mod outside;

use crate::map::Map;
use crate::{
    definition::{Choice, FormDefinition},
    duty::{Duty, EntryId},
    form::Form,
    language::Bilingual,
    period::{Period, PeriodKind, Windows},
    target::Target,
    unit::Unit,
    value::{Datum, Decimal},
};
use calendar::Calendar;
use serde::{Deserialize, Serialize};
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
    /// The first report year for which anything is owed.
    pub first_year: i16,
    /// The kinds of periods for which reports are asked.
    pub periods: Vec<PeriodKind>,
    /// The days they are about.
    #[serde(default, skip_serializing_if = "Windows::are_the_decrees")]
    pub windows: Windows,
    /// Every version of every report form that was ever published, as `FA.1`.
    pub forms: Vec<String>,
    /// Every version of every register's form that was ever published, as `FH.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<String>,
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
    /// The forms in all versions as phones get them, sections written out.
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

impl Programme {
    /// The form with this code and version.
    pub fn form(&self, code: &str, version: u32) -> Option<&Form> {
        self.forms.iter().find(|form| form.code == code && form.version == version)
    }

    /// The newest version of a form.
    pub fn newest_form(&self, code: &str) -> Option<&Form> {
        self.newest_forms().find(|form| form.code == code)
    }

    /// Every form in its newest version.
    pub fn newest_forms(&self) -> impl Iterator<Item = &Form> {
        let is_newest = |form: &&Form| {
            !self.forms.iter().any(|other| other.code == form.code && other.version > form.version)
        };
        self.forms.iter().filter(is_newest)
    }

    /// What a unit owes for a period: one duty per form for units of its type, in its newest version.
    pub fn duties(&self, unit: &Unit, period: Period) -> Vec<Duty> {
        let Some(recipient) = &unit.recipient else { return Vec::new() };
        let working_days = self.settings.deadline_working_days.get(&unit.kind).copied().unwrap_or(0);
        let due = self.calendar.after(self.settings.windows.end(period), working_days);
        let owed = self
            .newest_forms()
            .filter(|form| form.recipient.is_none() && form.unit_types.contains(&unit.kind));
        owed.map(|form| Duty {
            unit: unit.code.clone(),
            form: form.code.clone(),
            form_version: form.version,
            period,
            due,
            recipient: recipient.clone(),
            entry: None,
        })
        .collect()
    }

    /// The frame of an entry that a unit begins; `None` if there is no such register, or not for units of its type.
    pub fn entry(&self, id: EntryId<'_>, unit: &Unit) -> Option<Duty> {
        let form = self.form(id.form, id.form_version).filter(|form| form.unit_types.contains(&unit.kind))?;
        Some(id.frame(form.recipient.as_ref()?, &self.settings.windows))
    }
}

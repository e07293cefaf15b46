//! The programme on the server: read from its folder, with what the server derives from it – the
//! periods that are running, every unit's duties, and the rows that every phone gets.

use crate::{registry::Registry, store};
use lantoa_shared::date::Date;
use lantoa_shared::map::Map;
use lantoa_shared::{
    background::Background,
    definition::{Choice, FormDefinition},
    duty::{Duty, EntryId},
    form::Form,
    language::Bilingual,
    period::{self, Windows},
    programme::{Fault, Programme as Data},
    report::FilledForm,
    target::Target,
    unit::Unit,
    value::Datum,
    wire::v1::RowKind,
};
use std::{fs, path::Path};

/// The programme, checked.
#[derive(Debug)]
pub struct Programme {
    data: Data,
    settings: Map<String, Map<String, Datum>>,
}

/// A row of the public bucket.
#[derive(Debug, Clone)]
pub struct PublicRow {
    /// Its kind.
    pub kind: RowKind,
    /// Its id.
    pub id: String,
    /// Its body, as JSON.
    pub body: String,
}

impl Programme {
    /// Reads and checks the files of a folder.
    ///
    /// # Errors
    /// Every mistake found, with its place.
    pub fn load(folder: &Path) -> Result<Self, Vec<Fault>> {
        let data = Data::load(&|name| fs::read_to_string(folder.join(name)).ok())?;
        let settings = data.settings.for_rules();
        Ok(Self { data, settings })
    }

    /// What it is called.
    pub fn name(&self) -> &Bilingual {
        &self.data.settings.name
    }

    /// The city.
    pub fn city(&self) -> &Bilingual {
        &self.data.settings.city
    }

    /// Settings by key and by period kind or `*`, as rules read them.
    pub fn settings(&self) -> &Map<String, Map<String, Datum>> {
        &self.settings
    }

    /// The days of the periods.
    pub fn windows(&self) -> &Windows {
        &self.data.settings.windows
    }

    /// The units that the files name.
    pub fn units(&self) -> &[Unit] {
        &self.data.units
    }

    /// The names of the unit types.
    pub fn unit_types(&self) -> &Map<String, Bilingual> {
        &self.data.settings.unit_types
    }

    /// The choices of a list; none where there is no such list.
    pub fn choices(&self, list: &str) -> &[Choice] {
        self.data.choices.get(list).map_or(&[], Vec::as_slice)
    }

    /// The targets.
    pub fn targets(&self) -> &[Target] {
        &self.data.targets
    }

    /// The newest version of a form.
    pub fn newest_form(&self, code: &str) -> Option<&Form> {
        self.data.newest_form(code)
    }

    /// The forms in all versions, as phones get them.
    pub fn definitions(&self) -> &[FormDefinition] {
        &self.data.definitions
    }

    /// One version of a form.
    pub fn form(&self, code: &str, version: u32) -> Option<&Form> {
        self.data.form(code, version)
    }

    /// Whether the article of an entry is in the markup of [`lantoa_shared::prose`]: its form says so, and those of
    /// before there was any do not.
    pub fn asks_for_prose(&self, id: &str) -> bool {
        let id = EntryId::read(id);
        let form = id.and_then(|id| self.form(id.form, id.form_version));
        form.is_some_and(|form| form.fields.iter().any(|field| field.definition.prose.is_some()))
    }

    /// The form of a duty, in its version, with everything its rules look at.
    pub fn fill<'a>(&'a self, background: &'a Background, today: Date) -> Option<FilledForm<'a>> {
        let form = self.data.form(&background.duty.form, background.duty.form_version)?;
        Some(FilledForm { form, background, today })
    }

    /// What all units owe for all periods that have begun by `today`.
    pub fn duties(&self, registry: &Registry, today: Date) -> Vec<Duty> {
        let settings = &self.data.settings;
        let periods = period::begun(settings.first_year, &settings.periods, &settings.windows, today);
        let owed = |unit| periods.iter().flat_map(move |period| self.data.duties(unit, *period));
        registry.units().flat_map(owed).collect()
    }

    /// The frame of an entry that a unit begins; `None` if there is no such register, or not for units of its type.
    pub fn entry(&self, id: EntryId<'_>, unit: &Unit) -> Option<Duty> {
        self.data.entry(id, unit)
    }

    /// The rows that every phone gets.
    ///
    /// # Errors
    /// If a body cannot be written as JSON.
    pub fn rows(&self) -> Result<Vec<PublicRow>, store::Error> {
        let mut rows = Vec::new();
        let mut add = |kind, id: String, body| rows.push(PublicRow { kind, id, body });
        let settings = &self.data.settings;
        add(RowKind::Programme, settings.code.clone(), store::text("programme", settings)?);
        for (name, choices) in &self.data.choices {
            add(RowKind::Choices, name.clone(), store::text("choice list", choices)?);
        }
        for form in &self.data.definitions {
            add(RowKind::Form, format!("{}.{}", form.code, form.version), store::text("form", form)?);
        }
        for target in &self.data.targets {
            add(RowKind::Target, target.code.clone(), store::text("target", target)?);
        }
        Ok(rows)
    }
}

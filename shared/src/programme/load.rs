//! Reads the files of a programme and finds everything that is wrong with them.
//!
//! Files of forms and blocks bear their version in their name (`forms/FA.1.json`), so a change makes a
//! new file beside the one that was published. Only the server runs this; phones get what passed.

use super::{Fault, Programme, Settings, calendar::Calendar, outside};
use crate::{
    definition::{Choice, FieldDefinition, FormDefinition, SectionDefinition},
    form::Form,
    language::Bilingual,
    map::Map,
    set::Set,
    target::Target,
    unit::Unit,
};
use serde::{Deserialize, de::DeserializeOwned};

/// A form's file: its sections are blocks in files of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    code: String,
    version: u32,
    title: Bilingual,
    unit_types: Vec<String>,
    recipient: Option<String>,
    sections: Vec<SectionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    /// The block and its version, `PRD.1`.
    block: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    code: String,
    version: u32,
    title: Bilingual,
    fields: Vec<FieldDefinition>,
    /// Why a field is as it is, for whoever reads the file; by its code.
    #[serde(default)]
    remarks: Map<String, String>,
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
        let Some(settings) = settings else { return Err(loader.faults) };
        loader.check_units(&units, &settings);
        loader.check_settings(&settings);
        let definitions: Vec<FormDefinition> =
            settings.forms.iter().chain(&settings.registers).filter_map(|id| loader.form(id)).collect();
        loader.check_registers(&definitions, &settings, &units);
        let mut forms = Vec::new();
        for definition in &definitions {
            match Form::load(definition, &choices) {
                Ok(form) => forms.push(form),
                Err(faults) => {
                    let place = place(&format!("{}.{}", definition.code, definition.version));
                    faults.iter().for_each(|fault| loader.add(&place, fault));
                }
            }
        }
        let programme = Self { settings, units, calendar, choices, targets, definitions, forms };
        loader.check_targets(&programme);
        // A form that does not load would make every name in it look unknown.
        if loader.faults.is_empty() {
            for (form, fault) in outside::faults(&programme) {
                loader.add(&place(&format!("{}.{}", form.code, form.version)), fault);
            }
        }
        if loader.faults.is_empty() { Ok(programme) } else { Err(loader.faults) }
    }
}

/// The file of a form's version.
fn place(id: &str) -> String {
    format!("forms/{id}.json")
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
        // What a phone gets may say more than its app knows; what is written here may not.
        let mut unknown = Vec::new();
        let mut reader = serde_json::Deserializer::from_str(&text);
        let read = serde_ignored::deserialize(&mut reader, |key| unknown.push(key.to_string()));
        unknown.iter().for_each(|key| self.add(name, format!("unknown field `{key}`")));
        read.and_then(|read| reader.end().map(|()| read)).map_err(|error| self.add(name, error)).ok()
    }

    /// Reads one version of a form, `FA.1`.
    fn form(&mut self, id: &str) -> Option<FormDefinition> {
        let name = place(id);
        let file: FormFile = self.file(&name)?;
        self.check_id(&name, id, &file.code, file.version);
        let mut sections = Vec::new();
        for section in &file.sections {
            let name = format!("forms/blocks/{}.json", section.block);
            let block: BlockFile = self.file(&name)?;
            self.check_id(&name, &section.block, &block.code, block.version);
            for about in block.remarks.keys() {
                if !block.fields.iter().any(|field| field.code == *about) {
                    self.add(&name, format!("a remark is about {about}, which is not there"));
                }
            }
            sections.push(SectionDefinition { code: block.code, title: block.title, fields: block.fields });
        }
        let FormFile { code, version, title, unit_types, recipient, .. } = file;
        Some(FormDefinition { code, version, title, unit_types, recipient, sections })
    }

    fn check_id(&mut self, name: &str, id: &str, code: &str, version: u32) {
        if id != format!("{code}.{version}") {
            self.add(name, format!("calls itself {code}, version {version}"));
        }
    }

    fn check_settings(&mut self, settings: &Settings) {
        if settings.periods.is_empty() {
            self.add("programme.json", "asks for no period");
        }
        let mut ids = Set::new();
        for id in settings.forms.iter().chain(&settings.registers) {
            if !ids.insert(id) {
                self.add("programme.json", format!("names form {id} twice"));
            }
        }
    }

    /// Entries of a register go to a unit that is there; a report's recipient is its unit's.
    fn check_registers(&mut self, definitions: &[FormDefinition], settings: &Settings, units: &[Unit]) {
        for form in definitions {
            let id = format!("{}.{}", form.code, form.version);
            match (&form.recipient, settings.registers.contains(&id)) {
                (Some(_), false) => self.add(&place(&id), "names a recipient, but is no register"),
                (None, true) => self.add(&place(&id), "is a register, but names no recipient"),
                (Some(unit), true) if !units.iter().any(|its| its.code == *unit) => {
                    self.add(&place(&id), format!("names {unit}, which is not there"));
                }
                _ => {}
            }
        }
    }

    fn check_units(&mut self, units: &[Unit], settings: &Settings) {
        let mut codes = Set::new();
        for unit in units {
            if !settings.unit_types.contains_key(&unit.kind) {
                let (code, kind) = (&unit.code, &unit.kind);
                self.add(
                    "units.json",
                    format!("{code} is of type {kind}, which programme.json does not name"),
                );
            }
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
        self.check_for_circles(units, "reports", |unit| unit.recipient.as_deref());
        self.check_for_circles(units, "belongs", |unit| unit.parent.as_deref());
    }

    /// Whoever goes up from a unit must come to an end (R2).
    fn check_for_circles(&mut self, units: &[Unit], does: &str, above: impl Fn(&Unit) -> Option<&str>) {
        let find = |code: &str| units.iter().find(|unit| unit.code == code);
        for unit in units {
            let mut way = vec![unit.code.as_str()];
            let mut next = above(unit);
            while let Some(code) = next {
                way.push(code);
                if code == unit.code {
                    self.add("units.json", format!("{code} {does} to itself: {}", way.join(" → ")));
                    break;
                }
                // A circle further up is told of the units in it.
                next = if way.len() > units.len() { None } else { find(code).and_then(&above) };
            }
        }
    }

    fn check_targets(&mut self, programme: &Programme) {
        for target in &programme.targets {
            for form in &target.forms {
                let Some(form) = programme.newest_form(form) else {
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

//! What the centre sent, as far as lists need it, in memory. Read anew whenever the store changed.

use crate::store::{Brief, HeldProgramme, HeldRow, HeldWork};
use lantoa_shared::{
    background::Background, definition::Choice, duty::Duty, language::Bilingual, person::Person,
    target::Target, unit::Unit,
};
use serde::de::DeserializeOwned;
use std::{collections::BTreeMap, sync::Arc};

/// Units by their codes.
pub type Units = BTreeMap<String, Arc<Unit>>;

/// What the centre sent.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    /// Names and settings of the programme.
    pub programme: Option<Arc<serde_json::Value>>,
    /// Choice lists by their names.
    pub choices: BTreeMap<String, Arc<Vec<Choice>>>,
    /// Units by their codes.
    pub units: Arc<Units>,
    /// Targets by their codes.
    pub targets: Arc<BTreeMap<String, Target>>,
    /// What own units owe, by the duty's id.
    pub duties: BTreeMap<String, Arc<Background>>,
    /// What units of the area owe, by the duty's id.
    pub owed: BTreeMap<String, Duty>,
    /// Briefs of own units' records, by id.
    pub own: BTreeMap<String, Brief>,
    /// Briefs of records received, by id.
    pub received: BTreeMap<String, Brief>,
    /// Titles of forms by `FA.1`.
    pub titles: BTreeMap<String, Bilingual>,
}

impl Holdings {
    /// Takes in the programme. A row that cannot be read is left out; the others stand.
    #[must_use]
    pub fn with_programme(self, held: HeldProgramme) -> Self {
        Self {
            programme: map(held.programme).into_values().next().map(Arc::new),
            choices: map(held.choices).into_iter().map(|(name, list)| (name, Arc::new(list))).collect(),
            units: Arc::new(map(held.units).into_iter().map(|(code, unit)| (code, Arc::new(unit))).collect()),
            targets: Arc::new(map(held.targets)),
            titles: map(held.titles),
            ..self
        }
    }

    /// Takes in what is owed and what became of it.
    #[must_use]
    pub fn with_work(self, held: HeldWork, person: Option<&Person>) -> Self {
        let mine = |bucket: &str| {
            bucket
                .strip_prefix("unit:")
                .is_some_and(|unit| person.is_some_and(|person| person.belongs_to(unit)))
        };
        let (own, received): (Vec<_>, Vec<_>) = held.briefs.into_iter().partition(|row| mine(&row.bucket));
        let duties = map(held.duties).into_iter().map(|(id, duty)| (id, Arc::new(duty))).collect();
        Self { duties, owed: map(held.owed), own: map(own), received: map(received), ..self }
    }

    /// The units above a unit, nearest first.
    pub fn line(&self, unit: &str) -> Vec<String> {
        let mut line: Vec<String> = Vec::new();
        let mut next = self.units.get(unit).and_then(|unit| unit.parent.clone());
        while let Some(code) = next {
            // A registry that goes round in a circle must not hang a phone.
            if line.contains(&code) {
                break;
            }
            next = self.units.get(&code).and_then(|unit| unit.parent.clone());
            line.push(code);
        }
        line
    }
}

fn map<T: DeserializeOwned>(rows: Vec<HeldRow>) -> BTreeMap<String, T> {
    rows.into_iter().filter_map(|row| Some((row.id, serde_json::from_str(&row.body).ok()?))).collect()
}

//! What the centre sent, as far as lists need it, in memory. Read anew whenever the store changed.

use crate::json;
use crate::store::{Brief, HeldProgramme, HeldRow, HeldWork};
use lantoa_shared::map::Map;
use lantoa_shared::{
    background::Background,
    definition::Choice,
    duty::Duty,
    language::Bilingual,
    op::Dot,
    person::{Person, Role},
    record::State,
    unit::Unit,
};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Units by their codes.
pub type Units = Map<String, Arc<Unit>>;

/// What the centre sent.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    /// Whether the programme has come.
    pub is_filled: bool,
    /// Choice lists by their names.
    pub choices: Map<String, Arc<Vec<Choice>>>,
    /// Units by their codes.
    pub units: Arc<Units>,
    /// What own units owe, by the duty's id.
    pub duties: Map<String, Arc<Background>>,
    /// What units of the area owe, by the duty's id.
    pub owed: Map<String, Duty>,
    /// Briefs of own units' records, by id.
    pub own: Map<String, Brief>,
    /// Briefs of records received, by id.
    pub received: Map<String, Brief>,
    /// Where entries of registers stand, by id; of an own unit's, as it has them itself.
    pub entries: Map<String, State>,
    /// Ops that were not taken and that this person may take in or lay aside, by id.
    pub parked: Vec<Dot>,
    /// Titles of forms by `FA.1`.
    pub titles: Map<String, Bilingual>,
    /// The programme's row as it came; few screens read it.
    pub programme: String,
}

impl Holdings {
    /// Takes in the programme. A row that cannot be read is left out; the others stand.
    #[must_use]
    pub fn with_programme(self, held: HeldProgramme) -> Self {
        Self {
            is_filled: !held.programme.is_empty(),
            choices: map(&held.choices, Arc::new),
            units: Arc::new(map(&held.units, Arc::new)),
            titles: map(&held.titles, |title| title),
            programme: held.programme.into_iter().next().map(|row| row.body).unwrap_or_default(),
            ..self
        }
    }

    /// Takes in what is owed and what became of it.
    #[must_use]
    pub fn with_work(self, held: HeldWork, person: Option<&Person>) -> Self {
        let is_of = |bucket: &str, is_mine: &dyn Fn(&Person, &str) -> bool| {
            let unit = bucket.strip_prefix("unit:");
            unit.is_some_and(|unit| person.is_some_and(|person| is_mine(person, unit)))
        };
        let mine = |bucket: &str| is_of(bucket, &|person, unit| person.belongs_to(unit));
        let works_on =
            |bucket: &str| is_of(bucket, &|person, unit| person.holds(unit, &[Role::Preparer, Role::Head]));
        let parked = held.parked.iter().filter(|row| works_on(&row.bucket));
        let (own, received): (Vec<_>, Vec<_>) = held.briefs.into_iter().partition(|row| mine(&row.bucket));
        let brief = |brief: Brief| brief;
        Self {
            duties: map(&held.duties, Arc::new),
            owed: map(&held.owed, |duty| duty),
            own: map(&own, brief),
            received: map(&received, brief),
            // In the order of the buckets, so that an own unit's comes last.
            entries: map(&held.entries, |brief: Brief| brief.state),
            parked: parked.filter_map(|row| row.id.parse().ok()).collect(),
            ..self
        }
    }

    /// What a record fulfils, if it is one of those that this person files or receives.
    pub fn duty(&self, record: &str) -> Option<&Duty> {
        self.duties.get(record).map(|background| &background.duty).or_else(|| self.owed.get(record))
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

/// Reads rows one by one; collecting them would sort what the store has sorted.
fn map<T: DeserializeOwned, U>(rows: &[HeldRow], shape: fn(T) -> U) -> Map<String, U> {
    let mut read = Map::new();
    for row in rows {
        if let Ok(body) = json::read(&row.body) {
            read.insert(row.id.clone(), shape(body));
        }
    }
    read
}

//! By which traits a search of the library is narrowed, and how many items each choice would leave.

use crate::{language::Bilingual, record::Record};
use serde::{Deserialize, Serialize};

/// A trait, by the name it has in the question. In the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// What it is: list `media_kind`.
    Kind,
    /// What it is about: list `topic`. An item may have several.
    Topic,
    /// Who made it: code of a unit; of a commune, also what the units in it made.
    Unit,
    /// The permitted use: list `licence`.
    Licence,
    /// List `language`.
    Language,
    /// When it was made: a year such as `2026`, or a month such as `2026-11`.
    Period,
    /// Which people can be recognised in it: [`PEOPLE`].
    People,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Kind, Self::Topic, Self::Unit, Self::Licence, Self::Language, Self::Period, Self::People];

    /// Its name in the question, and in the address of the page.
    pub const fn name(self) -> &'static str {
        ["kind", "topic", "unit", "licence", "language", "period", "people"][self as usize]
    }

    /// The list of the programme that says what its choices are called, if one does.
    pub const fn list(self) -> Option<&'static str> {
        match self {
            Self::Kind => Some("media_kind"),
            Self::Topic => Some("topic"),
            Self::Licence => Some("licence"),
            Self::Language => Some("language"),
            Self::Unit | Self::Period | Self::People => None,
        }
    }
}

/// What is chosen of each facet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen([String; Facet::ALL.len()]);

impl Chosen {
    /// What `of` says for each facet; nothing is chosen where it is empty.
    pub fn new(of: impl FnMut(Facet) -> String) -> Self {
        Self(Facet::ALL.map(of))
    }

    /// The choice, if there is one.
    pub fn get(&self, facet: Facet) -> Option<&String> {
        Some(&self.0[facet as usize]).filter(|code| !code.is_empty())
    }

    /// Chooses; nothing with an empty code.
    pub fn set(&mut self, facet: Facet, code: &str) {
        code.clone_into(&mut self.0[facet as usize]);
    }

    /// The facets of which something is chosen, with the choices, in the order of [`Facet::ALL`].
    pub fn all(&self) -> impl Iterator<Item = (Facet, &String)> {
        Facet::ALL.into_iter().filter_map(|facet| Some((facet, self.get(facet)?)))
    }
}

/// Nobody can be recognised; adults only; children, with adults or without. Whoever takes an item looks at children
/// twice (requirement R73), and at whether anybody is on it at all.
pub const PEOPLE: [&str; 3] = ["none", "adults", "children"];

/// Which of [`PEOPLE`] are shown, by the answer of the item's form (list `people_shown`); nothing if that is not
/// answered.
pub fn people(record: &Record) -> &'static str {
    match super::text(record, "people_shown").as_str() {
        "none" => PEOPLE[0],
        "adults" => PEOPLE[1],
        "minors" | "both" => PEOPLE[2],
        _ => "",
    }
}

/// The choices of a facet that would find something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The facet's name.
    pub facet: String,
    /// The choices; of periods the newest first, of all others those that find most.
    pub choices: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the question says for it.
    pub code: String,
    /// How many items are found with it, and with all that is chosen of the other facets.
    pub count: u64,
    /// What it is called, if it is a unit: a phone does not hold all schools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
}

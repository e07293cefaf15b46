//! Units: the bodies that file and receive reports, as the registry knows them.
//!
//! `parent` says where a unit belongs, `recipient` to whom it reports; the two may differ.

mod fact;

pub use fact::Fact;

use crate::map::Map;
use crate::{language::Bilingual, value::Datum};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// The facts that rules and sources may ask of a unit; each may be unknown of the one or the other.
pub const FACTS: [&str; 6] = ["code", "type", "managing_unit", "ownership", "place", "school_levels"];

/// A body that files or receives reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Stable code.
    pub code: String,
    /// Code of the list of unit types.
    #[serde(rename = "type")]
    pub kind: String,
    /// Full official name.
    pub name: Bilingual,
    /// Short name for narrow screens; the full name where it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<Bilingual>,
    /// The unit it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The unit it reports to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Everything else the registry knows (levels taught, number of pupils, population, …), by the
    /// names of `reg.x` in the forms.
    #[serde(flatten)]
    pub facts: Map<String, Fact>,
}

impl<'de> Deserialize<'de> for Unit {
    /// What has a place of its own is taken out of all that is known; the rest are facts.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut facts = Map::<String, Fact>::deserialize(deserializer)?;
        let mut take = |name| facts.remove(name);
        let mut text = |name| take(name).and_then(Fact::text);
        let (code, kind, parent, recipient) = (text("code"), text("type"), text("parent"), text("recipient"));
        let (name, short_name) =
            (take("name").and_then(Fact::words), take("short_name").and_then(Fact::words));
        Ok(Self {
            code: code.ok_or_else(|| D::Error::missing_field("code"))?,
            kind: kind.ok_or_else(|| D::Error::missing_field("type"))?,
            name: name.ok_or_else(|| D::Error::missing_field("name"))?,
            short_name,
            parent,
            recipient,
            facts,
        })
    }
}

impl Unit {
    /// A fact of the registry, as rules read it; empty if it is not known.
    pub fn fact(&self, name: &str) -> Datum {
        match name {
            "code" => Datum::Text(self.code.clone()),
            "type" => Datum::Text(self.kind.clone()),
            _ => self.facts.get(name).map_or(Datum::Empty, Fact::datum),
        }
    }
}

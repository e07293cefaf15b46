//! Units: the bodies that file and receive reports, as the registry knows them.
//!
//! `parent` says where a unit belongs, `recipient` to whom it reports; the two may differ.

use crate::map::Map;
use crate::{
    language::Bilingual,
    value::{Datum, Decimal},
};
use serde::{Deserialize, Serialize};

/// The facts that rules and sources may ask of a unit; each may be unknown of the one or the other.
pub const FACTS: [&str; 6] = ["code", "type", "managing_unit", "ownership", "place", "school_levels"];

/// A body that files or receives reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Stable code.
    pub code: String,
    /// Code of the list of unit types.
    #[serde(rename = "type")]
    pub kind: String,
    /// Full official name.
    pub name: Bilingual,
    /// Short name for narrow screens; the full name where it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_name: Option<Bilingual>,
    /// The unit it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The unit it reports to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Everything else the registry knows (levels taught, number of pupils, population, …), by the
    /// names of `reg.x` in the forms.
    #[serde(flatten)]
    pub facts: Map<String, serde_json::Value>,
}

impl Unit {
    /// A fact of the registry, as rules read it; empty if it is not known.
    pub fn fact(&self, name: &str) -> Datum {
        use serde_json::Value as Json;
        match (name, self.facts.get(name)) {
            ("code", _) => Datum::Text(self.code.clone()),
            ("type", _) => Datum::Text(self.kind.clone()),
            (_, Some(Json::Bool(answer))) => Datum::Bool(*answer),
            (_, Some(Json::Number(number))) => Decimal::from_machine_text(&number.to_string())
                .map_or(Datum::Empty, |number| Datum::Number(number.exact())),
            (_, Some(Json::String(text))) if text.contains('-') => {
                text.parse().map_or_else(|_| Datum::Text(text.clone()), Datum::Date)
            }
            (_, Some(Json::String(text))) => Datum::Text(text.clone()),
            (_, Some(Json::Array(items))) => {
                Datum::Set(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
            }
            _ => Datum::Empty,
        }
    }
}

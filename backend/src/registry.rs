//! The units in memory: who reports to whom, and who stands above.
//!
//! Built once at the start from the store; chains that bite their own tail are cut.

use lantoa_shared::unit::Unit;
use std::collections::BTreeMap;

/// The units by code, and the reporting lines between them.
#[derive(Debug, Default)]
pub struct Registry {
    units: BTreeMap<String, Unit>,
    below: BTreeMap<String, Vec<String>>,
}

impl Registry {
    /// Sorts the units into their reporting lines.
    pub fn new(units: impl IntoIterator<Item = Unit>) -> Self {
        let units: BTreeMap<String, Unit> = units.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
        let mut below: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for unit in units.values() {
            if let Some(recipient) = &unit.recipient {
                below.entry(recipient.clone()).or_default().push(unit.code.clone());
            }
        }
        Self { units, below }
    }

    /// The unit with this code.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.get(code)
    }

    /// All units, by code.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The codes of the units that report to this one directly.
    pub fn reporting_to(&self, code: &str) -> &[String] {
        self.below.get(code).map_or(&[], Vec::as_slice)
    }

    /// The units above this one along the reporting line, nearest first.
    pub fn line(&self, code: &str) -> Vec<String> {
        let mut line = Vec::new();
        let mut next = self.units.get(code).and_then(|unit| unit.recipient.clone());
        while let Some(above) = next {
            if above == code || line.contains(&above) {
                break;
            }
            next = self.units.get(&above).and_then(|unit| unit.recipient.clone());
            line.push(above);
        }
        line
    }

    /// Whether `code` is `top` or reports to it over any number of steps.
    pub fn is_within(&self, code: &str, top: &str) -> bool {
        code == top || self.line(code).iter().any(|above| above == top)
    }
}

#[cfg(test)]
mod tests;

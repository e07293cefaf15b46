//! The units in memory: who reports to whom, and who stands above.
//!
//! Built from the store at the start, and again when units were registered; chains that bite their own tail are cut.

use lantoa_shared::unit::Unit;
use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The registry as it stands; whoever asks keeps one unchanging state for as long as is needed.
#[derive(Debug, Default)]
pub struct Current(RwLock<Arc<Registry>>);

impl Current {
    /// Begins with this one.
    pub fn new(registry: Registry) -> Self {
        Self(RwLock::new(Arc::new(registry)))
    }

    /// The registry.
    pub fn get(&self) -> Arc<Registry> {
        // What stands behind the lock is only ever exchanged whole.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on it is this one.
    pub fn replace(&self, registry: Registry) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(registry);
    }
}

/// In how many units, one in the other, a unit may lie.
const DEEPEST: usize = 8;

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

    /// The commune or ward in which a unit lies, or which it is; `None` if it lies in none.
    pub fn commune(&self, code: &str) -> Option<&Unit> {
        let parent = |unit: &&Unit| unit.parent.as_deref().and_then(|code| self.unit(code));
        // A unit lies in few others; chains that bite their own tail end, too.
        std::iter::successors(self.unit(code), parent).take(DEEPEST).find(|unit| unit.kind == "COMMUNE")
    }

    /// Whether `code` is `top` or reports to it over any number of steps.
    pub fn is_within(&self, code: &str, top: &str) -> bool {
        code == top || self.line(code).iter().any(|above| above == top)
    }
}

#[cfg(test)]
mod tests;

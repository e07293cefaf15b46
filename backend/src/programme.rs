//! The programme: forms, lists, units, periods and settings as data.
//!
//! Interim: everything is accepted until the form room exists.

use lantoa_shared::{
    background::{Background, Figures},
    op::Path,
    record::Record,
    sync::{ledger::Content, verdict::Refusal},
    value::{Datum, Value},
};
use std::collections::BTreeMap;

/// The programme, checked.
#[derive(Debug, Default)]
pub struct Programme {
    settings: BTreeMap<String, BTreeMap<String, Datum>>,
}

impl Programme {
    /// Settings by key and period kind.
    pub fn settings(&self) -> &BTreeMap<String, BTreeMap<String, Datum>> {
        &self.settings
    }
}

/// A form with everything its rules look at.
pub struct FilledForm<'a> {
    #[expect(dead_code, reason = "interim")]
    background: &'a Background,
}

impl<'a> FilledForm<'a> {
    /// The form of the background's duty.
    pub fn new(_: &'a Programme, background: &'a Background) -> Self {
        Self { background }
    }

    /// Figures.
    pub fn figures(&self, record: &Record) -> Figures {
        record.fields.keys().map(|path| (path.0.clone(), Datum::from(record.value(path)))).collect()
    }
}

impl Content for FilledForm<'_> {
    fn accepts(&self, _: &Path, _: Option<&Value>) -> Result<(), Refusal> {
        Ok(())
    }

    fn is_ready(&self, _: &Record) -> Result<(), Refusal> {
        Ok(())
    }
}

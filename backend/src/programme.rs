//! The programme: forms, lists, units, periods and settings as data.
//!
//! Interim: everything is accepted until the form room exists.

use crate::{registry::Registry, store};
use lantoa_shared::{
    background::{Background, Figures},
    duty::Duty,
    language::Bilingual,
    op::Path,
    record::Record,
    sync::{ledger::Content, verdict::Refusal},
    unit::Unit,
    value::{Datum, Value},
    wire::v1::RowKind,
};
use std::collections::BTreeMap;

/// The programme, checked.
#[derive(Debug, Default)]
pub struct Programme {
    settings: BTreeMap<String, BTreeMap<String, Datum>>,
    units: Vec<Unit>,
}

/// A row of the public bucket.
#[derive(Debug, Clone)]
pub struct PublicRow {
    /// Its kind.
    pub kind: RowKind,
    /// Its id.
    pub id: String,
    /// Its body.
    pub body: String,
}

impl Programme {
    /// Loads.
    ///
    /// # Errors
    /// What is wrong where.
    pub fn load(_: &std::path::Path) -> Result<Self, store::Error> {
        let unit = |code: &str, kind: &str, vi: &str, recipient: Option<&str>| Unit {
            code: code.into(),
            kind: kind.into(),
            name: Bilingual::new(vi, ""),
            short_name: None,
            parent: recipient.map(Into::into),
            recipient: recipient.map(Into::into),
            facts: BTreeMap::new(),
        };
        let units = vec![
            unit("UBND-TP", "CITY", "Ủy ban nhân dân thành phố Huế", None),
            unit("SO-GDDT", "LEAD_DEPT", "Sở Giáo dục và Đào tạo", Some("UBND-TP")),
            unit("XP-20161", "COMMUNE", "Ủy ban nhân dân xã Khe Tre", Some("SO-GDDT")),
            unit("XP-19753", "COMMUNE", "Ủy ban nhân dân phường Phú Xuân", Some("SO-GDDT")),
        ];
        Ok(Self { settings: BTreeMap::new(), units })
    }

    /// Settings by key and period kind.
    pub fn settings(&self) -> &BTreeMap<String, BTreeMap<String, Datum>> {
        &self.settings
    }

    /// Units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Rows.
    ///
    /// # Errors
    /// Never.
    pub fn rows(&self) -> Result<Vec<PublicRow>, store::Error> {
        Ok(Vec::new())
    }

    /// Duties.
    pub fn duties(&self, registry: &Registry) -> Vec<Duty> {
        let mut duties = Vec::new();
        for period in ["2026-h1", "2026-year"] {
            for unit in registry.units() {
                let form = match unit.kind.as_str() {
                    "SCHOOL" => "FA",
                    "COMMUNE" => "FB",
                    _ => continue,
                };
                duties.push(Duty {
                    unit: unit.code.clone(),
                    form: form.into(),
                    form_version: 1,
                    period: period.parse().expect("a period"),
                    due: "2026-12-16".parse().expect("a day"),
                    recipient: unit.recipient.clone().unwrap_or_default(),
                });
            }
        }
        duties
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

    /// Takes.
    pub fn takes(&self, _: &Path, _: &Value) -> bool {
        true
    }

    /// Warnings.
    pub fn places_to_note(&self, _: &Record) -> Vec<Path> {
        Vec::new()
    }

    /// First problem.
    pub fn problem(&self, _: &Record) -> Option<String> {
        None
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

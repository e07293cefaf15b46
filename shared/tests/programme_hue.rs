//! The programme of Huế and Resolution 71, as it lies in the repository, is whole and sound.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    definition::FieldType,
    language::Language,
    period::{Period, PeriodKind},
    programme::Programme,
};
use std::{fs, path::PathBuf};

fn read(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71");
    fs::read_to_string(folder.join(name)).ok()
}

fn hue() -> Programme {
    Programme::load(&read).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn the_two_forms_have_every_field_of_the_catalogue() {
    let hue = hue();
    for (code, fields, automatic) in [("FA", 141, 24), ("FB", 142, 26)] {
        let form = hue.form(code, 1).unwrap();
        assert_eq!(form.fields.len(), fields, "{code}");
        let computed = form
            .fields
            .iter()
            .filter(|field| field.is_automatic() && !matches!(field.code(), "hdr_period_type" | "hdr_year"));
        assert_eq!(computed.count(), automatic, "{code}");
    }
}

#[test]
fn every_label_message_and_choice_is_there_in_both_languages() {
    let hue = hue();
    for form in &hue.forms {
        for field in &form.fields {
            for text in
                [&field.definition.label].into_iter().chain(field.checks.iter().map(|its| &its.message))
            {
                assert!(!text.get(Language::Vi).is_empty() && !text.en.is_empty(), "{}", field.code());
            }
            if matches!(field.definition.kind, FieldType::Enum | FieldType::Multi) {
                assert!(!form.choices(field).is_empty(), "{}", field.code());
            }
        }
    }
}

#[test]
fn the_forty_communes_are_there_and_report_to_the_department() {
    let hue = hue();
    let communes: Vec<_> = hue.units.iter().filter(|unit| unit.kind == "COMMUNE").collect();
    assert_eq!(communes.len(), 40);
    assert!(communes.iter().all(|unit| unit.recipient.as_deref() == Some("SO-GDDT")));
    assert!(communes.iter().any(|unit| unit.code == "XP-19753" && unit.name.vi.ends_with("phường Phú Xuân")));
}

#[test]
fn deadlines_fall_on_working_days_as_the_rules_say() {
    let hue = hue();
    let commune = hue.units.iter().find(|unit| unit.kind == "COMMUNE").unwrap();
    let due = |kind| hue.duties(commune, Period { year: 2026, kind })[0].due;
    assert_eq!(due(PeriodKind::H1), lantoa_shared::date::date(2026, 6, 18));
    assert_eq!(due(PeriodKind::Year), lantoa_shared::date::date(2026, 12, 18));
}

#[test]
fn a_mistake_in_a_form_is_named_by_form_field_and_place() {
    let broken = |name: &str| {
        let text = read(name)?;
        Some(text.replace("\"formula\": \"sum(columns.items)\"", "\"formula\": \"sum(columns.itmes)\""))
    };
    let faults = Programme::load(&broken).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|fault| fault.contains("form FA, field column_items_total, formula: at character 1")
            && fault.contains("columns.itmes")),
        "{told:?}"
    );
}

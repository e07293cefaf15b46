//! The programme of Huế and Resolution 71, as it lies in the repository, is whole and sound.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    definition::FieldType,
    language::Language,
    period::{Period, PeriodKind, Windows},
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

/// One line for each field of each version: what a published form promised about it.
fn catalogue(hue: &Programme) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let mut lines = String::new();
    for form in &hue.forms {
        for field in &form.fields {
            let (definition, id) = (&field.definition, format!("{}.{}", form.code, form.version));
            let kind = word(serde_json::to_value(definition.kind).unwrap());
            let required = word(serde_json::to_value(definition.required).unwrap());
            let way = definition.consolidate.as_deref().unwrap_or("none");
            let by = if field.is_automatic() { " (automatic)" } else { "" };
            lines.push_str(&format!("{id} {}:{kind}:{required}:{way}{by}\n", field.code()));
        }
    }
    lines
}

#[test]
fn what_was_published_about_a_field_never_changes() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/catalogue.txt");
    let now = catalogue(&hue());
    if std::env::var_os("LANTOA_WRITE_GOLDEN").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let frozen = fs::read_to_string(path).unwrap();
    for line in frozen.lines() {
        assert!(now.lines().any(|now| now == line), "{line} changed; make a new version of its form");
    }
    assert_eq!(frozen.lines().count(), now.lines().count(), "new fields are not in the catalogue yet");
}

#[test]
fn the_two_forms_have_as_many_fields_as_the_plan_asks_for() {
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
fn a_media_item_has_the_fields_of_the_plan_but_for_those_that_stand_elsewhere() {
    // Who checked the facts, why it was sent back and why it was withdrawn stand in the record's history; the hashes of
    // its files are their names.
    let (hue, elsewhere) = (hue(), 4);
    let form = hue.form("FH", 1).unwrap();
    assert_eq!(form.fields.len() + elsewhere, 52);
    assert_eq!(form.recipient.as_deref(), Some("SO-GDDT"));
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
fn no_two_fields_of_a_form_are_called_the_same() {
    for form in &hue().forms {
        let mut seen = std::collections::BTreeMap::new();
        for field in form.fields.iter().filter(|field| field.group.is_none()) {
            let label = &field.definition.label;
            for said in [&label.vi, &label.en] {
                let other = seen.insert(said.clone(), field.code());
                assert!(
                    other.is_none_or(|it| it == field.code()),
                    "{other:?} and {} of {}",
                    field.code(),
                    form.code
                );
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
fn the_days_of_periods_are_data_and_what_was_written_without_them_means_the_decrees() {
    let h1 = Period { year: 2026, kind: PeriodKind::H1 };
    let decree = hue().settings.windows;
    assert!(decree.are_the_decrees());
    let days = |windows: Windows| (windows.start(h1).to_string(), windows.end(h1).to_string());
    assert_eq!(days(decree), ("2025-12-15".to_owned(), "2026-06-14".to_owned()));
    assert_eq!(serde_json::from_str::<Windows>("{}").unwrap(), decree);

    let other = |name: &str| Some(read(name)?.replace("-1:12-15/0:06-14", "0:01-01/0:06-30"));
    let other = Programme::load(&other).unwrap();
    assert_eq!(days(other.settings.windows), ("2026-01-01".to_owned(), "2026-06-30".to_owned()));
    let commune = other.units.iter().find(|unit| unit.kind == "COMMUNE").unwrap();
    assert_eq!(other.duties(commune, h1)[0].due, lantoa_shared::date::date(2026, 7, 6));
    let text = serde_json::to_string(&other.settings.windows).unwrap();
    assert_eq!(text, r#"{"h1":"0:01-01/0:06-30","year":"-1:12-15/0:12-14"}"#);
    assert_eq!(serde_json::from_str::<Windows>(&text).unwrap(), other.settings.windows);
    let begun = |windows: &Windows, today: &str| {
        let today = today.parse().unwrap();
        lantoa_shared::period::begun(2026, &[PeriodKind::H1], windows, today).len()
    };
    assert_eq!((begun(&decree, "2026-12-20"), begun(&other.settings.windows, "2026-12-20")), (2, 1));
}

/// What is told when a text in the files is another one.
fn told_with(from: &str, to: &str) -> Vec<String> {
    let broken = |name: &str| Some(read(name)?.replace(from, to));
    Programme::load(&broken).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_mistake_in_a_form_is_named_by_form_field_and_place() {
    let told = told_with("\"formula\": \"sum(columns.items)\"", "\"formula\": \"sum(columns.itmes)\"");
    let place = "forms/FA.1.json: form FA, field column_items_total, formula: at character 1";
    assert!(told.iter().any(|fault| fault.starts_with(place) && fault.contains("columns.itmes")), "{told:?}");
}

#[test]
fn a_name_that_leads_out_of_its_form_and_finds_nothing_is_named_by_form_field_and_place() {
    for (from, to, expected) in [
        (
            "schools_sum('staff_total')",
            "1 + schools_sum('staff_totl')",
            "FB.1.json: form FB, field schools_staff_total, formula: at character 17: no other form has a number called staff_totl",
        ),
        (
            "schools_sum('staff_total')",
            "schools_sum('plan_ok')",
            "FB.1.json: form FB, field schools_staff_total, formula: at character 13: no other form has a number called plan_ok",
        ),
        (
            "schools_true('plan_ok')",
            "schools_true('plan_okay')",
            "FB.1.json: form FB, field schools_plan_ok, formula: at character 14: no other form has a yes-or-no field called plan_okay",
        ),
        ("setting('column_min_items'", "setting('column_items'", "there is no setting column_items"),
        ("count_of('FJ')", "count_of('FX')", "records of FX are not counted"),
        ("'in_store'", "'instore'", "records of FH are not counted by instore"),
        ("unit.school_levels", "unit.levels", "nothing called levels is known of a unit"),
        ("register.FG", "register.XX", "source: there is no register XX"),
        ("\"list\", \"time\"", "\"avg_w\", \"time\"", "there is no way of consolidating called avg_w"),
        ("\"list\", \"time\"", "\"count\", \"time\"", "there is no way of consolidating called count"),
        (
            "\"type\": \"PORTAL\"",
            "\"type\": \"PORTALS\"",
            "is of type PORTALS, which programme.json does not name",
        ),
        (
            "\"recipient\": \"UBND-TP\"",
            "\"recipient\": \"SO-VHTT\"",
            "units.json: SO-GDDT reports to itself: SO-GDDT → SO-VHTT → SO-GDDT",
        ),
        (
            "\"parent\": \"UBND-TP\", \"recipient\": \"UBND-TP\"",
            "\"parent\": \"SO-GDDT\", \"recipient\": \"UBND-TP\"",
            "units.json: SO-GDDT belongs to itself: SO-GDDT → SO-GDDT",
        ),
        (
            "\"prose\": \"pictures\"",
            "\"prose\": \"picture\"",
            "field body, prose: there are no files called picture",
        ),
        (
            "\"prose\": \"pictures\"",
            "\"prose\": \"title\"",
            "field body, prose: there are no files called title",
        ),
        ("files.seconds", "files.minutes", "source: there is nothing called files.minutes"),
        (
            "\"recipient\": \"SO-GDDT\",\n  \"sections\"",
            "\"sections\"",
            "forms/FH.1.json: is a register, but names no recipient",
        ),
        (
            "\"recipient\": \"SO-GDDT\",\n  \"sections\"",
            "\"recipient\": \"SO-X\",\n  \"sections\"",
            "forms/FH.1.json: names SO-X, which is not there",
        ),
        ("\"registers\": [\"FH.1\",", "\"registers\": [\"FA.1\",", "names form FA.1 twice"),
        ("-1:12-15/0:06-14", "1:12-15/0:06-14", "programme.json: not a window such as"),
        ("-1:12-15/0:06-14", "-1:12-15/0:06-31", "programme.json: not a window such as"),
        (
            "\"prose\": \"pictures\"",
            "\"proze\": \"pictures\"",
            "forms/blocks/FH1.2.json: unknown field `fields.3.proze`",
        ),
        ("\"windows\": {\"h1\"", "\"windows\": {\"q1\"", "programme.json: unknown field `q1`"),
        ("\"periods\": [\"h1\", \"year\"]", "\"periods\": []", "programme.json: asks for no period"),
    ] {
        let told = told_with(from, to);
        assert!(told.iter().any(|fault| fault.contains(expected)), "{to}: {told:?}");
    }
}

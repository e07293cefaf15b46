//! A form that was published anew: reports begun with the first version are read and judged by it for
//! ever, and only duties made later take the second.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod hue;

use hue::{background, filled, set};
use lantoa_shared::{
    background::Background,
    date::date,
    op::Path,
    period::{Period, PeriodKind},
    programme::Programme,
    report::FilledForm,
    sync::{ledger::Content, verdict::Refusal},
    value::{Datum, Exact, Value},
};
use std::{fs, path::PathBuf};

const NEW: &str = r#"  "fields": [
    {"code": "prod_game", "label": {"vi": "Trò chơi", "en": "Games"}, "type": "int", "required": "yes", "consolidate": "sum"},
"#;

/// The programme with a second version of FA that has one field more.
fn renewed(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71");
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    match name {
        "programme.json" => Some(read(name)?.replace("\"FA.1\"", "\"FA.1\", \"FA.2\"")),
        "forms/FA.2.json" => {
            let first = read("forms/FA.1.json")?;
            Some(first.replace("\"version\": 1", "\"version\": 2").replace("PRD.1", "PRD.2"))
        }
        "forms/blocks/PRD.2.json" => {
            let first = read("forms/blocks/PRD.1.json")?;
            Some(first.replace("\"version\": 1", "\"version\": 2").replace("  \"fields\": [\n", NEW))
        }
        _ => read(name),
    }
}

fn of_version(version: u32) -> Background {
    let mut background = background("FA");
    background.duty.form_version = version;
    background
}

#[test]
fn records_of_both_versions_open_and_are_judged_by_their_own() {
    let programme = Programme::load(&renewed).unwrap();
    let (today, game) = (date(2026, 11, 23), Path::field("prod_game"));
    let judged = |version| {
        let background = of_version(version);
        let form = programme.form("FA", version).unwrap();
        let content = FilledForm { form, background: &background, today };
        let mut record = filled("FA");
        let takes = content.accepts(&game, Some(&Value::Int(3)));
        let owed = content.sheet(&record).problems.iter().any(|problem| problem.path == game);
        set(&mut record, &game.0, Value::Int(3));
        let figures = content.figures(&record);
        let old = figures.get("staff_total").cloned();
        (takes, owed, figures.get("prod_game").cloned(), old)
    };
    let staff = Some(Datum::Number(Exact::from_integer(6)));
    let first = judged(1);
    assert_eq!((first.0, first.1, first.2), (Err(Refusal::UnknownField), false, None));
    let second = judged(2);
    let three = Some(Datum::Number(Exact::from_integer(3)));
    assert_eq!((second.0, second.1, second.2), (Ok(()), true, three));
    assert_eq!((&first.3, &second.3), (&staff, &staff), "what both ask is the same indicator");
}

#[test]
fn new_duties_take_the_newest_version_and_other_forms_keep_theirs() {
    let programme = Programme::load(&renewed).unwrap();
    let period = Period { year: 2026, kind: PeriodKind::Year };
    let version = |unit: lantoa_shared::unit::Unit| {
        let duties = programme.duties(&unit, period);
        assert_eq!(duties.len(), 1, "one report, not one for each version");
        duties[0].form_version
    };
    assert_eq!(
        version(lantoa_shared::unit::Unit { recipient: Some("XP-19753".into()), ..hue::unit("FA") }),
        2
    );
    assert_eq!(
        version(lantoa_shared::unit::Unit { recipient: Some("SO-GDDT".into()), ..hue::unit("FB") }),
        1
    );
    assert_eq!(programme.newest_form("FA").map(|form| form.version), Some(2));
}

#[test]
fn a_file_that_is_not_the_version_of_its_name_is_a_mistake() {
    let stale = |name: &str| match name {
        "forms/FA.2.json" => renewed("forms/FA.1.json"),
        _ => renewed(name),
    };
    let told: Vec<String> = Programme::load(&stale).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["forms/FA.2.json: calls itself FA, version 1"]);
    let twice = |name: &str| Some(renewed(name)?.replace("\"FA.1\", \"FA.2\"", "\"FA.1\", \"FA.1\""));
    let told: Vec<String> = Programme::load(&twice).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["programme.json: names form FA.1 twice"]);
}

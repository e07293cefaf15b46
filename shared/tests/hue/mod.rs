//! The real programme, a background, and records filled as they should be, for tests of the sheet
//! and of consolidation.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]
#![allow(dead_code, reason = "every test file uses another part")]

use lantoa_shared::date::date;
use lantoa_shared::{
    background::Background,
    definition::FieldType,
    form::{Field, Form},
    op::{Dot, Path},
    period::{Period, PeriodKind},
    programme::Programme,
    record::{Entry, Record},
    sheet::Sheet,
    unit::Unit,
    value::{Decimal, FileRef, Value},
};
use std::{fs, path::PathBuf, sync::OnceLock};

pub fn hue() -> &'static Programme {
    static HUE: OnceLock<Programme> = OnceLock::new();
    HUE.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../programmes/hue-71");
        Programme::load(&|name| fs::read_to_string(folder.join(name)).ok()).unwrap()
    })
}

pub fn unit(form: &str) -> Unit {
    match form {
        "FA" => serde_json::from_value(serde_json::json!({
            "code": "TH-0001", "type": "SCHOOL", "name": {"vi": "Trường THCS Vĩnh Ninh"}, "parent": "XP-19753",
            "recipient": "XP-19753", "school_levels": ["thcs"], "ownership": "public", "place": "Phú Xuân",
        }))
        .unwrap(),
        _ => hue().units.iter().find(|unit| unit.code == "XP-19753").unwrap().clone(),
    }
}

pub fn background(form: &str) -> Background {
    let unit = unit(form);
    let period = Period { year: 2026, kind: PeriodKind::Year };
    let duty = hue().duties(&unit, period).remove(0);
    Background {
        duty,
        unit,
        previous: Default::default(),
        h1: Default::default(),
        schools: None,
        counts: Default::default(),
        documents: vec![],
        settings: hue().settings.for_rules(),
        windows: lantoa_shared::period::Windows::default(),
    }
}

/// Enters a value as a device would that sees everything.
pub fn set(record: &mut Record, path: &str, value: Value) {
    let path = Path(path.to_owned());
    let base = record.base(&path);
    let n = record.fields.values().flatten().map(|entry| entry.dot.n).max().unwrap_or(0) + 1;
    let entry =
        Entry { dot: Dot::new("test", n), value: Some(value), person: "p".into(), at: 0, merged: vec![] };
    record.set(&path, &base, entry);
}

/// A record in which everything owed is answered with something that fits.
pub fn filled(form: &str) -> Record {
    let background = background(form);
    let form = hue().form(form, 1).unwrap();
    let mut record = Record::new(background.duty.id());
    // An answer may make further fields relevant, so go round until nothing is owed any more.
    loop {
        let sheet = Sheet::compute(form, &record, &background, date(2026, 11, 23));
        let owed =
            sheet.problems.iter().filter(|problem| problem.is_open()).map(|problem| problem.path.clone());
        let owed: Vec<Path> = owed.filter(|path| record.value(path).is_none()).collect();
        if owed.is_empty() {
            return record;
        }
        for path in owed {
            let field = form.field(&path.code()).unwrap();
            if field.is_group() && record.rows(field.code()).is_empty() {
                set(&mut record, &format!("{}/r0", field.code()), Value::Bool(true));
            } else if let Some(answer) = answer(form, field) {
                set(&mut record, &path.0, answer);
            }
        }
    }
}

fn answer(form: &Form, field: &Field) -> Option<Value> {
    let choice = || form.choices(field)[0].code.clone();
    Some(match field.code() {
        "hdr_no_secret" | "plan_implemented" | "ai_human_review" | "eval_held" => Value::Bool(true),
        "hdr_addressees" => Value::Units(vec!["XP-19753".into(), "SO-GDDT".into()]),
        "columns.items" => Value::Int(20),
        "mgr_total" | "teacher_total" | "comm_total" | "cadre_total" => Value::Int(3),
        "mgr_informed" | "teacher_informed" | "cadre_informed" => Value::Int(3),
        "staff_understood" | "comm_trained" | "dissem_sessions" | "staff_assigned" => Value::Int(1),
        "comm_turns" | "quiz_taken" | "quiz_passed" | "honoured_groups" => Value::Int(1),
        _ => match field.definition.kind {
            FieldType::Int | FieldType::Money => {
                Value::Int(field.definition.range.map_or(0, |(least, _)| least))
            }
            FieldType::Dec | FieldType::Pct => Value::Decimal(Decimal::new(1, 0)),
            FieldType::Bool => Value::Bool(false),
            FieldType::Date | FieldType::Datetime => Value::Date(date(2026, 3, 1)),
            FieldType::Enum => Value::Choice(choice()),
            FieldType::Multi => Value::Choices(vec![choice()]),
            FieldType::Phone => Value::Text("0905123456".into()),
            FieldType::Email => Value::Text("lap@truong.edu.vn".into()),
            FieldType::Url => Value::Text("https://truong.edu.vn/chuyen-muc".into()),
            FieldType::Unit => Value::Unit("XP-19753".into()),
            FieldType::Units => Value::Units(vec!["XP-19753".into()]),
            FieldType::File | FieldType::Files => {
                let file = FileRef {
                    sha256: "0".repeat(64),
                    name: "a.pdf".into(),
                    size: 1,
                    mime: "application/pdf".into(),
                    seconds: None,
                    location_removed: false,
                    poster: None,
                };
                if field.definition.kind == FieldType::File {
                    Value::File(file)
                } else {
                    Value::Files(vec![file])
                }
            }
            FieldType::Text | FieldType::Long => {
                let least = field.definition.range.map_or(1, |(least, _)| least.max(1));
                Value::Text("Nội dung ".chars().cycle().take(usize::try_from(least).unwrap() + 8).collect())
            }
            _ => return None,
        },
    })
}

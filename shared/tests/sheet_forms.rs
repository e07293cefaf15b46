//! Small forms written for one question each: which mistakes are found when a form is loaded, and
//! what rows, relevance and notes do on its sheet.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod hue;

use hue::{background, set};
use lantoa_shared::date::date;
use lantoa_shared::map::Map;
use lantoa_shared::{
    definition::{Choice, FieldDefinition, FormDefinition, SectionDefinition, Severity},
    form::{Fault, Form},
    language::Bilingual,
    op::{Dot, Path},
    record::{Entry, Record},
    sheet::{ProblemKind, Sheet},
    value::{Datum, Exact, Value},
};
use serde_json::{Value as Json, json};

/// A form of one section with these fields; `code` and `type` suffice.
fn form(fields: Json) -> Result<Form, Vec<Fault>> {
    let Json::Array(mut fields) = fields else { panic!("fields are a list") };
    let has_both = ["a", "b"].iter().all(|code| fields.iter().any(|field| field["code"] == **code));
    let message = |told: &str| if has_both { told.to_owned() } else { told.replace(['{', '}'], "") };
    for field in &mut fields {
        field["label"] = json!({"vi": "Câu hỏi", "en": "Question"});
        for check in field.get_mut("checks").and_then(Json::as_array_mut).into_iter().flatten() {
            check["message"] =
                json!({"vi": message("{a} nhiều hơn {b}"), "en": message("{a} is more than {b}")});
        }
    }
    let fields: Vec<FieldDefinition> = serde_json::from_value(Json::Array(fields)).expect("fields");
    let choice = |code: &str| Choice { code: code.into(), label: Bilingual::new(code, code) };
    let lists = Map::from([("colours".to_owned(), vec![choice("red"), choice("blue")])]);
    let sections = vec![SectionDefinition { code: "S".into(), title: Bilingual::default(), fields }];
    let (code, title) = ("F".to_owned(), Bilingual::default());
    Form::load(
        &FormDefinition { code, version: 1, title, unit_types: vec![], recipient: None, sections },
        &lists,
    )
}

fn sheet(form: &Form, record: &Record) -> Sheet {
    Sheet::compute(form, record, &background("FA"), date(2026, 11, 23))
}

fn record(values: &[(&str, Value)]) -> Record {
    let mut record = Record::new("r");
    values.iter().for_each(|(path, value)| set(&mut record, path, value.clone()));
    record
}

fn datum(sheet: &Sheet, path: &str) -> Datum {
    sheet.cell(&Path(path.to_owned())).map(|cell| cell.datum.clone()).expect("the field is there")
}

fn number(number: i64) -> Datum {
    Datum::Number(Exact::from_integer(i128::from(number)))
}

#[test]
fn every_mistake_is_named_by_field_and_part() {
    for (fields, field, part, words) in [
        (json!([{"code": "a", "type": "int", "formula": "b + 1"}]), "a", "formula", "no field b"),
        (json!([{"code": "a", "type": "int", "formula": "1 +"}]), "a", "formula", "at character 4"),
        (json!([{"code": "a", "type": "bool", "formula": "1 + 1"}]), "a", "formula", "Bool is wanted"),
        (json!([{"code": "a", "type": "int", "relevant": "a"}]), "a", "relevant", "Bool is wanted"),
        (
            json!([{"code": "a", "type": "int", "checks": [
                {"severity": "error", "rule": "a > 0"}, {"severity": "error", "rule": "a > 'x'"}]}]),
            "a",
            "check 2",
            "cannot be compared",
        ),
        (json!([{"code": "a", "type": "enum"}]), "a", "list", "missing"),
        (json!([{"code": "a", "type": "enum", "list": "shapes"}]), "a", "list", "no such list"),
        (json!([{"code": "a", "type": "int"}, {"code": "a", "type": "int"}]), "a", "code", "twice"),
        (
            json!([{"code": "g.a", "type": "int"}, {"code": "g", "type": "group"}]),
            "g.a",
            "code",
            "no group g",
        ),
        (json!([{"code": "a", "type": "text", "consolidate": "sum"}]), "a", "consolidate", "number"),
        (json!([{"code": "a", "type": "int", "consolidate": "ratio(a,b)"}]), "a", "consolidate", "numbers"),
        (json!([{"code": "a", "type": "int", "consolidate": "mean"}]), "a", "consolidate", "mean"),
        (
            json!([{"code": "c", "type": "enum", "list": "colours", "relevant": "c == 'green'"}]),
            "c",
            "relevant",
            "no choice green",
        ),
    ] {
        let faults = form(fields).expect_err(words);
        let found = faults.iter().any(|fault| {
            fault.form == "F" && fault.field == field && fault.part == part && fault.message.contains(words)
        });
        assert!(found, "{field}, {part}: {words} is not in {faults:?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let faults = form(json!([
        {"code": "a", "type": "int", "formula": "x"},
        {"code": "b", "type": "int", "relevant": "y == 1", "checks": [{"severity": "error", "rule": "b >"}]},
    ]));
    assert_eq!(faults.map(|_| ()).map_err(|faults| faults.len()), Err(3));
}

#[test]
fn a_circle_is_found_however_long_and_through_relevance_and_rows() {
    for fields in [
        json!([{"code": "a", "type": "int", "formula": "a + 1"}]),
        json!([{"code": "a", "type": "int", "formula": "b"}, {"code": "b", "type": "int", "formula": "a"}]),
        json!([
            {"code": "a", "type": "int", "relevant": "b > 0"},
            {"code": "b", "type": "int", "formula": "c"},
            {"code": "c", "type": "int", "relevant": "filled(a)"},
        ]),
        json!([
            {"code": "t", "type": "int", "formula": "sum(g.n)"},
            {"code": "g", "type": "group", "relevant": "t == 0"},
            {"code": "g.n", "type": "int"},
        ]),
    ] {
        let faults = form(fields).expect_err("a circle");
        assert!(faults[0].message.contains("circle") && faults[0].message.contains(" → "), "{faults:?}");
    }
}

#[test]
fn what_a_report_said_before_makes_no_circle() {
    assert!(form(json!([{"code": "a", "type": "int", "formula": "prev(a) + 1"}])).is_ok());
    assert!(form(json!([{"code": "a", "type": "int", "relevant": "h1(a) > 0"}])).is_ok());
}

#[test]
fn a_field_is_computed_after_all_it_needs_wherever_it_stands() {
    let form = form(json!([
        {"code": "c", "type": "int", "formula": "b * 2"},
        {"code": "b", "type": "int", "formula": "a * 2"},
        {"code": "a", "type": "int"},
    ]))
    .expect("no mistake");
    assert_eq!(datum(&sheet(&form, &record(&[("a", Value::Int(3))])), "c"), number(12));
}

#[test]
fn a_chain_of_a_thousand_formulas_is_computed() {
    let field =
        |n: usize| json!({"code": format!("f{n}"), "type": "int", "formula": format!("f{} + 1", n + 1)});
    let mut fields: Vec<Json> = (0..1_000).map(field).collect();
    fields.push(json!({"code": "f1000", "type": "int"}));
    let form = form(Json::Array(fields)).expect("no mistake");
    assert_eq!(datum(&sheet(&form, &record(&[("f1000", Value::Int(0))])), "f0"), number(1_000));
}

/// A group of rows asked for by `y`, with a member that follows another and a sum outside.
fn rows() -> Form {
    form(json!([
        {"code": "y", "type": "bool"},
        {"code": "g", "type": "group", "relevant": "y", "required": "cond", "range": [2, 3]},
        {"code": "g.n", "type": "int", "required": "yes", "checks": [{"severity": "warning", "rule": "unique(g.n)"}]},
        {"code": "g.why", "type": "text", "relevant": "g.n > 5", "required": "cond"},
        {"code": "g.twice", "type": "int", "formula": "g.n * 2"},
        {"code": "total", "type": "int", "formula": "sum(g.twice)"},
        {"code": "many", "type": "int", "formula": "count(g, g.n > 5)"},
    ]))
    .expect("no mistake")
}

fn kinds(sheet: &Sheet, path: &str) -> Vec<ProblemKind> {
    sheet.problems_at(&Path(path.to_owned())).map(|problem| problem.kind).collect()
}

#[test]
fn each_row_has_its_own_relevance_formula_and_problems() {
    let form = rows();
    let (y, n) = (("y", Value::Bool(true)), |row: &'static str, n| (row, Value::Int(n)));
    let sheet = sheet(&form, &record(&[y, n("g/r1/n", 9), n("g/r2/n", 1), n("g/r3/n", 9)]));
    assert_eq!(sheet.rows("g"), ["r1", "r2", "r3"]);
    assert_eq!((datum(&sheet, "total"), datum(&sheet, "many")), (number(38), number(2)));
    assert_eq!(datum(&sheet, "g/r2/twice"), number(2));
    assert_eq!(kinds(&sheet, "g/r1/why"), [ProblemKind::Missing]);
    assert_eq!(kinds(&sheet, "g/r2/why"), []);
    assert_eq!((kinds(&sheet, "g/r1/n"), kinds(&sheet, "g/r2/n")), (vec![ProblemKind::Check], vec![]));
}

#[test]
fn rows_of_a_group_that_is_not_asked_count_for_nothing() {
    let sheet = sheet(&rows(), &record(&[("y", Value::Bool(false)), ("g/r1/n", Value::Int(9))]));
    assert_eq!((datum(&sheet, "total"), datum(&sheet, "many")), (number(0), number(0)));
    assert_eq!(sheet.problems, []);
    assert!(!sheet.figures(&rows()).keys().any(|place| place.starts_with("g/")));
}

#[test]
fn too_few_and_too_many_rows_are_told() {
    let form = rows();
    for (count, expected) in [
        (0, vec![ProblemKind::Missing]),
        (1, vec![ProblemKind::Range]),
        (2, vec![]),
        (4, vec![ProblemKind::Range]),
    ] {
        let mut record = record(&[("y", Value::Bool(true))]);
        (0..count).for_each(|row| set(&mut record, &format!("g/r{row}/n"), Value::Int(row)));
        assert_eq!(kinds(&sheet(&form, &record), "g"), expected, "{count} rows");
    }
}

/// `a` must not be more than `b`, and had better be less than 100.
fn compared() -> Form {
    form(json!([
        {"code": "a", "type": "int", "range": [0, 5000], "checks": [
            {"severity": "error", "rule": "a <= b"}, {"severity": "warning", "rule": "a < 100"}]},
        {"code": "b", "type": "int", "relevant": "a != 7"},
    ]))
    .expect("no mistake")
}

#[test]
fn a_rule_does_not_fire_while_the_other_side_is_empty_unreadable_or_not_asked() {
    let form = compared();
    let a = |a| ("a", Value::Int(a));
    for values in [
        vec![a(9)],
        vec![a(9), ("b", Value::Unparsed("năm".into()))],
        vec![a(7), ("b", Value::Int(1))],
        vec![("b", Value::Int(1))],
    ] {
        assert_eq!(kinds(&sheet(&form, &record(&values)), "a"), [], "{values:?}");
    }
    assert_eq!(kinds(&sheet(&form, &record(&[a(9), ("b", Value::Int(1))])), "a"), [ProblemKind::Check]);
}

#[test]
fn a_note_answers_a_warning_and_never_an_error() {
    let form = compared();
    let mut record = record(&[("a", Value::Int(1_200)), ("b", Value::Int(1_000))]);
    set(&mut record, "a#note", Value::Text("  ".into()));
    let open = |record: &Record| -> Vec<(Severity, bool)> {
        sheet(&form, record).problems.iter().map(|problem| (problem.severity, problem.is_open())).collect()
    };
    assert_eq!(
        open(&record),
        [(Severity::Error, true), (Severity::Warning, true)],
        "a blank note says nothing"
    );
    set(&mut record, "a#note", Value::Text("Đã kiểm tra".into()));
    assert_eq!(open(&record), [(Severity::Error, true), (Severity::Warning, false)]);
    let told = sheet(&form, &record).problems[0].message.clone();
    assert_eq!(told, Bilingual::new("1.200 nhiều hơn 1.000", "1.200 is more than 1.000"));
}

#[test]
fn a_clash_blocks_until_a_person_chooses() {
    let form = compared();
    let mut record = Record::new("r");
    for (device, value) in [("d1", 3), ("d2", 4)] {
        let (dot, person) = (Dot::new(device, 1), device.to_owned());
        record.set(
            &Path::field("a"),
            &[],
            Entry { dot, value: Some(Value::Int(value)), person, at: 0, merged: vec![] },
        );
    }
    let torn = sheet(&form, &record);
    assert_eq!((kinds(&torn, "a"), torn.can_submit()), (vec![ProblemKind::Clash], false));
    set(&mut record, "a", Value::Int(4));
    assert!(sheet(&form, &record).can_submit());
}

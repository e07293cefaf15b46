//! What the real school report makes of answers: relevance, formulas, problems, progress, figures.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod hue;

use hue::{background, filled, hue, set};
use lantoa_shared::date::{Date, date};
use lantoa_shared::{
    definition::Severity,
    op::Path,
    record::Record,
    report::FilledForm,
    sheet::{ProblemKind, Sheet, Stage},
    sync::{ledger::Content, verdict::Refusal},
    value::{Datum, Exact, Value},
};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

fn sheet(record: &Record) -> Sheet {
    let hue = hue();
    Sheet::compute(hue.form("FA", 1).unwrap(), record, &background("FA"), TODAY)
}

fn datum(sheet: &Sheet, code: &str) -> Datum {
    sheet.cell(&Path::field(code)).unwrap().datum.clone()
}

fn whole(number: i64) -> Datum {
    Datum::Number(Exact::from_integer(i128::from(number)))
}

fn problem_kinds(sheet: &Sheet, code: &str) -> Vec<(Severity, ProblemKind)> {
    let path = Path::field(code);
    sheet.problems_at(&path).map(|problem| (problem.severity, problem.kind)).collect()
}

#[test]
fn an_untouched_report_owes_much_and_blames_nobody() {
    let sheet = sheet(&Record::new("r"));
    assert!(!sheet.can_submit());
    assert!(
        sheet.problems.iter().all(|problem| problem.kind == ProblemKind::Missing),
        "{:?}",
        sheet.problems
    );
    assert_eq!(sheet.progress().errors, 0);
    assert_eq!(datum(&sheet, "staff_total"), Datum::Empty, "missing is not zero");
    assert_eq!(datum(&sheet, "hdr_period_start"), Datum::Date(date(2025, 12, 15)));
    assert_eq!(sheet.sections[4].stage(), Stage::Untouched);
}

#[test]
fn a_report_filled_as_it_should_be_can_go_up() {
    let record = filled("FA");
    let sheet = sheet(&record);
    let open: Vec<_> = sheet.problems.iter().filter(|problem| problem.is_open()).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert!(sheet.can_submit());
    assert!(sheet.sections.iter().all(|section| section.stage() == Stage::Complete));
    assert_eq!(datum(&sheet, "plan_ok"), Datum::Bool(true));
}

#[test]
fn formulas_follow_what_is_typed() {
    let mut record = filled("FA");
    for (code, value) in [("mgr_total", 2), ("teacher_total", 30), ("support_total", 5), ("worker_total", 3)]
    {
        set(&mut record, code, Value::Int(value));
    }
    let sheet = sheet(&record);
    assert_eq!(datum(&sheet, "staff_total"), whole(40));
    let Datum::Number(rate) = datum(&sheet, "staff_informed_rate") else { panic!("no rate") };
    let Datum::Number(informed) = datum(&sheet, "staff_informed") else { panic!("no informed") };
    assert_eq!(rate, informed * Exact::from_integer(100) / Exact::from_integer(40));
}

#[test]
fn an_error_blocks_and_a_warning_asks_for_a_note() {
    let mut record = filled("FA");
    set(&mut record, "mgr_total", Value::Int(1));
    set(&mut record, "mgr_informed", Value::Int(2));
    assert_eq!(problem_kinds(&sheet(&record), "mgr_informed"), [(Severity::Error, ProblemKind::Check)]);
    let path = Path::field("mgr_informed");
    let told = sheet(&record).problems_at(&path).next().unwrap().message.clone();
    assert!(told.vi.contains("(2)") && told.vi.contains("(1)"), "{told:?}");

    let mut record = filled("FA");
    set(&mut record, "budget_state", Value::Int(20));
    set(&mut record, "budget_spent", Value::Int(0));
    let before = sheet(&record);
    assert_eq!(problem_kinds(&before, "budget_state"), [(Severity::Warning, ProblemKind::Check)]);
    assert!(!before.can_submit());
    set(&mut record, "budget_state#note", Value::Text("Chỉ hỗ trợ nước uống".into()));
    assert!(sheet(&record).can_submit());
}

#[test]
fn an_activity_with_nobody_in_it_is_an_error_once_it_is_described() {
    let mut record = filled("FA");
    set(&mut record, "activities/r1", Value::Bool(true));
    let path = "activities/r1/community";
    let errors = |record: &Record| {
        let sheet = sheet(record);
        sheet.problems_at(&Path(path.to_owned())).filter(|it| it.severity == Severity::Error).count()
    };
    assert_eq!(errors(&record), 0, "a row that was just added blames nobody");
    set(&mut record, "activities/r1/mode", Value::Choice("onsite".into()));
    assert_eq!(errors(&record), 1, "four blanks are nobody");
    set(&mut record, "activities/r1/staff", Value::Int(0));
    assert_eq!(errors(&record), 1, "and so is a zero");
    set(&mut record, "activities/r1/learners", Value::Int(35));
    assert_eq!(errors(&record), 0);
}

#[test]
fn no_platform_is_an_answer_that_stands_alone() {
    let mut record = filled("FA");
    let errors = |record: &Record| problem_kinds(&sheet(record), "digital_platforms");
    set(&mut record, "digital_platforms", Value::Choices(vec!["none".into()]));
    assert_eq!(errors(&record), []);
    set(&mut record, "digital_platforms", Value::Choices(vec!["none".into(), "zalo".into()]));
    assert_eq!(errors(&record), [(Severity::Error, ProblemKind::Check)]);
}

#[test]
fn numbers_out_of_range_and_days_outside_the_period_are_kept_and_marked() {
    let mut record = filled("FA");
    set(&mut record, "dissem_sessions", Value::Int(1_001));
    set(&mut record, "learner_total", Value::Unparsed("năm trăm".into()));
    set(&mut record, "eva_results", Value::Text("Tốt".into()));
    set(&mut record, "hdr_doc_date", Value::Date(date(2026, 12, 1)));
    let sheet = sheet(&record);
    assert_eq!(problem_kinds(&sheet, "dissem_sessions"), [(Severity::Error, ProblemKind::Range)]);
    assert_eq!(problem_kinds(&sheet, "learner_total"), [(Severity::Error, ProblemKind::Unreadable)]);
    assert_eq!(problem_kinds(&sheet, "eva_results"), [(Severity::Error, ProblemKind::Range)]);
    assert!(!sheet.can_submit());
    assert_eq!(record.value(&Path::field("learner_total")), Some(&Value::Unparsed("năm trăm".into())));
}

#[test]
fn what_is_not_asked_any_more_keeps_its_value_and_counts_as_empty() {
    let mut record = filled("FA");
    set(&mut record, "plan_mode", Value::Choice("none".into()));
    let sheet = sheet(&record);
    assert!(!sheet.cell(&Path::field("plan_doc_ref")).unwrap().is_relevant);
    assert!(record.value(&Path::field("plan_doc_ref")).is_some());
    assert_eq!(datum(&sheet, "plan_ok"), Datum::Bool(false));
    assert_eq!(problem_kinds(&sheet, "plan_missing_reason"), [(Severity::Error, ProblemKind::Missing)]);
}

#[test]
fn rows_are_checked_one_by_one() {
    let mut record = filled("FA");
    for (row, day) in [("r1", date(2026, 3, 1)), ("r2", date(2027, 3, 1))] {
        set(&mut record, &format!("activities/{row}"), Value::Bool(true));
        set(&mut record, &format!("activities/{row}/held_on"), Value::Date(day));
        set(&mut record, &format!("activities/{row}/learners"), Value::Int(100));
    }
    let sheet = sheet(&record);
    let wrong: Vec<_> = sheet
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Check && problem.path.0.starts_with("activities/"))
        .map(|problem| problem.path.0.as_str())
        .collect();
    assert_eq!(wrong, ["activities/r2/held_on"]);
    let Datum::Number(count) = datum(&sheet, "activity_count") else { panic!("no count") };
    assert!(count >= Exact::from_integer(2));
}

#[test]
fn the_ledger_takes_only_what_the_form_asks() {
    let hue = hue();
    let background = background("FA");
    let form = FilledForm { form: hue.form("FA", 1).unwrap(), background: &background, today: TODAY };
    let accepts = |path: &str, value: Value| form.accepts(&Path(path.into()), Some(&value));
    assert_eq!(accepts("learner_total", Value::Int(5)), Ok(()));
    assert_eq!(accepts("learner_total", Value::Unparsed("năm".into())), Ok(()));
    assert_eq!(accepts("learner_total#note", Value::Text("vì sao".into())), Ok(()));
    assert_eq!(accepts("columns/r1", Value::Bool(true)), Ok(()));
    assert_eq!(accepts("columns/r1/items", Value::Int(3)), Ok(()));
    assert_eq!(accepts("learner_total", Value::Bool(true)), Err(Refusal::WrongType));
    assert_eq!(accepts("staff_total", Value::Int(3)), Err(Refusal::UnknownField), "no one types a sum");
    for path in [
        "nothing",
        "columns.items",
        "columns/r1/nothing",
        "learner_total/r1",
        "",
        "a/b/c/d",
        "columns//items",
    ] {
        assert_eq!(accepts(path, Value::Int(1)), Err(Refusal::UnknownField), "{path}");
    }
}

proptest! {
    #[test]
    fn no_content_makes_a_sheet_panic(
        ops in prop::collection::vec((any::<prop::sample::Index>(), 0..9_u8, any::<i64>(), "\\PC{0,12}"), 0..60)
    ) {
        let hue = hue();
        let form = hue.form("FA", 1).unwrap();
        let mut record = Record::new("r");
        for (index, kind, number, text) in ops {
            let field = &form.fields[index.index(form.fields.len())];
            let code = match &field.group {
                Some(group) => format!("{group}/r{}/{}", number.rem_euclid(3), field.member()),
                None => field.code().to_owned(),
            };
            let value = match kind {
                0 => Value::Int(number),
                1 => Value::Text(text),
                2 => Value::Bool(number % 2 == 0),
                3 => Value::Unparsed(text),
                4 => Value::Choice(text),
                5 => Value::Choices(vec![text.clone(), text]),
                6 => Value::Date(date(2026, 1, 1)),
                7 => Value::Units(vec![]),
                _ => Value::Int(number % 10),
            };
            set(&mut record, &code, value);
        }
        let sheet = Sheet::compute(form, &record, &background("FA"), TODAY);
        let _ = (sheet.figures(form), sheet.can_submit(), sheet.progress());
    }
}

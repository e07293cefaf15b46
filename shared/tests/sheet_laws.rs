//! The laws of a sheet on the real forms: what is not asked counts for nothing, counts agree with
//! what they count, and the order in which answers were typed changes nothing.

mod hue;

use hue::{background, hue, set};
use lantoa_shared::date::{Date, date};
use lantoa_shared::{
    definition::{FieldType, Severity},
    form::Form,
    op::Path,
    record::Record,
    sheet::{ProblemKind, Sheet},
    value::{Datum, Value},
};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

fn form(code: &str) -> &'static Form {
    hue().form(code, 1).expect("the programme publishes it")
}

fn sheet(code: &str, record: &Record) -> Sheet {
    Sheet::compute(form(code), record, &background(code), TODAY)
}

/// Something a person may have left at a place of the form: fitting, too large, or unreadable.
fn answer(form: &Form, at: usize, pick: u32) -> Option<(String, Value)> {
    let field = &form.fields[at];
    let path = match &field.group {
        Some(group) => format!("{group}/r{}/{}", pick % 3, field.member()),
        None => field.code().to_owned(),
    };
    let choice = |pick: u32| {
        let choices = form.choices(field);
        choices.get(pick as usize % choices.len().max(1)).map_or("gone".to_owned(), |its| its.code.clone())
    };
    let value = match field.definition.kind {
        _ if field.is_automatic() => return None,
        FieldType::Group => return Some((format!("{}/r{}", field.code(), pick % 3), Value::Bool(true))),
        _ if pick.is_multiple_of(11) => Value::Unparsed("khoảng mười".to_owned()),
        FieldType::Int | FieldType::Money => Value::Int(i64::from(pick % 7)),
        FieldType::Bool => Value::Bool(pick.is_multiple_of(2)),
        FieldType::Date => Value::Date(date(2026, 1, 1 + u8::try_from(pick % 28).unwrap_or(0))),
        FieldType::Enum => Value::Choice(choice(pick)),
        FieldType::Multi => Value::Choices(vec![choice(pick), choice(pick + 1)]),
        FieldType::Text | FieldType::Long => Value::Text("Nội dung ".repeat(pick as usize % 9)),
        _ => return None,
    };
    Some((path, value))
}

/// Records with answers at many places of a form.
fn answers() -> impl Strategy<Value = (&'static str, Vec<(String, Value)>)> {
    let picks = prop::collection::vec((any::<prop::sample::Index>(), any::<u16>()), 0..120);
    (prop::sample::select(vec!["FA", "FB"]), picks).prop_map(|(code, picks)| {
        let form = form(code);
        let answer = |(index, pick): &(prop::sample::Index, u16)| {
            answer(form, index.index(form.fields.len()), u32::from(*pick))
        };
        (code, picks.iter().filter_map(answer).collect())
    })
}

/// Types the answers one after the other. A row that is there is not added again: an op on the row
/// itself replaces everything in it.
fn record(answers: &[(String, Value)]) -> Record {
    let mut record = Record::new("r");
    for (path, value) in answers {
        let place = Path(path.clone());
        match place.in_row() {
            Some((group, row, None)) if record.rows(group).contains(&row) => {}
            _ => set(&mut record, path, value.clone()),
        }
    }
    record
}

proptest! {
    #[test]
    fn what_is_not_asked_is_empty_owes_nothing_and_is_not_blamed((code, answers) in answers()) {
        let record = record(&answers);
        let sheet = sheet(code, &record);
        let figures = sheet.figures(form(code));
        for (path, _) in answers {
            let path = Path(path);
            let Some(cell) = sheet.cell(&path).filter(|cell| !cell.is_relevant) else { continue };
            prop_assert_eq!((&cell.datum, cell.is_required), (&Datum::Empty, false), "{}", path);
            prop_assert_eq!(sheet.problems_at(&path).count(), 0, "{}", path);
            prop_assert!(!figures.contains_key(&path.0), "{}", path);
            let is_row = path.in_row().is_some_and(|(_, _, member)| member.is_none());
            prop_assert!(is_row || record.value(&path).is_some(), "{} is kept", path);
        }
    }

    #[test]
    fn an_answer_that_is_owed_is_either_there_or_missed_at_its_place((code, answers) in answers()) {
        let sheet = sheet(code, &record(&answers));
        for field in form(code).fields.iter().filter(|field| field.group.is_none()) {
            let path = Path::field(field.code());
            let Some(cell) = sheet.cell(&path) else { return Err(TestCaseError::fail(field.code().to_owned())) };
            let is_there =
                if field.is_group() { !sheet.rows(field.code()).is_empty() } else { cell.datum != Datum::Empty };
            let missed = sheet
                .problems_at(&path)
                .any(|problem| matches!(problem.kind, ProblemKind::Missing | ProblemKind::Unreadable));
            if cell.is_required {
                prop_assert_eq!(is_there, !missed, "{}", path);
            }
        }
    }

    #[test]
    fn the_counts_of_the_sections_agree_with_the_problems((code, answers) in answers()) {
        let sheet = sheet(code, &record(&answers));
        let progress = sheet.progress();
        let open = |kind: fn(ProblemKind) -> bool, severity| {
            let its = sheet.problems.iter().filter(|problem| problem.is_open() && problem.severity == severity);
            its.filter(|problem| kind(problem.kind)).count()
        };
        prop_assert_eq!(progress.errors, open(|kind| kind != ProblemKind::Missing, Severity::Error));
        prop_assert_eq!(progress.warnings, open(|_| true, Severity::Warning));
        prop_assert!(progress.answered <= progress.owed && progress.answered <= progress.filled);
        let nothing_wrong = progress.errors + progress.warnings == 0 && progress.answered == progress.owed;
        prop_assert_eq!(sheet.can_submit(), nothing_wrong);
    }

    #[test]
    fn the_order_of_typing_changes_nothing((code, mut answers) in answers()) {
        let mut seen = std::collections::BTreeSet::new();
        answers.retain(|(path, _)| seen.insert(path.clone()));
        let forwards = sheet(code, &record(&answers));
        answers.reverse();
        prop_assert_eq!(sheet(code, &record(&answers)), forwards);
    }

    #[test]
    fn what_is_emptied_again_leaves_no_trace((code, answers) in answers()) {
        let mut emptied = record(&answers);
        for (n, (path, _)) in (1_000..).zip(&answers) {
            let path = Path(path.clone());
            let base = emptied.base(&path);
            let dot = lantoa_shared::op::Dot::new("test", n);
            let entry = lantoa_shared::record::Entry { dot, value: None, person: "p".into(), at: 0, merged: vec![] };
            emptied.set(&path, &base, entry);
        }
        prop_assert_eq!(sheet(code, &emptied), sheet(code, &Record::new("r")));
    }

    #[test]
    fn every_message_is_whole_in_both_languages((code, answers) in answers()) {
        for problem in sheet(code, &record(&answers)).problems {
            for text in [&problem.message.vi, &problem.message.en] {
                prop_assert!(!text.is_empty() && !text.contains(['{', '}']), "{:?}", problem);
                prop_assert!(!text.contains("()"), "a placeholder stayed empty: {:?}", problem);
            }
        }
    }
}

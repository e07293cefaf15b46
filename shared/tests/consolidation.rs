//! Bringing reports together: the worked example of the plan, and the laws of the arithmetic.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod hue;

use hue::hue;
use lantoa_shared::map::Map;
use lantoa_shared::{
    consolidation::{Contribution, Table, Way, consolidate},
    period::{Period, PeriodKind},
    target::{Reports, TargetState, measures, reports_behind},
    text::number,
    value::{Datum, Exact},
};
use proptest::prelude::*;

const H1: Period = Period { year: 2026, kind: PeriodKind::H1 };

fn whole(number: i64) -> Datum {
    Datum::Number(Exact::from_integer(i128::from(number)))
}

fn school(unit: &str, staff: (i64, i64), comm: (i64, i64), plan: bool, column: bool) -> Contribution {
    let figures = Map::from([
        ("staff_total".to_owned(), whole(staff.0)),
        ("staff_informed".to_owned(), whole(staff.1)),
        ("comm_total".to_owned(), whole(comm.0)),
        ("comm_trained".to_owned(), whole(comm.1)),
        ("plan_ok".to_owned(), Datum::Bool(plan)),
        ("column_ok".to_owned(), Datum::Bool(column)),
    ]);
    Contribution {
        unit: unit.into(),
        record: format!("FA:{H1}:{unit}"),
        is_accepted: true,
        figures,
        name: None,
    }
}

fn due(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

fn target(code: &str, due: &[String], contributions: &[Contribution]) -> (String, TargetState, Vec<String>) {
    let target = hue().targets.iter().find(|target| target.code == code).unwrap();
    let [measure]: [_; 1] =
        measures(target, &[Reports { form: "FA", due, contributions }]).try_into().unwrap();
    let Datum::Number(share) = measure.accepted.value else {
        return (String::new(), measure.state, measure.silent);
    };
    (number::share(share).replace('\u{a0}', " "), measure.state, measure.silent)
}

#[test]
fn the_worked_example_of_the_plan_comes_out() {
    let due = due(&["A", "B", "C"]);
    let mut sent =
        vec![school("A", (10, 10), (1, 1), true, true), school("B", (60, 30), (4, 2), true, false)];
    for (code, share) in [("T2", "57,1 %"), ("T5", "60,0 %"), ("T1a", "66,7 %"), ("T1b", "33,3 %")] {
        let (told, state, silent) = target(code, &due, &sent);
        assert_eq!(told, share, "{code}");
        assert_eq!(state, TargetState::NotMet, "{code}");
        assert_eq!(silent, ["C"], "{code}");
    }
    sent.push(school("C", (30, 30), (0, 0), true, true));
    assert_eq!(target("T2", &due, &sent).0, "70,0 %");
    assert_eq!(target("T1a", &due, &sent).1, TargetState::Met);
}

#[test]
fn schools_and_communes_are_measured_apart_where_the_plan_wants_it_and_both_are_due() {
    let (schools, communes) = (due(&["A", "B"]), due(&["X", "Y"]));
    let of_schools = [school("A", (10, 10), (1, 1), true, true), school("B", (10, 10), (1, 1), true, true)];
    let of_communes = [school("X", (5, 5), (1, 1), true, true)];
    let reports = [
        Reports { form: "FA", due: &schools, contributions: &of_schools },
        Reports { form: "FB", due: &communes, contributions: &of_communes },
    ];
    let told = |code: &str, reports: &[Reports<'_>]| -> Vec<(Option<String>, TargetState, u32)> {
        let target = hue().targets.iter().find(|target| target.code == code).unwrap();
        measures(target, reports).into_iter().map(|it| (it.form, it.state, it.due)).collect()
    };
    let (fa, fb) = (Some("FA".to_owned()), Some("FB".to_owned()));
    assert_eq!(told("T1a", &reports), [(fa, TargetState::Met, 2), (fb, TargetState::NotMet, 2)]);
    assert_eq!(told("T1b", &reports), [(None, TargetState::NotMet, 4)], "a column is asked of all together");
    assert_eq!(told("T1a", &reports[..1]), [(None, TargetState::Met, 2)], "with one form there is one line");
}

#[test]
fn behind_a_target_are_the_reports_of_all_its_forms_or_of_the_one_that_is_measured_by_itself() {
    let (schools, communes) = (due(&["A"]), due(&["X"]));
    let of_schools = [school("A", (10, 10), (1, 1), true, true)];
    let of_communes = [school("X", (5, 5), (1, 1), true, true)];
    let reports = [
        Reports { form: "FA", due: &schools, contributions: &of_schools },
        Reports { form: "FB", due: &communes, contributions: &of_communes },
    ];
    let behind = |code: &str, reports: &[Reports<'_>], form: &str| -> Vec<String> {
        let target = hue().targets.iter().find(|target| target.code == code).unwrap();
        reports_behind(target, reports, form).iter().map(|it| it.form.to_owned()).collect()
    };
    assert_eq!(behind("T2", &reports, "FB"), ["FA", "FB"]);
    assert_eq!(behind("T1a", &reports, "FB"), ["FB"]);
    assert_eq!(behind("T1a", &reports[..1], "FB"), ["FA"], "with one form there is one line");
    assert_eq!(behind("T5", &reports, "FB"), ["FA"]);
}

#[test]
fn a_unit_whose_first_report_was_sent_back_is_named_apart_and_goes_on_counting_below_the_line() {
    let due = due(&["A", "B", "C"]);
    let sent = [school("A", (10, 10), (1, 1), true, true)];
    let mut table = consolidate(hue().form("FA", 1).unwrap(), "X", H1, &due, &sent);
    table.coverage.name_apart(|unit| unit == "B");
    assert_eq!((&table.coverage.silent[..], &table.coverage.correcting[..]), (&due[2..], &due[1..2]));
    let target = hue().targets.iter().find(|target| target.code == "T1a").unwrap();
    let mut measure = measures(target, &[Reports { form: "FA", due: &due, contributions: &sent }]).remove(0);
    measure.name_apart(|unit| unit == "B");
    assert_eq!((&measure.silent[..], &measure.correcting[..]), (&due[2..], &due[1..2]));
    assert_eq!((measure.due, measure.accepted.denominator), (3, whole(3)));
}

fn row<'a>(table: &'a Table, field: &str) -> &'a lantoa_shared::consolidation::TableRow {
    table.sections.iter().flat_map(|section| &section.rows).find(|row| row.field == field).unwrap()
}

#[test]
fn provisional_reports_are_shown_apart_and_silent_units_are_named() {
    let due = due(&["A", "B", "C"]);
    let mut b = school("B", (60, 30), (4, 2), true, false);
    b.is_accepted = false;
    let stranger = school("Z", (999, 999), (9, 9), true, true);
    let table = consolidate(
        hue().form("FA", 1).unwrap(),
        "XP-19753",
        H1,
        &due,
        &[school("A", (10, 10), (1, 1), true, true), b, stranger],
    );
    assert_eq!((table.coverage.due, table.coverage.accepted, table.coverage.provisional), (3, 1, 1));
    assert_eq!(table.coverage.silent, ["C"]);
    let staff = row(&table, "staff_total");
    assert_eq!((&staff.accepted.value, &staff.provisional.value), (&whole(10), &whole(70)));
    assert_eq!(row(&table, "staff_informed_rate").way, Way::Ratio);
    let plan = row(&table, "plan_ok");
    assert_eq!(plan.accepted.denominator, whole(3), "the silent count below the line");
}

#[test]
fn missing_is_not_zero() {
    let due = due(&["A"]);
    let table = consolidate(hue().form("FA", 1).unwrap(), "XP-19753", H1, &due, &[]);
    assert_eq!(row(&table, "staff_total").accepted.value, Datum::Empty);
    assert_eq!(row(&table, "staff_informed_rate").accepted.value, Datum::Empty);
}

#[test]
fn rows_of_groups_are_added_and_counted() {
    let mut a = school("A", (1, 1), (1, 1), true, true);
    for (row, platform, items) in [(0, "facebook", 3), (1, "zalo", 4)] {
        a.figures.insert(format!("columns/{row}/platform"), Datum::Text(platform.into()));
        a.figures.insert(format!("columns/{row}/items"), whole(items));
    }
    let table = consolidate(hue().form("FA", 1).unwrap(), "X", H1, &due(&["A"]), &[a]);
    assert_eq!(row(&table, "columns.items").accepted.value, whole(7));
    let rows = table.sections.iter().flat_map(|section| &section.rows);
    let zalo =
        rows.clone().find(|row| row.field == "columns.platform" && row.choice.as_deref() == Some("zalo"));
    assert_eq!(zalo.unwrap().accepted.value, whole(1));
    let choices: Vec<_> = rows.filter(|row| row.field == "columns.platform").collect();
    let headings = choices.iter().filter_map(|row| row.heading.as_ref());
    let field = hue().form("FA", 1).unwrap().field("columns.platform").unwrap();
    assert!(headings.eq([&field.definition.label]), "the choices stand under the name of their field");
    assert!(choices[0].heading.is_some());
}

proptest! {
    #[test]
    fn the_order_of_reports_changes_nothing(
        schools in prop::collection::vec((1..500_i64, 0..500_i64, any::<bool>(), any::<bool>()), 0..12),
        seed in any::<u64>(),
    ) {
        let form = hue().form("FA", 1).unwrap();
        let units: Vec<String> = (0..schools.len() + 2).map(|index| format!("U{index}")).collect();
        let mut sent: Vec<Contribution> = schools
            .iter()
            .zip(&units)
            .map(|((total, informed, plan, accepted), unit)| Contribution {
                is_accepted: *accepted,
                ..school(unit, (*total, *informed), (1, 1), *plan, false)
            })
            .collect();
        let one = consolidate(form, "X", H1, &units, &sent);
        sent.sort_by_key(|its| its.unit.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)));
        prop_assert_eq!(consolidate(form, "X", H1, &units, &sent), one);
    }

    #[test]
    fn adding_communes_gives_what_adding_all_schools_gives(
        schools in prop::collection::vec((1..500_i64, 0..4_usize), 1..20),
    ) {
        let form = hue().form("FA", 1).unwrap();
        let sent: Vec<(usize, Contribution)> = schools
            .iter()
            .enumerate()
            .map(|(index, (total, commune))| (*commune, school(&format!("U{index}"), (*total, 1), (1, 1), true, true)))
            .collect();
        let total = |commune: Option<usize>| {
            let its: Vec<Contribution> =
                sent.iter().filter(|(of, _)| commune.is_none_or(|commune| commune == *of)).map(|(_, its)| its.clone()).collect();
            let due: Vec<String> = its.iter().map(|its| its.unit.clone()).collect();
            match row(&consolidate(form, "X", H1, &due, &its), "staff_total").accepted.value {
                Datum::Number(number) => number,
                _ => Exact::from_integer(0),
            }
        };
        prop_assert_eq!((0..4).map(|commune| total(Some(commune))).sum::<Exact>(), total(None));
    }
}

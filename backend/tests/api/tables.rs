//! Tables through HTTP: the worked example of forms.md section 15, coverage, and who may see them.

use crate::support::Centre;
use lantoa_shared::{
    consolidation::{Contribution, Table},
    record::State,
    sync::verdict::Verdict,
    target::TargetState,
    text::number::share,
    value::{Datum, Exact, Value},
    wire::v1::{RowKind, SentRecord},
};

const EXAMPLE: &str = "unit=XP-20161&form=FA&period=2026-h1";

async fn table(centre: &Centre, account: &str, which: &str) -> Table {
    let phone = centre.phone(account).await;
    let (status, body) = phone.get(&format!("/api/v1/tables?{which}")).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_value(body).unwrap()
}

#[tokio::test]
async fn the_worked_example_comes_out_exactly_and_names_the_silent_school() {
    let centre = Centre::start().await;
    let table = table(&centre, "xa", EXAMPLE).await;
    let coverage = &table.coverage;
    assert_eq!((coverage.due, coverage.accepted, coverage.provisional), (3, 2, 0));
    assert_eq!(coverage.silent, ["TH-0003"]);
    assert!(table.names["TH-0003"].vi.starts_with("Trường "), "{:?}", table.names);
    for (code, numerator, denominator, state) in [
        ("T1a", 2, 3, TargetState::NotMet),
        ("T1b", 1, 3, TargetState::NotMet),
        ("T2", 40, 70, TargetState::NotMet),
        ("T5", 3, 5, TargetState::NotMet),
    ] {
        let measure = table.targets.iter().find(|measure| measure.target.code == code).unwrap();
        let value = Exact::new(100 * numerator, denominator);
        assert_eq!(measure.accepted.value, Datum::Number(value), "{code}");
        assert_eq!(measure.state, state, "{code}");
        assert_eq!(measure.silent, ["TH-0003"], "{code}");
    }
    let shown: Vec<String> = ["T2", "T5", "T1a", "T1b"]
        .iter()
        .map(|code| table.targets.iter().find(|measure| measure.target.code == *code).unwrap())
        .map(|measure| match &measure.accepted.value {
            Datum::Number(number) => share(*number),
            _ => String::new(),
        })
        .collect();
    assert_eq!(shown, ["57,1\u{a0}%", "60,0\u{a0}%", "66,7\u{a0}%", "33,3\u{a0}%"]);
}

#[tokio::test]
async fn every_figure_opens_down_to_the_reports_behind_it() {
    let centre = Centre::start().await;
    let table = table(&centre, "chutich", EXAMPLE).await;
    let rows: Vec<_> = table.sections.iter().flat_map(|section| &section.rows).collect();
    let staff = rows.iter().find(|row| row.field == "staff_total").unwrap();
    assert_eq!(staff.accepted.value, Datum::Number(70.into()));

    let phone = centre.phone("chutich").await;
    let (status, body) = phone.get(&format!("/api/v1/contributions?{EXAMPLE}&field=staff_total")).await;
    assert_eq!(status, 200);
    let behind: Vec<Contribution> = serde_json::from_value(body).unwrap();
    let figures: Vec<_> =
        behind.iter().map(|of| (of.unit.as_str(), of.figures["staff_total"].clone())).collect();
    assert_eq!(figures, [("TH-0001", Datum::Number(10.into())), ("TH-0002", Datum::Number(60.into()))]);
    assert!(behind.iter().all(|of| of.figures.len() == 1), "only what the figure rests on");
}

#[tokio::test]
async fn a_target_opens_down_to_the_reports_of_all_its_forms_with_both_parts_of_its_share() {
    let centre = Centre::start().await;
    let phone = centre.phone("so.tonghop").await;
    let behind = async |form: &str, target: &str| -> Vec<Contribution> {
        let which = format!("unit=SO-GDDT&form={form}&period=2026-h1&target={target}");
        let (status, body) = phone.get(&format!("/api/v1/contributions?{which}")).await;
        assert_eq!(status, 200, "{body}");
        serde_json::from_value(body).unwrap()
    };
    let of =
        |behind: &[Contribution], form: &str| behind.iter().filter(|of| of.record.starts_with(form)).count();
    let staff = behind("FB", "T2").await;
    assert!(of(&staff, "FA:") > 90 && of(&staff, "FB:") > 30, "{}", staff.len());
    let parts = ["staff_informed", "staff_total"];
    assert!(staff.iter().all(|of| of.figures.keys().all(|code| parts.contains(&code.as_str()))));
    let school = staff.iter().find(|of| of.unit == "TH-0002").unwrap();
    assert_eq!(parts.map(|code| school.figures[code].clone()), [30, 60].map(|of| Datum::Number(of.into())));
    let plans = behind("FB", "T1a").await;
    assert!(of(&plans, "FA:") == 0 && of(&plans, "FB:") > 30, "each form of this one is measured by itself");
}

#[tokio::test]
async fn a_report_is_read_by_its_unit_its_recipient_and_those_above_and_by_nobody_else() {
    let centre = Centre::start().await;
    let (sent, draft) = ("FA:2026-h1:TH-0001", "FA:2026-year:TH-0001");
    let mut school = centre.phone("truong").await;
    school.pull().await;
    assert_eq!(school.set(draft, "learner_total", Value::Int(112)).await, Verdict::APPLIED);
    for (account, of_sent, of_draft) in [
        ("truong", 200, 200),
        ("xa", 200, 404),
        ("chutich", 200, 404),
        ("so.tonghop", 200, 404),
        ("ubnd", 200, 404),
        ("xa.lap", 404, 404),
        ("quantri", 404, 404),
    ] {
        let phone = centre.phone(account).await;
        let status = async |id: &str| phone.get(&format!("/api/v1/records/{id}")).await.0;
        assert_eq!((status(sent).await, status(draft).await), (of_sent, of_draft), "{account}");
        assert_eq!(status("FA:2026-h1:NOBODY").await, 404);
    }
    let phone = centre.phone("ubnd").await;
    let (_, body) = phone.get(&format!("/api/v1/records/{sent}")).await;
    let report: SentRecord = serde_json::from_value(body).unwrap();
    assert_eq!(report.row.record.state, State::Accepted);
    assert_eq!(report.background.duty.id(), sent);
    assert!(report.row.people.values().any(|name| name == "Lê Thị Lan"), "who accepted it is named");
}

#[tokio::test]
async fn the_citys_table_holds_the_communes_and_their_schools() {
    let centre = Centre::start().await;
    let schools = table(&centre, "so.tonghop", "unit=SO-GDDT&form=FA&period=2026-h1").await;
    assert_eq!(schools.coverage.due, 120);
    assert!(schools.coverage.accepted > 90, "most of the demo's schools reported");
    let communes = table(&centre, "ubnd", "unit=UBND-TP&form=FB&period=2026-h1").await;
    assert_eq!(communes.coverage.due, 40);
    assert!(communes.coverage.accepted > 30);
}

#[tokio::test]
async fn tables_are_for_those_who_receive_and_for_those_above_them() {
    let centre = Centre::start().await;
    for (account, unit, status) in [
        ("xa", "XP-20161", 200),
        ("chutich", "XP-20161", 200),
        ("so", "XP-20161", 200),
        ("so.tonghop", "SO-GDDT", 200),
        ("ubnd", "XP-20161", 200),
        ("ubnd", "UBND-TP", 200),
        ("truong", "XP-20161", 403),
        ("hieutruong", "XP-20161", 403),
        ("xa.lap", "XP-20161", 403),
        ("quantri", "SO-GDDT", 403),
        ("xa", "SO-GDDT", 403),
        ("xa", "XP-19753", 403),
        ("so", "NOWHERE", 403),
    ] {
        let phone = centre.phone(account).await;
        for path in ["tables?", "contributions?field=staff_total&"] {
            let (got, body) = phone.get(&format!("/api/v1/{path}unit={unit}&form=FA&period=2026-h1")).await;
            assert_eq!(got, status, "{account} {path} {unit}: {}", body["error"]["code"]);
        }
    }
}

#[tokio::test]
async fn a_phone_is_told_which_units_receive_reports() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("so.tonghop").await;
    phone.pull().await;
    let receives = |code: &str| {
        let row = &phone.rows[&("pub".to_owned(), RowKind::Unit, code.to_owned())];
        row.get("receives").is_some_and(|receives| receives == true)
    };
    let told: Vec<bool> = ["UBND-TP", "SO-GDDT", "XP-20161", "SO-VHTT", "CTTDT"].map(receives).into();
    assert_eq!(told, [true, true, true, false, false]);
}

#[tokio::test]
async fn unreadable_parameters_have_their_code() {
    let centre = Centre::start().await;
    let phone = centre.phone("so").await;
    for path in [
        "tables",
        "tables?unit=SO-GDDT&form=FA",
        "tables?unit=SO-GDDT&form=ZZ&period=2026-h1",
        "tables?unit=SO-GDDT&form=FA&period=1999-h1",
        "tables?unit=SO-GDDT&form=FA&period=2026-h1%00",
        "contributions?unit=SO-GDDT&form=FA&period=2026-h1",
        "contributions?unit=SO-GDDT&form=FA&period=2026-h1&field=nothing",
        "contributions?unit=SO-GDDT&form=FA&period=2026-h1&target=T99",
    ] {
        let (status, body) = phone.get(&format!("/api/v1/{path}")).await;
        assert_eq!((status, body["error"]["code"].as_str()), (400, Some("bad_parameter")), "{path}");
    }
}

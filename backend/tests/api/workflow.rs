//! The way of a report: filled, approved, accepted or returned, corrected, reopened; every step on
//! the content that was seen, by whoever may take it.

use crate::support::{Centre, Phone};
use lantoa_backend::demo::{
    answers::school::{Profile, report},
    chance::Chance,
};
use lantoa_shared::{
    background::Background,
    definition::Severity,
    op::{Act, Command, Path},
    record::State,
    report::FilledForm,
    sheet::{Sheet, takes},
    sync::{
        ledger::digest_seen,
        verdict::{Refusal, Verdict},
    },
    value::{Datum, Value},
    wire::v1::RowKind,
};

const REPORT: &str = "FA:2026-year:TH-0001";

fn background(phone: &Phone, id: &str) -> Background {
    let row = phone.rows.iter().find(|((_, kind, row), _)| *kind == RowKind::Duty && row == id);
    serde_json::from_value(row.unwrap().1.clone()).unwrap()
}

/// Fills the report of the year completely, as school A would, asking the form that was pulled
/// what it takes.
async fn fill(phone: &mut Phone) {
    phone.pull().await;
    let background = background(phone, REPORT);
    let form = phone.form(&background.duty);
    let answers = report(&mut Chance::of("test"), &background, &["mn".into()], &Profile::example_a());
    let typed = answers.entries.into_iter().filter(|(path, value)| {
        let field = form.field(&path.code()).filter(|field| !field.is_automatic());
        field.is_some_and(|field| takes(field.definition.kind, value))
    });
    let acts: Vec<(Path, Act)> = typed
        .map(|(path, value)| (path.clone(), Act::Set { path, base: Vec::new(), value: Some(value) }))
        .collect();
    set_all(phone, acts).await;
    let record = phone.record(REPORT).unwrap();
    let warnings = Sheet::compute(&form, &record, &background, background.duty.due).problems;
    let notes = warnings.into_iter().filter(|problem| problem.severity == Severity::Warning).map(|problem| {
        let (path, value) = (problem.path.note(), Some(Value::Text("Đã rà soát.".into())));
        (path.clone(), Act::Set { path, base: Vec::new(), value })
    });
    set_all(phone, notes.collect()).await;
}

async fn set_all(phone: &mut Phone, acts: Vec<(Path, Act)>) {
    if acts.is_empty() {
        return;
    }
    let (places, acts): (Vec<_>, Vec<_>) = acts.into_iter().unzip();
    let bodies = acts.into_iter().map(|act| phone.op(REPORT, act)).collect();
    for (verdict, place) in phone.push(bodies).await.iter().zip(places) {
        assert_eq!(*verdict, Verdict::APPLIED, "{place}");
    }
    phone.pull().await;
}

#[tokio::test]
async fn a_report_goes_the_whole_way_round() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let mut reviewer = centre.phone("xa").await;
    fill(&mut preparer).await;
    assert_eq!(preparer.command(REPORT, Command::HandOver, "").await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);

    reviewer.pull().await;
    assert_eq!(reviewer.record(REPORT).unwrap().state, State::Submitted);
    let people = reviewer.record_row(REPORT).unwrap().people;
    let names: Vec<&str> = people.values().map(String::as_str).collect();
    assert_eq!(
        names,
        ["Trần Thị Minh Châu", "Nguyễn Thị Hoa"],
        "whoever reads what was done may know who did it"
    );
    assert_eq!(reviewer.command(REPORT, Command::Return, " ").await, Verdict::refused(Refusal::NoteMissing));
    let note = "Đề nghị rà soát số người học.";
    assert_eq!(reviewer.command(REPORT, Command::Return, note).await, Verdict::APPLIED);

    preparer.pull().await;
    let returned = preparer.record(REPORT).unwrap();
    assert_eq!((returned.state, returned.last_event().unwrap().note.as_str()), (State::Returned, note));
    assert!(returned.last_event().unwrap().received_at.is_some());
    assert_eq!(preparer.set(REPORT, "learner_total", Value::Int(115)).await, Verdict::APPLIED);
    reviewer.pull().await;
    let seen = reviewer.record(REPORT).unwrap();
    let learners = Path::field("learner_total");
    assert_eq!(seen.value(&learners), Some(&Value::Int(112)), "corrections stay in the school until sent");

    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
    reviewer.pull().await;
    assert_eq!(reviewer.record(REPORT).unwrap().value(&learners), Some(&Value::Int(115)));
    assert_eq!(reviewer.command(REPORT, Command::Accept, "").await, Verdict::APPLIED);

    preparer.pull().await;
    let closed = preparer.set(REPORT, "learner_total", Value::Int(1)).await;
    assert_eq!(closed, Verdict::parked(Refusal::WrongState), "kept, and the accepted text stands");
    assert_eq!(reviewer.command(REPORT, Command::Reopen, "Sai số liệu.").await, Verdict::APPLIED);
    preparer.pull().await;
    let reopened = preparer.record(REPORT).unwrap();
    assert_eq!((reopened.state, reopened.revision), (State::Returned, 1));
}

#[tokio::test]
async fn nobody_decides_on_content_they_have_not_seen() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    fill(&mut preparer).await;
    head.pull().await;
    assert_eq!(preparer.set(REPORT, "learner_total", Value::Int(113)).await, Verdict::APPLIED);
    let verdict = head.command(REPORT, Command::Approve, "").await;
    assert_eq!(verdict, Verdict::refused(Refusal::ContentChanged));
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
}

#[tokio::test]
async fn everyone_takes_only_the_steps_of_their_role() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    fill(&mut preparer).await;
    let digest = preparer.record(REPORT).unwrap().digest();
    let attempt = async |account: &str, command: Command| {
        let mut phone = centre.phone(account).await;
        let act =
            Act::Command { command, expect: digest.clone(), note: "vì".into(), field_notes: Vec::new() };
        let body = phone.op(REPORT, act);
        phone.push(vec![body]).await[0]
    };
    let not_role = Verdict::refused(Refusal::NotYourRole);
    let not_unit = Verdict::refused(Refusal::NotYourUnit);
    assert_eq!(attempt("truong", Command::Approve).await, not_role);
    assert_eq!(attempt("truong", Command::Accept).await, not_unit);
    assert_eq!(attempt("xa", Command::Approve).await, not_unit);
    assert_eq!(attempt("xa", Command::Accept).await, Verdict::refused(Refusal::WrongState));
    assert_eq!(attempt("so", Command::Accept).await, not_unit);
    assert_eq!(attempt("hieutruong", Command::Approve).await, Verdict::APPLIED);
    for (account, refusal) in [
        ("hieutruong", not_unit),
        ("xa.lap", not_role),
        ("chutich", not_role),
        ("so", not_unit),
        ("so.tonghop", not_unit),
        ("quantri", not_unit),
        ("ubnd", not_unit),
    ] {
        assert_eq!(attempt(account, Command::Accept).await, refusal, "{account}");
    }
    assert_eq!(attempt("xa", Command::Accept).await, Verdict::APPLIED);
}

#[tokio::test]
async fn an_unfinished_report_is_kept_but_does_not_go_up() {
    let centre = Centre::start().await;
    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.set(REPORT, "learner_total", Value::Int(112)).await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::refused(Refusal::OpenErrors));
}

#[tokio::test]
async fn fields_the_form_does_not_have_are_parked_and_odd_content_is_kept() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let set = async |phone: &mut Phone, path: &str, value: Value| phone.set(REPORT, path, value).await;
    assert_eq!(set(&mut phone, "no_such_field", Value::Int(1)).await, Verdict::parked(Refusal::UnknownField));
    assert_eq!(
        set(&mut phone, "learner_total", Value::Bool(true)).await,
        Verdict::parked(Refusal::WrongType)
    );
    // Out of range, outside the period, too long, not understood: problems, never losses.
    for (path, value) in [
        ("learner_total", Value::Int(-5)),
        ("plan_doc_date", Value::Date("1890-01-01".parse().unwrap())),
        ("hdr_preparer_name", Value::Text("x".repeat(5000))),
        ("teacher_total", Value::Unparsed("mười hai".into())),
    ] {
        assert_eq!(set(&mut phone, path, value).await, Verdict::APPLIED, "{path}");
    }
}

#[tokio::test]
async fn an_accepted_report_changes_what_the_commune_and_the_next_report_rest_on() {
    let centre = Centre::start().await;
    let mut commune = centre.phone("xa.lap").await;
    commune.pull().await;
    let before = background(&commune, "FB:2026-year:XP-20161").schools.unwrap();
    assert_eq!((before.due, before.reported), (3, 0));

    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let mut reviewer = centre.phone("xa").await;
    fill(&mut preparer).await;
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
    reviewer.pull().await;
    assert_eq!(reviewer.command(REPORT, Command::Accept, "").await, Verdict::APPLIED);

    commune.pull().await;
    let after = background(&commune, "FB:2026-year:XP-20161").schools.unwrap();
    assert_eq!((after.due, after.reported), (3, 1));
    assert_eq!(after.sums.get("staff_total"), Some(&Datum::Number(10.into())));
    assert_eq!(after.trues.get("plan_ok"), Some(&1));

    assert_eq!(reviewer.command(REPORT, Command::Reopen, "Sai số liệu.").await, Verdict::APPLIED);
    commune.pull().await;
    let reopened = background(&commune, "FB:2026-year:XP-20161").schools.unwrap();
    assert_eq!(reopened, after, "what was accepted counts until the next revision is accepted");
}

#[tokio::test]
async fn what_went_up_rests_on_what_it_rested_on_until_it_is_open_again() {
    let centre = Centre::start().await;
    let (mut commune, mut reviewer) = (centre.phone("xa.lap").await, centre.phone("xa").await);
    let mut department = centre.phone("so").await;
    let (school, report) = ("FA:2026-h1:TH-0001", "FB:2026-h1:XP-20161");
    commune.pull().await;
    let before = background(&commune, report);
    assert_eq!(before.schools.as_ref().unwrap().reported, 2);

    reviewer.pull().await;
    assert_eq!(reviewer.command(school, Command::Reopen, "Sai số liệu.").await, Verdict::APPLIED);
    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.set(school, "learner_total", Value::Int(113)).await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.command(school, Command::Approve, "").await, Verdict::APPLIED);
    reviewer.pull().await;
    assert_eq!(reviewer.command(school, Command::Accept, "").await, Verdict::APPLIED);
    commune.pull().await;
    assert_eq!(background(&commune, report), before, "an accepted report changed because of another");

    department.pull().await;
    assert_eq!(department.command(report, Command::Reopen, "Tính lại.").await, Verdict::APPLIED);
    commune.pull().await;
    let learners = |background: &Background| match background.schools.as_ref().unwrap().sums["learner_total"]
    {
        Datum::Number(number) => number,
        _ => 0.into(),
    };
    let after = background(&commune, report);
    assert_eq!(learners(&after), learners(&before) + 1, "open again, it rests on what is there");
}

#[tokio::test]
async fn who_approves_figures_of_others_approves_those_that_were_seen() {
    let centre = Centre::start().await;
    let (mut department, mut reviewer) = (centre.phone("so").await, centre.phone("xa").await);
    let (mut chair, mut head) = (centre.phone("chutich").await, centre.phone("hieutruong").await);
    let (school, report) = ("FA:2026-h1:TH-0001", "FB:2026-h1:XP-20161");
    department.pull().await;
    assert_eq!(department.command(report, Command::Reopen, "Tính lại.").await, Verdict::APPLIED);
    chair.pull().await;

    // While the chair reads without a network, figures of a school become others.
    let mut correct = async |field: &str, figure: i64| {
        reviewer.pull().await;
        assert_eq!(reviewer.command(school, Command::Reopen, "Sai số liệu.").await, Verdict::APPLIED);
        head.pull().await;
        assert_eq!(head.set(school, field, Value::Int(figure)).await, Verdict::APPLIED);
        head.pull().await;
        assert_eq!(head.command(school, Command::Approve, "").await, Verdict::APPLIED);
        reviewer.pull().await;
        assert_eq!(reviewer.command(school, Command::Accept, "").await, Verdict::APPLIED);
    };
    correct("prod_article", 25).await;
    assert_eq!(approve_as_seen(&mut chair, report).await, Verdict::refused(Refusal::ContentChanged));
    chair.pull().await;

    // What her report does not show is nothing that she could have seen otherwise.
    correct("hdr_doc_number", 77).await;
    assert_eq!(approve_as_seen(&mut chair, report).await, Verdict::APPLIED);
}

/// Approves a report with the figures of others in it, as they came down.
async fn approve_as_seen(phone: &mut Phone, report: &str) -> Verdict {
    let background = background(phone, report);
    let form = phone.form(&background.duty);
    let filled = FilledForm { form: &form, background: &background, today: background.duty.due };
    let expect = digest_seen(Command::Approve, &phone.record(report).unwrap(), &filled);
    let act =
        Act::Command { command: Command::Approve, expect, note: String::new(), field_notes: Vec::new() };
    let body = phone.op(report, act);
    phone.push(vec![body]).await[0]
}

#[tokio::test]
async fn tables_follow_every_step_of_a_report() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let (mut reviewer, city) = (centre.phone("xa").await, centre.phone("so.tonghop").await);
    let coverage = async |phone: &Phone, unit: &str| {
        let path = format!("/api/v1/tables?unit={unit}&form=FA&period=2026-year");
        let coverage = phone.get(&path).await.1["coverage"].clone();
        (coverage["accepted"].as_u64().unwrap(), coverage["provisional"].as_u64().unwrap())
    };
    let named = async |phone: &Phone, list: &str| {
        let table = phone.get("/api/v1/tables?unit=XP-20161&form=FA&period=2026-year").await.1;
        let names = |of: &serde_json::Value| of[list].as_array().cloned().unwrap_or_default();
        assert_eq!(names(&table["targets"][0]), names(&table["coverage"]));
        names(&table["coverage"])
    };
    assert_eq!(coverage(&reviewer, "XP-20161").await, (0, 0));
    fill(&mut preparer).await;
    assert_eq!(coverage(&reviewer, "XP-20161").await, (0, 0), "a draft counts nowhere");
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
    assert_eq!(coverage(&reviewer, "XP-20161").await, (0, 1));
    assert_eq!(coverage(&city, "SO-GDDT").await, (0, 1));
    reviewer.pull().await;
    assert_eq!(reviewer.command(REPORT, Command::Return, "Rà soát lại.").await, Verdict::APPLIED);
    assert_eq!(coverage(&city, "SO-GDDT").await, (0, 0));
    assert_eq!(named(&reviewer, "correcting").await, ["TH-0001"], "whoever corrects is not silent");
    assert_eq!(named(&reviewer, "silent").await, ["TH-0002", "TH-0003"]);
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
    reviewer.pull().await;
    assert_eq!(reviewer.command(REPORT, Command::Accept, "").await, Verdict::APPLIED);
    assert_eq!(coverage(&reviewer, "XP-20161").await, (1, 0));
    assert_eq!(coverage(&city, "SO-GDDT").await, (1, 0));
    assert_eq!(reviewer.command(REPORT, Command::Reopen, "Sai số liệu.").await, Verdict::APPLIED);
    assert_eq!(coverage(&city, "SO-GDDT").await, (1, 0), "what was accepted goes on counting");
    head.pull().await;
    assert_eq!(head.set(REPORT, "learner_total", Value::Int(113)).await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.command(REPORT, Command::Approve, "").await, Verdict::APPLIED);
    assert_eq!(coverage(&city, "SO-GDDT").await, (1, 0), "until the next revision is accepted");
    let learners = async || {
        let path = "/api/v1/contributions?unit=XP-20161&form=FA&period=2026-year&field=learner_total";
        reviewer.get(path).await.1[0]["figures"]["learner_total"].clone()
    };
    let before = learners().await;
    let mut accepting = centre.phone("xa").await;
    accepting.pull().await;
    assert_eq!(accepting.command(REPORT, Command::Accept, "").await, Verdict::APPLIED);
    assert_ne!(learners().await, before);
    assert_eq!(named(&reviewer, "correcting").await, [""; 0]);
}

#[tokio::test]
async fn last_periods_figures_come_with_the_duty() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let background = background(&phone, REPORT);
    let staff = Some(&Datum::Number(10.into()));
    assert_eq!(background.previous.get("staff_total"), staff);
    assert_eq!(background.h1.get("staff_total"), staff);
}

//! Entries of a register, and what the form of media items asks of rights and of the people shown.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod hue;

use hue::{background, hue, set, unit};
use lantoa_shared::{
    background::Background,
    date::{Date, date},
    duty::{Duty, EntryId},
    op::Path,
    period::{Period, PeriodKind, Windows},
    record::Record,
    report::FilledForm,
    sheet::Sheet,
    validity::last_day,
    value::{Datum, FileRef, Value},
};

const ID: &str = "FH.1:0193f0a0-0000-7000-8000-0123456789ab:TH-0001";

fn frame() -> Duty {
    hue().entry(EntryId::read(ID).unwrap(), &unit("FA")).unwrap()
}

fn sheet(record: &Record) -> Sheet {
    sheet_in(1, record)
}

fn sheet_in(version: u32, record: &Record) -> Sheet {
    let background = Background { duty: frame(), ..background("FA") };
    Sheet::compute(hue().form("FH", version).unwrap(), record, &background, date(2026, 11, 28))
}

fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

fn choices(codes: &[&str]) -> Value {
    Value::Choices(codes.iter().map(|&code| code.to_owned()).collect())
}

/// A record with these answers; whether the conditions on personal data are met.
fn consent_ok(answers: &[(&str, Value)]) -> Datum {
    let mut record = Record::new(ID);
    for (path, value) in answers {
        set(&mut record, path, value.clone());
    }
    sheet(&record).cell(&Path::field("consent_ok")).unwrap().datum.clone()
}

#[test]
fn the_id_of_an_entry_says_its_form_its_unit_and_when_it_was_begun() {
    let id = EntryId::read(ID).unwrap();
    assert_eq!((id.form, id.form_version, id.unit), ("FH", 1, "TH-0001"));
    assert_eq!(id.begun_at(), 0x0193_f0a0_0000);
    let duty = frame();
    assert_eq!((duty.id().as_str(), duty.recipient.as_str()), (ID, "SO-GDDT"));
    // Begun on 22 December 2024, which is in the year period of 2025.
    assert_eq!(duty.period, Period { year: 2025, kind: PeriodKind::Year });
    for none in [
        "FA:2026-year:TH-0001",
        "FH.1:x:TH-0001",
        "FH:0193f0a0-0000-7000-8000-0123456789ab:TH-0001",
        "",
        "::",
    ] {
        assert_eq!(EntryId::read(none), None, "{none}");
    }
    // What is no UUID inside says nothing of a time, and breaks nothing.
    for odd in ["------------------------------------", "ffffffff-ffff-ffff-ffff-ffffffffffff"] {
        let id = format!("FH.1:{odd}:TH-0001");
        let period = EntryId::read(&id).unwrap().frame("SO-GDDT", &Windows::default()).period;
        assert!((2020..=2100).contains(&period.year), "{odd}: {period}");
    }
}

#[test]
fn an_entry_can_be_made_by_units_of_the_types_of_its_register_and_is_owed_by_nobody() {
    let school = unit("FA");
    assert!(hue().entry(EntryId::read(ID).unwrap(), &school).is_some());
    let city = hue().units.iter().find(|unit| unit.kind == "CITY").unwrap();
    assert_eq!(hue().entry(EntryId::read(ID).unwrap(), city), None);
    assert_eq!(hue().entry(EntryId::read(&ID.replace("FH.1", "FA.1")).unwrap(), &school), None);
    assert_eq!(hue().entry(EntryId::read(&ID.replace("FH.1", "FH.9")).unwrap(), &school), None);
    let owed = hue().duties(&school, Period { year: 2026, kind: PeriodKind::Year });
    assert!(owed.iter().all(|duty| duty.form == "FA" && duty.entry.is_none()));
}

#[test]
fn personal_data_is_in_order_where_nobody_is_known_or_whoever_may_has_consented() {
    let none = [("people_shown", choice("none"))];
    let minors = |extra: &[(&'static str, Value)]| {
        let mut answers = vec![
            ("people_shown", choice("minors")),
            ("minor_ages", choices(&["from7"])),
            ("licence", choice("city")),
            ("private_life", Value::Bool(false)),
        ];
        answers.extend_from_slice(extra);
        answers
    };
    let consent = |who: &str, scope: &[&str]| {
        vec![("consents/r/who", choice(who)), ("consents/r/scope", choices(scope))]
    };
    let with = |extra: Vec<(&'static str, Value)>, more: &[(&'static str, Value)]| {
        let mut all = extra;
        all.extend_from_slice(more);
        minors(&all)
    };
    let on = |month, day| Value::Date(date(2026, month, day));
    let adults = [
        ("people_shown", choice("adults")),
        ("public_event", Value::Bool(true)),
        ("private_life", Value::Bool(false)),
    ];
    for (says, answers, is_ok) in [
        ("nobody is known", none.to_vec(), true),
        ("adults at a public event", adults.to_vec(), true),
        ("children, nothing noted", minors(&[]), false),
        ("children, faces blurred", minors(&[("faces_blurred", Value::Bool(true))]), true),
        ("children at a public event", with(adults[1..].to_vec(), &[]), false),
        ("the guardian", with(consent("guardian", &["web"]), &[]), true),
        ("the child alone", with(consent("self", &["web"]), &[]), false),
        ("inside only", with(consent("guardian", &["internal"]), &[]), false),
        (
            "adults and children, the adult alone",
            with(consent("self", &["web"]), &[("people_shown", choice("both"))]),
            false,
        ),
        (
            "adults and children, one of each",
            with(
                consent("self", &["web"]),
                &[
                    ("people_shown", choice("both")),
                    ("consents/s/who", choice("guardian")),
                    ("consents/s/scope", choices(&["web"])),
                ],
            ),
            true,
        ),
        ("for another use", with(consent("guardian", &["press"]), &[]), false),
        (
            "private life, the guardian alone",
            with(consent("guardian", &["web"]), &[("private_life", Value::Bool(true))]),
            false,
        ),
        (
            "private life, child and guardian",
            with(consent("child_and_guardian", &["web"]), &[("private_life", Value::Bool(true))]),
            true,
        ),
        ("withdrawn", with(consent("guardian", &["web"]), &[("consents/r/withdrawn_on", on(11, 1))]), false),
        ("run out", with(consent("guardian", &["web"]), &[("consents/r/expires_on", on(11, 27))]), false),
        ("still valid", with(consent("guardian", &["web"]), &[("consents/r/expires_on", on(11, 28))]), true),
        (
            "one of two withdrawn",
            with(
                consent("guardian", &["web"]),
                &[
                    ("consents/s/who", choice("guardian")),
                    ("consents/s/scope", choices(&["web"])),
                    ("consents/s/withdrawn_on", on(11, 1)),
                ],
            ),
            false,
        ),
    ] {
        assert_eq!(consent_ok(&answers), Datum::Bool(is_ok), "{says}");
    }
}

#[test]
fn what_rests_on_consents_is_valid_until_the_first_of_them_ends() {
    let today = date(2026, 11, 28);
    let last = |answers: &[(&str, Value)]| {
        let mut record = Record::new(ID);
        for (path, value) in answers {
            set(&mut record, path, value.clone());
        }
        let background = Background { duty: frame(), ..background("FA") };
        let form = FilledForm { form: hue().form("FH", 1).unwrap(), background: &background, today };
        last_day(form, &record, "consent_ok")
    };
    let on = |year, month, day| Value::Date(date(year, month, day));
    let children = |more: &[(&'static str, Value)]| {
        let mut answers = vec![
            ("people_shown", choice("minors")),
            ("minor_ages", choices(&["from7"])),
            ("licence", choice("public")),
            ("private_life", Value::Bool(false)),
            ("embargo_until", on(2026, 12, 10)),
            ("consents/r/who", choice("guardian")),
            ("consents/r/scope", choices(&["web"])),
            ("consents/r/given_on", on(2026, 11, 1)),
            ("consents/s/who", choice("guardian")),
            ("consents/s/scope", choices(&["web"])),
        ];
        answers.extend_from_slice(more);
        answers
    };
    let ends = [("consents/r/expires_on", on(2027, 5, 31)), ("consents/s/expires_on", on(2026, 12, 31))];
    let with = |more: (&'static str, Value)| children(&[ends[0].clone(), ends[1].clone(), more]);
    for (says, answers, expected) in [
        ("nobody is known", vec![("people_shown", choice("none"))], Some(Date::LAST)),
        ("without an end", children(&[]), Some(Date::LAST)),
        ("one ends", children(&ends[..1]), Some(date(2027, 5, 31))),
        ("the first of two", children(&ends), Some(date(2026, 12, 31))),
        ("today is the last", children(&[("consents/r/expires_on", on(2026, 11, 28))]), Some(today)),
        ("ended yesterday", children(&[("consents/r/expires_on", on(2026, 11, 27))]), None),
        ("withdrawn", with(("consents/r/withdrawn_on", on(2026, 11, 20))), None),
        (
            "faces are blurred: the consents do not matter",
            with(("faces_blurred", Value::Bool(true))),
            Some(Date::LAST),
        ),
        ("not for this use", with(("licence", choice("press"))), None),
    ] {
        assert_eq!(last(&answers), expected, "{says}");
    }
    let adults = vec![
        ("people_shown", choice("adults")),
        ("public_event", Value::Bool(true)),
        ("private_life", Value::Bool(false)),
        ("licence", choice("public")),
        ("consents/r/who", choice("self")),
        ("consents/r/scope", choices(&["web"])),
        ("consents/r/expires_on", on(2026, 12, 1)),
    ];
    assert_eq!(last(&adults), Some(Date::LAST), "adults at a public event");
}

#[test]
fn files_must_fit_the_kind_and_tell_nothing_of_the_place_where_they_were_made() {
    let file = |name: &str, location_removed| FileRef {
        sha256: name.to_owned(),
        name: name.to_owned(),
        size: 1,
        mime: String::new(),
        seconds: Some(20),
        location_removed,
        poster: None,
    };
    let complaints = |kind: &str, files: Vec<FileRef>| {
        let mut record = Record::new(ID);
        set(&mut record, "media_kind", choice(kind));
        set(&mut record, "files", Value::Files(files));
        let sheet = sheet(&record);
        let of = |code: &str| sheet.problems_at(&Path::field(code)).count();
        (of("files"), of("gps_removed"))
    };
    assert_eq!(complaints("photo", vec![file("Sân trường.JPG", true), file("b.png", true)]), (0, 0));
    assert_eq!(complaints("photo", vec![file("a.jpg", true), file("b.png", false)]), (0, 1));
    assert_eq!(complaints("photo", vec![file("a.mp4", true)]), (1, 0));
    assert_eq!(complaints("photo", vec![file("jpg", true)]), (1, 0));
    assert_eq!(complaints("document", vec![file("a.pdf", false)]), (0, 0));
    let of_place = |kind: &str, field: &str, file: FileRef| {
        let mut record = Record::new(ID);
        set(&mut record, "media_kind", choice(kind));
        set(&mut record, field, Value::Files(vec![file]));
        let sheet = sheet_in(2, &record);
        let of = |code: &str| sheet.problems_at(&Path::field(code)).count();
        (of("gps_removed"), of("pictures_gps_removed"))
    };
    assert_eq!(of_place("photo", "files", file("a.jpg", false)), (1, 0));
    assert_eq!(of_place("infographic", "files", file("a.jpg", false)), (1, 0));
    assert_eq!(of_place("infographic", "files", file("a.PDF", false)), (0, 0));
    assert_eq!(of_place("article", "pictures", file("a.jpg", false)), (0, 1));
    assert_eq!(of_place("article", "pictures", file("a.jpg", true)), (0, 0));
    let mut record = Record::new(ID);
    set(&mut record, "media_kind", choice("video"));
    set(&mut record, "files", Value::Files(vec![file("a.mp4", true), file("b.webm", true)]));
    let length = sheet(&record).cell(&Path::field("duration_s")).unwrap().datum.clone();
    assert_eq!(length, Datum::Number(40.into()));
}

//! A real installation, without the demo: units and accounts from the command line, then people at work.

use crate::{
    engine,
    process::{lantoa, programme},
    support::{Centre, Directory, Phone, phone_at},
};
use lantoa_shared::{sync::verdict::Verdict, value::Value, wire::v1::RowKind};
use serde_json::Value as Json;
use std::{
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

const PASSWORD: &str = "lantoa-demo\n";
const HEAD: &str =
    "code,type,name_vi,name_en,parent,recipient,school_levels,ownership,place,active_from,active_to\n";

/// Runs an errand with something on its standard input.
fn errand(data: &Path, input: &str, arguments: &[&str]) -> Output {
    let mut child = lantoa()
        .args(engine::arguments(data))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // An errand that asks for nothing may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What an errand that was done told.
fn done(data: &Path, input: &str, arguments: &[&str]) -> String {
    let output = errand(data, input, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Why an errand was not done.
fn refused(data: &Path, input: &str, arguments: &[&str]) -> String {
    let output = errand(data, input, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn import(data: &Path, csv: &str) -> Output {
    let (file, programme) = (data.join("units.csv"), programme());
    std::fs::write(&file, csv).unwrap();
    let (file, programme) = (file.to_str().unwrap(), programme.to_str().unwrap());
    errand(data, "", &["--programme", programme, "unit", "import", file])
}

fn imported(data: &Path, csv: &str) -> String {
    let output = import(data, csv);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn duties(phone: &Phone, unit: &str) -> Vec<String> {
    let ours = phone.rows.keys().filter(|(bucket, kind, id)| {
        *bucket == format!("unit:{unit}") && *kind == RowKind::Duty && id.ends_with(&format!(":{unit}"))
    });
    ours.map(|(_, _, id)| id.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_of_a_file_and_its_people_report_to_their_commune() {
    let data = Directory::with_database().await;
    let line =
        "TH-9001,SCHOOL,\"Trường TH và THCS Phú Xuân\",,,XP-19753,th thcs,public,Phú Xuân,2025-07-01,\n";
    let told = imported(&data.0, &format!("{HEAD}{line}"));
    assert!(told.starts_with("units: 1 new, 0 changed, 0 as they were\n"), "{told}");
    done(
        &data.0,
        PASSWORD,
        &["account", "add", "hoa", "--name", "Hoa", "--unit", "TH-9001", "--role", "preparer"],
    );
    let both =
        ["account", "add", "lan", "--name", "Lan", "--role", "XP-19753:reviewer", "--role", "XP-19753:head"];
    assert_eq!(done(&data.0, PASSWORD, &both), "lan can sign in: XP-19753:reviewer XP-19753:head\n");

    let centre = Centre::real(data).await;
    let mut school = centre.phone("hoa").await;
    school.pull().await;
    assert!(duties(&school, "TH-9001").contains(&"FA:2026-year:TH-9001".to_owned()));
    let unit: &Json = &school.rows[&("unit:TH-9001".to_owned(), RowKind::Unit, "TH-9001".to_owned())];
    assert_eq!(unit["name"]["vi"], "Trường TH và THCS Phú Xuân");
    assert_eq!(unit["school_levels"], serde_json::json!(["th", "thcs"]));
    let verdict = school.set("FA:2026-year:TH-9001", "learner_total", Value::Int(7)).await;
    assert_eq!(verdict, Verdict::APPLIED);
    let mut commune = centre.phone("lan").await;
    commune.pull().await;
    let owed = |unit: &str| ("area:XP-19753".to_owned(), RowKind::Duty, format!("FA:2026-year:{unit}"));
    assert!(commune.rows.contains_key(&owed("TH-9001")));

    // The server runs on, and takes in what is registered meanwhile.
    let mut events = commune.http.get(format!("{}/api/v1/sync/events", commune.url)).send().await.unwrap();
    imported(&centre.directory.0, &format!("{HEAD}{}", line.replace("TH-9001", "TH-9002")));
    let mut heard = String::new();
    while !heard.contains("data: area:XP-19753\n") {
        heard.push_str(&String::from_utf8_lossy(&events.chunk().await.unwrap().unwrap()));
    }
    commune.pull().await;
    assert!(commune.rows.contains_key(&owed("TH-9002")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_again_changes_nothing_and_a_changed_line_counts() {
    let data = Directory::with_database().await;
    let line = "TH-9001;SCHOOL;Trường Tiểu học Phú Xuân;XP-19753;th\n";
    let csv = format!("code;type;name_vi;recipient;school_levels\n{line}");
    imported(&data.0, &csv);
    assert_eq!(imported(&data.0, &csv), "units: 0 new, 0 changed, 1 as they were\n");
    let centre = Centre::real(data).await;
    let told = imported(&centre.directory.0, &csv.replace("XP-19753", "SO-GDDT"));
    assert_eq!(told, "units: 0 new, 1 changed, 0 as they were\n");
    let centre = centre.restart().await;
    assert_eq!(
        centre.count("SELECT count(*) FROM duties WHERE unit = 'TH-9001' AND recipient = 'SO-GDDT'").await,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_line_is_told_with_its_number_and_nothing_is_imported() {
    let data = Directory::with_database().await;
    let wrong = [
        ("th-1,SCHOOL,Tên,,,XP-19753,th,,,,", "line 3: the code \"th-1\" must be"),
        ("TH-2,SCHOL,Tên,,,XP-19753,,,,,", "line 4: the type \"SCHOL\" is unknown; types are ATTACHED"),
        ("TH-3,SCHOOL,,,,XP-19753,th,,,,", "line 5: name_vi is empty"),
        ("TH-4,SCHOOL,Tên,,,XP-99999,th,,,,", "line 6: recipient XP-99999 is no unit"),
        ("TH-5,SCHOOL,Tên,,,,th,,,,", "line 7: recipient is empty"),
        (
            "TH-6,SCHOOL,Tên,,,XP-19753,primary,,,,",
            "line 8: school_level \"primary\" is unknown; choose from mn,",
        ),
        (
            "TH-7,SCHOOL,Tên,,,XP-19753,th,state,,,",
            "line 9: ownership \"state\" is unknown; choose from public",
        ),
        ("TH-8,SCHOOL,Tên,,,XP-19753,th,,,2026-02-30,", "line 10: active_from \"2026-02-30\" is no day"),
        ("TH-9,SCHOOL,Tên,,,XP-19753,th,,,2026-02-03,2026-01-01", "line 11: active_to 2026-01-01 is before"),
        ("TH-1,SCHOOL,Tên,,,XP-19753,th,,,,", "line 12: TH-1 stands in line 2 already"),
        ("SO-GDDT,LEAD_DEPT,Tên,,,UBND-TP,,,,,", "line 13: SO-GDDT is written in the programme's units.json"),
        ("TH-10,SCHOOL,Tên,,,TH-10,th,,,,", "line 14: recipient is the unit itself"),
        ("TH-11,SCHOOL,Tên,,,XP-19753,,,,,", "line 15: school_levels is empty"),
        ("SO-X,DEPT,Tên,,,SO-GDDT,th,,,,", "line 16: only schools have school_levels"),
        ("TH-12,SCHOOL,Tên,,,XP-19753,th,,,,,more", "line 17: more cells than columns"),
    ];
    let lines: Vec<&str> = wrong.iter().map(|(line, _)| *line).collect();
    let csv = format!("{HEAD}TH-1,SCHOOL,Tên,,,XP-19753,th,,,,\n{}\n", lines.join("\n"));
    let output = import(&data.0, &csv);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    for (line, fault) in wrong {
        assert!(told.contains(fault), "{line}: {told}");
    }
    assert!(!told.contains("line 2:"), "{told}");
    let circle = "A-1,DEPT,Tên,,,A-2,,,,,\nA-2,DEPT,Tên,,,A-1,,,,,\n";
    let told = String::from_utf8(import(&data.0, &format!("{HEAD}{circle}")).stderr).unwrap();
    assert!(told.contains("line 2: A-1 reports to itself"), "{told}");
    for (csv, fault) in [
        ("code,type,name_vi,recipient,color\n", "no column is called \"color\"; they are code, type"),
        ("code,type,name_vi\n", "line 1: the column recipient is missing"),
        ("code,type,name_vi,recipient\n\"TH-1\n", "line 2: a quote is opened and never closed"),
        ("", "the file is empty"),
    ] {
        let told = String::from_utf8(import(&data.0, csv).stderr).unwrap();
        assert!(told.contains(fault), "{csv:?}: {told}");
    }
    let centre = Centre::real(data).await;
    assert_eq!(centre.count("SELECT count(*) FROM units WHERE code LIKE 'TH-%' OR code LIKE 'A-%'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_was_closed_owes_nothing_for_periods_that_end_later() {
    let data = Directory::with_database().await;
    let line = "TH-9001,SCHOOL,Tên,,,XP-19753,th,,,2025-07-01,2026-10-01\n";
    imported(&data.0, &format!("{HEAD}{line}"));
    let centre = Centre::real(data).await;
    assert_eq!(centre.count("SELECT count(*) FROM duties WHERE unit = 'TH-9001'").await, 1);
    assert_eq!(centre.count("SELECT count(*) FROM duties WHERE id = 'FA:2026-h1:TH-9001'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_is_out_at_once_and_what_it_did_keeps_its_name() {
    let centre = Centre::start().await;
    let data = centre.directory.0.clone();
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    assert_eq!(phone.set("FA:2026-year:TH-0001", "learner_total", Value::Int(7)).await, Verdict::APPLIED);
    done(&data, "", &["account", "close", "truong"]);
    assert_eq!(phone.get("/api/v1/session").await.0, 401);
    let again = centre.browser().post(format!("{}/api/v1/session", centre.url));
    let again = again.json(&serde_json::json!({"account": "truong", "password": "lantoa-demo"}));
    assert_eq!(again.send().await.unwrap().status(), 401);
    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    let row = head.record_row("FA:2026-year:TH-0001").unwrap();
    assert_eq!(row.people.get(&phone.person.id).map(String::as_str), Some(phone.person.name.as_str()));
    let list = done(&data, "", &["account", "list"]);
    assert!(list.contains("truong  Nguyễn Thị Hoa  TH-0001:preparer  (closed)\n"), "{list}");

    done(&data, "", &["account", "reopen", "truong"]);
    assert_eq!(centre.phone("truong").await.person.id, phone.person.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let centre = Centre::start().await;
    let phone = centre.phone("xa").await;
    assert!(refused(&centre.directory.0, "short\n", &["account", "password", "xa"]).contains("fewer than 8"));
    assert_eq!(phone.get("/api/v1/session").await.0, 200);
    done(&centre.directory.0, "another one\n", &["account", "password", "xa"]);
    assert_eq!(phone.get("/api/v1/session").await.0, 401);
    let request = centre.browser().post(format!("{}/api/v1/session", centre.url));
    let request = request.json(&serde_json::json!({"account": "xa", "password": "another one"}));
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_roles_count_from_the_next_request_on() {
    let centre = Centre::start().await;
    let mut phone = phone_at(&centre.url, "xa").await;
    phone.pull().await;
    assert!(phone.buckets().contains(&"area:XP-20161"));
    done(&centre.directory.0, "", &["account", "roles", "xa", "--role", "TH-0001:preparer"]);
    phone.pull().await;
    assert!(!phone.buckets().contains(&"area:XP-20161"));
    assert!(phone.buckets().contains(&"unit:TH-0001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn errands_that_cannot_be_done_say_why() {
    let (empty, centre) = (Directory::with_database().await, Centre::start().await);
    let data = centre.directory.0.as_path();
    assert!(
        refused(&empty.0, "", &["account", "list"]).contains("start the server on it once, or import units")
    );
    for (arguments, reason) in [
        (vec!["account", "close", "nobody"], "there is no account nobody"),
        (vec!["account", "add", "xa", "--name", "N", "--role", "TH-0001:head"], "xa exists already"),
        (vec!["account", "add", "Xa", "--name", "N", "--role", "TH-0001:head"], "must be small letters"),
        (vec!["account", "add", "new", "--name", "N", "--role", "TH-X:head"], "there is no unit TH-X"),
        (vec!["account", "add", "new", "--name", "N"], "--role is missing"),
        (vec!["account", "add", "new", "--role", "TH-0001:head"], "--name is missing"),
        (vec!["account", "add", "new", "--name", "N", "--role", "head"], "--role head needs its unit"),
        (vec!["account", "add", "new", "--name", "N", "--role", "TH-0001:boss"], "there is no role boss"),
        (vec!["account", "burn", "xa"], "unknown errand account burn"),
        (vec!["unit", "import", "x.csv"], "--programme is missing"),
    ] {
        let told = refused(data, PASSWORD, &arguments);
        assert!(told.contains(reason), "{arguments:?}: {told}");
    }
}

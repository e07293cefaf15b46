//! Copies of a whole installation: backup and restore, the other engine and back, and what verification finds.

use crate::{
    engine,
    process::lantoa,
    support::{Centre, Directory, Phone},
};
use lantoa_backend::store::{Place, TABLES};
use lantoa_shared::{
    op::Path,
    sync::{outbox::OutboxRow, verdict::Verdict},
    value::Value,
    wire::v1::PushedOp,
};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use std::{
    path::{Path as FilePath, PathBuf},
    process::Output,
};

const REPORT: &str = "FA:2026-year:TH-0001";
const PLACE: &str = "hdr_preparer_name";

/// Waits for the errand where it stands: each test here has threads of its own, on which its server goes on meanwhile
/// and ends what it writes.
fn run(data: &FilePath, words: &[&str]) -> Output {
    lantoa().args(engine::arguments(data)).args(words).output().unwrap()
}

pub fn told(data: &FilePath, words: &[&str]) -> String {
    let output = run(data, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(data: &FilePath, words: &[&str]) -> String {
    let output = run(data, words);
    assert!(!output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// Makes a backup beside the data; returns its directory.
fn backed_up(data: &FilePath) -> PathBuf {
    let told = told(data, &["backup", data.join("backups").to_str().unwrap()]);
    assert!(told.contains(": verified; "), "{told}");
    PathBuf::from(told.split(": verified").next().unwrap())
}

async fn file(phone: &Phone, bytes: &'static [u8]) -> String {
    let sha256 = hex::encode(Sha256::digest(bytes));
    let address = format!("{}/api/v1/files/{sha256}", phone.url);
    assert_eq!(phone.http.put(address).body(bytes).send().await.unwrap().status(), 204);
    sha256
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_is_whole_and_the_phone_offers_again_what_came_after_it() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    assert_eq!(phone.set(REPORT, PLACE, text("trước")).await, Verdict::APPLIED);
    let sha256 = file(&phone, b"minh chung").await;
    let backup = backed_up(&centre.directory.0);
    phone.pull().await;
    let later = phone.op(
        REPORT,
        lantoa_shared::op::Act::Set {
            path: Path(PLACE.into()),
            base: phone.record(REPORT).unwrap().base(&Path(PLACE.into())),
            value: Some(text("sau")),
        },
    );
    let request = phone.compose(vec![later]);
    let answer = phone.send(&request).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::APPLIED);
    let was = answer.verdicts[0].seq.unwrap();
    assert!(was > answer.durable_seq, "no backup has the later answer yet");

    let fresh = Directory::with_database().await;
    let said = told(&fresh.0, &["restore", backup.to_str().unwrap()]);
    assert!(said.starts_with("restored: "), "{said}");
    assert!(told(&fresh.0, &["verify"]).starts_with("whole: "));
    let restored = Centre::real(fresh).await;
    let mut again = restored.phone("truong").await;
    again.pull().await;
    assert_ne!(again.epoch, phone.epoch, "phones see by the epoch that it is a restored one");
    assert_eq!(again.record(REPORT).unwrap().value(&Path(PLACE.into())), Some(&text("trước")));
    let bytes = again.http.get(format!("{}/api/v1/files/{sha256}", again.url)).send().await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), b"minh chung".as_slice());

    let op = PushedOp { was: Some(was), ..request.ops[0].clone() };
    let offered =
        lantoa_shared::wire::v1::PushRequest { epoch: again.epoch.clone(), ops: vec![op], ..request };
    let answer = again.send(&offered).await;
    assert_eq!(answer.verdicts[0].verdict, Verdict::APPLIED);
    assert!(answer.verdicts[0].seq.unwrap() > was + 1_000_000, "its new place was never given before");
    assert!(answer.durable_seq < answer.verdicts[0].seq.unwrap());
    again.pull().await;
    assert_eq!(again.record(REPORT).unwrap().value(&Path(PLACE.into())), Some(&text("sau")));
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_are_told_to_rely_on_a_backup_only_when_it_was_made() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let body = phone.op(
        REPORT,
        lantoa_shared::op::Act::Set { path: Path(PLACE.into()), base: vec![], value: Some(text("a")) },
    );
    let request = phone.compose(vec![body]);
    let before = phone.send(&request).await;
    let row = OutboxRow { seq: before.verdicts[0].seq, ..OutboxRow::new("p", String::new()) };
    assert!(!row.is_safe(before.durable_seq));
    backed_up(&centre.directory.0);
    let after = phone.send(&request).await;
    assert!(row.is_safe(after.durable_seq));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_without_a_file_says_so_and_phones_go_on_keeping_everything() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    phone.set(REPORT, PLACE, text("a")).await;
    let sha256 = file(&phone, b"anh").await;
    std::fs::write(engine::shelves(&centre.directory.0).join(&sha256[..2]).join(&sha256), b"hong").unwrap();
    let folder = centre.directory.0.join("backups");
    let said = refused(&centre.directory.0, &["backup", folder.to_str().unwrap()]);
    assert!(said.contains(&sha256), "{said}");
    assert_eq!(centre.count("SELECT count(*) FROM server WHERE key = 'durable_seq'").await, 0);
    let said = refused(&centre.directory.0, &["verify"]);
    assert!(said.contains(&sha256), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_and_a_place_that_holds_something_are_not_restored() {
    let centre = Centre::start().await;
    let backup = backed_up(&centre.directory.0);
    let name = backup.to_str().unwrap();
    let said = refused(&centre.directory.0, &["restore", name]);
    assert!(said.contains("stop it first"), "{said}");
    let other = crate::support::copy_of_demo().await;
    let said = refused(&other.0, &["restore", name]);
    assert!(said.contains("holds accounts or reports already"), "{said}");
    let mut bytes = std::fs::read(backup.join("lantoa.sqlite")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(backup.join("lantoa.sqlite"), bytes).unwrap();
    let fresh = Directory::with_database().await;
    let said = refused(&fresh.0, &["restore", name]);
    assert!(said.contains("is damaged"), "{said}");
    let said = refused(&fresh.0, &["restore", centre.directory.0.to_str().unwrap()]);
    assert!(said.contains("is no backup"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn verification_names_what_was_changed_behind_its_back() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    phone.set(REPORT, PLACE, text("a")).await;
    let mut other = centre.phone("truong").await;
    other.set(REPORT, PLACE, text("b")).await;
    assert!(told(&centre.directory.0, &["verify"]).contains(" 1 records"));
    centre
        .change("UPDATE records SET body = replace(body, '\"a\"', '\"c\"') WHERE id = 'FA:2026-year:TH-0001'")
        .await;
    centre.change("UPDATE buckets SET checksum = checksum + 1 WHERE name = 'unit:TH-0001'").await;
    let said = refused(&centre.directory.0, &["verify"]);
    assert!(said.contains(REPORT), "{said}");
    assert!(said.contains("unit:TH-0001"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_tables_is_the_schema() {
    let data = Directory::with_database().await;
    let store = lantoa_backend::store::Store::open(&engine::place(&data.0)).await.unwrap();
    store.close().await;
    let query = match engine::place(&data.0) {
        Place::Directory(_) => {
            "SELECT t.name || '.' || c.name AS name FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> '_sqlx_migrations'"
        }
        Place::Url(_) => {
            "SELECT (table_name || '.' || column_name)::text AS name FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'"
        }
    };
    let mut connection = engine::connect(&data.0).await;
    let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
    let mut there: Vec<String> = rows.iter().map(|row| row.get("name")).collect();
    let mut listed: Vec<String> = TABLES.iter().flat_map(|table| table.column_names()).collect();
    there.sort();
    listed.sort();
    assert_eq!(listed, there);
}

// Several threads: while an errand is waited for, the stopped server's connections go on closing.
#[tokio::test(flavor = "multi_thread")]
async fn an_installation_moves_to_the_other_engine_and_back_and_phones_notice_nothing() {
    // Only where there is a server of PostgreSQL to move to.
    if !matches!(engine::place(FilePath::new("/x")), Place::Url(_)) {
        return;
    }
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let odd = text("một\u{301} 😀 \"'\\");
    assert_eq!(phone.set(REPORT, PLACE, odd.clone()).await, Verdict::APPLIED);
    let nul = phone.compose(vec!["{\"\u{0}".into()]);
    phone.send(&nul).await;
    let said = refused(&centre.directory.0, &["move", "to-sqlite"]);
    assert!(said.contains("stop it first"), "{said}");
    let (cursors, epoch) = (phone.cursors.clone(), phone.epoch.clone());

    let directory = centre.stop().await;
    let said = told(&directory.0, &["move", "to-sqlite"]);
    let digests = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| line.starts_with("  "));
        lines.map(ToOwned::to_owned).collect()
    };
    let there = digests(&said);
    assert_eq!(there.len(), TABLES.len());
    let said = refused(&directory.0, &["verify"]);
    assert!(said.contains("was moved"), "{said}");
    let on_sqlite = lantoa().args(["--data", directory.0.to_str().unwrap(), "verify"]).output().unwrap();
    assert!(on_sqlite.status.success(), "{}", String::from_utf8_lossy(&on_sqlite.stderr));
    let back = digests(&told(&directory.0, &["move", "to-postgres"]));
    assert_eq!(there, back, "the same rows, counted and digested, on both sides");

    let centre = Centre::real(directory).await;
    let mut same = centre.phone("truong").await;
    (same.cursors, same.epoch) = (cursors, epoch.clone());
    (same.rows, same.versions) = (phone.rows, phone.versions);
    same.pull().await;
    assert_eq!(same.epoch, epoch);
    assert_eq!(same.record(REPORT).unwrap().value(&Path(PLACE.into())), Some(&odd));
}

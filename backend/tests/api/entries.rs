//! Entries of registers, by the form of media items: begun on a phone, owed by nobody, seen by whom they go to, and
//! decided on by somebody who did not make them.

use crate::{
    support::{Centre, Phone},
    vault::told,
};
use lantoa_shared::{
    date::date,
    op::{Command, Path},
    record::State,
    sync::verdict::{Refusal, Verdict},
    value::{FileRef, Value},
    wire::v1::RowKind,
};
use sha2::{Digest as _, Sha256};

pub const ITEM: &str = "FH.1:0193f0a0-0000-7000-8000-0123456789ab:TH-0001";

/// The bytes of the item's file.
const LEAFLET: &[u8] = b"%PDF-1.4 leaflet";

/// Brings the item's file to the centre.
pub async fn bring_file(phone: &Phone) {
    bring(phone, LEAFLET).await;
}

pub async fn bring(phone: &Phone, bytes: &[u8]) {
    let url = format!("{}/api/v1/files/{}", phone.url, hex::encode(Sha256::digest(bytes)));
    assert_eq!(phone.http.put(url).body(bytes.to_vec()).send().await.unwrap().status(), 204);
}

/// Everything that a document with no people in it owes.
pub fn answers() -> Vec<(&'static str, Value)> {
    let text = |text: &str| Value::Text(text.to_owned());
    let choice = |code: &str| Value::Choice(code.to_owned());
    let file = FileRef {
        sha256: hex::encode(Sha256::digest(LEAFLET)),
        name: "Tờ gấp.pdf".into(),
        size: LEAFLET.len() as u64,
        mime: "application/pdf".into(),
        seconds: None,
        location_removed: false,
        poster: None,
    };
    vec![
        ("media_kind", choice("document")),
        ("title", text("Tờ gấp tuyên truyền Nghị quyết 71")),
        ("summary", text("Bốn trang, gửi tới cha mẹ học sinh các lớp.")),
        ("files", Value::Files(vec![file])),
        ("topics", Value::Choices(vec!["policy".into()])),
        ("audiences", Value::Choices(vec!["parent".into()])),
        ("language", choice("vi")),
        ("made_on", Value::Date(date(2026, 11, 20))),
        ("authors", text("Tổ truyền thông")),
        ("owner_rights", text("Nhà trường")),
        ("rights_basis", choice("own")),
        ("licence", choice("city")),
        ("credit_line", text("Trường Tiểu học Vĩnh Ninh")),
        ("people_shown", choice("none")),
        ("ai_part", choice("none")),
    ]
}

/// Fills an item as its unit's own.
async fn fill(phone: &mut Phone, item: &str) {
    for (path, value) in answers() {
        assert_eq!(phone.set(item, path, value).await, Verdict::APPLIED, "{path}");
    }
    phone.pull().await;
}

/// In which buckets a phone holds the item.
fn holds(phone: &Phone) -> Vec<&str> {
    let rows = phone.rows.keys().filter(|(_, kind, id)| *kind == RowKind::Entry && id == ITEM);
    rows.map(|(bucket, ..)| bucket.as_str()).collect()
}

#[tokio::test]
async fn an_item_is_begun_without_asking_and_goes_from_the_school_to_the_department_and_to_nobody_else() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let (mut department, mut commune) = (centre.phone("so").await, centre.phone("xa").await);
    preparer.pull().await;
    let owed = preparer.rows.keys().filter(|(_, kind, _)| *kind == RowKind::Duty).count();
    assert_eq!(preparer.command(ITEM, Command::HandOver, "").await, Verdict::refused(Refusal::OpenErrors));
    fill(&mut preparer, ITEM).await;
    assert_eq!(holds(&preparer), ["unit:TH-0001"]);
    assert_eq!(preparer.command(ITEM, Command::HandOver, "").await, Verdict::APPLIED);
    head.pull().await;
    department.pull().await;
    assert!(holds(&department).is_empty(), "what is not approved is nobody else's business");
    assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);

    department.pull().await;
    commune.pull().await;
    assert_eq!((holds(&department), holds(&commune)), (vec!["area:SO-GDDT"], vec![]));
    assert_eq!(commune.get(&format!("/api/v1/records/{ITEM}")).await.0, 404);
    let (status, sent) = department.get(&format!("/api/v1/records/{ITEM}")).await;
    assert_eq!((status, sent["row"]["record"]["state"].as_str()), (200, Some("submitted")));
    assert_eq!(department.command(ITEM, Command::Return, "Thiếu ảnh bìa.").await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.record(ITEM).unwrap().state, State::Returned);
    assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);
    department.pull().await;
    // Nobody accepts what is not there to be seen.
    let missing = Verdict::refused(Refusal::FilesMissing);
    assert_eq!(department.command(ITEM, Command::Accept, "").await, missing);
    bring_file(&preparer).await;
    assert_eq!(department.command(ITEM, Command::Accept, "").await, Verdict::APPLIED);
    head.pull().await;
    assert_eq!(head.record(ITEM).unwrap().state, State::Accepted);

    preparer.pull().await;
    let still = preparer.rows.keys().filter(|(_, kind, _)| *kind == RowKind::Duty).count();
    assert_eq!(owed, still, "nothing more is owed for it");
}

#[tokio::test]
async fn nobody_accepts_a_file_that_is_not_what_it_is_said_to_be() {
    let centre = Centre::start().await;
    let (mut preparer, mut department) = (centre.phone("truong").await, centre.phone("so").await);
    let mut head = centre.phone("hieutruong").await;
    fill(&mut preparer, ITEM).await;
    // A picture of nothing, with and without a place in it.
    let segments = b"\xFF\xDA\0\x08\x01\x01\0\0?\0\0\xFF\xD9";
    let clean = [b"\xFF\xD8", segments.as_slice()].concat();
    let placed = [b"\xFF\xD8\xFF\xE1\0\x0CExif\0\0GPS!", segments.as_slice()].concat();
    let page = b"<!DOCTYPE html><script>alert(1)</script>".to_vec();
    let program = [b"MZ".as_slice(), &[0; 126], b"PE\0\0"].concat();
    for (kind, bytes, name, location_removed, fits) in [
        ("document", &program, "Tờ gấp.pdf", false, false),
        ("document", &clean, "Tờ gấp.pdf", false, false),
        // Nothing asked on the phone whether an infographic tells of a place.
        ("infographic", &placed, "Lịch năm học.jpg", false, false),
        ("infographic", &clean, "Lịch năm học.jpg", false, true),
        ("photo", &page, "Sân trường.jpg", true, false),
        ("photo", &placed, "Sân trường.jpg", true, false),
        ("photo", &clean, "Sân trường.jpg", true, true),
    ] {
        head.pull().await;
        head.set(ITEM, "media_kind", Value::Choice(kind.into())).await;
        if kind != "document" {
            head.set(ITEM, "alt_text", Value::Text("Sân trường buổi sáng".into())).await;
        }
        let file = FileRef {
            sha256: hex::encode(Sha256::digest(bytes)),
            name: name.into(),
            size: bytes.len() as u64,
            mime: "image/jpeg".into(),
            seconds: None,
            location_removed,
            poster: None,
        };
        bring(&preparer, bytes).await;
        head.pull().await;
        assert_eq!(head.set(ITEM, "files", Value::Files(vec![file])).await, Verdict::APPLIED);
        head.pull().await;
        assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);
        department.pull().await;
        let verdict = department.command(ITEM, Command::Accept, "").await;
        let expected = if fits { Verdict::APPLIED } else { Verdict::refused(Refusal::FilesUnfit) };
        assert_eq!(verdict, expected, "{kind}, {name}, {location_removed}");
        department.pull().await;
        let again = if fits { Command::Reopen } else { Command::Return };
        assert_eq!(department.command(ITEM, again, "Xin thay tệp.").await, Verdict::APPLIED);
    }
}

#[tokio::test]
async fn an_item_of_another_unit_or_of_no_register_is_kept_and_begins_nothing() {
    let centre = Centre::start().await;
    let mut stranger = centre.phone("xa.lap").await;
    stranger.pull().await;
    const ENTRIES: &str = "SELECT count(*) FROM duties WHERE entry IS NOT NULL";
    let before = centre.count(ENTRIES).await;
    let title = || Value::Text("Chuyện của trường khác".into());
    assert_eq!(stranger.set(ITEM, "title", title()).await, Verdict::parked(Refusal::NotYourUnit));
    for nobody in [
        ITEM.replace("TH-0001", "TH-9999"),
        ITEM.replace("FH.1", "FH.7"),
        ITEM.replace("FH.1", "FA.1"),
        ITEM.replace("TH-0001", "UBND-TP"),
        ITEM.replace("0193f0a0", "0193F0A0"),
    ] {
        assert_eq!(
            stranger.set(&nobody, "title", title()).await,
            Verdict::parked(Refusal::UnknownRecord),
            "{nobody}"
        );
    }
    assert_eq!(centre.count(ENTRIES).await, before);
}

#[tokio::test]
async fn whoever_made_an_item_does_not_decide_on_it() {
    let centre = Centre::start().await;
    let roles = ["preparer", "head", "reviewer"].map(|role| format!("SO-GDDT:{role}"));
    let mut words = vec!["account", "roles", "so"];
    roles.iter().for_each(|role| words.extend(["--role", role]));
    centre.errand(&words).await;
    centre.errand(&["account", "roles", "so.tonghop", "--role", "SO-GDDT:reviewer"]).await;
    let item = ITEM.replace("TH-0001", "SO-GDDT");
    let (mut maker, mut other) = (centre.phone("so").await, centre.phone("so.tonghop").await);
    maker.pull().await;
    fill(&mut maker, &item).await;
    bring_file(&maker).await;
    assert_eq!(maker.command(&item, Command::Approve, "").await, Verdict::APPLIED);
    maker.pull().await;
    assert_eq!(maker.command(&item, Command::Accept, "").await, Verdict::refused(Refusal::OwnWork));
    other.pull().await;
    assert_eq!(other.command(&item, Command::Accept, "").await, Verdict::APPLIED);
    // Having decided is not having made it.
    other.pull().await;
    assert_eq!(other.command(&item, Command::Reopen, "Đổi ảnh bìa.").await, Verdict::APPLIED);
    maker.pull().await;
    assert_eq!(maker.command(&item, Command::Approve, "").await, Verdict::APPLIED);
    other.pull().await;
    assert_eq!(other.command(&item, Command::Accept, "").await, Verdict::APPLIED);
}

#[tokio::test]
async fn what_was_typed_into_an_item_comes_out_of_the_journal_again_and_outlives_the_server() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    preparer.pull().await;
    fill(&mut preparer, ITEM).await;
    assert!(told(&centre.directory.0, &["verify"]).contains(" 1 records"));
    let centre = centre.restart().await;
    let mut again = centre.phone("truong").await;
    again.pull().await;
    let title = again.record(ITEM).unwrap();
    let title = title.value(&lantoa_shared::op::Path::field("title")).cloned();
    assert_eq!(title, Some(answers()[1].1.clone()));
}

#[tokio::test]
async fn photos_added_to_one_item_on_two_phones_are_all_there_and_what_was_taken_out_stays_out() {
    let centre = Centre::start().await;
    let (mut phone, mut laptop) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let photo = |name: &str| FileRef {
        sha256: hex::encode(Sha256::digest(name)),
        name: name.into(),
        size: 10,
        mime: "image/jpeg".into(),
        seconds: None,
        location_removed: true,
        poster: None,
    };
    let files = |names: &[&str]| Value::Files(names.iter().map(|name| photo(name)).collect());
    let names = |phone: &Phone| -> Vec<String> {
        let record = phone.record(ITEM).unwrap();
        assert_eq!(record.clashes().count(), 0);
        let [entry] = record.entries(&Path::field("files")) else { panic!("{record:?}") };
        let Some(Value::Files(files)) = &entry.value else { panic!("{entry:?}") };
        files.iter().map(|file| file.name.clone()).collect()
    };
    // Each begins with a photo of its own, before it hears of the other's.
    assert_eq!(phone.set(ITEM, "files", files(&["a.jpg"])).await, Verdict::APPLIED);
    assert_eq!(laptop.set(ITEM, "files", files(&["b.jpg"])).await, Verdict::APPLIED);
    phone.pull().await;
    laptop.pull().await;
    let mut all = names(&phone);
    all.sort();
    assert_eq!(all, ["a.jpg", "b.jpg"]);
    assert_eq!(names(&laptop), names(&phone));
    // From there on one adds and the other takes out.
    assert_eq!(phone.set(ITEM, "files", files(&["a.jpg", "b.jpg", "c.jpg"])).await, Verdict::APPLIED);
    assert_eq!(laptop.set(ITEM, "files", files(&["b.jpg"])).await, Verdict::APPLIED);
    phone.pull().await;
    assert_eq!(names(&phone), ["b.jpg", "c.jpg"]);
    let entry = phone.record(ITEM).unwrap().entries(&Path::field("files"))[0].clone();
    assert_eq!(entry.merged.len(), 2, "who looks sees both lists");
}

#[tokio::test]
async fn a_draft_that_never_went_up_is_thrown_away_by_its_unit_and_what_went_up_is_withdrawn() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let mut department = centre.phone("so").await;
    let wrong = Verdict::refused(Refusal::WrongState);
    fill(&mut preparer, ITEM).await;
    assert_eq!(preparer.command(ITEM, Command::Withdraw, "Nhầm.").await, wrong, "it never went up");
    assert_eq!(preparer.command(ITEM, Command::Discard, "").await, Verdict::APPLIED);
    head.pull().await;
    let record = head.record(ITEM).unwrap();
    assert_eq!(record.state, State::Withdrawn);
    assert!(record.value(&Path::field("title")).is_some(), "what was entered is still there");
    department.pull().await;
    assert!(holds(&department).is_empty(), "and nobody else ever hears of it");
    preparer.pull().await;
    let title = Value::Text("Viết tiếp".into());
    assert_eq!(preparer.set(ITEM, "title", title).await, Verdict::parked(Refusal::WrongState));

    let sent = &ITEM.replace("-0123456789ab", "-0123456789cd");
    fill(&mut preparer, sent).await;
    head.pull().await;
    assert_eq!(head.command(sent, Command::Approve, "").await, Verdict::APPLIED);
    department.pull().await;
    assert_eq!(department.command(sent, Command::Return, "Thiếu ảnh bìa.").await, Verdict::APPLIED);
    // Back at its unit it is a draft again that others have seen.
    for step in [Command::HandOver, Command::TakeBack] {
        preparer.pull().await;
        assert_eq!(preparer.command(sent, step, "").await, Verdict::APPLIED);
    }
    preparer.pull().await;
    assert_eq!(preparer.command(sent, Command::Discard, "").await, wrong);
    assert_eq!(preparer.command(sent, Command::Withdraw, "Phụ huynh rút.").await, Verdict::APPLIED);
    department.pull().await;
    assert_eq!(department.record(sent).unwrap().state, State::Withdrawn);
}

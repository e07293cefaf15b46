//! What was kept and not taken: seen by those whom it concerns, judged again when its cause goes, laid aside by a
//! person; copies of a device; devices that were shut out; long texts that meet.

use crate::support::{Centre, Phone};
use lantoa_shared::{
    op::{Act, Command, Dot, Path},
    sync::{
        device::compose_pull,
        verdict::{Refusal, Verdict},
    },
    value::Value,
    wire::v1::{JudgedAgain, ParkedRow, PullRequest, RowKind},
};

const ACCEPTED: &str = "FA:2026-h1:TH-0001";
const OPEN: &str = "FA:2026-year:TH-0001";
const NAME: &str = "hdr_preparer_name";

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// What stands in a field of the open report.
fn value(phone: &Phone, field: &str) -> Option<Value> {
    phone.record(OPEN)?.value(&Path::field(field)).cloned()
}

/// What is parked, as a phone sees it in the buckets whose names begin so.
fn parked(phone: &Phone, buckets: &str) -> Vec<ParkedRow> {
    let rows = phone
        .rows
        .iter()
        .filter(|((bucket, kind, _), _)| *kind == RowKind::Parked && bucket.starts_with(buckets));
    rows.map(|(_, body)| serde_json::from_value(body.clone()).unwrap()).collect()
}

fn set_aside(phone: &Phone, record: &str, device: &str, n: u64) -> String {
    phone.op(record, Act::SetAside { dot: Dot::new(device, n) })
}

#[tokio::test]
async fn an_edit_after_acceptance_is_in_sight_of_unit_and_reviewer_and_taken_in_when_the_report_opens() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let mut reviewer = centre.phone("xa").await;
    preparer.pull().await;
    let before = preparer.record(ACCEPTED).unwrap().digest();
    assert_eq!(preparer.set(ACCEPTED, NAME, text("Lan")).await, Verdict::parked(Refusal::WrongState));
    for (phone, buckets) in [(&mut head, "unit:"), (&mut reviewer, "area:")] {
        phone.pull().await;
        let rows = parked(phone, buckets);
        assert_eq!(rows.len(), 1, "{buckets}");
        assert_eq!((rows[0].refusal, rows[0].author.as_str()), (Refusal::WrongState, "Nguyễn Thị Hoa"));
    }
    assert_eq!(reviewer.record(ACCEPTED).unwrap().digest(), before, "what was accepted does not move");

    assert_eq!(reviewer.command(ACCEPTED, Command::Reopen, "Sửa tên.").await, Verdict::APPLIED);
    for phone in [&mut preparer, &mut head, &mut reviewer] {
        phone.pull().await;
        assert!(parked(phone, "").is_empty());
    }
    let opened = preparer.record(ACCEPTED).unwrap();
    assert_eq!(opened.value(&Path::field(NAME)), Some(&text("Lan")));
    let news = (format!("user:{}", preparer.person.id), RowKind::Verdict, format!("{}:1", preparer.device));
    let told: JudgedAgain = serde_json::from_value(preparer.rows[&news].clone()).unwrap();
    assert_eq!(told.verdict, Verdict::APPLIED);
    assert!(told.judged > told.seq, "a backup in which it still waits is not enough");
}

#[tokio::test]
async fn what_was_laid_aside_is_not_judged_again() {
    let centre = Centre::start().await;
    let (mut preparer, mut reviewer) = (centre.phone("truong").await, centre.phone("xa").await);
    preparer.pull().await;
    let before = preparer.record(ACCEPTED).unwrap().value(&Path::field(NAME)).cloned();
    preparer.set(ACCEPTED, NAME, text("Lan")).await;
    reviewer.pull().await;
    let strange = set_aside(&reviewer, ACCEPTED, &preparer.device, 1);
    assert_eq!(reviewer.push(vec![strange]).await, [Verdict::refused(Refusal::NotYourUnit)]);
    let own = set_aside(&preparer, ACCEPTED, &preparer.device, 1);
    assert_eq!(preparer.push(vec![own.clone()]).await, [Verdict::APPLIED]);
    assert_eq!(preparer.push(vec![own]).await, [Verdict::APPLIED], "twice is once");
    reviewer.pull().await;
    assert!(parked(&reviewer, "").is_empty());
    assert_eq!(reviewer.command(ACCEPTED, Command::Reopen, "Sửa tên.").await, Verdict::APPLIED);
    preparer.pull().await;
    let opened = preparer.record(ACCEPTED).unwrap();
    assert_eq!(opened.value(&Path::field(NAME)).cloned(), before);
    assert!(opened.has_seen(&Dot::new(&preparer.device, 2)), "the phone sees that it arrived");
}

#[tokio::test]
async fn a_copied_device_is_told_to_take_a_new_id_and_its_later_ops_are_held() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    assert_eq!(phone.set(OPEN, NAME, text("Hoa")).await, Verdict::APPLIED);
    // The copy has made two ops of its own under numbers from 1; the second builds on the first.
    phone.n = 0;
    let first = phone.op(OPEN, Act::Set { path: Path::field(NAME), base: vec![], value: Some(text("Lan")) });
    let base = vec![Dot::new(&phone.device, 1)];
    let second = phone.op(OPEN, Act::Set { path: Path::field(NAME), base, value: Some(text("Lan Anh")) });
    let copied = phone.compose(vec![first, second]);
    for _ in 0..2 {
        let answer = phone.send(&copied).await;
        assert!(answer.rotate_device);
        let held = Verdict::parked(Refusal::ClonedDevice);
        assert_eq!(answer.verdicts.iter().map(|row| row.verdict).collect::<Vec<_>>(), [held, held]);
    }
    phone.pull().await;
    let record = phone.record(OPEN).unwrap();
    assert_eq!(record.value(&Path::field(NAME)), Some(&text("Hoa")), "nobody's word was taken away unseen");
    assert_eq!(centre.count("SELECT count(*) FROM journal").await, 3);
}

#[tokio::test]
async fn a_device_that_was_shut_out_delivers_and_gets_nothing() {
    let centre = Centre::start().await;
    let (mut phone, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    phone.pull().await;
    assert_eq!(phone.set(OPEN, NAME, text("Hoa")).await, Verdict::APPLIED);
    centre.errand(&["device", "revoke", &phone.device]).await;
    assert_eq!(phone.set(OPEN, NAME, text("Lan")).await, Verdict::parked(Refusal::RevokedDevice));
    let answer = phone.pull_once(&compose_pull(&phone.epoch, &phone.device, &phone.cursors)).await;
    assert!(answer.is_revoked && answer.buckets.is_empty());
    assert_eq!(answer.drop.len(), phone.cursors.len());
    head.pull().await;
    let rows = parked(&head, "unit:");
    assert_eq!(rows.len(), 1, "what it delivered is in sight of the unit");
    assert_eq!(rows[0].refusal, Refusal::RevokedDevice);
    centre.errand(&["device", "allow", &phone.device]).await;
    let answer = phone.pull_once(&compose_pull("", &phone.device, &Default::default())).await;
    assert!(!answer.is_revoked && !answer.buckets.is_empty());
}

#[tokio::test]
async fn what_a_device_delivered_while_it_was_shut_out_is_judged_when_it_is_let_in_again() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    centre.errand(&["device", "revoke", &phone.device]).await;
    assert_eq!(phone.set(OPEN, NAME, text("Lan")).await, Verdict::parked(Refusal::RevokedDevice));
    let centre = centre.restart().await;
    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(parked(&head, "unit:").len(), 1, "as long as it is shut out, that waits for its unit");
    // The server that runs finds out by itself.
    centre.errand(&["device", "allow", &phone.device]).await;
    head.pull_until(|head| parked(head, "unit:").is_empty()).await;
    assert_eq!(value(&head, NAME), Some(text("Lan")));
}

#[tokio::test]
async fn what_was_shut_out_stays_shut_out_under_whatever_name_it_comes() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull_once(&compose_pull("", &phone.device, &Default::default())).await;
    centre.errand(&["device", "revoke", &phone.device]).await;
    let nameless = PullRequest { device: None, ..compose_pull("", "", &Default::default()) };
    for request in [nameless, compose_pull("", "another", &Default::default())] {
        let answer = phone.pull_once(&request).await;
        assert!(answer.is_revoked && answer.buckets.is_empty(), "{:?}", request.device);
    }
    let tables = format!("{}/api/v1/records/{OPEN}", phone.url);
    assert_eq!(phone.http.get(tables).send().await.unwrap().status(), 403);
    let first = std::mem::replace(&mut phone.device, "a-third".into());
    assert_eq!(phone.set(OPEN, NAME, text("Hoa")).await, Verdict::parked(Refusal::RevokedDevice));
    let told = centre.errand(&["device", "allow", &first]).await;
    assert!(
        told.contains("a-third"),
        "whoever lets a phone in reads under which names it is shut out: {told}"
    );
    // Somebody else brings what a lost phone had left in a file: that says nothing of the one who brings it.
    let mut healthy = centre.phone("truong").await;
    healthy.pull_once(&compose_pull("", "healthy", &Default::default())).await;
    assert_eq!(healthy.set(OPEN, NAME, text("Lan")).await, Verdict::APPLIED);
}

#[tokio::test]
async fn whoever_lost_a_role_and_gets_it_back_finds_nothing_to_do_twice() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    centre.errand(&["account", "roles", "truong", "--role", "XP-20161:reader"]).await;
    assert_eq!(phone.set(OPEN, NAME, text("Hoa")).await, Verdict::parked(Refusal::NotYourUnit));
    let mut reviewer = centre.phone("xa").await;
    reviewer.pull().await;
    assert_eq!(parked(&reviewer, "area:XP-20161").len(), 1, "whoever receives for the unit sees it");
    let mut other = centre.phone("so").await;
    other.pull().await;
    assert!(parked(&other, "").is_empty());
    centre.errand(&["account", "roles", "truong", "--role", "TH-0001:preparer"]).await;
    phone.pull_until(|phone| value(phone, NAME) == Some(text("Hoa"))).await;
}

#[tokio::test]
async fn a_step_taken_on_a_stolen_phone_is_in_sight_of_those_whom_it_concerns() {
    let centre = Centre::start().await;
    let (mut reviewer, mut head) = (centre.phone("xa").await, centre.phone("hieutruong").await);
    reviewer.pull().await;
    centre.errand(&["device", "revoke", &reviewer.device]).await;
    let verdict = reviewer.command(OPEN, Command::Return, "Thiếu số liệu").await;
    assert_eq!(verdict, Verdict::parked(Refusal::RevokedDevice));
    head.pull().await;
    let rows = parked(&head, "unit:");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].author, reviewer.person.name);
}

#[tokio::test]
async fn a_stranger_gets_onto_nobodys_screen() {
    let centre = Centre::start().await;
    let (mut stranger, mut head) = (centre.phone("xa").await, centre.phone("hieutruong").await);
    assert_eq!(stranger.set(OPEN, NAME, text("Ha ha")).await, Verdict::parked(Refusal::NotYourUnit));
    head.pull().await;
    assert!(parked(&head, "").is_empty());
}

/// A centre and two devices of a person, who both hold a long text.
async fn two_before_a_long_text() -> (Centre, Phone, Phone, &'static str) {
    let centre = Centre::start().await;
    let (mut phone, mut laptop) = (centre.phone("truong").await, centre.phone("truong").await);
    let base = "Trường tổ chức ba buổi sinh hoạt. Phụ huynh tham dự đông đủ. Nhà trường phát tờ rơi tới từng lớp. \
        Có hai bài đăng trên trang của trường.";
    assert_eq!(phone.set(OPEN, "eva_results", text(base)).await, Verdict::APPLIED);
    phone.pull().await;
    laptop.pull().await;
    (centre, phone, laptop, base)
}

#[tokio::test]
async fn two_long_texts_changed_in_different_sentences_become_one_that_remembers_both() {
    let (_centre, mut phone, mut laptop, base) = two_before_a_long_text().await;
    let (one, other) = (base.replace("ba buổi", "bốn buổi"), format!("{base} Phường đã đưa tin."));
    assert_eq!(phone.set(OPEN, "eva_results", text(&one)).await, Verdict::APPLIED);
    assert_eq!(laptop.set(OPEN, "eva_results", text(&other)).await, Verdict::APPLIED);
    phone.pull().await;
    let record = phone.record(OPEN).unwrap();
    let entries = record.entries(&Path::field("eva_results"));
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].value, Some(text(&format!("{one} Phường đã đưa tin."))));
    assert_eq!(entries[0].merged.len(), 2);
    // A short answer is never put together: that would make a name nobody has.
    assert_eq!(phone.set(OPEN, NAME, text("Hoa")).await, Verdict::APPLIED);
    assert_eq!(laptop.set(OPEN, NAME, text("Hoà")).await, Verdict::CLASH);
}

/// Types on in a text, as a page does that is saved every few words and does not follow the record meanwhile.
async fn type_on(phone: &mut Phone, base: &mut Vec<Dot>, words: &str) -> Verdict {
    let act = Act::Set { path: Path::field("eva_results"), base: base.clone(), value: Some(text(words)) };
    let body = phone.op(OPEN, act);
    let verdict = phone.push(vec![body]).await[0];
    *base = vec![Dot::new(phone.device.clone(), phone.n)];
    verdict
}

#[tokio::test]
async fn two_who_type_at_the_same_time_and_are_saved_every_few_words_get_one_text_with_all_of_both() {
    let (_centre, mut phone, mut laptop, base) = two_before_a_long_text().await;
    let path = Path::field("eva_results");
    let seen = phone.record(OPEN).unwrap().base(&path);
    let (mut phones, mut laptops) = (seen.clone(), seen);
    let early = base.replace("ba buổi", "bốn buổi");
    let ends = [" Phường", " Phường đã", " Phường đã đưa tin."];
    // Two of one, one of the other, and so on: neither ever sees what the other wrote.
    assert_eq!(type_on(&mut phone, &mut phones, &base.replace("ba buổi", "bố buổi")).await, Verdict::APPLIED);
    assert_eq!(type_on(&mut phone, &mut phones, &early).await, Verdict::APPLIED);
    for end in ends {
        assert_eq!(type_on(&mut laptop, &mut laptops, &format!("{base}{end}")).await, Verdict::APPLIED);
    }
    let late = early.replace("đông đủ", "rất đông");
    assert_eq!(type_on(&mut phone, &mut phones, &late).await, Verdict::APPLIED);
    phone.pull().await;
    let record = phone.record(OPEN).unwrap();
    let [entry] = record.entries(&path) else { panic!("{:?}", record.entries(&path)) };
    assert_eq!(entry.value, Some(text(&format!("{late}{}", ends[2]))));
    // To go back to: the last that each of them wrote.
    let originals: Vec<_> = entry.merged.iter().filter_map(|part| part.value.clone()).collect();
    assert_eq!(originals.len(), 2, "{originals:?}");
    assert!(originals.contains(&text(&late)));
    assert!(originals.contains(&text(&format!("{base}{}", ends[2]))));
    // The same sentence on both sides is for a person to settle.
    assert_eq!(
        type_on(&mut laptop, &mut laptops, &base.replace("đông đủ", "thưa thớt")).await,
        Verdict::CLASH
    );
}

//! Files: verified by their hash, limited while they stream, readable only through a record.

use crate::{
    entries::{ITEM, answers, bring, bring_file},
    support::{Centre, Phone},
};
use lantoa_backend::store::namings;
use lantoa_shared::{
    op::Command,
    sync::{
        device::hash,
        verdict::{Refusal, Verdict},
    },
    value::{FileRef, Value},
};
use sha2::{Digest as _, Sha256};

async fn put(phone: &crate::support::Phone, sha256: &str, bytes: Vec<u8>) -> u16 {
    let request = phone.http.put(format!("{}/api/v1/files/{sha256}", phone.url)).body(bytes);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_file_comes_back_byte_for_byte_to_whoever_may_read_its_record() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let text = "nội dung của tệp";
    let sha256 = hash(text);
    assert_eq!(put(&phone, &sha256, text.into()).await, 204);
    assert_eq!(put(&phone, &sha256, text.into()).await, 204, "again is not an error");

    let path = format!("/api/v1/files/{sha256}");
    let head = centre.phone("hieutruong").await;
    assert_eq!(head.get(&path).await.0, 404, "no record names it yet");
    let file = FileRef {
        sha256: sha256.clone(),
        name: "kế hoạch.pdf".into(),
        size: text.len() as u64,
        mime: "application/pdf".into(),
        seconds: None,
        location_removed: false,
        poster: None,
    };
    let verdict = phone.set("FA:2026-year:TH-0001", "hdr_signed_file", Value::File(file)).await;
    assert!(verdict.status.is_in_record(), "{verdict:?}");

    let answer = head.http.get(format!("{}{path}", head.url)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    assert_eq!(
        answer.headers()["cache-control"],
        "private, no-cache",
        "the next account on the phone asks again"
    );
    assert_eq!(answer.headers()["vary"], "Cookie");
    assert_eq!(answer.text().await.unwrap(), text);
    let reviewer = centre.phone("xa").await;
    assert_eq!(reviewer.get(&path).await.0, 404, "a draft is nobody else's business");
}

#[tokio::test]
async fn bytes_with_another_hash_or_too_many_of_them_leave_nothing_behind() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    assert_eq!(put(&phone, &hash("these bytes"), b"other bytes".to_vec()).await, 422);
    let large = vec![b'x'; 20 * 1024 * 1024 + 1];
    let text = String::from_utf8(large.clone()).unwrap();
    assert_eq!(put(&phone, &hash(&text), large).await, 413);
    assert_eq!(centre.count("SELECT count(*) FROM files WHERE person = 'demo-truong'").await, 0);
    let left = std::fs::read_dir(centre.directory.0.join("files/incoming")).unwrap().count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_file_that_no_record_names_any_more_goes_after_its_grace_unless_something_waits_that_does() {
    let centre = Centre::start().await;
    let (mut phone, mut stranger) = (centre.phone("truong").await, centre.phone("xa.lap").await);
    let file = |bytes: &[u8]| FileRef {
        sha256: hex::encode(Sha256::digest(bytes)),
        name: "Ảnh.jpg".into(),
        size: bytes.len() as u64,
        mime: "image/jpeg".into(),
        seconds: None,
        location_removed: false,
        poster: None,
    };
    let (faces, hidden, parked) = (file(b"faces"), file(b"hidden"), file(b"parked"));
    for bytes in [b"faces".as_slice(), b"hidden", b"parked"] {
        bring(&phone, bytes).await;
    }
    phone.pull().await;
    stranger.pull().await;
    let name = |file: &FileRef| Value::Files(vec![file.clone()]);
    assert_eq!(phone.set(ITEM, "files", name(&faces)).await, Verdict::APPLIED);
    phone.pull().await;
    assert_eq!(phone.set(ITEM, "files", name(&hidden)).await, Verdict::APPLIED);
    let refused = Verdict::parked(Refusal::NotYourUnit);
    assert_eq!(stranger.set(ITEM, "files", name(&parked)).await, refused);

    let store = centre.store().await;
    let mut tx = store.write().await.unwrap();
    namings::notice_unnamed(&mut tx, 1_000).await.unwrap();
    assert!(namings::let_go_of_unnamed(&mut tx, 1_000, 1_000).await.unwrap().is_empty(), "not yet");
    // Named again in time, it stays.
    tx.commit().await.unwrap();
    phone.pull().await;
    let both = Value::Files(vec![hidden.clone(), faces.clone()]);
    assert_eq!(phone.set(ITEM, "files", both).await, Verdict::APPLIED);
    let mut tx = store.write().await.unwrap();
    namings::notice_unnamed(&mut tx, 2_000).await.unwrap();
    assert!(namings::let_go_of_unnamed(&mut tx, 9_000, 9_000).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    phone.pull().await;
    assert_eq!(phone.set(ITEM, "files", name(&hidden)).await, Verdict::APPLIED);
    let mut tx = store.write().await.unwrap();
    namings::notice_unnamed(&mut tx, 3_000).await.unwrap();
    // Whoever is told that it is here, and need not bring it, has as long again to name it.
    assert!(namings::is_here_to_be_named(&mut tx, &faces.sha256, 8_000).await.unwrap());
    assert!(namings::let_go_of_unnamed(&mut tx, 8_000, 9_000).await.unwrap().is_empty());
    let going = namings::let_go_of_unnamed(&mut tx, 9_000, 9_000).await.unwrap();
    assert_eq!(going.iter().map(|file| &file.sha256).collect::<Vec<_>>(), [&faces.sha256]);
    // Until its bytes are gone and it is forgotten, nobody is told that it is here, and whoever brings it waits.
    assert!(!namings::is_here_to_be_named(&mut tx, &faces.sha256, 9_000).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(put(&phone, &faces.sha256, b"faces".to_vec()).await, 423);
    // Another server leaves it to the one that let go of it; when that ended, it goes on, even if it is named by now.
    phone.pull().await;
    let both = Value::Files(vec![hidden.clone(), faces.clone()]);
    assert_eq!(phone.set(ITEM, "files", both).await, Verdict::APPLIED);
    let mut tx = store.write().await.unwrap();
    namings::notice_unnamed(&mut tx, 9_500).await.unwrap();
    assert!(namings::let_go_of_unnamed(&mut tx, 9_000, 9_500).await.unwrap().is_empty());
    let later = 9_500 + 24 * 60 * 60 * 1000;
    assert_eq!(
        namings::let_go_of_unnamed(&mut tx, 9_000, later).await.unwrap(),
        going,
        "a sweep was cut off"
    );
    namings::forget(&mut tx, &faces.sha256).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(put(&phone, &faces.sha256, b"faces".to_vec()).await, 204);
}

#[tokio::test]
async fn whoever_received_a_file_can_open_it_while_its_unit_puts_another_in_its_place() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    let mut department = centre.phone("so").await;
    preparer.pull().await;
    bring_file(&preparer).await;
    for (path, value) in answers() {
        assert_eq!(preparer.set(ITEM, path, value).await, Verdict::APPLIED, "{path}");
    }
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);
    department.pull().await;
    let leaflet = answers().into_iter().find_map(|(_, value)| match value {
        Value::Files(files) => Some(format!("/api/v1/files/{}", files[0].sha256)),
        _ => None,
    });
    let leaflet = leaflet.unwrap();
    let opens = async |phone: &Phone| {
        phone.http.get(format!("{}{leaflet}", phone.url)).send().await.unwrap().status().as_u16()
    };
    assert_eq!(opens(&department).await, 200);
    assert_eq!(department.command(ITEM, Command::Return, "Thay tờ gấp.").await, Verdict::APPLIED);
    head.pull().await;
    bring(&preparer, b"%PDF-1.4 another").await;
    let other = FileRef {
        sha256: hex::encode(Sha256::digest(b"%PDF-1.4 another")),
        name: "Tờ gấp mới.pdf".into(),
        size: 16,
        mime: "application/pdf".into(),
        seconds: None,
        location_removed: false,
        poster: None,
    };
    assert_eq!(head.set(ITEM, "files", Value::Files(vec![other])).await, Verdict::APPLIED);
    assert_eq!(opens(&department).await, 200, "the department sees what went up last");
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);
    assert_eq!(opens(&department).await, 404, "and then what went up now");
}

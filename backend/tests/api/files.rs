//! Files: verified by their hash, limited while they stream, readable only through a record.

use crate::support::Centre;
use lantoa_shared::{
    sync::device::hash,
    value::{FileRef, Value},
};

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
    assert_eq!(centre.count("SELECT count(*) FROM files").await, 0);
    let left = std::fs::read_dir(centre.directory.0.join("files/incoming")).unwrap().count();
    assert_eq!(left, 0);
}

//! Pins: the unit that takes items in says which of them every device is to have, nobody else does, and nothing stays
//! pinned that is not in the library.

use crate::{
    entries::ITEM,
    library::{accept, approve},
    support::{Centre, Phone},
};
use lantoa_shared::{
    op::Command,
    sync::verdict::Verdict,
    wire::v1::{RowKind, library::Pin},
};
use serde_json::json;

/// What a phone holds of the item in the public bucket, as rows of this kind.
fn held(phone: &Phone, kind: RowKind) -> Option<serde_json::Value> {
    phone.rows.get(&("pub".to_owned(), kind, ITEM.to_owned())).cloned()
}

pub async fn pin(phone: &Phone, collection: &str) -> u16 {
    let address = format!("{}/api/v1/library/{ITEM}/pin", phone.url);
    phone.http.put(address).json(&json!({ "collection": collection })).send().await.unwrap().status().as_u16()
}

async fn unpin(phone: &Phone) -> u16 {
    let address = format!("{}/api/v1/library/{ITEM}/pin", phone.url);
    phone.http.delete(address).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn the_unit_that_takes_items_in_pins_them_for_all_devices_and_nobody_else_does() {
    let centre = Centre::start().await;
    let (mut department, mut reader) = (centre.phone("so").await, centre.phone("xa").await);
    approve(&centre, &[]).await;
    assert_eq!(pin(&department, "").await, 404, "it is not in the library yet");
    accept(&mut department).await;

    // Neither whoever made it, nor another unit, nor who stands above, nor nobody.
    for account in ["hieutruong", "truong", "xa", "ubnd"] {
        let phone = centre.phone(account).await;
        assert_eq!((pin(&phone, "").await, unpin(&phone).await), (403, 403), "{account}");
    }
    let stranger = reqwest::Client::new();
    let address = format!("{}/api/v1/library/{ITEM}/pin", centre.url);
    assert_eq!(stranger.put(&address).json(&json!({})).send().await.unwrap().status(), 401);
    for broken in ["\0".to_owned(), "dài".repeat(40), "hai\ndòng".into()] {
        assert_eq!(pin(&department, &broken).await, 400, "{broken:?}");
    }
    reader.pull().await;
    assert_eq!(held(&reader, RowKind::Pin), None);

    assert_eq!(pin(&department, " Hướng dẫn năm học ").await, 204);
    reader.pull().await;
    let row: Pin = serde_json::from_value(held(&reader, RowKind::Pin).unwrap()).unwrap();
    assert_eq!(
        (row.title.as_str(), row.size, row.collection.as_str()),
        ("Tờ gấp tuyên truyền Nghị quyết 71", 16, "Hướng dẫn năm học")
    );
    // The same again is no news; under another heading it is, and it is pinned once.
    let versions = reader.versions.clone();
    assert_eq!(pin(&department, "Hướng dẫn năm học").await, 204);
    reader.pull().await;
    assert_eq!(reader.versions, versions);
    assert_eq!(pin(&department, "").await, 204);
    reader.pull().await;
    assert!(held(&reader, RowKind::Pin).unwrap().get("collection").is_none());

    assert_eq!((unpin(&department).await, unpin(&department).await), (204, 204));
    reader.pull().await;
    assert_eq!(held(&reader, RowKind::Pin), None);
}

#[tokio::test]
async fn what_leaves_the_library_is_told_by_its_name_and_is_not_pinned_when_it_comes_back() {
    let centre = Centre::start().await;
    let (mut department, mut reader) = (centre.phone("so").await, centre.phone("xa").await);
    approve(&centre, &[]).await;
    accept(&mut department).await;
    assert_eq!(pin(&department, "").await, 204);
    reader.pull().await;
    assert!(held(&reader, RowKind::Pin).is_some() && held(&reader, RowKind::Shelf).is_none());

    department.pull().await;
    assert_eq!(department.command(ITEM, Command::Reopen, "Đổi ảnh bìa.").await, Verdict::APPLIED);
    reader.pull().await;
    assert!(held(&reader, RowKind::Pin).is_none());
    assert!(held(&reader, RowKind::Shelf).unwrap()["left_at"].is_i64());
    // A phone that comes for the first time hears of it, too: it may hold the item from before.
    let mut new = centre.phone("xa.lap").await;
    new.pull().await;
    assert!(held(&new, RowKind::Shelf).is_some());

    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    assert_eq!(head.command(ITEM, Command::Approve, "").await, Verdict::APPLIED);
    accept(&mut department).await;
    reader.pull().await;
    assert!(held(&reader, RowKind::Shelf).is_none() && held(&reader, RowKind::Pin).is_none());
    let (status, detail) = reader.get(&format!("/api/v1/library/{ITEM}")).await;
    assert_eq!((status, detail["recipient"].as_str()), (200, Some("SO-GDDT")));
    assert_eq!(pin(&department, "").await, 204, "it may be pinned once more");
}

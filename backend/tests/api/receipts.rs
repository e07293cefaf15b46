//! Receipts: of what is pinned for all units, the unit that pins sees who has it and who opened it; nobody else does,
//! and nobody tells of another.

use crate::{
    entries::ITEM,
    library::{accept, approve},
    pins::pin,
    support::{Centre, Phone},
};
use lantoa_shared::wire::v1::receipts::{MAX_RECEIPTS, ReceiptsAnswer, UnitReceipts};
use serde_json::{Value as Json, json};

async fn tell(phone: &Phone, receipts: Json) -> u16 {
    let body = json!({ "receipts": receipts });
    let request = phone.http.post(format!("{}/api/v1/receipts", phone.url)).json(&body);
    request.send().await.unwrap().status().as_u16()
}

async fn read(phone: &Phone) -> Vec<UnitReceipts> {
    let (status, answer) = phone.get(&format!("/api/v1/library/{ITEM}/receipts")).await;
    assert_eq!(status, 200);
    serde_json::from_value::<ReceiptsAnswer>(answer).unwrap().units
}

async fn pinned() -> (Centre, Phone) {
    let centre = Centre::start().await;
    let mut department = centre.phone("so").await;
    approve(&centre, &[]).await;
    accept(&mut department).await;
    assert_eq!(pin(&department, "").await, 204);
    (centre, department)
}

#[tokio::test]
async fn whoever_pins_sees_by_unit_who_has_it_and_who_opened_it_and_the_first_time_counts() {
    let (centre, department) = pinned().await;
    let (school, commune) = (centre.phone("truong").await, centre.phone("xa").await);
    let silent = read(&department).await;
    assert!(silent.len() > 2 && silent.iter().all(|unit| (unit.here, unit.opened) == (0, 0)));
    assert!(silent.iter().all(|unit| unit.people > 0 && unit.unit != "SO-GDDT"));

    assert_eq!(tell(&school, json!([{ "item": ITEM, "here_at": 5_000 }])).await, 204);
    assert_eq!(tell(&school, json!([{ "item": ITEM, "here_at": 9_000, "opened_at": 7_000 }])).await, 204);
    assert_eq!(tell(&school, json!([{ "item": ITEM, "opened_at": 8_000 }])).await, 204);
    // A clock that goes ahead, and one that is before all time.
    assert_eq!(
        tell(&commune, json!([{ "item": ITEM, "here_at": i64::MAX, "opened_at": i64::MIN }])).await,
        204
    );
    let units = read(&department).await;
    let of = |phone: &Phone| units.iter().find(|it| it.unit == phone.person.memberships[0].unit).unwrap();
    let its = of(&school);
    assert_eq!((its.here, its.opened, its.here_at, its.opened_at), (1, 1, Some(5_000), Some(7_000)));
    assert!(its.people > 1, "the head has an account there, too, and has not opened it");
    let its = of(&commune);
    assert!(its.here_at.unwrap() < 4_000_000_000_000 && its.opened_at == Some(0), "{its:?}");
}

#[tokio::test]
async fn nobody_else_sees_them_and_what_was_never_pinned_is_not_noted() {
    let (centre, department) = pinned().await;
    for account in ["hieutruong", "truong", "xa", "ubnd"] {
        let phone = centre.phone(account).await;
        assert_eq!(phone.get(&format!("/api/v1/library/{ITEM}/receipts")).await.0, 403, "{account}");
    }
    assert_eq!(department.get("/api/v1/library/nothing/receipts").await.0, 404);
    let school = centre.phone("truong").await;
    let other = "FH.1:0198c0de-0000-7000-8000-00000000ffff:TH-0001";
    assert_eq!(tell(&school, json!([{ "item": other, "opened_at": 1 }])).await, 204);
    assert_eq!(centre.count("SELECT COUNT(*) FROM receipts").await, 0);
    let many: Vec<Json> = (0..=MAX_RECEIPTS).map(|_| json!({ "item": ITEM })).collect();
    for broken in [json!(many), json!([{ "item": "\0" }]), json!([{ "item": 7 }]), json!("x")] {
        assert_eq!(tell(&school, broken).await, 400);
    }
    let stranger = reqwest::Client::new().post(format!("{}/api/v1/receipts", centre.url));
    assert_eq!(stranger.json(&json!({ "receipts": [] })).send().await.unwrap().status(), 401);
}

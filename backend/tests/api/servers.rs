//! Several server processes that share one database: the same devices may ask any of them.

use crate::{
    engine,
    process::start,
    support::{Phone, copy_of_demo, phone_at},
};
use lantoa_backend::store::Place;
use lantoa_shared::{
    op::{Act, Path},
    sync::verdict::Verdict,
    value::Value,
};
use std::{
    path::Path as FilePath,
    process::{Child, Command},
};

const REPORT: &str = "FA:2026-year:TH-0001";
const FIELD: &str = "learner_total";

/// A process that is gone when the test ends.
struct Running(Child);

impl Running {
    fn on(data: &FilePath) -> (Self, String) {
        let (child, url) = start(data);
        (Self(child), url)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn set(phone: &Phone, value: i64) -> String {
    let (path, value) = (Path::field(FIELD), Some(Value::Int(value)));
    let base = phone.record(REPORT).map(|record| record.base(&path)).unwrap_or_default();
    phone.op(REPORT, Act::Set { path, base, value })
}

#[tokio::test]
async fn what_one_server_takes_in_the_phones_of_another_hear_of() {
    // SQLite's file is for one server; only one engine carries notices between several.
    if !matches!(engine::place(FilePath::new("/x")), Place::Url(_)) {
        return;
    }
    let data = copy_of_demo().await;
    let ((_one, here), (_other, there)) = (Running::on(&data.0), Running::on(&data.0));
    let mut preparer = phone_at(&here, "truong").await;
    let mut head = phone_at(&there, "hieutruong").await;
    head.pull().await;
    let mut events = head.http.get(format!("{there}/api/v1/sync/events")).send().await.unwrap();
    preparer.pull().await;
    assert_eq!(preparer.set(REPORT, FIELD, Value::Int(5)).await, Verdict::APPLIED);
    let mut heard = String::new();
    while !heard.contains("data: unit:TH-0001\n") {
        heard.push_str(&String::from_utf8_lossy(&events.chunk().await.unwrap().unwrap()));
    }
    head.pull().await;
    assert_eq!(head.record(REPORT).unwrap().value(&Path::field(FIELD)), Some(&Value::Int(5)));
}

#[tokio::test]
async fn the_same_push_at_two_servers_at_once_is_taken_once() {
    let data = copy_of_demo().await;
    let ((_one, here), (_other, there)) = (Running::on(&data.0), Running::on(&data.0));
    let mut phone = phone_at(&here, "truong").await;
    phone.pull().await;
    for round in 0..5 {
        let request = phone.compose((0..20).map(|n| set(&phone, round * 100 + n)).collect());
        let mut twin = phone_at(&there, "truong").await;
        twin.device.clone_from(&phone.device);
        let (first, second) = tokio::join!(phone.send(&request), twin.send(&request));
        assert_eq!(first.verdicts, second.verdicts);
        phone.pull().await;
    }
    let mut connection = engine::connect(&data.0).await;
    let query = "SELECT count(*) FROM journal WHERE device = $1 AND status IN ('applied', 'clash')";
    let taken: i64 = sqlx::query_scalar(query).bind(&phone.device).fetch_one(&mut connection).await.unwrap();
    assert_eq!(taken, 100);
}

#[tokio::test]
async fn a_server_that_is_killed_in_the_middle_of_pushes_costs_nobody_anything() {
    let data = copy_of_demo().await;
    let ((mut one, here), (_other, there)) = (Running::on(&data.0), Running::on(&data.0));
    let mut phone = phone_at(&here, "truong").await;
    phone.pull().await;
    let process = one.0.id().to_string();
    let (mut cut, mut killer) = (None, None);
    for n in 1..=400 {
        let request = phone.compose(vec![set(&phone, n)]);
        if n == 20 {
            // It dies at some moment of the pushes that follow.
            killer = Some(Command::new("kill").args(["-KILL", &process]).spawn().unwrap());
        }
        let sent = phone.http.post(format!("{}/api/v1/sync/push", phone.url)).json(&request).send().await;
        let Ok(answer) = sent else {
            cut = Some(request);
            break;
        };
        assert_eq!(answer.status(), 200);
        // From the other one: this one may die at any moment, and it is pushes that are to be cut.
        let dying = std::mem::replace(&mut phone.url, there.clone());
        phone.pull().await;
        phone.url = dying;
    }
    killer.unwrap().wait().unwrap();
    one.0.wait().unwrap();
    let cut = cut.expect("the server died");
    phone.url = there;
    let answer = phone.send(&cut).await;
    assert!(answer.verdicts[0].verdict.status.is_in_record(), "the other takes it, or knows of it already");
    phone.pull().await;
    let value = phone.record(REPORT).unwrap().value(&Path::field(FIELD)).cloned();
    assert_eq!(value, Some(Value::Int(i64::try_from(cut.ops[0].n).unwrap())));
}

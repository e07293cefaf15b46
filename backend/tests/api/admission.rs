//! What the centre makes of numbers and epochs: a number is given once, a push is held or judged as one, and what was
//! composed under another epoch waits for its device.

use crate::support::{Centre, Phone};
use lantoa_shared::{
    op::{Act, Dot, Path},
    sync::verdict::{Refusal, Verdict},
    value::Value,
    wire::v1::{PROTOCOL, ParkedRow, PullRequest, PushAnswer, RowKind},
};

const REPORT: &str = "FA:2026-year:TH-0001";
const ACCEPTED: &str = "FA:2026-h1:TH-0001";
const NAME: &str = "hdr_preparer_name";
const CLONED: Verdict = Verdict { status: Verdict::OTHER_EPOCH.status, refusal: Some(Refusal::ClonedDevice) };

fn name(phone: &Phone, record: &str, base: Vec<Dot>, name: &str) -> String {
    let path = Path::field(NAME);
    phone.op(record, Act::Set { path, base, value: Some(Value::Text(name.into())) })
}

fn verdicts(answer: &PushAnswer) -> Vec<(u64, Verdict)> {
    answer.verdicts.iter().map(|row| (row.n, row.verdict)).collect()
}

async fn named(phone: &mut Phone) -> Option<Value> {
    phone.pull().await;
    phone.record(REPORT)?.value(&Path::field(NAME)).cloned()
}

#[tokio::test]
async fn a_number_belongs_to_the_op_that_came_first_whoever_sent_it() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    head.device.clone_from(&preparer.device);
    let body = name(&head, REPORT, vec![], "Lan");
    assert_eq!(head.push(vec![body]).await, [Verdict::APPLIED]);
    let body = name(&preparer, REPORT, vec![], "Hoa");
    let request = preparer.compose(vec![body]);
    let answer = preparer.send(&request).await;
    assert!(answer.rotate_device);
    assert_eq!(verdicts(&answer), [(1, CLONED)]);
    assert_eq!(named(&mut preparer).await, Some(Value::Text("Lan".into())));
}

#[tokio::test]
async fn what_a_push_would_have_held_is_held_at_the_next_start_too() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let body = name(&phone, REPORT, vec![], "Hoa");
    assert_eq!(phone.push(vec![body]).await, [Verdict::APPLIED]);
    phone.n = 0;
    let base = vec![Dot::new(&phone.device, 1)];
    let bodies = vec![name(&phone, REPORT, vec![], "Lan"), name(&phone, REPORT, base, "Lan Anh")];
    let copied = phone.compose(bodies);
    assert_eq!(verdicts(&phone.send(&copied).await), [(1, CLONED), (2, CLONED)]);
    // As if the server had died behind the receipt, or behind the first verdict.
    let mut centre = centre;
    for forget in [
        "UPDATE journal SET status = NULL, refusal = NULL WHERE refusal = 'cloned_device'",
        "UPDATE journal SET status = NULL, refusal = NULL WHERE n = 2",
    ] {
        assert!(centre.change(forget).await > 0);
        centre = centre.restart().await;
        assert_eq!(centre.count("SELECT count(*) FROM journal WHERE refusal = 'cloned_device'").await, 2);
    }
    phone.url.clone_from(&centre.url);
    assert_eq!(named(&mut phone).await, Some(Value::Text("Hoa".into())));
}

#[tokio::test]
async fn what_a_push_would_have_held_is_held_when_its_ops_are_judged_alone() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let body = name(&phone, REPORT, vec![], "Hoa");
    assert_eq!(phone.push(vec![body]).await, [Verdict::APPLIED]);
    // One record cannot be read any more: what concerns it fails, and with it the push as a whole.
    assert_eq!(centre.change("UPDATE records SET body = '{' WHERE id = 'FA:2026-h1:TH-0001'").await, 1);
    phone.n = 0;
    let base = vec![Dot::new(&phone.device, 1)];
    let mut copied = vec![name(&phone, REPORT, vec![], "Lan"), name(&phone, REPORT, base, "Lan Anh")];
    phone.n = 2;
    let broken = phone.compose(vec![name(&phone, ACCEPTED, vec![], "Lan")]).ops;
    phone.n = 0;
    let mut request = phone.compose(vec![copied.remove(0)]);
    request.ops.extend(broken);
    phone.n = 3;
    request.ops.extend(phone.compose(copied).ops);
    let answer = phone.send(&request).await;
    assert!(answer.rotate_device);
    assert_eq!(verdicts(&answer), [(1, CLONED), (4, CLONED)], "the third waits for the next start");
    assert_eq!(named(&mut phone).await, Some(Value::Text("Hoa".into())));
}

#[tokio::test]
async fn a_push_of_another_epoch_is_kept_and_judged_when_it_is_offered_again() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let epoch = std::mem::replace(&mut phone.epoch, "an earlier one".into());
    let body = name(&phone, REPORT, vec![], "Hoa");
    let mut request = phone.compose(vec![body]);
    for _ in 0..2 {
        let answer = phone.send(&request).await;
        assert_eq!((answer.verdicts.len(), answer.acked_through, &answer.epoch), (0, 1, &epoch));
        assert_eq!(centre.count("SELECT count(*) FROM journal WHERE refusal = 'other_epoch'").await, 1);
    }
    phone.epoch.clone_from(&epoch);
    assert_eq!(named(&mut phone).await, None);
    let before = centre.count("SELECT max(seq) FROM journal").await;
    request.epoch = epoch;
    let answer = phone.send(&request).await;
    assert_eq!(verdicts(&answer), [(1, Verdict::APPLIED)]);
    assert!(answer.verdicts[0].seq > u64::try_from(before).ok(), "a backup made before has it unjudged");
    assert_eq!(phone.send(&request).await.verdicts, answer.verdicts);
    assert_eq!(named(&mut phone).await, Some(Value::Text("Hoa".into())));
}

#[tokio::test]
async fn what_a_device_of_another_epoch_left_behind_is_shown_after_a_month_unless_it_came_anew() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let epoch = std::mem::replace(&mut phone.epoch, "an earlier one".into());
    let (came_again, left) = (name(&phone, REPORT, vec![], "Hoa"), name(&phone, REPORT, vec![], "Lan"));
    let request = phone.compose(vec![came_again.clone(), left]);
    assert!(phone.send(&request).await.verdicts.is_empty());
    let mut fresh = centre.phone("truong").await;
    fresh.epoch = epoch;
    assert_eq!(fresh.push(vec![came_again]).await, [Verdict::APPLIED]);
    let centre = centre.restart().await;
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE refusal = 'other_epoch'").await, 2);
    centre.change("UPDATE journal SET received_at = 0 WHERE refusal = 'other_epoch'").await;
    let centre = centre.restart().await;
    let mut head = centre.phone("hieutruong").await;
    head.pull().await;
    let parked = head.rows.iter().filter(|((_, kind, _), _)| *kind == RowKind::Parked);
    let parked: Vec<ParkedRow> =
        parked.map(|(_, body)| serde_json::from_value(body.clone()).unwrap()).collect();
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].refusal, Refusal::RevokedDevice);
    assert!(matches!(&parked[0].op.act, Act::Set { value: Some(Value::Text(name)), .. } if name == "Lan"));
}

#[tokio::test]
async fn whoever_asks_for_an_empty_bucket_from_its_beginning_is_answered() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let bucket = format!("user:{}", phone.person.id);
    let ask = |cursor| PullRequest {
        proto: PROTOCOL,
        epoch: phone.epoch.clone(),
        cursors: [(bucket.clone(), cursor)].into(),
        device: None,
        most: None,
    };
    let answer = phone.pull_once(&ask(0)).await;
    let own = answer.buckets.iter().find(|it| it.name == bucket).unwrap();
    assert!(own.rows.is_empty() && own.holds.is_some() && own.cursor > 0);
    let answer = phone.pull_once(&ask(own.cursor)).await;
    assert!(answer.buckets.iter().all(|it| it.name != bucket), "nothing is new");
}

#[tokio::test]
async fn nobody_pushes_as_the_centre_itself() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.device = "centre".into();
    let body = name(&phone, REPORT, vec![], "Hoa");
    let request = phone.compose(vec![body]);
    let answer = phone.http.post(format!("{}/api/v1/sync/push", phone.url)).json(&request);
    assert_eq!(answer.send().await.unwrap().status(), 400);
}

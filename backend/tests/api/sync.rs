//! Push and pull: the same op gets the same verdict, nobody gets what is not theirs, and pages add
//! up to the whole.

use crate::support::{Centre, Phone};
use lantoa_shared::map::Map;
use lantoa_shared::{
    op::{Act, Path},
    sync::{
        device::compose_pull,
        verdict::{Refusal, Verdict},
    },
    value::Value,
    wire::v1::{PROTOCOL, PullAnswer, PullRequest, PushAnswer, RowKind},
};

const REPORT: &str = "FA:2026-year:TH-0001";

fn name(phone: &Phone, name: &str) -> String {
    let path = Path::field("hdr_preparer_name");
    phone.op(REPORT, Act::Set { path, base: Vec::new(), value: Some(Value::Text(name.into())) })
}

#[tokio::test]
async fn the_same_op_again_gets_the_same_verdict_and_changes_nothing() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let bodies = vec![name(&phone, "Hoa"), "no op".to_owned(), name(&phone, "Hoà")];
    let request = phone.compose(bodies);
    let first = phone.send(&request).await;
    let again = phone.send(&request).await;
    assert_eq!(first.verdicts, again.verdicts);
    assert_eq!(first.acked_through, 3);
    phone.pull().await;
    assert_eq!(phone.record(REPORT).unwrap().entries(&Path::field("hdr_preparer_name")).len(), 2);
}

#[tokio::test]
async fn a_compressed_push_is_the_same_push() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let body = name(&phone, "Hoà");
    let request = phone.compose(vec![body]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &serde_json::to_vec(&request).unwrap()).unwrap();
    let compressed = encoder.finish().unwrap();
    let answer = phone.http.post(format!("{}/api/v1/sync/push", phone.url));
    let answer = answer.header("content-type", "application/json").header("content-encoding", "gzip");
    let answer: PushAnswer = answer.body(compressed).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer.verdicts[0].verdict, Verdict::APPLIED);
    assert_eq!(phone.send(&request).await.verdicts, answer.verdicts, "plain, it is known already");
    phone.pull().await;
    let record = phone.record(REPORT).unwrap();
    assert_eq!(record.value(&Path::field("hdr_preparer_name")), Some(&Value::Text("Hoà".into())));
}

#[tokio::test]
async fn another_op_under_a_used_number_is_kept_and_not_applied() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let body = name(&phone, "Hoa");
    assert_eq!(phone.push(vec![body]).await, [Verdict::APPLIED]);
    phone.n -= 1;
    let body = name(&phone, "Lan");
    let copied = phone.compose(vec![body]);
    let verdict = phone.send(&copied).await.verdicts[0].verdict;
    assert_eq!(verdict, Verdict::parked(Refusal::ClonedDevice));
    assert_eq!(phone.send(&copied).await.verdicts[0].verdict, verdict, "and again the same");
    phone.pull().await;
    let record = phone.record(REPORT).unwrap();
    assert_eq!(record.value(&Path::field("hdr_preparer_name")), Some(&Value::Text("Hoa".into())));
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE n = 1").await, 2);
}

#[tokio::test]
async fn bytes_damaged_on_the_way_are_quarantined_and_the_good_ones_are_taken_later() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let body = name(&phone, "Hoa");
    let good = phone.compose(vec![body]);
    let mut damaged = good.clone();
    damaged.ops[0].body = good.ops[0].body.replace("Hoa", "Hoe");
    assert_eq!(phone.send(&damaged).await.verdicts[0].verdict, Verdict::quarantined(Refusal::Damaged));
    assert_eq!(phone.send(&good).await.verdicts[0].verdict, Verdict::APPLIED);
}

#[tokio::test]
async fn an_op_of_another_person_waits_for_its_author() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    let body = name(&preparer, "Hoa");
    let request = preparer.compose(vec![body]);
    let head = centre.phone("hieutruong").await;
    assert_eq!(head.send(&request).await.verdicts[0].verdict, Verdict::parked(Refusal::NotYourOp));
    assert_eq!(head.send(&request).await.verdicts[0].verdict, Verdict::parked(Refusal::NotYourOp));
    assert_eq!(preparer.send(&request).await.verdicts[0].verdict, Verdict::APPLIED);
}

#[tokio::test]
async fn ops_on_foreign_units_and_unknown_records_are_parked() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    let set = |phone: &Phone, record: &str| {
        let path = Path::field("hdr_preparer_name");
        phone.op(record, Act::Set { path, base: Vec::new(), value: Some(Value::Text("x".into())) })
    };
    let bodies = vec![set(&phone, "FA:2026-year:TH-0002"), set(&phone, "FA:2026-year:NOWHERE")];
    let verdicts = phone.push(bodies).await;
    assert_eq!(verdicts, [Verdict::parked(Refusal::NotYourUnit), Verdict::parked(Refusal::UnknownRecord)]);
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE status = 'parked'").await, 2);
}

#[tokio::test]
async fn two_phones_that_did_not_see_each_other_leave_a_clash() {
    let centre = Centre::start().await;
    let (mut preparer, mut head) = (centre.phone("truong").await, centre.phone("hieutruong").await);
    preparer.pull().await;
    head.pull().await;
    assert_eq!(preparer.set(REPORT, "learner_total", Value::Int(110)).await, Verdict::APPLIED);
    assert_eq!(head.set(REPORT, "learner_total", Value::Int(112)).await, Verdict::CLASH);
    head.pull().await;
    assert_eq!(head.set(REPORT, "learner_total", Value::Int(112)).await, Verdict::APPLIED);
    preparer.pull().await;
    let record = preparer.record(REPORT).unwrap();
    assert_eq!(record.clashes().count(), 0);
    assert_eq!(record.value(&Path::field("learner_total")), Some(&Value::Int(112)));
}

#[tokio::test]
async fn everyone_gets_the_buckets_of_their_roles_and_no_others() {
    let centre = Centre::start().await;
    for (account, expected) in [
        ("truong", vec!["pub", "unit:TH-0001"]),
        ("hieutruong", vec!["pub", "unit:TH-0001"]),
        ("xa", vec!["area:XP-20161", "pub", "unit:XP-20161"]),
        ("xa.lap", vec!["pub", "unit:XP-20161"]),
        ("chutich", vec!["area:XP-20161", "pub", "unit:XP-20161"]),
        ("so", vec!["area:SO-GDDT", "pub", "unit:SO-GDDT"]),
        ("so.tonghop", vec!["area:SO-GDDT", "pub", "unit:SO-GDDT"]),
        ("quantri", vec!["pub", "unit:SO-GDDT"]),
    ] {
        let mut phone = centre.phone(account).await;
        phone.pull().await;
        let buckets: Vec<&str> =
            phone.buckets().into_iter().filter(|name| !name.starts_with("user:")).collect();
        for bucket in &buckets {
            assert!(expected.contains(bucket), "{account} got {bucket}");
        }
        assert!(buckets.contains(&"pub"), "{account}");
    }
}

#[tokio::test]
async fn asking_for_a_foreign_bucket_gets_it_dropped_and_never_filled() {
    let centre = Centre::start().await;
    let phone = centre.phone("truong").await;
    let cursors: Map<String, u64> =
        [("unit:TH-0002", 0), ("area:XP-20161", 0), ("area:SO-GDDT", 0), ("user:demo-xa", 0), ("x", 7)]
            .map(|(name, cursor)| (name.to_owned(), cursor))
            .into();
    let request = PullRequest {
        proto: PROTOCOL,
        epoch: String::new(),
        cursors: cursors.clone(),
        device: None,
        most: None,
    };
    let answer = phone.pull_once(&request).await;
    let mut dropped = answer.drop.clone();
    dropped.sort();
    assert_eq!(dropped, cursors.keys().cloned().collect::<Vec<_>>());
    assert!(answer.buckets.iter().all(|bucket| !cursors.contains_key(&bucket.name)));
}

#[tokio::test]
async fn a_draft_stays_in_its_unit() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    preparer.pull().await;
    assert_eq!(preparer.set(REPORT, "learner_total", Value::Int(110)).await, Verdict::APPLIED);
    for account in ["xa", "chutich", "so", "so.tonghop", "ubnd"] {
        let mut other = centre.phone(account).await;
        other.pull().await;
        assert!(other.record(REPORT).is_none(), "{account}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_epoch_or_of_the_future_starts_its_bucket_anew() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let whole = phone.rows.clone();
    for (epoch, cursor) in [("another".to_owned(), 3), (phone.epoch.clone(), 1 << 40)] {
        let cursors = Map::from([("pub".to_owned(), cursor), ("unit:TH-0001".to_owned(), cursor)]);
        let answer =
            phone.pull_once(&PullRequest { proto: PROTOCOL, epoch, cursors, device: None, most: None }).await;
        assert!(answer.buckets.iter().all(|bucket| bucket.reset));
        assert_eq!(answer.buckets.iter().map(|bucket| bucket.rows.len()).sum::<usize>(), whole.len());
    }
}

#[tokio::test]
async fn a_device_on_a_weak_line_gets_little_at_once_and_everything_in_the_end() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    let (mut rows, mut pages, mut cursors) = (Map::new(), 0, Map::new());
    loop {
        let most = Some(4_000);
        let request = PullRequest {
            proto: PROTOCOL,
            epoch: phone.epoch.clone(),
            cursors: cursors.clone(),
            device: None,
            most,
        };
        let answer = phone.pull_once(&request).await;
        let bodies =
            answer.buckets.iter().flat_map(|bucket| &bucket.rows).filter_map(|row| row.body.as_ref());
        let sizes: Vec<usize> = bodies.map(|body| body.to_string().len()).collect();
        // One row may be larger than all of it; what follows then waits.
        let last_of_each = answer.buckets.iter().filter(|bucket| !bucket.rows.is_empty()).count();
        assert!(sizes.len() <= last_of_each || sizes.iter().rev().skip(last_of_each).sum::<usize>() < 4_000);
        pages += 1;
        let is_more = answer.buckets.iter().any(|bucket| bucket.more);
        for bucket in answer.buckets {
            cursors.insert(bucket.name.clone(), bucket.cursor);
            rows.extend(
                bucket
                    .rows
                    .into_iter()
                    .map(|row| ((bucket.name.clone(), row.kind, row.id), row.body.unwrap())),
            );
        }
        if !is_more {
            break;
        }
    }
    assert!(pages > 10, "all came in {pages} pages");
    assert_eq!(rows.len(), phone.rows.len());
}

#[tokio::test]
async fn a_pull_says_the_same_in_every_encoding() {
    let centre = Centre::start().await;
    let phone = centre.phone("so").await;
    let request =
        PullRequest { proto: PROTOCOL, epoch: String::new(), cursors: Map::new(), device: None, most: None };
    let plain = phone.pull_once(&request).await;
    for (accepted, expected) in
        [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")]
    {
        let ask = phone.http.post(format!("{}/api/v1/sync/pull", phone.url)).json(&request);
        let answer = ask.header("accept-encoding", accepted).send().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], expected, "{accepted}");
        assert_eq!(answer.headers()["content-type"], "application/json");
        assert_eq!(answer.headers()["vary"], "accept-encoding");
        let (sent, mut text) = (answer.bytes().await.unwrap(), Vec::new());
        let mut unpacked: Box<dyn std::io::Read> = match expected {
            "br" => Box::new(brotli::Decompressor::new(&sent[..], 4096)),
            _ => Box::new(flate2::read::GzDecoder::new(&sent[..])),
        };
        unpacked.read_to_end(&mut text).unwrap();
        let answer: PullAnswer = serde_json::from_slice(&text).unwrap();
        assert_eq!((answer.buckets, answer.drop), (plain.buckets.clone(), plain.drop.clone()), "{accepted}");
    }
}

#[tokio::test]
async fn many_small_pulls_give_what_one_large_pull_gives() {
    let centre = Centre::start().await;
    let mut step_by_step = centre.phone("truong").await;
    for n in 0..5 {
        step_by_step.pull().await;
        let value = Value::Int(100 + n);
        assert_eq!(step_by_step.set(REPORT, "learner_total", value).await, Verdict::APPLIED);
    }
    step_by_step.pull().await;
    let mut at_once = centre.phone("truong").await;
    at_once.pull().await;
    assert_eq!(step_by_step.rows, at_once.rows);
    assert_eq!(step_by_step.buckets(), at_once.buckets());
    let answer = at_once.pull_once(&compose_pull(&at_once.epoch, &at_once.device, &at_once.cursors)).await;
    assert!(answer.buckets.is_empty(), "nothing is new");
}

#[tokio::test]
async fn the_pages_of_a_long_pull_add_up_to_the_whole() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("so").await;
    let requests = phone.pull().await;
    assert!(requests > 1, "the demo's reports do not fit into one answer");
    let expected = centre
        .count(
            "SELECT count(*) FROM feed WHERE body IS NOT NULL
             AND bucket IN ('pub', 'unit:SO-GDDT', 'area:SO-GDDT')",
        )
        .await;
    assert_eq!(phone.rows.len(), usize::try_from(expected).unwrap());
    assert_eq!(phone.pull().await, 1);
}

#[tokio::test]
async fn a_restart_keeps_everything_that_was_acknowledged() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    assert_eq!(phone.set(REPORT, "learner_total", Value::Int(321)).await, Verdict::APPLIED);
    let centre = centre.restart().await;
    phone.url.clone_from(&centre.url);
    phone.pull().await;
    let record = phone.record(REPORT).unwrap();
    assert_eq!(record.value(&Path::field("learner_total")), Some(&Value::Int(321)));
}

#[tokio::test]
async fn what_was_received_and_not_judged_is_judged_at_the_next_start() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    assert_eq!(phone.set(REPORT, "learner_total", Value::Int(321)).await, Verdict::APPLIED);
    // As if the server had died between receipt and verdict.
    centre.change("UPDATE journal SET status = NULL").await;
    centre.change("DELETE FROM records WHERE id = 'FA:2026-year:TH-0001'").await;
    let centre = centre.restart().await;
    assert_eq!(centre.count("SELECT count(*) FROM journal WHERE status IS NULL").await, 0);
    let mut phone = centre.phone("hieutruong").await;
    phone.pull().await;
    let record = phone.record(REPORT).unwrap();
    assert_eq!(record.value(&Path::field("learner_total")), Some(&Value::Int(321)));
}

#[tokio::test]
async fn whoever_listens_is_told_which_bucket_has_news() {
    let centre = Centre::start().await;
    let mut preparer = centre.phone("truong").await;
    let (head, reviewer) = (centre.phone("hieutruong").await, centre.phone("xa").await);
    let listen = |phone: &Phone| phone.http.get(format!("{}/api/v1/sync/events", phone.url)).send();
    let (mut to_head, mut to_reviewer) = (listen(&head).await.unwrap(), listen(&reviewer).await.unwrap());
    assert_eq!(to_head.headers()["content-type"], "text/event-stream");
    preparer.pull().await;
    preparer.set(REPORT, "learner_total", Value::Int(1)).await;
    let heard = to_head.chunk().await.unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&heard), "event: news\ndata: unit:TH-0001\n\n");
    // The reviewer's stream ends with the server and has said nothing until then.
    drop(centre.restart().await);
    assert!(to_reviewer.chunk().await.unwrap_or(None).is_none());
}

#[tokio::test]
async fn the_feed_holds_each_thing_once() {
    let centre = Centre::start().await;
    let mut phone = centre.phone("truong").await;
    phone.pull().await;
    for n in 0..3 {
        phone.set(REPORT, "learner_total", Value::Int(n)).await;
        phone.pull().await;
    }
    let request = PullRequest {
        proto: PROTOCOL,
        epoch: phone.epoch.clone(),
        cursors: Map::new(),
        device: None,
        most: None,
    };
    let answer = phone.pull_once(&request).await;
    let unit = answer.buckets.iter().find(|bucket| bucket.name == "unit:TH-0001").unwrap();
    let rows = unit.rows.iter().filter(|row| row.kind == RowKind::Record && row.id == REPORT);
    assert_eq!(rows.count(), 1);
    assert!(unit.rows.is_sorted_by_key(|row| row.seq));
}

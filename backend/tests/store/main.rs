//! What the store promises whoever builds on it, the same on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../engine/mod.rs"]
mod engine;

use engine::Directory;
use lantoa_backend::store::{
    Store, buckets, facts, feed,
    journal::{self, Arrival},
};
use lantoa_shared::{
    sync::{
        device::hash,
        verdict::{Refusal, Verdict},
    },
    wire::v1::RowKind,
};
use std::{collections::BTreeMap, sync::Arc};

async fn opened() -> (Directory, Store) {
    let directory = Directory::with_database().await;
    let store = Store::open(&engine::place(&directory.0)).await.unwrap();
    (directory, store)
}

fn arrival(device: &str, n: i64, body: &str) -> Arrival {
    Arrival { device: device.into(), n, sha256: hash(body), body: body.into(), person: "p".into() }
}

#[tokio::test]
async fn what_is_not_committed_never_was() {
    let (_directory, store) = opened().await;
    let mut tx = store.write().await.unwrap();
    facts::set(&mut tx, "a", "1").await.unwrap();
    drop(tx);
    let mut tx = store.write().await.unwrap();
    assert_eq!(facts::text(&mut tx, "a").await.unwrap(), None);
}

#[tokio::test]
async fn a_reader_sees_one_state_however_much_is_written_meanwhile() {
    let (_directory, store) = opened().await;
    let mut reader = store.read().await.unwrap();
    let before = feed::last_seq(&mut reader).await.unwrap();
    let mut tx = store.write().await.unwrap();
    feed::put(&mut tx, "pub", RowKind::Unit, "U", Some("{}")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(feed::last_seq(&mut reader).await.unwrap(), before);
    assert!(!feed::has(&mut reader, "pub", RowKind::Unit, "U").await.unwrap());
    drop(reader);
    assert!(feed::has(&mut store.read().await.unwrap(), "pub", RowKind::Unit, "U").await.unwrap());
}

#[tokio::test]
async fn whoever_has_seen_a_number_has_seen_all_below_it() {
    let (directory, store) = opened().await;
    // Two stores are two processes, as far as the database can tell.
    let other = Store::open(&engine::place(&directory.0)).await.unwrap();
    let write = |store: Store, name: &'static str| {
        tokio::spawn(async move {
            for n in 0..40 {
                let mut tx = store.write().await.unwrap();
                let id = format!("{name}-{n}");
                feed::put(&mut tx, "pub", RowKind::Unit, &id, Some("{}")).await.unwrap();
                tokio::task::yield_now().await;
                tx.commit().await.unwrap();
            }
        })
    };
    let writers = [write(store.clone(), "a"), write(other, "b")];
    let (mut cursor, mut seen) = (0, Vec::new());
    while seen.len() < 80 {
        let mut tx = store.read().await.unwrap();
        let last = feed::last_seq(&mut tx).await.unwrap();
        let (rows, _, _) = feed::after(&mut tx, "pub", cursor, 1000, usize::MAX).await.unwrap();
        seen.extend(rows.iter().map(|row| row.seq));
        // What comes later has a higher number than all that was given until now.
        cursor = last;
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(seen, (1..=80).collect::<Vec<u64>>());
}

#[tokio::test]
async fn the_journal_keeps_bytes_as_they_are_and_each_op_once() {
    let (_directory, store) = opened().await;
    let odd = "một\u{301} \u{0} 😀 '; DROP TABLE journal; --";
    let mut tx = store.write().await.unwrap();
    assert!(journal::keep(&mut tx, &arrival("d", 1, odd), None, 7).await.unwrap());
    assert!(!journal::keep(&mut tx, &arrival("d", 1, odd), None, 8).await.unwrap());
    assert!(journal::keep(&mut tx, &arrival("d", 1, "other"), Some(3), 9).await.unwrap());
    assert!(journal::keep(&mut tx, &arrival("d", i64::MAX, "last"), None, i64::MAX).await.unwrap());
    let found = journal::find(&mut tx, "d", 1, &hash(odd)).await.unwrap().unwrap();
    assert_eq!((found.arrival.body.as_str(), found.received_at, found.was), (odd, 7, None));
    let other = journal::find(&mut tx, "d", 1, &hash("other")).await.unwrap().unwrap();
    assert_eq!(other.was, Some(3));
    assert!(other.seq > found.seq);
    assert_eq!(journal::count(&mut tx).await.unwrap(), 3);
}

#[tokio::test]
async fn a_verdict_stands_as_it_was_written_and_the_first_without_one_is_known() {
    let (_directory, store) = opened().await;
    let mut tx = store.write().await.unwrap();
    for n in 1..=3 {
        journal::keep(&mut tx, &arrival("d", n, &format!("{n}")), None, n).await.unwrap();
    }
    let verdict = Verdict::parked(Refusal::NotYourUnit);
    journal::settle(&mut tx, &arrival("d", 1, "1"), Some("r"), verdict).await.unwrap();
    let second = journal::find(&mut tx, "d", 2, &hash("2")).await.unwrap().unwrap();
    assert_eq!(journal::first_unjudged(&mut tx).await.unwrap(), Some(second.seq));
    let parked = journal::parked_for(&mut tx, "r").await.unwrap();
    assert_eq!(parked.iter().map(|kept| kept.verdict).collect::<Vec<_>>(), [Some(verdict)]);
    let found = journal::find(&mut tx, "d", 1, &hash("1")).await.unwrap().unwrap();
    assert_eq!(found.verdict, Some(verdict));
}

#[tokio::test]
async fn names_are_compared_byte_by_byte() {
    let (_directory, store) = opened().await;
    let mut tx = store.write().await.unwrap();
    let names = ["area:a", "area:B", "area:Đ", "area:z"];
    for name in names {
        feed::put(&mut tx, name, RowKind::Unit, "U", Some("{}")).await.unwrap();
    }
    let mut sorted = names.map(str::to_owned);
    sorted.sort();
    assert_eq!(buckets::names(&mut tx).await.unwrap(), sorted);
    let under = feed::under(&mut tx, "area:", RowKind::Unit).await.unwrap();
    assert_eq!(under.len(), names.len());
}

#[tokio::test]
async fn the_checksum_of_a_bucket_is_that_of_its_rows_whatever_was_done_to_them() {
    let (_directory, store) = opened().await;
    let mut tx = store.write().await.unwrap();
    let mut there: BTreeMap<String, String> = BTreeMap::new();
    // A walk that meets every case: new, the same again, changed, gone, gone again, back.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..400 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let (id, body) = (format!("u{}", state % 17), format!("{{\"v\":{}}}", state / 32 % 3));
        let body = (!(state / 128).is_multiple_of(4)).then_some(body);
        let was = there.get(&id).cloned();
        let is_news = feed::put(&mut tx, "pub", RowKind::Unit, &id, body.as_deref()).await.unwrap();
        assert_eq!(is_news, was != body, "{id}: {was:?} became {body:?}");
        match body {
            Some(body) => there.insert(id, body),
            None => there.remove(&id),
        };
        let holds = buckets::read(&mut tx, "pub").await.unwrap().holds;
        assert_eq!(holds, buckets::counted(&mut tx, "pub").await.unwrap());
        assert_eq!(holds.rows, there.len() as u64);
    }
}

#[tokio::test]
async fn many_writers_wait_for_their_turn_and_all_get_it() {
    let (_directory, store) = opened().await;
    let store = Arc::new(store);
    let writers = (0..24).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut tx = store.write().await.unwrap();
            let seq = feed::next_seq(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
            seq
        })
    });
    let mut given = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        given.push(writer.await.unwrap());
    }
    given.sort_unstable();
    assert_eq!(given, (1..=24).collect::<Vec<i64>>());
}

//! The answer to a pull, and what a person may read besides what goes to the phone.
//!
//! Entitlement is worked out anew for every request ([`bucket::entitled`]).

use crate::{app::App, clock, store, tables};
use lantoa_shared::{
    duty::Duty,
    person::Person,
    record::Record,
    sync::bucket,
    wire::v1::{Bucket, PullAnswer, PullRequest, RecordRow},
};
use serde_json::value::RawValue;
use sqlx::SqliteConnection;

/// Most rows in one answer.
const MAX_ROWS: usize = 500;
/// About how many bytes of bodies one answer holds.
const MAX_BYTES: usize = 1_000_000;

/// A record as a phone gets it: with its duty, and with the names of the people it mentions, since whoever may
/// read what somebody did may know who it was.
///
/// # Errors
/// If the store fails.
pub async fn record_row(
    tx: &mut SqliteConnection,
    duty: &Duty,
    record: Record,
) -> Result<RecordRow, store::Error> {
    let people = store::people::names(tx, record.people()).await?;
    Ok(RecordRow { duty: duty.clone(), record, people })
}

/// The buckets a person may hold on a device.
pub fn entitled(app: &App, person: &Person) -> Vec<String> {
    bucket::entitled(person, |unit| !app.registry.reporting_to(unit).is_empty())
}

/// The buckets from which a person may read a single thing by its name: those that go to the phone, and what
/// was sent to the units below those for which the person receives.
pub fn readable(app: &App, person: &Person) -> Vec<String> {
    let mut buckets = entitled(app, person);
    for unit in app.registry.units().filter(|unit| tables::may_see(app, person, &unit.code)) {
        let bucket = bucket::of_area(&unit.code);
        if !app.registry.reporting_to(&unit.code).is_empty() && !buckets.contains(&bucket) {
            buckets.push(bucket);
        }
    }
    buckets
}

/// Answers a pull from one unchanging state of the store.
///
/// # Errors
/// If the store fails.
pub async fn answer_pull(
    app: &App,
    person: &Person,
    request: &PullRequest,
) -> Result<PullAnswer<Box<RawValue>>, store::Error> {
    let entitled = entitled(app, person);
    let same_epoch = request.epoch == app.epoch;
    let (mut rows_left, mut bytes_left) = (MAX_ROWS, MAX_BYTES);
    let mut buckets = Vec::new();
    let mut tx = app.store.read().await?;
    let last = store::feed::last_seq(&mut tx).await?;
    for name in &entitled {
        let named = request.cursors.get(name).copied();
        // A cursor of another epoch, or one that was never given, says nothing about this feed.
        let known = named.and_then(|cursor| i64::try_from(cursor).ok()).filter(|cursor| *cursor <= last);
        let cursor = if same_epoch { known.unwrap_or(0) } else { 0 };
        let reset = named.is_some() && (!same_epoch || known.is_none());
        let (rows, bytes, more) = store::feed::after(&mut tx, name, cursor, rows_left, bytes_left).await?;
        rows_left = rows_left.saturating_sub(rows.len());
        bytes_left = bytes_left.saturating_sub(bytes);
        if rows.is_empty() && !reset && !more {
            continue;
        }
        let cursor = rows.last().map_or(u64::try_from(cursor).unwrap_or_default(), |row| row.seq);
        buckets.push(Bucket { name: name.clone(), reset, rows, cursor, more, holds: None });
    }
    let drop = request.cursors.keys().filter(|name| !entitled.contains(name)).cloned().collect();
    Ok(PullAnswer {
        epoch: app.epoch.clone(),
        server_time: clock::now(),
        buckets,
        drop,
        durable_seq: 0,
        is_revoked: false,
    })
}

//! The answer to a pull, and what a person may read besides what goes to the phone.
//!
//! Entitlement is worked out anew for every request ([`bucket::entitled`]).

use crate::{
    app::App,
    clock,
    store::{self, sessions::Session},
    tables,
};
use lantoa_shared::{
    duty::Duty,
    person::Person,
    record::Record,
    sync::{
        bucket,
        feed::{next_cursor, open},
    },
    wire::v1::{Bucket, PullAnswer, PullRequest, RecordRow},
};
use serde_json::value::RawValue;

/// Most rows in one answer.
const MAX_ROWS: usize = 1000;
/// About how many bytes of bodies one answer holds.
const MAX_BYTES: usize = 1_000_000;

/// A record as a phone gets it: with its duty, and with the names of the people it mentions, since whoever may
/// read what somebody did may know who it was.
///
/// # Errors
/// If the store fails.
pub async fn record_row(
    tx: &mut store::Connection,
    duty: &Duty,
    record: Record,
) -> Result<RecordRow, store::Error> {
    let people = store::people::names(tx, record.people()).await?;
    Ok(RecordRow { duty: duty.clone(), record, people })
}

/// The buckets a person may hold on a device.
pub fn entitled(app: &App, person: &Person) -> Vec<String> {
    let registry = app.registry();
    bucket::entitled(person, |unit| !registry.reporting_to(unit).is_empty())
}

/// The buckets from which a person may read a single thing by its name: those that go to the phone, and what
/// was sent to the units below those for which the person receives.
pub fn readable(app: &App, person: &Person) -> Vec<String> {
    let (registry, mut buckets) = (app.registry(), entitled(app, person));
    for unit in registry.units().filter(|unit| tables::may_see(app, person, &unit.code)) {
        let bucket = bucket::of_area(&unit.code);
        if !registry.reporting_to(&unit.code).is_empty() && !buckets.contains(&bucket) {
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
    session: &Session,
    request: &PullRequest,
) -> Result<PullAnswer<Box<RawValue>>, store::Error> {
    let is_revoked = note_device(app, person, session, request).await?;
    let entitled = if is_revoked { Vec::new() } else { entitled(app, person) };
    let same_epoch = request.epoch == app.epoch;
    let most =
        request.most.map_or(MAX_BYTES, |most| usize::try_from(most).unwrap_or(MAX_BYTES).min(MAX_BYTES));
    let (mut rows_left, mut bytes_left) = (MAX_ROWS, most);
    let mut buckets = Vec::new();
    let mut tx = app.store.read().await?;
    let last = store::feed::last_seq(&mut tx).await?.unsigned_abs();
    let durable_seq = store::facts::number(&mut tx, store::facts::DURABLE_SEQ).await?;
    for name in &entitled {
        // Below the floor, tombstones were cleared away that the device may have missed.
        let bucket = store::buckets::read(&mut tx, name).await?;
        let opening = open(request.cursors.get(name).copied(), same_epoch, last, bucket.floor.unsigned_abs());
        let behind = i64::try_from(opening.cursor).unwrap_or(i64::MAX);
        let (rows, bytes, more) = store::feed::after(&mut tx, name, behind, rows_left, bytes_left).await?;
        rows_left = rows_left.saturating_sub(rows.len());
        bytes_left = bytes_left.saturating_sub(bytes);
        if rows.is_empty() && !more && !opening.is_due {
            continue;
        }
        buckets.push(Bucket {
            name: name.clone(),
            reset: opening.reset,
            cursor: next_cursor(rows.last().map(|row| row.seq), opening, more, last),
            rows,
            more,
            holds: (!more).then_some(bucket.holds),
        });
    }
    let drop = request.cursors.keys().filter(|name| !entitled.contains(name)).cloned().collect();
    Ok(PullAnswer {
        epoch: app.epoch.clone(),
        server_time: clock::now(),
        buckets,
        drop,
        durable_seq: durable_seq.unsigned_abs(),
        is_revoked,
    })
}

/// Notes that a device asks, not more often than it is worth, and says whether it was shut out. A device takes another
/// id after a restore, or when it finds that it is a copy; its session knows it all the same, and what was shut out
/// stays shut out.
async fn note_device(
    app: &App,
    person: &Person,
    session: &Session,
    request: &PullRequest,
) -> Result<bool, store::Error> {
    let Some(device) = request.device.as_ref().or(session.device.as_ref()) else { return Ok(false) };
    let now = clock::now();
    if session.has_noted(device, now) {
        return Ok(session.is_shut_out);
    }
    let is_revoked = store::devices::is_revoked(&mut *app.store.look().await?, device).await?;
    let is_new_here = session.device.as_ref() != Some(device);
    let mut tx = app.store.write().await?;
    store::devices::note(&mut tx, device, &person.id, now).await?;
    if is_new_here {
        store::sessions::bind(&mut tx, &session.token_hash, device).await?;
    }
    if session.is_shut_out && !is_revoked {
        store::devices::revoke(&mut tx, device, now).await?;
    }
    tx.commit().await?;
    Ok(is_revoked || session.is_shut_out)
}

//! When a unit gets another recipient, what was received moves with it.
//!
//! After [`follow_recipients`] an area bucket holds the units, duties and records of those who report
//! there now, and whoever received them before is told that they are gone.

use crate::{feed, registry::Registry, store};
use lantoa_shared::{
    duty::{Duty, EntryId},
    sync::bucket,
    wire::v1::{ParkedRow, RecordRow, RowKind},
};

/// Takes rows out of the areas of former recipients and puts sent records into those of the present
/// ones. Duties themselves are published by `setup::publish_duties`, which comes after.
///
/// # Errors
/// If the store fails.
pub async fn follow_recipients(tx: &mut store::Connection, registry: &Registry) -> Result<(), store::Error> {
    let areas = bucket::of_area("");
    let entries = store::feed::under(tx, &areas, RowKind::Entry).await?;
    let registers = |bucket: &str, unit: &str| {
        entries.iter().any(|(its, id)| its == bucket && EntryId::read(id).is_some_and(|id| id.unit == unit))
    };
    for (bucket, id) in store::feed::under(tx, &areas, RowKind::Unit).await? {
        let recipient = registry.unit(&id).and_then(|unit| unit.recipient.as_deref());
        if recipient.map(bucket::of_area).as_ref() != Some(&bucket) && !registers(&bucket, &id) {
            store::feed::put(tx, &bucket, RowKind::Unit, &id, None).await?;
        }
    }
    for kind in [RowKind::Record, RowKind::Duty] {
        for (bucket, id) in store::feed::under(tx, &areas, kind).await? {
            let Some(duty) = store::duties::by_id(tx, &id).await? else { continue };
            if bucket::of_area(&duty.recipient) == bucket {
                continue;
            }
            if kind == RowKind::Record {
                hand_on(tx, &bucket, &duty).await?;
            }
            store::feed::put(tx, &bucket, kind, &id, None).await?;
        }
    }
    for (bucket, id) in store::feed::under(tx, &areas, RowKind::Parked).await? {
        let Some(row) = store::feed::read::<ParkedRow>(tx, &bucket, RowKind::Parked, &id).await? else {
            continue;
        };
        let Some(duty) = store::duties::by_id(tx, &row.duty.id()).await? else { continue };
        let area = bucket::of_area(&duty.recipient);
        if area != bucket {
            let body = store::text("parked row", &ParkedRow { duty, ..row })?;
            store::feed::put(tx, &area, RowKind::Parked, &id, Some(&body)).await?;
            store::feed::put(tx, &bucket, RowKind::Parked, &id, None).await?;
        }
    }
    Ok(())
}

/// Hands a record on as it was sent: what its unit wrote since then is still the unit's own.
async fn hand_on(tx: &mut store::Connection, from: &str, duty: &Duty) -> Result<(), store::Error> {
    let id = duty.id();
    if let Some(body) = store::feed::body(tx, from, RowKind::Record, &id).await? {
        let sent: RecordRow = store::body("record row", &body)?;
        let area = bucket::of_area(&duty.recipient);
        put(tx, &area, &RecordRow { duty: duty.clone(), ..sent }).await?;
    }
    if let Some(record) = store::records::by_id(tx, &id).await? {
        let row = feed::record_row(tx, duty, record).await?;
        put(tx, &bucket::of_unit(&duty.unit), &row).await?;
    }
    Ok(())
}

async fn put(tx: &mut store::Connection, bucket: &str, row: &RecordRow) -> Result<(), store::Error> {
    let body = store::text("record row", row)?;
    store::feed::put(tx, bucket, RowKind::Record, &row.record.id, Some(&body)).await?;
    Ok(())
}

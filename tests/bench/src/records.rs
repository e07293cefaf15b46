//! Ten thousand records of 1.5 kB in one bucket, as the server would have put them there.

use anyhow::Result;
use lantoa_backend::store::{Place, Store, feed};
use lantoa_shared::{
    date::date,
    duty::Duty,
    map::Map,
    op::{Dot, Path},
    period::{Period, PeriodKind},
    record::{Entry, Record},
    sync::bucket,
    value::Value,
    wire::v1::{RecordRow, RowKind},
};
use std::path::Path as Folder;

/// How many.
pub const COUNT: usize = 10_000;
/// Bytes of one, about.
const BYTES: usize = 1500;
/// The school whose account takes them.
const SCHOOL: &str = "TH-0001";

/// Adds them to a database that no server uses; returns what was added.
pub async fn add(data: &Folder) -> Result<Vec<String>> {
    let store = Store::open(&Place::Directory(data.to_owned())).await?;
    let mut tx = store.write().await?;
    let mut rows = Vec::with_capacity(COUNT);
    for n in 0..COUNT {
        let row = row(n);
        let body = serde_json::to_string(&row)?;
        feed::put(&mut tx, &bucket::of_unit(SCHOOL), RowKind::Record, &row.record.id, Some(&body)).await?;
        rows.push(body);
    }
    tx.commit().await?;
    store.close().await;
    Ok(rows)
}

/// A record that differs from the others as real ones do: in numbers, names and ids.
fn row(n: usize) -> RecordRow {
    let duty = Duty {
        unit: format!("BM-{n:05}"),
        form: "FA".into(),
        form_version: 1,
        period: Period { year: 2026, kind: PeriodKind::H1 },
        due: date(2026, 7, 15),
        recipient: "XP-20161".into(),
        entry: None,
    };
    let mut record = Record::new(duty.id());
    let mut length = 400;
    for place in 0.. {
        if length > BYTES {
            break;
        }
        let dot = Dot::new(format!("0198c0de-{:04x}-7000-8000-{n:012x}", n % 65_536), place + 1);
        let value = match place % 3 {
            0 => Value::Int(
                i64::try_from(n * 7 + usize::try_from(place).unwrap_or_default()).unwrap_or_default(),
            ),
            1 => Value::Text(format!("Trường tiểu học số {n}, tổ {place}")),
            _ => Value::Bool(n.is_multiple_of(2)),
        };
        let at = 1_783_000_000_000 + i64::try_from(n).unwrap_or_default() * 60_000;
        let entry = Entry { dot, value: Some(value), person: format!("p-{n:05}"), at, merged: Vec::new() };
        length += serde_json::to_string(&entry).map_or(0, |text| text.len() + 24);
        record.set(&Path(format!("bench_field_{place}")), &[], entry);
    }
    let people = Map::from([(format!("p-{n:05}"), format!("Nguyễn Thị Hoa {n}"))]);
    RecordRow { duty, record, people }
}

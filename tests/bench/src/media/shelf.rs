//! A library of five thousand items with their pictures, as the server would have put them there.

use super::picture;
use anyhow::Result;
use futures::stream;
use lantoa_backend::{
    files::{Files, Home},
    inspection,
    store::{self, Place, Store, files::Stored, items, namings},
};
use lantoa_shared::{
    date::date,
    duty::Duty,
    language::Bilingual,
    op::{Dot, Path},
    period::{Period, PeriodKind},
    record::{Entry, Record},
    text::fold,
    value::{FileRef, Value},
    wire::v1::library::LibraryItem,
};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeSet, io, path::Path as Folder};

/// How many items there are.
pub const COUNT: usize = 5_000;
/// How many pictures: each is that of many items.
const PICTURES: u64 = 48;
/// Their width and height, in pixels, and how grainy they are.
const SIZE: (u32, u32) = (1280, 960);
const GRAIN: u8 = 6;
/// When the oldest was approved, in milliseconds since 1970.
const FIRST: i64 = 1_783_000_000_000;
const PERSON: &str = "demo-so";

/// Fills a database that no server uses.
pub async fn fill(data: &Folder) -> Result<()> {
    let store = Store::open(&Place::Directory(data.to_owned())).await?;
    let files = Files::open(&data.join("files"), &Home::Directory).await?;
    let mut tx = store.write().await?;
    let mut pictures = Vec::new();
    for seed in 0..PICTURES {
        pictures.push(keep(&mut tx, &files, seed).await?);
    }
    for n in 0..COUNT {
        put(&mut tx, n, pictures[n % pictures.len()].clone()).await?;
    }
    tx.commit().await?;
    store.close().await;
    Ok(())
}

/// Keeps a picture as one that was uploaded.
async fn keep(tx: &mut store::Connection, files: &Files, seed: u64) -> Result<FileRef> {
    let bytes = picture::draw(SIZE.0, SIZE.1, GRAIN, seed)?;
    let (sha256, size) = (hex::encode(Sha256::digest(&bytes)), bytes.len() as u64);
    let whole = stream::iter([Ok::<_, io::Error>(bytes)]);
    files.keep(&sha256, size, whole).await.map_err(|reason| anyhow::anyhow!("{reason:?}"))?;
    let finding = inspection::inspect(files.original(&sha256)).await?;
    store::files::put(tx, &Stored { sha256: sha256.clone(), size }, finding, PERSON, FIRST).await?;
    let (name, mime) = (format!("IMG_{seed}.jpg"), "image/jpeg".into());
    Ok(FileRef { sha256, name, size, mime, seconds: None, location_removed: true, poster: None })
}

/// Puts an item on the shelf. Its record is named by the file and nothing else: nobody opens it here.
async fn put(tx: &mut store::Connection, n: usize, picture: FileRef) -> Result<()> {
    let approved_at = FIRST + i64::try_from(n)? * 60_000;
    let (unit, entry) = (format!("TH-{:04}", n % 120 + 1), format!("0198c0de-0000-7000-8000-{n:012x}"));
    let duty = Duty {
        unit: unit.clone(),
        form: "FH".into(),
        form_version: 1,
        period: Period { year: 2026, kind: PeriodKind::Year },
        due: date(2026, 12, 31),
        recipient: "SO-GDDT".into(),
        entry: Some(entry.clone()),
    };
    let id = duty.id();
    let mut record = Record::new(id.clone());
    store::duties::put(tx, &duty).await?;
    store::records::put(tx, &record, approved_at).await?;
    let (vi, en) = (format!("Trường Tiểu học số {}", n % 120 + 1), format!("Primary School {}", n % 120 + 1));
    let item = LibraryItem {
        id: id.clone(),
        unit,
        unit_name: Bilingual { vi, en },
        title: format!("Ngày hội đọc sách ở sân trường, lần thứ {n}"),
        summary: "Học sinh giới thiệu những cuốn sách mình thích với các em lớp dưới.".into(),
        kind: "photo".into(),
        licence: "city".into(),
        language: "vi".into(),
        topics: Vec::new(),
        authors: "Nguyễn Thị Hoa".into(),
        credit: "Ảnh: Nguyễn Thị Hoa".into(),
        alt: "Học sinh ngồi đọc sách dưới gốc cây.".into(),
        made_on: Some(date(2026, 7, 1)),
        embargo_until: None,
        approved_at,
        files: vec![picture.clone()],
    };
    let placed = items::Placed {
        item: &item,
        entry: &entry,
        commune: "XP-20161",
        people: "none",
        public_from: date(2026, 7, 1),
        shown_at: approved_at,
        valid_until: date(2099, 12, 31),
        words: &fold::without_marks(&item.title).to_lowercase(),
    };
    items::put(tx, &placed).await?;
    let value = Some(Value::Files(vec![picture]));
    let dot = Dot::new("bench", u64::try_from(n)? + 1);
    let files = Entry { dot, value, person: PERSON.into(), at: approved_at, merged: Vec::new() };
    record.set(&Path::field("files"), &[], files);
    namings::renew(tx, &record, None, &BTreeSet::new()).await?;
    Ok(())
}

//! The library's shelf: which media items every unit may use again, and by which words they are found.
//!
//! Invariant: an item stands here as long as it is approved for use beyond its line, and is gone in the same transaction
//! in which it is no longer. What stands here may be read, and its files fetched, by everybody who is signed in.

use crate::{
    clock, likeness,
    registry::Registry,
    store::{self, items},
};
use lantoa_shared::{
    duty::Duty,
    record::Record,
    sync::bucket,
    text::fold,
    wire::v1::RowKind,
    wire::v1::library::{LibraryAnswer, LibraryDetail, LibraryItem, text},
};

/// How many items a page has.
pub const PAGE: usize = 24;
/// Fields in whose words one searches, besides those of every item.
const WORDS: [&str; 4] = ["keywords", "authors", "body", "transcript"];

/// Puts an entry on the shelf as it stands, or takes it off: then every device hears of it, and forgets what it kept of
/// the library. Returns whether there is that news in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn place(
    tx: &mut store::Connection,
    registry: &Registry,
    duty: &Duty,
    record: &Record,
) -> Result<bool, store::Error> {
    let unit = registry.unit(&duty.unit);
    let Some(item) = unit.and_then(|unit| LibraryItem::of(record, &unit.code, &unit.name)) else {
        if !items::take_off(tx, &record.id).await? {
            return Ok(false);
        }
        let body = format!(r#"{{"left_at":{}}}"#, clock::now());
        return store::feed::put(tx, bucket::PUB, RowKind::Shelf, "library", Some(&body)).await;
    };
    let mut words =
        [&item.title, &item.summary, &item.unit_name.vi, &item.unit_name.en].map(String::as_str).join(" ");
    for field in WORDS {
        words.push(' ');
        words.push_str(&text(record, field));
    }
    items::put(tx, &item, &fold::without_marks(&words).to_lowercase()).await?;
    Ok(false)
}

/// What somebody looks for.
#[derive(Debug, Default)]
pub struct Wish {
    /// Words, with marks or without.
    pub words: String,
    /// The code of a kind; all kinds if it is empty.
    pub kind: String,
    /// The code of a topic; all topics if it is empty.
    pub topic: String,
    /// From which item on, counted from 0.
    pub from: u64,
}

/// The items in which all words are found, the newest first.
///
/// # Errors
/// If the store fails.
pub async fn look(tx: &mut store::Connection, wish: &Wish) -> Result<LibraryAnswer, store::Error> {
    let words = fold::without_marks(&wish.words).to_lowercase();
    let words: Vec<&str> = words.split_whitespace().take(8).collect();
    let found = items::find(tx, &words, &wish.kind, &wish.topic).await?;
    let total = found.len() as u64;
    let from = usize::try_from(wish.from).unwrap_or(usize::MAX);
    let items = items::read(tx, found.into_iter().skip(from).take(PAGE)).await?;
    Ok(LibraryAnswer { items, total })
}

/// One item as it was approved; `None` if it does not stand here. What its unit writes since then is still its own.
///
/// # Errors
/// If the store fails.
pub async fn detail(tx: &mut store::Connection, id: &str) -> Result<Option<LibraryDetail>, store::Error> {
    let found = items::read(tx, std::iter::once(id.to_owned())).await?.into_iter().next();
    let (Some(item), Some(record)) = (found, store::records::by_id(tx, id).await?) else { return Ok(None) };
    Ok(Some(LibraryDetail { article: text(&record, "body"), transcript: text(&record, "transcript"), item }))
}

/// Most items that are shown to be like a picture.
const MOST_ALIKE: usize = 6;

/// The items with a picture like this one, the likest first.
///
/// # Errors
/// If the store fails.
pub async fn alike(tx: &mut store::Connection, sha256: &str) -> Result<LibraryAnswer, store::Error> {
    let Some(likeness) = store::files::likeness(tx, sha256).await? else {
        return Ok(LibraryAnswer::default());
    };
    let on_shelf = store::files::on_shelf(tx).await?.into_iter();
    let mut near: Vec<(u32, String, String)> = on_shelf
        .filter_map(|(record, sha256, its)| Some((likeness::distance(likeness, its)?, record, sha256)))
        .collect();
    near.sort();
    let mut answer = LibraryAnswer::default();
    for (_, record, sha256) in near {
        let is_new = answer.items.len() < MOST_ALIKE && answer.items.iter().all(|item| item.id != record);
        if is_new && let Some(item) = items::read(tx, std::iter::once(record)).await?.pop() {
            // A form of consent is a file of the record, too, and none of the item.
            let shows_it = item.files.iter().any(|file| file.sha256 == sha256);
            answer.items.extend(shows_it.then_some(item));
        }
    }
    answer.total = answer.items.len() as u64;
    Ok(answer)
}

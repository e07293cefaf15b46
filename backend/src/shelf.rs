//! The library's shelf: which media items every unit may use again, and by which words they are found.
//!
//! Invariant: an item stands here as long as it is approved for use beyond its line and what it rests on is valid, and
//! is gone in the same transaction in which it is no longer approved, and with the day after the last valid one. What
//! stands here may be read, and its files fetched, by everybody who is signed in; by anybody, if it is public.

mod counting;
mod in_files;

use crate::{
    background, clock,
    inspection::Finding,
    likeness, pins,
    programme::Programme,
    registry::Registry,
    store::{self, facts, files::Stored, items},
};
use lantoa_shared::{
    date::Date,
    duty::{Duty, EntryId},
    record::Record,
    sync::bucket,
    text::{day, fold},
    validity,
    value::FileRef,
    wire::v1::RowKind,
    wire::v1::library::{
        self, LibraryAnswer, LibraryDetail, LibraryItem,
        facet::{self, Chosen},
        text,
    },
};

/// How many items a page has.
pub const PAGE: usize = 24;
/// Fields in whose words one searches, besides those of every item.
const WORDS: [&str; 2] = ["keywords", "authors"];
/// The rule of a register's form without which nothing of it may be used outside its unit.
const RULE: &str = "consent_ok";
/// Counted up when the shelf is made in another way: the next start makes it anew.
const MADE: i64 = 3;

/// Puts an entry on the shelf as it stands, or takes it off: then every device hears of it, and forgets what it kept of
/// it. Returns whether there is news in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn place(
    tx: &mut store::Connection,
    (programme, registry): (&Programme, &Registry),
    duty: &Duty,
    record: &Record,
) -> Result<bool, store::Error> {
    let id = &record.id;
    if !put(tx, (programme, registry), duty, record).await? {
        return if items::take_off(tx, id).await? { left(tx, id).await } else { Ok(false) };
    }
    let is_back = store::feed::put(tx, bucket::PUB, RowKind::Shelf, id, None).await?;
    let item = items::read(tx, std::iter::once(id.clone()), clock::today()).await?.pop();
    let is_told = match item {
        Some(item) => pins::tell(tx, &item).await?,
        None => false,
    };
    Ok(is_told || is_back)
}

/// Puts an entry on the shelf, if it is to stand there; returns whether it does.
async fn put(
    tx: &mut store::Connection,
    (programme, registry): (&Programme, &Registry),
    duty: &Duty,
    record: &Record,
) -> Result<bool, store::Error> {
    let unit = registry.unit(&duty.unit);
    let Some(mut item) = unit.and_then(|unit| LibraryItem::of(record, &unit.code, &unit.name)) else {
        return Ok(false);
    };
    leave_out_unfit(tx, &mut item.files).await?;
    let background = background::bare(programme, registry, duty);
    let form = background.as_ref().and_then(|background| programme.fill(background, clock::today()));
    let Some(valid_until) = form.and_then(|form| validity::last_day(form, record, RULE)) else {
        return Ok(false);
    };
    let mut words =
        [&item.title, &item.summary, &item.unit_name.vi, &item.unit_name.en].map(String::as_str).join(" ");
    let (article, transcript) = library::read_in(record);
    for more in WORDS.map(|field| text(record, field)).into_iter().chain([article, transcript]) {
        words.push(' ');
        words.push_str(&more);
    }
    let approved_on = day::of_moment(item.approved_at);
    let public_from = item.embargo_until.unwrap_or(approved_on).max(approved_on);
    let placed = items::Placed {
        item: &item,
        entry: duty.entry.as_deref().unwrap_or_default(),
        commune: registry.commune(&item.unit).map(|unit| unit.code.as_str()).unwrap_or_default(),
        people: facet::people(record),
        public_from,
        shown_at: item.approved_at.max(day::begin(public_from)),
        valid_until,
        words: &fold::without_marks(&words).to_lowercase(),
    };
    items::put(tx, &placed).await?;
    Ok(true)
}

/// Leaves posters out that are not what a poster is: their films stand without one.
async fn leave_out_unfit(tx: &mut store::Connection, files: &mut [FileRef]) -> Result<(), store::Error> {
    for file in files {
        let Some(poster) = &file.poster else { continue };
        let found = store::files::finding(tx, poster).await?;
        let fits = |(stored, finding): (Stored, Option<Finding>)| {
            finding.is_some_and(|finding| finding.fits_poster(stored.size))
        };
        if !found.is_some_and(fits) {
            file.poster = None;
        }
    }
    Ok(())
}

/// Tells every device that an item left the library, pinned or not.
async fn left(tx: &mut store::Connection, id: &str) -> Result<bool, store::Error> {
    pins::end(tx, id, None).await?;
    let body = format!(r#"{{"left_at":{}}}"#, clock::now());
    store::feed::put(tx, bucket::PUB, RowKind::Shelf, id, Some(&body)).await
}

/// Takes off what may not be used any more since the day ended; returns whether there is news in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn take_off_ended(tx: &mut store::Connection, today: Date) -> Result<bool, store::Error> {
    let ended = items::take_off_ended(tx, today).await?;
    for id in &ended {
        left(tx, id).await?;
    }
    Ok(!ended.is_empty())
}

/// Makes the whole shelf from the records, if it was made in another way before.
///
/// # Errors
/// If the store fails.
pub async fn make_anew(
    tx: &mut store::Connection,
    programme: &Programme,
    registry: &Registry,
) -> Result<(), store::Error> {
    if facts::number(tx, facts::SHELF).await? == MADE {
        return Ok(());
    }
    for id in items::accepted(tx).await? {
        let frame = EntryId::read(&id).and_then(|id| programme.entry(id, registry.unit(id.unit)?));
        if let (Some(duty), Some(record)) = (frame, store::records::by_id(tx, &id).await?) {
            put(tx, (programme, registry), &duty, &record).await?;
        }
    }
    facts::set(tx, facts::SHELF, &MADE.to_string()).await
}

/// What somebody looks for.
#[derive(Debug, Default)]
pub struct Wish {
    /// Words, with marks or without.
    pub words: String,
    /// What is chosen of the facets.
    pub chosen: Chosen,
    /// From which item on, counted from 0.
    pub from: u64,
}

/// Most words of a search that are looked at.
const MOST_WORDS: usize = 8;

/// A search as the store takes it: words without marks.
pub fn folded(words: &str) -> String {
    let words = fold::without_marks(words).to_lowercase();
    words.split_whitespace().take(MOST_WORDS).collect::<Vec<_>>().join(" ")
}

/// The items in which all words are found, or in their files, and that have all that was chosen, the newest first;
/// with the first page, by what the search can be narrowed.
///
/// # Errors
/// If the store fails.
pub async fn look(
    tx: &mut store::Connection,
    registry: &Registry,
    wish: &Wish,
) -> Result<LibraryAnswer, store::Error> {
    let (words, today) = (folded(&wish.words), clock::today());
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let all = items::finding::by_words(tx, &words, today).await?;
    let facets = if wish.from == 0 { counting::choices(&all, &wish.chosen, registry) } else { Vec::new() };
    let found = all.into_iter().filter(|item| counting::has_all(item, &wish.chosen));
    let ids: Vec<String> = found.map(|item| item.id).collect();
    let (total, from) = (ids.len() as u64, usize::try_from(wish.from).unwrap_or(usize::MAX));
    let items = items::read(tx, ids.into_iter().skip(from).take(PAGE), today).await?;
    let in_files = in_files::find(tx, &items, &words).await?;
    Ok(LibraryAnswer { items, total, facets, in_files })
}

/// One item as it was approved; `None` if it does not stand here. What its unit writes since then is still its own.
///
/// # Errors
/// If the store fails.
pub async fn detail(
    tx: &mut store::Connection,
    programme: &Programme,
    id: &str,
) -> Result<Option<LibraryDetail>, store::Error> {
    let found = items::read(tx, std::iter::once(id.to_owned()), clock::today()).await?.into_iter().next();
    let (Some(item), Some(record)) = (found, store::records::by_id(tx, id).await?) else { return Ok(None) };
    let recipient = pins::recipient(tx, id).await?.unwrap_or_default();
    let (article, transcript) = library::read_in(&record);
    Ok(Some(LibraryDetail { article, is_prose: programme.asks_for_prose(id), transcript, recipient, item }))
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
    let today = clock::today();
    let on_shelf = store::files::on_shelf(tx).await?.into_iter();
    let mut near: Vec<(u32, String, String)> = on_shelf
        .filter_map(|(record, sha256, its)| Some((likeness::distance(likeness, its)?, record, sha256)))
        .collect();
    near.sort();
    let mut answer = LibraryAnswer::default();
    for (_, record, sha256) in near {
        let is_new = answer.items.len() < MOST_ALIKE && answer.items.iter().all(|item| item.id != record);
        if is_new && let Some(item) = items::read(tx, std::iter::once(record), today).await?.pop() {
            // A form of consent is a file of the record, too, and none of the item.
            let shows_it = item.files.iter().any(|file| file.sha256 == sha256);
            answer.items.extend(shows_it.then_some(item));
        }
    }
    answer.total = answer.items.len() as u64;
    Ok(answer)
}

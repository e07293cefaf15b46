//! What the public pages show, read from store and disk.

use super::answer::Lost;
use crate::{
    app::App,
    files::{self, Original},
    pictures::Size,
    site::{Attached, Card, Picture, item::Whole, nature},
    store::{
        Connection,
        items::public::{self, Column, PUBLIC, Shown, Wanted},
        records,
    },
};
use lantoa_shared::{
    date::Date,
    definition::Choice,
    language::Language,
    value::FileRef,
    wire::v1::library::{self, LibraryItem},
};
use std::collections::BTreeSet;

/// How many others of its unit stand below an item.
const OTHERS: usize = 3;

/// The files that an item shows.
fn files_of(item: &LibraryItem) -> impl Iterator<Item = &FileRef> {
    item.files.iter().filter(|file| files::is_hash(&file.sha256))
}

/// Items as lists show them.
pub async fn cards(app: &App, shown: Vec<Shown>) -> Result<Vec<Card>, Lost> {
    let first = |shown: &Shown| shown.item.picture().map(str::to_owned);
    let pictures = measured(app, shown.iter().map(first).collect(), Size::Small).await?;
    let both = shown.into_iter().zip(pictures);
    Ok(both.map(|(Shown { item, shown_at }, picture)| Card { item, shown_at, picture }).collect())
}

/// How large the pictures become that are drawn of the files with these hashes.
async fn measured(app: &App, files: Vec<Option<String>>, size: Size) -> Result<Vec<Option<Picture>>, Lost> {
    let app = app.clone();
    let measure = move || {
        let one = |sha256: String| {
            let original = app.files.original(&sha256);
            let (width, height) = app.pictures.measure(&sha256, &original, size)?;
            Some(Picture { sha256, width, height })
        };
        let are_hashes = files.into_iter().map(|file| file.filter(|sha256| files::is_hash(sha256)));
        are_hashes.map(|file| file.and_then(one)).collect()
    };
    Ok(tokio::task::spawn_blocking(measure).await.map_err(std::io::Error::other)?)
}

/// Files with what their bytes say.
pub async fn attached(app: &App, item: &LibraryItem) -> Result<Vec<Attached>, Lost> {
    let files: Vec<FileRef> = files_of(item).cloned().collect();
    let own = files.iter().map(|file| Some(file.sha256.clone())).collect();
    let pictures = measured(app, own, Size::Large).await?;
    let of_films = files.iter().map(|file| file.poster.clone()).collect();
    let posters = measured(app, of_films, Size::Large).await?;
    let originals: Vec<Original> = files.iter().map(|file| app.files.original(&file.sha256)).collect();
    // What cannot be read now is offered all the same; whoever fetches it is told.
    let nature = |original: &Original| nature::of(original).unwrap_or(nature::UNKNOWN);
    let look = move || originals.iter().map(nature).collect::<Vec<_>>();
    let natures = tokio::task::spawn_blocking(look).await.map_err(std::io::Error::other)?;
    let all = files.into_iter().zip(natures).zip(pictures.into_iter().zip(posters));
    Ok(all.map(|((file, nature), (picture, poster))| Attached { file, nature, picture, poster }).collect())
}

/// An item with everything its page shows.
pub async fn whole(app: &App, tx: &mut Connection, shown: Shown, today: Date) -> Result<Whole, Lost> {
    let record = records::by_id(tx, &shown.item.id).await?.ok_or(Lost::Unknown)?;
    let unit = shown.item.unit.clone();
    let wanted = Wanted { unit: &unit, ..Wanted::default() };
    let mut others = public::page(tx, &wanted, PUBLIC, today, (0, OTHERS as u64 + 1)).await?;
    others.retain(|other| other.item.id != shown.item.id);
    others.truncate(OTHERS);
    let (article, transcript) = library::read_in(&record);
    let files = attached(app, &shown.item).await?;
    let seconds: Option<u32> = files.iter().map(|file| file.file.seconds).sum();
    let mut all = others;
    all.insert(0, shown);
    let mut cards = cards(app, all).await?;
    let card = cards.remove(0);
    Ok(Whole {
        is_prose: app.programme.asks_for_prose(&card.item.id),
        card,
        article,
        transcript,
        seconds: seconds.filter(|seconds| *seconds > 0),
        ai_part: library::text(&record, "ai_part"),
        files,
        others: cards,
    })
}

/// Units' columns with the units' names. A unit that is not registered any more keeps its code.
pub fn named(app: &App, columns: Vec<Column>, language: Language) -> Vec<(Column, String)> {
    let registry = app.registry();
    let name = |column: &Column| registry.unit(&column.unit).map(|unit| unit.name.get(language).to_owned());
    columns
        .into_iter()
        .map(|column| (name(&column).unwrap_or_else(|| column.unit.clone()), column))
        .map(|(name, column)| (column, name))
        .collect()
}

/// The topics that have any public item, in the order of their list.
pub async fn topics<'a>(app: &'a App, tx: &mut Connection, today: Date) -> Result<Vec<&'a Choice>, Lost> {
    let all = public::topics(tx, today).await?;
    let used: BTreeSet<&str> = all.iter().flat_map(|codes| codes.split_whitespace()).collect();
    Ok(app.programme.choices("topic").iter().filter(|topic| used.contains(topic.code.as_str())).collect())
}

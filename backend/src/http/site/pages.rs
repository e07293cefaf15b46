//! The pages that people read.

use super::{
    answer::{self, Lost, settle},
    reading,
    visit::Visit,
};
use crate::{
    app::App,
    auth::token,
    clock,
    http::extract::{cookie, find_caller},
    shelf,
    site::{
        Site, address, columns, item,
        list::{self, List, Of, PAGE, Search},
        press,
    },
    store::{
        Connection,
        items::public::{self, Column, PRESS, PUBLIC, Wanted},
    },
};
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use lantoa_shared::{date::Date, op::Command, wire::v1::library::text};
use serde::Deserialize;

/// Longest search, in characters.
const LONGEST_SEARCH: usize = 200;
/// How many columns stand beside the newest items.
const COLUMNS_BESIDE: usize = 12;

/// What an address asks for besides its path.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    loai: String,
    #[serde(default, rename = "chu-de")]
    chu_de: String,
    #[serde(default)]
    trang: Option<String>,
}

type Question = Result<Query<Asked>, QueryRejection>;

/// What is asked for; nothing that cannot be read is a page.
fn understood(question: Question) -> Result<Asked, Lost> {
    question.map(|Query(asked)| asked).map_err(|_| Lost::Unknown)
}

impl Asked {
    /// The page, from 1.
    fn page(&self) -> Result<u64, Lost> {
        let Some(page) = &self.trang else { return Ok(1) };
        // Not more than any list has, so that nothing overflows further on.
        page.parse().ok().filter(|page| (1..=1_000_000).contains(page)).ok_or(Lost::Unknown)
    }

    /// What is searched for.
    fn search(&self, app: &App) -> Result<Search, Lost> {
        let is_known = |list: &str, code: &str| {
            code.is_empty() || app.programme.choices(list).iter().any(|choice| choice.code == code)
        };
        if !is_known("media_kind", &self.loai) || !is_known("topic", &self.chu_de) {
            return Err(Lost::Unknown);
        }
        let words: String = self.q.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        Ok(Search {
            words: words.trim().chars().take(LONGEST_SEARCH).collect(),
            kind: self.loai.clone(),
            topic: self.chu_de.clone(),
        })
    }
}

/// A page of a list, if the list is that long.
async fn list<'a>(
    app: &'a App,
    tx: &mut Connection,
    (of, unit, topic): (Of<'a>, &str, &str),
    (search, page): (Search, u64),
    today: Date,
) -> Result<List<'a>, Lost> {
    let folded = shelf::folded(&search.words);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let topic = if topic.is_empty() { &search.topic } else { topic };
    let wanted = Wanted { words: &words, kind: &search.kind, topic, unit };
    let total = public::count(tx, &wanted, PUBLIC, today).await?;
    let mut list = List {
        of,
        search: search.clone(),
        cards: Vec::new(),
        total,
        page,
        columns: Vec::new(),
        topics: Vec::new(),
    };
    if page > list.pages() {
        return Err(Lost::Unknown);
    }
    let shown = public::page(tx, &wanted, PUBLIC, today, ((page - 1) * PAGE, PAGE)).await?;
    list.cards = reading::cards(app, shown).await?;
    Ok(list)
}

/// The newest items, or those that are searched for.
pub async fn list_newest(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    question: Question,
) -> Response {
    let found = async {
        let asked = understood(question)?;
        let (search, page, today) = (asked.search(&app)?, asked.page()?, clock::today());
        let mut tx = app.store.read().await?;
        let is_first = search.is_empty() && page == 1;
        let mut list = list(&app, &mut tx, (Of::Everything, "", ""), (search, page), today).await?;
        if is_first {
            let columns: Vec<Column> =
                public::columns(&mut tx, today).await?.into_iter().take(COLUMNS_BESIDE).collect();
            list.columns = reading::named(&app, columns, visit.language);
            list.topics = reading::topics(&app, &mut tx, today).await?;
        }
        let site = visit.site(&app.programme);
        Ok(answer::page(&app, &visit, &request, &list::draw(&site, &list)))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// The column of a unit.
pub async fn list_column(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    Path(code): Path<String>,
    question: Question,
) -> Response {
    let found = async {
        let (page, today, registry) = (understood(question)?.page()?, clock::today(), app.registry());
        let unit = registry.unit(&code).ok_or(Lost::Unknown)?;
        let mut tx = app.store.read().await?;
        let column = public::columns(&mut tx, today).await?.into_iter().find(|column| column.unit == code);
        let of = Of::Unit(unit, column.as_ref());
        let search = (Search::default(), page);
        let list = list(&app, &mut tx, (of, &code, ""), search, today).await?;
        Ok(answer::page(&app, &visit, &request, &list::draw(&visit.site(&app.programme), &list)))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// What there is on a topic.
pub async fn list_topic(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    Path(code): Path<String>,
    question: Question,
) -> Response {
    let found = async {
        let (page, today) = (understood(question)?.page()?, clock::today());
        let topic =
            app.programme.choices("topic").iter().find(|topic| topic.code == code).ok_or(Lost::Unknown)?;
        let mut tx = app.store.read().await?;
        let search = (Search::default(), page);
        let list = list(&app, &mut tx, (Of::Topic(topic), "", &code), search, today).await?;
        Ok(answer::page(&app, &visit, &request, &list::draw(&visit.site(&app.programme), &list)))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// The columns of all units.
pub async fn list_columns(State(app): State<App>, visit: Visit, request: HeaderMap) -> Response {
    let found = async {
        let mut tx = app.store.read().await?;
        let columns = public::columns(&mut tx, clock::today()).await?;
        let columns = reading::named(&app, columns, visit.language);
        Ok(answer::page(&app, &visit, &request, &columns::draw(&visit.site(&app.programme), &columns)))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// One item.
pub async fn open_item(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    Path(name): Path<String>,
) -> Response {
    let found = async {
        let (entry, today) = (address::entry(&name).ok_or(Lost::Unknown)?, clock::today());
        let mut tx = app.store.read().await?;
        let Some(shown) = public::by_entry(&mut tx, entry, today).await? else {
            let was_public = was_public(&mut tx, entry).await?;
            return Err(if was_public { Lost::Withdrawn } else { Lost::Unknown });
        };
        let site: Site<'_> = visit.site(&app.programme);
        if address::item_name(&shown.item) != name {
            return Err(Lost::Moved(site.item(&shown.item)));
        }
        let whole = reading::whole(&app, &mut tx, shown, today).await?;
        Ok(answer::page(&app, &visit, &request, &item::draw(&site, &whole)))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// Whether an item with this UUID was for everybody before its unit withdrew it.
async fn was_public(tx: &mut Connection, entry: &str) -> Result<bool, Lost> {
    let records = public::withdrawn(tx, entry).await?;
    Ok(records.iter().any(|record| {
        let was_accepted = record.history.iter().any(|event| event.command == Command::Accept);
        was_accepted && text(record, "licence") == PUBLIC
    }))
}

/// The press corner. It is the one page that asks who comes: what only the press may use is for whoever is signed in.
pub async fn open_press_corner(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    question: Question,
) -> Response {
    let found = async {
        let (page, today) = (understood(question)?.page()?, clock::today());
        let is_reader = match cookie(&request) {
            Some(session) => find_caller(&app, &token::hash(session)).await?,
            None => None,
        };
        let is_reader = is_reader.is_some_and(|caller| !caller.session.is_shut_out);
        let mut tx = app.store.read().await?;
        let everything = Wanted::default();
        let total = public::count(&mut tx, &everything, PUBLIC, today).await?;
        if page > total.div_ceil(PAGE).max(1) {
            return Err(Lost::Unknown);
        }
        let public = public::page(&mut tx, &everything, PUBLIC, today, ((page - 1) * PAGE, PAGE)).await?;
        let waiting = public::count(&mut tx, &everything, PRESS, today).await?;
        let press = match is_reader && page == 1 {
            true => Some(public::page(&mut tx, &everything, PRESS, today, (0, press::MOST)).await?),
            false => is_reader.then(Vec::new),
        };
        let corner = press::Corner { public, total, page, press, waiting };
        let drawn = press::draw(&visit.site(&app.programme), &corner);
        let mut response = answer::page(&app, &visit, &request, &drawn);
        let headers = response.headers_mut();
        headers.append(header::VARY, HeaderValue::from_static("cookie"));
        let cache = if is_reader { "private, no-store" } else { "private, no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        Ok(response)
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// Everything else below the root. A slash too many is no other page.
pub async fn find_nothing(State(app): State<App>, visit: Visit) -> Response {
    let bare = visit.path.trim_end_matches('/');
    let is_slash_too_many = bare.len() < visit.path.len() && !bare.starts_with("//");
    let lost = if is_slash_too_many { Lost::Moved(bare.to_owned()) } else { Lost::Unknown };
    settle(&app, &visit, Err(lost))
}

//! What programs read: feeds, descriptions of embeddings, the list of pages.

use super::{
    answer::{self, Lost, for_everybody, settle},
    reading,
    visit::Visit,
};
use crate::{
    app::App,
    clock,
    site::{
        address, embed,
        feeds::{self, Feed},
        nature, sitemap,
    },
    store::items::public::{self, PUBLIC, Wanted},
};
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use lantoa_shared::language::Language;
use serde::Deserialize;

/// The feed of everything.
pub async fn feed_newest(State(app): State<App>, visit: Visit, request: HeaderMap) -> Response {
    let site = visit.site(&app.programme);
    let about = site.say(
        "Sản phẩm truyền thông giáo dục mới nhất của các trường, xã, phường và cơ quan.",
        "The newest media on education by schools, communes and offices.",
    );
    let found = feed(&app, &visit, &request, (site.name(), about, ""), "").await;
    settle(&app, &visit, found)
}

/// The feed of a unit's column.
pub async fn feed_column(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    Path(code): Path<String>,
) -> Response {
    let found = async {
        let registry = app.registry();
        let unit = registry.unit(&code).ok_or(Lost::Unknown)?;
        let (site, name) = (visit.site(&app.programme), unit.name.get(visit.language));
        let about = format!("{} {name}.", site.say("Chuyên mục truyền thông của", "The column of"));
        feed(&app, &visit, &request, (name, &about, &format!("/don-vi/{code}")), &code).await
    };
    let found = found.await;
    settle(&app, &visit, found)
}

async fn feed(
    app: &App,
    visit: &Visit,
    request: &HeaderMap,
    (title, description, rest): (&str, &str, &str),
    unit: &str,
) -> Result<Response, Lost> {
    let mut tx = app.store.read().await?;
    let wanted = Wanted { unit, ..Wanted::default() };
    let shown = public::page(&mut tx, &wanted, PUBLIC, clock::today(), (0, feeds::ITEMS)).await?;
    let mut items = Vec::new();
    for card in reading::cards(app, shown).await? {
        let file = reading::attached(app, &card.item).await?.into_iter().next();
        // Documents are read on the page, beside what is said of them.
        items.push((card, file.filter(|file| file.nature != nature::UNKNOWN)));
    }
    let feed =
        Feed { title: title.to_owned(), description: description.to_owned(), rest: rest.to_owned(), items };
    let site = visit.site(&app.programme);
    let (text, kind) = match visit.path.rsplit('/').next() {
        Some("rss.xml") => (feeds::rss(&site, &feed), "application/rss+xml; charset=utf-8"),
        Some("atom.xml") => (feeds::atom(&site, &feed), "application/atom+xml; charset=utf-8"),
        _ => (feeds::json(&site, &feed).to_string(), "application/feed+json; charset=utf-8"),
    };
    Ok(for_everybody(answer::document(request, text, kind)))
}

/// What another site asks about an embedding.
#[derive(Debug, Deserialize)]
pub struct Embedding {
    url: String,
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    maxwidth: Option<u32>,
    #[serde(default)]
    maxheight: Option<u32>,
}

/// Describes how an item is embedded.
pub async fn describe_embedding(
    State(app): State<App>,
    visit: Visit,
    request: HeaderMap,
    question: Result<Query<Embedding>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = question else { return StatusCode::BAD_REQUEST.into_response() };
    if asked.format.is_some_and(|format| format != "json") {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    }
    let found = async {
        let path = asked.url.strip_prefix(&visit.origin).ok_or(Lost::Unknown)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let (language, rest) = match path.strip_prefix(address::ENGLISH) {
            Some(rest) if rest.starts_with(address::ROOT) => (Language::En, rest),
            _ => (Language::Vi, path),
        };
        let name =
            rest.strip_prefix(address::ROOT).and_then(|rest| rest.strip_prefix('/')).ok_or(Lost::Unknown)?;
        let (entry, today) = (address::entry(name).ok_or(Lost::Unknown)?, clock::today());
        let mut tx = app.store.read().await?;
        let shown = public::by_entry(&mut tx, entry, today).await?.ok_or(Lost::Unknown)?;
        let whole = reading::whole(&app, &mut tx, shown, today).await?;
        let visit = Visit { language, ..visit.clone() };
        let room = embed::Room { width: asked.maxwidth, height: asked.maxheight };
        let told = embed::describe(&visit.site(&app.programme), &whole, room).to_string();
        Ok(for_everybody(answer::document(&request, told, "application/json")))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// The list of all pages.
pub async fn map_pages(State(app): State<App>, visit: Visit, request: HeaderMap) -> Response {
    let found = async {
        let today = clock::today();
        let mut tx = app.store.read().await?;
        let shown = public::page(&mut tx, &Wanted::default(), PUBLIC, today, (0, sitemap::ITEMS)).await?;
        let columns = public::columns(&mut tx, today).await?;
        let topics = reading::topics(&app, &mut tx, today).await?;
        let topics: Vec<&str> = topics.into_iter().map(|topic| topic.code.as_str()).collect();
        let text = sitemap::draw(&visit.site(&app.programme), &shown, &columns, &topics);
        Ok(answer::document(&request, text, "application/xml; charset=utf-8"))
    };
    let found = found.await;
    settle(&app, &visit, found)
}

/// What robots are told.
pub async fn tell_robots(State(app): State<App>, visit: Visit, request: HeaderMap) -> Response {
    answer::document(&request, sitemap::robots(&visit.site(&app.programme)), "text/plain; charset=utf-8")
}

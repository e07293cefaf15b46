//! What of the library lies on this device: what the person keeps, and what is pinned for all units under its headings.
//! It needs no network.

use super::{
    kept::{Standing, megabytes, progress},
    library::marked,
    playing::picture,
};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{empty, skeleton},
        pill,
    },
    i18n::{Say, media, sorted},
    state::{App, Stock},
};
use lantoa_shared::{
    map::Map,
    stock::{Stocked, Wish},
};

/// An item of the list.
#[derive(Clone, PartialEq)]
struct Line {
    id: String,
    title: String,
    standing: Standing,
}

/// The list.
pub fn on_device(app: App, say: Say) -> AnyView {
    let (stock, opened) = (app.stock(), app.opened_items());
    let list = move || match stock.get() {
        None => skeleton(say),
        Some(stock) => {
            let (parts, opened) = (parts(&stock), opened.get());
            if parts.is_empty() {
                return empty(say, "art-inbox", media::NOTHING_HERE, media::NOTHING_HERE_NOTE, ().into_any());
            }
            let sections = parts.into_iter().map(|(wish, heading, lines)| {
                let title = move || match wish {
                    Wish::Own => say.text(media::KEPT_BY_YOU).to_owned(),
                    Wish::Pinned if heading.is_empty() => say.text(media::PINNED_FOR_ALL).to_owned(),
                    Wish::Pinned => heading.clone(),
                    Wish::Nobody => say.text(media::MAY_GO).to_owned(),
                };
                view! {
                    <section class="section-block">
                        <header class="section-head"><h2 class="section-title">{words(title)}</h2></header>
                        <ul class="gallery" data-test="on-device">
                            {lines.into_iter().map(|line| {
                                let is_new = wish == Wish::Pinned
                                    && opened.as_ref().is_some_and(|opened| !opened.contains(&line.id));
                                card(app, say, line, is_new)
                            }).collect_view()}
                        </ul>
                    </section>
                }
            });
            let used = stock.held.values().fold(0, |sum: u64, stocked| sum.saturating_add(stocked.got()));
            let told = move || say.with(media::USED_HERE, &[&megabytes(say, used)]);
            view! {
                <p class="soft">
                    {words(told)}" "<a class="link" href="/sync#library">{say.of(media::CHANGE_ROOM)}</a>
                </p>
                {sections.collect_view()}
            }
            .into_any()
        }
    };
    live(list)
}

/// The parts of the list: what the person keeps, each heading, what may go.
fn parts(stock: &Stock) -> Vec<(Wish, String, Vec<Line>)> {
    let mut parts: Map<(Wish, String), Vec<Line>> = Map::new();
    let others = stock.pins.keys().filter(|id| !stock.held.contains_key(*id));
    for id in stock.held.keys().chain(others) {
        let (standing, pin) = (Standing::of(Some(stock), id), stock.pins.get(id));
        let named = standing.stocked.as_ref().and_then(|it| Some(it.detail.as_ref()?.item.title.clone()));
        let Some(title) = named.or_else(|| pin.map(|pin| pin.title.clone())) else { continue };
        let is_gone = standing.stocked.as_ref().is_none_or(|stocked| stocked.got() == 0);
        if standing.wish == Wish::Nobody && is_gone {
            continue;
        }
        let heading = pin.filter(|_| standing.wish == Wish::Pinned).map(|pin| pin.collection.clone());
        let line = Line { id: id.clone(), title, standing };
        parts.get_or_insert_with((line.standing.wish, heading.unwrap_or_default()), Vec::new).push(line);
    }
    let parts = parts.iter().map(|((wish, heading), lines)| {
        (*wish, heading.clone(), sorted(lines.clone(), |_| 0, |line| &line.title))
    });
    sorted(parts.collect(), |(wish, ..)| *wish as i64, |(_, heading, _)| heading)
}

fn card(app: App, say: Say, line: Line, is_new: bool) -> AnyView {
    let Line { id, title, standing } = line;
    let stocked = standing.stocked.clone().unwrap_or_default();
    let marked = |drawn| match &stocked.detail {
        Some(detail) => marked(&detail.item, drawn),
        None => drawn,
    };
    let drawn = picture(app, &stocked, "tile-picture")
        .map(marked)
        .unwrap_or_else(|| view! { <span class="tile-picture">{icon("report")}</span> }.into_any());
    let size = stocked.size();
    let state = if standing.is_whole() {
        let told = move || match size {
            // An article has no files.
            0 => say.text(media::HERE_SHORT).to_owned(),
            _ => format!("{} · {}", say.text(media::HERE_SHORT), megabytes(say, size)),
        };
        view! { <span class="list-note" data-kept="whole">{words(told)}</span> }.into_any()
    } else {
        waiting(say, &stocked)
    };
    view! {
        <li>
            <a class="tile" href=format!("/media/{id}?tab=device") data-test="tile">
                {drawn}
                <b class="tile-title">{title}</b>
                {is_new.then(|| pill::plain_pill(say, "ready", "flag", media::NEW))}
                {state}
            </a>
        </li>
    }
    .into_any()
}

fn waiting(say: Say, stocked: &Stocked) -> AnyView {
    if stocked.got() == 0 {
        return view! { <span class="list-note">{say.of(media::NOT_YET_HERE)}</span> }.into_any();
    }
    view! { <span class="list-note" data-kept="partly">{progress(say, stocked)}</span> }.into_any()
}

//! The library: what other units made and every unit may use again, as a gallery.

use super::{
    super::figures::answered,
    facets::{self, Desk},
};
use crate::api;
use crate::app::address::Address;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{icon::icon, notice::empty},
    i18n::{Say, Unreached, home, media},
    state::App,
};
use lantoa_shared::{
    text::{day, length},
    wire::v1::library::{
        InFile, LibraryItem,
        facet::{self, Chosen},
    },
};
use std::sync::Arc;

/// What is said where the library cannot be reached.
pub const UNREACHED: Unreached = Unreached {
    kept: media::KEPT,
    not_here: media::NOT_HERE,
    not_here_note: media::NOT_HERE_NOTE,
    refused: media::REFUSED,
};
/// How many items a page of the centre has.
const PAGE: usize = 24;
/// How many cards are drawn in a frame.
const AT_ONCE: usize = 6;

/// What the library is searched by; it stands in the address, so that "back" leads to it.
#[derive(Clone, PartialEq, Default)]
pub struct Search {
    words: String,
    /// What is chosen of the facets.
    pub chosen: Chosen,
}

impl Search {
    /// That of the address.
    pub fn of(address: Address) -> Self {
        let said = |key| address.query(key).unwrap_or_default();
        Self { words: said("q"), chosen: Chosen::new(|facet| said(facet.name())) }
    }

    /// What follows the path in the address.
    pub fn query(&self) -> String {
        let words = [("q", &self.words)].into_iter().filter(|(_, words)| !words.is_empty());
        let said = words.chain(self.chosen.all().map(|(facet, code)| (facet.name(), code)));
        said.fold("?tab=library".to_owned(), |query, (key, said)| {
            query + "&" + key + "=" + &String::from(js_sys::encode_uri_component(said))
        })
    }
}

/// The gallery with its search.
pub fn library(app: App, say: Say, address: Address) -> AnyView {
    let search = memo(move || Search::of(address));
    let change = move |change: &dyn Fn(&mut Search)| {
        let mut search = search.get_untracked();
        change(&mut search);
        address.replace(&format!("/media{}", search.query()));
    };
    let look = move |event| {
        let said = event_target_value(&event);
        change(&|search| search.words.clone_from(&said));
    };
    // Those of the last answer stay on screen until the next one is there.
    let offered = RwSignal::new(Vec::new());
    let choose = move |facet, code: &str| change(&|search| search.chosen.set(facet, code));
    let clear = move || change(&|search| search.chosen = Chosen::default());
    let desk = Desk {
        app,
        say,
        search,
        offered,
        choose: Arc::new(choose),
        clear: Arc::new(clear),
        is_open: RwSignal::new(false),
    };
    let found = move || gallery(app, say, &search.get(), 0, offered);
    view! {
        <div class="toolbar">
            <div class="search">
                {icon("search")}
                <input
                    class="input"
                    type="search"
                    data-test="library-search"
                    aria-label=say.of(media::SEARCH_ALL)
                    placeholder=say.of(media::SEARCH_ALL)
                    prop:value=move || search.with(|search| search.words.clone())
                    on:change=look
                />
            </div>
            {facets::switch(&desk)}
        </div>
        {facets::panel(&desk)}
        {facets::chips(&desk)}
        {live(found)}
    }
    .into_any()
}

/// One page of what is found, and the next below it once it is asked for: what is on screen stays where it is.
fn gallery(
    app: App,
    say: Say,
    search: &Search,
    page: usize,
    offered: RwSignal<Vec<facet::Choices>>,
) -> AnyView {
    let search = search.clone();
    let found = app.library(&search.words, &search.chosen, page * PAGE);
    if page == 0 {
        effect(move || {
            let facets = found.with(|found| found.value.as_ref().map(|answer| answer.facets.clone()));
            if let Some(facets) = facets.filter(|facets| offered.with_untracked(|before| before != facets)) {
                offered.set(facets);
            }
        });
    }
    let query = search.query();
    let has_next = RwSignal::new(false);
    // Some cards a frame: all at once would hold up a cheap phone for longer than a person notices. What is drawn anew
    // later is drawn whole.
    let drawn = RwSignal::new(AT_ONCE);
    let shown = live(move || {
        answered(say, &found.get(), &UNREACHED, |answer| {
            if answer.total == 0 {
                return empty(say, "art-search", media::NOT_FOUND, media::NOT_FOUND_NOTE, ().into_any());
            }
            let n_items = answer.items.len();
            if drawn.get() < n_items {
                request_animation_frame(move || {
                    if let Some(n) = drawn.try_get_untracked() {
                        drawn.set(n + AT_ONCE);
                    }
                });
            }
            let cards = answer.items.iter().take(drawn.get()).map(|item| {
                let in_file = answer.in_files.iter().find(|found| found.item == item.id);
                card(app, say, item, in_file, &query)
            });
            let cards = cards.collect_view();
            let total = answer.total.to_string();
            let told = (page == 0).then(|| {
                view! { <p class="soft" data-test="found">{words(move || say.with(media::FOUND, &[&total]))}</p> }
            });
            let rest = usize::try_from(answer.total).unwrap_or(usize::MAX).saturating_sub((page + 1) * PAGE);
            let step = rest.min(PAGE).to_string();
            let more = move || {
                let step = step.clone();
                (rest > 0 && !has_next.get()).then(|| {
                    view! {
                        <button type="button" class="button wide" on:click=move |_| has_next.set(true)>
                            {words(move || say.with(home::SHOW_MORE, &[&step]))}
                        </button>
                    }
                })
            };
            view! { {told}<ul class="gallery" data-test="gallery">{cards}</ul>{live(more)} }.into_any()
        })
    });
    let next = move || has_next.get().then(|| gallery(app, say, &search, page + 1, offered));
    view! { {shown}{live(next)} }.into_any()
}

fn card(app: App, say: Say, item: &LibraryItem, in_file: Option<&InFile>, query: &str) -> AnyView {
    let LibraryItem { id, title, unit_name, kind, approved_at, .. } = item.clone();
    let day = day::show(day::of_moment(approved_at));
    let note = move || format!("{} · {} · {day}", named(app, say, "media_kind", &kind), say.both(&unit_name));
    view! {
        <li>
            <a class="tile" href=format!("/media/{id}{query}") data-test="tile">
                {picture(item)}
                <b class="tile-title">{title}</b>
                <span class="list-note">{words(note)}</span>
                {in_file.map(|found| found_in(say, found))}
            </a>
        </li>
    }
    .into_any()
}

/// In which file a word was found, and what stands around it.
fn found_in(say: Say, found: &InFile) -> AnyView {
    let InFile { file, before, word, after, .. } = found.clone();
    view! {
        <span class="excerpt" data-test="in-file">
            <span class="soft">{words(move || say.with(media::IN_FILE, &[&file]))}</span>
            " "{before}" "<mark>{word}</mark>" "{after}
        </span>
    }
    .into_any()
}

/// The picture of an item, or the mark of what has none.
pub fn picture(item: &LibraryItem) -> AnyView {
    match item.picture() {
        Some(sha256) => {
            let address = api::small_address(sha256);
            let drawn =
                view! { <img class="tile-picture" src=address alt=item.alt.clone() loading="lazy" /> }
                    .into_any();
            marked(item, drawn)
        }
        None => view! { <span class="tile-picture">{icon("report")}</span> }.into_any(),
    }
}

/// What is drawn of an item, with the mark of a film over it if it is the poster of one.
pub fn marked(item: &LibraryItem, drawn: AnyView) -> AnyView {
    match item.film() {
        Some(film) => {
            let length = film.seconds.map(length::show);
            view! { <span class="film">{drawn}<span class="film-mark">{icon("play")}{length}</span></span> }
                .into_any()
        }
        None => drawn,
    }
}

/// What a choice of a list is called; its code if the list does not have it.
pub fn named(app: App, say: Say, list: &str, code: &str) -> String {
    let choices = app.choices(list);
    choices
        .iter()
        .find(|choice| choice.code == code)
        .map_or_else(|| code.to_owned(), |choice| say.both(&choice.label))
}

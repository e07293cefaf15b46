//! The media items on this device: what the own unit makes, what waits for a decision, what was approved. Beside them
//! the library of what every unit may use again.

mod facets;
mod handed;
mod item;
mod kept;
mod library;
mod on_device;
mod pinning;
mod playing;
mod spread;

pub use item::item;

use super::{name_page, page_head, to_look_at};
use crate::app::address::Address;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{empty, skeleton},
        pill,
    },
    i18n::{Say, Text, home, media, sorted},
    state::{App, EntryCard},
};
use lantoa_shared::{
    record::State,
    text::{day, fold},
};

/// The register of media items (forms.md section 9).
const REGISTER: &str = "FH";

/// The parts of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Own,
    Library,
    Device,
}

/// The page.
#[component]
pub fn Media() -> impl IntoView {
    let (app, say, address) = (App::from_context(), Say::from_context(), Address::from_context());
    name_page(move || say.text(media::TITLE).to_owned());
    let tab = memo(move || match address.query("tab").as_deref() {
        Some("library") => Tab::Library,
        Some("device") => Tab::Device,
        _ => Tab::Own,
    });
    let link = move |words: Text, href: &'static str, its: Tab| {
        let is_here = move || (tab.get() == its).then_some("true");
        view! { <a href=href aria-current=is_here>{say.of(words)}</a> }
    };
    view! {
        {page_head(say.of(media::TITLE), say.of(media::LEDE))}
        <div class="stack loose">
            <nav class="segmented" aria-label=say.of(media::TITLE)>
                {link(media::OWN, "/media", Tab::Own)}
                {link(media::LIBRARY, "/media?tab=library", Tab::Library)}
                {link(media::ON_DEVICE, "/media?tab=device", Tab::Device)}
            </nav>
            {live(move || match tab.get() {
                Tab::Own => own(app, say, address),
                Tab::Library => library::library(app, say, address),
                Tab::Device => on_device::on_device(app, say),
            })}
        </div>
    }
}

/// What is on this device.
fn own(app: App, say: Say, address: Address) -> AnyView {
    let (entries, query) = (app.entries(), RwSignal::new(String::new()));
    // Asked again when the programme has come.
    let may_add = memo(move || app.is_filled().get() && app.new_entry(REGISTER).is_some());
    let add = move || {
        let begin = move |_| {
            if let Some(id) = app.new_entry(REGISTER) {
                address.go(&format!("/report/{id}"));
            }
        };
        may_add.get().then(|| {
            view! {
                <button type="button" class="button primary" data-test="add-item" on:click=begin>
                    {icon("plus")}
                    {say.of(media::ADD)}
                </button>
            }
        })
    };
    let list = move || match entries.get() {
        None => skeleton(say),
        Some(all) if all.is_empty() => empty(say, "art-inbox", media::NONE, media::NONE_NOTE, ().into_any()),
        Some(all) => {
            let query = query.get();
            let found = all.iter().filter(|card| fold::matches(&card.title, &query) > 0).cloned().collect();
            sections(app, say, found)
        }
    };
    view! {
            {handed::handed(app, say, address, entries)}
            <div class="toolbar">
                <div class="search">
                    {icon("search")}
                    <input
                        class="input"
                        type="search"
                        aria-label=say.of(media::SEARCH)
                        placeholder=say.of(media::SEARCH)
                        on:input=move |event| query.set(event_target_value(&event))
                    />
                </div>
                {live(add)}
            </div>
            {live(list)}
    }
    .into_any()
}

/// What of the items is listed together: the heading, and which they are.
type Part = (Text, fn(&EntryCard) -> bool);

/// The parts of the list, the most pressing first.
const PARTS: [Part; 7] = [
    (media::TO_DECIDE, |it| !it.is_own && it.state == State::Submitted),
    (media::WITH_HEAD, |it| it.is_own && it.state == State::Ready),
    (media::AT_WORK, |it| it.is_own && it.state.is_open() && it.state != State::Ready),
    (media::WAITING, |it| it.is_own && it.state == State::Submitted),
    (media::SENT_BACK, |it| !it.is_own && it.state.is_open()),
    (media::APPROVED, |it| it.state == State::Accepted),
    (media::WITHDRAWN, |it| it.state == State::Withdrawn),
];

fn sections(app: App, say: Say, cards: Vec<EntryCard>) -> AnyView {
    if cards.is_empty() {
        return empty(say, "art-search", media::NOT_FOUND, media::NOT_FOUND_NOTE, ().into_any());
    }
    // The newest first.
    let cards = sorted(cards, |it| -it.begun_at(), |it| &it.title);
    let parts = PARTS.iter().filter_map(|(title, holds)| {
        let lines: Vec<AnyView> = cards.iter().filter(|it| holds(it)).map(|it| line(app, say, it)).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="section-block">
                    <header class="section-head"><h2 class="section-title">{say.of(*title)}</h2></header>
                    <ul class="list">{lines}</ul>
                </section>
            }
        })
    });
    parts.collect_view().into_any()
}

fn line(app: App, say: Say, card: &EntryCard) -> AnyView {
    let EntryCard { id, title, kind, unit, is_own, state, revision, is_here_only, .. } = card.clone();
    let (unsent, attention, disputed, is_named) =
        (card.unsent, card.attention, card.disputed, !title.is_empty());
    let day = day::show(day::of_moment(card.done_at.unwrap_or_else(|| card.begun_at())));
    let came_back = card.last.as_ref().filter(|_| state == State::Returned).map(|event| event.note.clone());
    let note = move || {
        let mut told: Vec<String> = kind.iter().map(|kind| say.both(kind)).collect();
        if !is_own {
            told.push(app.unit_name(&unit));
        }
        told.push(day.clone());
        if unsent > 0 {
            told.push(say.with(home::HELD_HERE, &[&unsent.to_string()]));
        }
        told.join(" · ") + &to_look_at(say, disputed, attention)
    };
    let href = match state {
        _ if !is_own => format!("/review/{id}"),
        // What is still to be filled opens where it is filled, the rest where it is decided on.
        State::Draft | State::Returned => format!("/report/{id}"),
        _ => format!("/report/{id}/check"),
    };
    let title = move || if is_named { title.clone() } else { say.text(media::UNNAMED).to_owned() };
    view! {
        <li data-test="item" data-state=state.code()>
            <a class="list-row" href=href>
                {icon("image")}
                <span class="list-main">
                    <b class="list-title">{words(title)}</b>
                    <span class="list-note">{words(note)}</span>
                    {came_back.map(|said| view! { <span class="list-note">{icon("return")}" "{said}</span> })}
                </span>
                {pill::state_pill(say, state, revision, is_here_only)}
                {icon("chevron-right")}
            </a>
        </li>
    }
    .into_any()
}

//! The library: what other units made and every unit may use again, as a gallery; and one item of it.

use super::super::{figures::answered, name_page};
use crate::api;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{icon::icon, notice::empty},
    i18n::{Say, Text, Unreached, home, media},
    state::App,
};
use lantoa_shared::{
    language::Bilingual,
    text::day,
    wire::v1::library::{LibraryDetail, LibraryItem},
};

/// What is said where the library cannot be reached.
const UNREACHED: Unreached = Unreached {
    kept: media::KEPT,
    not_here: media::NOT_HERE,
    not_here_note: media::NOT_HERE_NOTE,
    refused: media::REFUSED,
};
/// How many items a page of the centre has.
const PAGE: usize = 24;

/// The gallery with its search.
pub fn library(app: App, say: Say) -> AnyView {
    let (query, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kinds = move || {
        let chosen = kind.get();
        let choices = app.choices("media_kind");
        choices
            .iter()
            .map(|choice| {
                let (code, label) = (choice.code.clone(), choice.label.clone());
                let is_chosen = code == chosen;
                view! { <option value=code selected=is_chosen>{say.both(&label)}</option> }
            })
            .collect_view()
    };
    let look = move |event| query.set(event_target_value(&event));
    let choose = move |event| kind.set(event_target_value(&event));
    let found = move || gallery(app, say, query.get(), kind.get(), 0);
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
                    on:change=look
                />
            </div>
            <div class="control select">
                <select class="input" aria-label=say.of(media::KIND) on:change=choose>
                    <option value="">{say.of(media::ALL_KINDS)}</option>
                    {live(kinds)}
                </select>
            </div>
        </div>
        {live(found)}
    }
    .into_any()
}

/// One page of what is found, and the next below it once it is asked for: what is on screen stays where it is.
fn gallery(app: App, say: Say, query: String, kind: String, page: usize) -> AnyView {
    let found = app.library(&query, &kind, page * PAGE);
    let has_next = RwSignal::new(false);
    let shown = live(move || {
        answered(say, &found.get(), &UNREACHED, |answer| {
            if answer.total == 0 {
                return empty(say, "art-search", media::NOT_FOUND, media::NOT_FOUND_NOTE, ().into_any());
            }
            let cards = answer.items.iter().map(|item| card(app, say, item)).collect_view();
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
            view! { <ul class="gallery" data-test="gallery">{cards}</ul>{live(more)} }.into_any()
        })
    });
    let next = move || has_next.get().then(|| gallery(app, say, query.clone(), kind.clone(), page + 1));
    view! { {shown}{live(next)} }.into_any()
}

fn card(app: App, say: Say, item: &LibraryItem) -> AnyView {
    let LibraryItem { id, title, unit_name, kind, approved_at, .. } = item.clone();
    let day = day::show(day::of_moment(approved_at));
    let note = move || format!("{} · {} · {day}", named(app, say, "media_kind", &kind), say.both(&unit_name));
    view! {
        <li>
            <a class="tile" href=format!("/media/{id}") data-test="tile">
                {picture(item)}
                <b class="tile-title">{title}</b>
                <span class="list-note">{words(note)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The picture of an item, or the mark of what has none.
fn picture(item: &LibraryItem) -> AnyView {
    match item.picture() {
        Some(file) => view! {
            <img class="tile-picture" src=api::small_address(&file.sha256) alt=item.alt.clone() loading="lazy" />
        }
        .into_any(),
        None => view! { <span class="tile-picture">{icon("report")}</span> }.into_any(),
    }
}

/// What a choice of a list is called; its code if the list does not have it.
fn named(app: App, say: Say, list: &str, code: &str) -> String {
    let choices = app.choices(list);
    choices
        .iter()
        .find(|choice| choice.code == code)
        .map_or_else(|| code.to_owned(), |choice| say.both(&choice.label))
}

/// The page of one item.
pub fn item(id: &str) -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    name_page(move || say.text(media::LIBRARY).to_owned());
    let found = app.library_item(id);
    let shown = live(move || answered(say, &found.get(), &UNREACHED, |detail| detailed(app, say, detail)));
    view! {
        <div class="stack loose">
            <a class="back" href="/media?tab=library">{icon("chevron-left")}{say.of(media::LIBRARY)}</a>
            {shown}
        </div>
    }
    .into_any()
}

fn detailed(app: App, say: Say, detail: &LibraryDetail) -> AnyView {
    let item = &detail.item;
    let fact = |label: Text, told: String| {
        (!told.is_empty()).then(|| view! { <div><dt>{say.of(label)}</dt><dd>{told}</dd></div> })
    };
    let date = |day: Option<lantoa_shared::date::Date>| day.map(day::show).unwrap_or_default();
    let topics: Vec<String> = item.topics.iter().map(|topic| named(app, say, "topic", topic)).collect();
    let files = item.files.iter().map(|file| {
        let size = Bilingual::new(size(file.size, ","), size(file.size, "."));
        view! {
            <li class="file">
                {icon("download")}
                <a class="link file-name" data-test="file" href=api::file_address(&file.sha256) download=file.name.clone()>
                    {file.name.clone()}
                </a>
                <span class="soft small nowrap">{say.both(&size)}</span>
            </li>
        }
    });
    let long = |label: Text, told: &str| {
        (!told.is_empty()).then(|| {
            let paragraphs = told.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            view! { <section class="card"><h2 class="card-title">{say.of(label)}</h2>{paragraphs}</section> }
        })
    };
    view! {
        <article class="stack" data-test="library-item">
            <h1 class="page-title">{item.title.clone()}</h1>
            {item.picture().map(|_| picture(item))}
            <p>{item.summary.clone()}</p>
            <section class="card">
                {(!item.files.is_empty()).then(|| view! { <ul class="files">{files.collect_view()}</ul> })}
                <p class="soft">{say.of(media::CREDIT)}" "<b>{item.credit.clone()}</b></p>
            </section>
            {long(media::ARTICLE, &detail.article)}
            {long(media::TRANSCRIPT, &detail.transcript)}
            <section class="card">
                <dl class="facts">
                    {fact(media::MADE_BY, format!("{} · {}", item.authors, say.both(&item.unit_name)))}
                    {fact(media::KIND, named(app, say, "media_kind", &item.kind))}
                    {fact(media::LICENCE, named(app, say, "licence", &item.licence))}
                    {fact(media::TOPICS, topics.join(", "))}
                    {fact(media::IN_LANGUAGE, named(app, say, "language", &item.language))}
                    {fact(media::MADE_ON, date(item.made_on))}
                    {fact(media::EMBARGO, date(item.embargo_until))}
                </dl>
            </section>
        </article>
    }
    .into_any()
}

/// `1,2 MB` or `340 kB`.
fn size(bytes: u64, mark: &str) -> String {
    let tenths = bytes / 100_000;
    if tenths < 10 {
        format!("{} kB", (bytes / 1000).max(1))
    } else {
        format!("{}{mark}{} MB", tenths / 10, tenths % 10)
    }
}

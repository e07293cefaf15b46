//! One item of the library: what is read in it, its files, and what lies on this device of it.
//!
//! What lies here is shown where the centre cannot be asked; what the centre does not give any more goes from here,
//! too.

use super::{
    super::{figures::answered, name_page},
    kept::{self, megabytes},
    library::{Search, UNREACHED, named, picture},
    pinning, playing,
};
use crate::api;
use crate::app::{address::Address, later};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{Kind, notice},
        prose::Article,
    },
    i18n::{Say, Text, media},
    state::{App, FetchState, Stock},
};
use lantoa_shared::{
    stock::Stocked,
    text::day,
    value::FileRef,
    wire::v1::library::{LibraryDetail, LibraryItem},
};
use leptos::task::spawn_local;
use std::sync::Arc;

/// The page of one item.
pub fn item(id: &str) -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    name_page(move || say.text(media::LIBRARY).to_owned());
    let address = Address::from_context();
    let is_of_device = move || address.query("tab").as_deref() == Some("device");
    let back_to = move || if is_of_device() { media::ON_DEVICE } else { media::LIBRARY };
    let back = move || match address.query("tab").as_deref() {
        Some("device") => "/media?tab=device".to_owned(),
        _ => format!("/media{}", Search::of(address).query()),
    };
    let (found, stock) = (app.library_item(id), app.stock());
    let its = id.to_owned();
    effect(move || {
        let is_gone =
            found.with(|found| matches!(&found.state, FetchState::Refused(code) if code == "not_found"));
        let id = its.clone();
        spawn_local(async move {
            if is_gone { app.forget_item(&id).await } else { app.note_item_opened(&id).await }
        });
    });
    let its = id.to_owned();
    // Only what is here of it as a whole: it is not drawn anew with every piece that comes.
    let stocked = memo(move || {
        stock.with(|stock| stock.as_ref()?.held.get(&its).filter(|it| it.is_whole()).cloned()).map(|it| {
            // When it was opened changes nothing of what is shown.
            Stocked { opened_at: 0, ..it }
        })
    });
    let its = id.to_owned();
    let here = memo(move || stock.with(|stock| stock.as_ref()?.held.get(&its)?.detail.clone()));
    let is_refused = memo(move || found.with(|found| matches!(found.state, FetchState::Refused(_))));
    let came = memo(move || found.with(|found| found.value.as_deref().cloned()));
    let shown = live(move || {
        let detail = came.get().or_else(|| here.get());
        match detail.filter(|_| !is_refused.get()) {
            Some(detail) => detailed(app, say, stock, &detail, stocked.get().as_ref()),
            None => live(move || answered(say, &found.get(), &UNREACHED, |_| ().into_any())),
        }
    });
    let offline = memo(move || {
        let is_kept = found.with(|found| found.state == FetchState::Kept);
        is_kept
            .then(|| found.with(|found| found.at.filter(|_| found.value.is_some())))
            .filter(|at| at.is_some() || here.with(Option::is_some))
    });
    let told = move || {
        offline.get().map(|at| {
            let words = match at {
                Some(at) => say.with(media::KEPT, &[&day::show_moment(at)]),
                None => say.text(media::OFFLINE_HERE).to_owned(),
            };
            notice(Kind::Offline, words, String::new(), ().into_any())
        })
    };
    view! {
        <div class="stack loose">
            <a class="back" href=back>
                {icon("chevron-left")}
                {live(move || say.text(back_to()))}
            </a>
            {live(told)}
            {shown}
        </div>
    }
    .into_any()
}

fn detailed(
    app: App,
    say: Say,
    stock: Signal<Option<Arc<Stock>>>,
    detail: &LibraryDetail,
    stocked: Option<&Stocked>,
) -> AnyView {
    let item = &detail.item;
    let id = item.id.clone();
    spawn_local(async move { app.note_item_read(&id).await });
    let files = item.files.iter().map(|file| {
        let from_here = stocked.and_then(|stocked| playing::file_button(app, &item.id, file, stocked));
        let way = from_here.unwrap_or_else(|| {
            let (address, name) = (api::file_address(&file.sha256), file.name.clone());
            view! {
                <a class="link file-name" data-test="file" href=address download=name.clone()>{name}</a>
            }
            .into_any()
        });
        let size = file.size;
        view! {
            <li class="file">
                {icon("download")}
                {way}
                <span class="soft small nowrap">{words(move || megabytes(say, size))}</span>
            </li>
        }
    });
    let players = item
        .files
        .iter()
        .filter_map(|file| playing::player(app, say, &item.id, file, stocked))
        .collect_view();
    // What stands for a film is drawn where the film plays.
    let is_drawn = item.picture().is_some() && item.film().is_none();
    let drawn =
        stocked.filter(|_| is_drawn).and_then(|stocked| playing::picture(app, stocked, "tile-picture"));
    let long = |label: Text, told: &str| {
        (!told.is_empty()).then(|| {
            let paragraphs = told.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            view! { <section class="card"><h2 class="card-title">{say.of(label)}</h2>{paragraphs}</section> }
        })
    };
    let article = (!detail.article.is_empty()).then(|| article(app, say, detail, stocked));
    // An article shows its pictures itself.
    let lead = article.is_none().then(|| drawn.or_else(|| is_drawn.then(|| picture(item))));
    // What is drawn anew, with what lists call things, is only this: a film that plays goes on.
    let its = item.clone();
    let facts = move || self::facts(app, say, &its);
    view! {
        <article class="stack" data-test="library-item">
            <h1 class="page-title">{item.title.clone()}</h1>
            {lead}
            {players}
            <p>{item.summary.clone()}</p>
            {kept::control(app, say, stock, item)}
            {pinning::control(app, say, stock, detail)}
            <section class="card">
                {(!item.files.is_empty()).then(|| view! { <ul class="files">{files.collect_view()}</ul> })}
                <p class="soft">{say.of(media::CREDIT)}" "<b>{item.credit.clone()}</b></p>
            </section>
            {article}
            {long(media::TRANSCRIPT, &detail.transcript)}
            <section class="card">
                {live(facts)}
            </section>
        </article>
    }
    .into_any()
}

/// The article, with its pictures from here or from the centre.
fn article(app: App, say: Say, detail: &LibraryDetail, stocked: Option<&Stocked>) -> AnyView {
    let item = &detail.item;
    let picture = |file: &FileRef| {
        let kind = ["image/jpeg", "image/png", "image/webp"].into_iter().find(|kind| *kind == file.mime)?;
        let here = stocked.filter(|stocked| stocked.has(&file.sha256, false));
        let address = match here {
            Some(stocked) => playing::address(app, &item.id, &file.sha256, false, kind, stocked),
            None => RwSignal::new(Some(api::small_address(&file.sha256))),
        };
        Some((file.clone(), address))
    };
    let pictures = Arc::new(item.files.iter().filter_map(picture).collect());
    let article =
        later::article(&Article { text: detail.article.clone(), is_prose: detail.is_prose, pictures });
    view! {
        <section class="card">
            <h2 class="card-title">{say.of(media::ARTICLE)}</h2>
            {article}
        </section>
    }
    .into_any()
}

/// What is known of an item in a few words.
fn facts(app: App, say: Say, item: &LibraryItem) -> AnyView {
    let fact = |label: Text, told: String| {
        (!told.is_empty()).then(|| view! { <div><dt>{say.of(label)}</dt><dd>{told}</dd></div> })
    };
    let date = |day: Option<lantoa_shared::date::Date>| day.map(day::show).unwrap_or_default();
    let topics: Vec<String> = item.topics.iter().map(|topic| named(app, say, "topic", topic)).collect();
    view! {
        <dl class="facts">
            {fact(media::MADE_BY, format!("{} · {}", item.authors, say.both(&item.unit_name)))}
            {fact(media::KIND, named(app, say, "media_kind", &item.kind))}
            {fact(media::LICENCE, named(app, say, "licence", &item.licence))}
            {fact(media::TOPICS, topics.join(", "))}
            {fact(media::IN_LANGUAGE, named(app, say, "language", &item.language))}
            {fact(media::MADE_ON, date(item.made_on))}
            {fact(media::EMBARGO, date(item.embargo_until))}
        </dl>
    }
    .into_any()
}

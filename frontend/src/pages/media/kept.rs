//! What lies on this device of one item of the library: whether it is kept, how far it came, and how it is let go.

use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{Kind, notice},
    },
    i18n::{Say, media, trouble},
    state::{App, Phase, Stock, StoreTrouble, is_line_dear},
};
use lantoa_shared::{
    stock::{Stocked, Wish, wish},
    wire::v1::library::LibraryItem,
};
use leptos::task::spawn_local;
use std::sync::Arc;

/// How the person's wish fared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fared {
    /// Well.
    Well,
    /// There is too little room for the library.
    NoRoom,
    /// The device could not note it.
    Store(StoreTrouble),
}

/// Where an item stands on this device.
#[derive(Clone, PartialEq)]
pub struct Standing {
    /// Who wishes it here.
    pub wish: Wish,
    /// What is here, if anything is.
    pub stocked: Option<Stocked>,
}

impl Standing {
    /// Of one item.
    pub fn of(stock: Option<&Stock>, id: &str) -> Self {
        let stocked = stock.and_then(|stock| stock.held.get(id));
        let pin = stock.and_then(|stock| stock.pins.get(id));
        Self { wish: wish(stocked, pin), stocked: stocked.cloned() }
    }

    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.stocked.as_ref().is_some_and(Stocked::is_whole)
    }
}

/// Whether an item is kept, with what can be done about that.
pub fn control(app: App, say: Say, stock: Signal<Option<Arc<Stock>>>, item: &LibraryItem) -> AnyView {
    let (id, size) = (item.id.clone(), item.size());
    let its = id.clone();
    let standing = memo(move || stock.with(|stock| Standing::of(stock.as_deref(), &its)));
    let (fared, sync) = (RwSignal::new(Fared::Well), app.sync());
    let to_keep = id.clone();
    let keep = move |by_any_line: bool| {
        let id = to_keep.clone();
        spawn_local(async move {
            fared.set(match app.keep_item(&id, size, by_any_line).await {
                Ok(true) => Fared::Well,
                Ok(false) => Fared::NoRoom,
                Err(trouble) => Fared::Store(trouble),
            });
        });
    };
    let let_go = move || {
        let id = id.clone();
        spawn_local(async move {
            let done = app.let_item_go(&id).await;
            fared.set(done.map_or_else(Fared::Store, |()| Fared::Well));
        });
    };
    let shown = move || {
        let Standing { wish, stocked } = standing.get();
        let is_whole = stocked.as_ref().is_some_and(Stocked::is_whole);
        let (keep, let_go) = (keep.clone(), let_go.clone());
        let leave = move || {
            let let_go = let_go.clone();
            view! {
                <button type="button" class="button plain" data-test="let-go" on:click=move |_| let_go()>
                    {say.of(media::LET_GO)}
                </button>
            }
        };
        if is_whole {
            let by = if wish == Wish::Pinned { media::HERE_PINNED } else { media::HERE };
            return view! {
                <div class="row">
                    <p class="kept-state" data-test="kept" data-kept="whole">
                        {icon("check")}
                        <span>{say.of(by)}</span>
                    </p>
                    {leave()}
                </div>
            }
            .into_any();
        }
        if wish == Wish::Nobody {
            return view! {
                <div class="cluster">
                    <button
                        type="button"
                        class="button quiet"
                        data-test="keep"
                        on:click=move |_| keep(false)
                    >
                        {icon("download")}
                        {say.of(media::KEEP)}
                    </button>
                </div>
                <p class="soft small">{say.of(media::KEEP_NOTE)}</p>
            }
            .into_any();
        }
        let stocked = stocked.unwrap_or_default();
        let waits = is_line_dear() && !stocked.by_any_line;
        let is_cut_off = sync.with(|sync| matches!(sync.beneath, Phase::CutOff(_)));
        let word = match () {
            () if stocked.is_given_up() => media::FETCH_FAILED,
            () if is_cut_off => media::WAITS_FOR_NETWORK,
            () if waits => media::WAITS_FOR_LINE,
            () => media::FETCHING,
        };
        let now = (stocked.is_given_up() || waits).then(|| {
            view! {
                <button type="button" class="button quiet" data-test="fetch-now" on:click=move |_| keep(true)>
                    {icon("download")}
                    {say.of(media::FETCH_NOW)}
                </button>
            }
        });
        view! {
            <p class="kept-state" data-test="kept" data-kept="partly">{icon("sync")}<span>{say.of(word)}</span></p>
            {progress(say, &stocked)}
            <div class="cluster">{now}{leave()}</div>
        }
        .into_any()
    };
    let told = move || match fared.get() {
        Fared::Well => ().into_any(),
        Fared::NoRoom => {
            let way = view! { <a class="button quiet" href="/sync#library">{say.of(media::NO_ROOM_WAY)}</a> };
            let (title, sentence) = (say.text(media::NO_ROOM), say.text(media::NO_ROOM_NOTE));
            notice(Kind::Warning, title.to_owned(), sentence.to_owned(), way.into_any())
        }
        Fared::Store(what) => {
            let (title, sentence) = (say.text(trouble::STORE_TITLE), say.text(trouble::store(what)));
            notice(Kind::Error, title.to_owned(), sentence.to_owned(), ().into_any())
        }
    };
    view! {
        <section class="card" aria-label=say.of(media::ON_DEVICE)>
            <div class="stack">{live(shown)}</div>
            <div role="status">{live(told)}</div>
        </section>
    }
    .into_any()
}

/// How far an item came.
pub fn progress(say: Say, stocked: &Stocked) -> AnyView {
    let (got, size) = (stocked.got(), stocked.size());
    if size == 0 {
        return ().into_any();
    }
    let told = move || say.with(media::GOT_OF, &[&megabytes(say, got), &megabytes(say, size)]);
    view! {
        <progress class="meter" max=size.to_string() value=got.to_string() aria-label=told></progress>
        <p class="soft small">{words(told)}</p>
    }
    .into_any()
}

/// `1,2 MB` or `340 kB`, as the language writes it.
pub fn megabytes(say: Say, bytes: u64) -> String {
    let mark = if say.language() == lantoa_shared::language::Language::Vi { "," } else { "." };
    let tenths = bytes / 100_000;
    if tenths < 10 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}{mark}{} MB", tenths / 10, tenths % 10)
    }
}

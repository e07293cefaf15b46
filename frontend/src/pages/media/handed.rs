//! Files that another app handed over, above the list of items: into a new item, into one that is in the works, or
//! away.

use crate::app::address::Address;
use crate::components::field::unattached;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{Kind, notice},
    },
    i18n::{Say, media},
    state::{App, EntryCard, Handed, Unattached},
};
use lantoa_shared::record::State;
use leptos::task::spawn_local;
use std::sync::Arc;

/// So many items in the works are offered, the last that were begun.
const OFFERED: usize = 5;

/// The card; nothing as long as nothing was handed over.
pub(super) fn handed(
    app: App,
    say: Say,
    address: Address,
    entries: Signal<Option<Arc<Vec<EntryCard>>>>,
) -> AnyView {
    let (tray, failed) = (RwSignal::new(Vec::<Handed>::new()), RwSignal::new(None::<Unattached>));
    let look = move || {
        spawn_local(async move {
            let now = app.handed_over().await;
            if tray.try_get_untracked().is_some() {
                tray.set(now);
            }
        });
    };
    look();
    let put = move |entry: String| {
        spawn_local(async move {
            for file in tray.get_untracked() {
                if let Err(reason) = app.take_in(&entry, &file).await {
                    failed.set(Some(reason));
                    return look();
                }
            }
            address.go(&format!("/report/{entry}"));
        });
    };
    let is_refused = address.query("shared").as_deref() == Some("failed");
    let refused = is_refused.then(|| {
        let (title, note) = (say.text(media::HANDED_REFUSED), say.text(media::HANDED_REFUSED_NOTE));
        notice(Kind::Warning, title.to_owned(), note.to_owned(), ().into_any())
    });
    let card = move || {
        let files = tray.get();
        (!files.is_empty()).then(|| {
            let names = files.iter().map(|it| {
                view! { <li class="file">{icon("attachment")}<span class="file-name">{it.name.clone()}</span></li> }
            });
            let into = |card: &EntryCard| {
                let (id, title) = (card.id.clone(), card.title.clone());
                let title = if title.is_empty() { say.text(media::UNNAMED).to_owned() } else { title };
                view! {
                    <button type="button" class="button" on:click=move |_| put(id.clone())>
                        {icon("plus")}
                        {say.with(media::HANDED_INTO, &[&title])}
                    </button>
                }
            };
            let is_open = |card: &&EntryCard| card.is_own && matches!(card.state, State::Draft | State::Returned);
            let open = entries.get().map(|all| {
                // Ids begin with the moment in which the item was begun.
                let open: Vec<&EntryCard> = all.iter().filter(is_open).collect();
                open.into_iter().rev().take(OFFERED).map(into).collect_view()
            });
            let begin = move |_| {
                if let Some(id) = app.new_entry(super::REGISTER) {
                    put(id);
                }
            };
            let files = files.clone();
            let away = move |_| {
                let files = files.clone();
                spawn_local(async move {
                    app.throw_away(&files).await;
                    look();
                });
            };
            view! {
                <section class="card" data-test="handed">
                    <header class="card-head"><h2 class="card-title">{say.of(media::HANDED)}</h2></header>
                    <ul class="files">{names.collect_view()}</ul>
                    <div role="alert">{words(move || failed.get().map(|reason| unattached(say, &reason)).unwrap_or_default())}</div>
                    <div class="cluster">
                        <button type="button" class="button primary" data-test="handed-new" on:click=begin>
                            {icon("plus")}
                            {say.of(media::HANDED_NEW)}
                        </button>
                        {open}
                        <button type="button" class="button plain" data-test="handed-away" on:click=away>
                            {say.of(media::HANDED_AWAY)}
                        </button>
                    </div>
                </section>
            }
        })
    };
    view! { {refused}{live(card)} }.into_any()
}

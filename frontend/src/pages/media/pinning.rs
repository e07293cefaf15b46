//! What every device is to have: a person of the unit that takes items in pins them, under a heading or none, and sees
//! how far they spread.

use super::spread::spread;
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{Kind, notice},
    },
    i18n::{Say, media},
    state::{App, Stock},
};
use lantoa_shared::{
    person::may_pin,
    set::Set,
    wire::v1::library::{LibraryDetail, MAX_COLLECTION},
};
use leptos::{ev, task::spawn_local};
use std::sync::Arc;

/// The card, for whoever may; nothing for all others.
pub fn control(
    app: App,
    say: Say,
    stock: Signal<Option<Arc<Stock>>>,
    detail: &LibraryDetail,
) -> Option<AnyView> {
    let person = app.session().with_untracked(|session| session.person().cloned())?;
    may_pin(&person, &detail.recipient).ok()?;
    let id = detail.item.id.clone();
    let (its, item) = (id.clone(), id.clone());
    let pin = memo(move || stock.with(|stock| stock.as_ref()?.pins.get(&item).cloned()));
    let headings = memo(move || {
        let pins = stock.with(|stock| stock.as_ref().map(|stock| stock.pins.clone()).unwrap_or_default());
        let mut headings = Set::new();
        headings.extend(pins.values().map(|pin| pin.collection.clone()).filter(|it| !it.is_empty()));
        headings
    });
    let (heading, is_busy, failed) =
        (RwSignal::new(None::<String>), RwSignal::new(false), RwSignal::new(false));
    let send = move |is_pinned: bool| {
        let id = id.clone();
        let written = heading.get_untracked();
        let collection = written.or_else(|| Some(pin.get_untracked()?.collection)).unwrap_or_default();
        is_busy.set(true);
        spawn_local(async move {
            let done = if is_pinned {
                app.pin_item(&id, collection.trim()).await
            } else {
                app.unpin_item(&id).await
            };
            is_busy.set(false);
            failed.set(done.is_err());
        });
    };
    let shown = move || {
        let pin = pin.get();
        let (is_pinned, before) = (pin.is_some(), pin.map(|pin| pin.collection).unwrap_or_default());
        let (state, word) =
            if is_pinned { (media::PINNED, media::PIN_MOVE) } else { (media::PIN_NOTE, media::PIN) };
        let options =
            headings.get().iter().map(|it| view! { <option value=it.clone()></option> }).collect_view();
        let (put, take) = (send.clone(), send.clone());
        let write = move |event: ev::Event| heading.set(Some(event_target_value(&event)));
        view! {
            <p class="soft">{say.of(state)}</p>
            <label class="stack tight">
                <span class="small">{say.of(media::COLLECTION)}</span>
                <input
                    class="input"
                    list="collections"
                    data-test="collection"
                    maxlength=MAX_COLLECTION.to_string()
                    value=before
                    on:input=write
                />
            </label>
            <datalist id="collections">{options}</datalist>
            <div class="cluster">
                <button
                    type="button"
                    class="button quiet"
                    data-test="pin"
                    disabled=move || is_busy.get()
                    on:click=move |_| put(true)
                >
                    {icon("flag")}
                    {say.of(word)}
                </button>
                {is_pinned.then(|| view! {
                    <button
                        type="button"
                        class="button plain"
                        data-test="unpin"
                        disabled=move || is_busy.get()
                        on:click=move |_| take(false)
                    >
                        {say.of(media::UNPIN)}
                    </button>
                })}
            </div>
        }
    };
    let told = move || {
        failed.get().then(|| {
            let (title, sentence) = (say.text(media::PIN_FAILED), say.text(media::PIN_FAILED_NOTE));
            notice(Kind::Offline, title.to_owned(), sentence.to_owned(), ().into_any())
        })
    };
    let card = view! {
        <section class="card">
            <div class="stack">
                <h2 class="card-title">{say.of(media::FOR_ALL)}</h2>
                {live(shown)}
                {live(move || pin.with(Option::is_some).then(|| spread(app, say, &its)))}
            </div>
            <div role="status">{live(told)}</div>
        </section>
    };
    Some(card.into_any())
}

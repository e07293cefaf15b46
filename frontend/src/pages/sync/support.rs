//! A text for whoever helps, made on demand, to be read before it is given away.

use crate::components::live::live;
use crate::prelude::*;
use crate::{
    browser,
    i18n::{Say, status},
    state::App,
};
use leptos::task::spawn_local;

/// The card.
pub(super) fn support(app: App, say: Say, version: String) -> AnyView {
    let text = RwSignal::new(String::new());
    let is_copied = RwSignal::new(false);
    let make = move |_| {
        let version = version.clone();
        spawn_local(async move {
            let made = app.diagnostics(version).await;
            is_copied.set(false);
            text.set(made);
        });
    };
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = browser::copy(&text).await;
            is_copied.set(copied);
        });
    };
    let shown = move || {
        let text = text.get();
        (!text.is_empty()).then(|| {
            view! {
                <pre class="support-text" data-test="diagnostics" tabindex="0">{text}</pre>
                <div class="cluster">
                    <button type="button" class="button quiet" on:click=copy>{say.of(status::SUPPORT_COPY)}</button>
                    <span role="status">
                        {live(move || is_copied.get().then(|| say.text(status::SUPPORT_COPIED)))}
                    </span>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section class="card" id="support">
            <header class="card-head"><h2 class="card-title">{say.of(status::SUPPORT)}</h2></header>
            <div class="stack">
                <p class="soft">{say.of(status::SUPPORT_NOTE)}</p>
                {live(shown)}
                <button type="button" class="button quiet wide" data-test="support" on:click=make>
                    {say.of(status::SUPPORT_SHOW)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

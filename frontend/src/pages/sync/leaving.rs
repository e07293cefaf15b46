//! Signing out. What is unsent is named before anything else.

use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{
        confirm::Confirm,
        icon::icon,
        notice::{Kind, notice},
    },
    i18n::{Say, common, status},
    state::App,
};
use leptos::task::spawn_local;

/// The card.
pub(super) fn leaving(app: App, say: Say) -> AnyView {
    let unsent = app.unsent();
    let asks = RwSignal::new(false);
    let leave = Callback::new(move |()| spawn_local(async move { app.sign_out().await }));
    let press = move |_| {
        if unsent.get_untracked() > 0 { asks.set(true) } else { leave.run(()) }
    };
    let sync = app.sync();
    let sentence = move || {
        let stays = sync.with(|sync| sync.recordings > 0).then(|| say.text(status::RECORDINGS_STAY));
        format!("{} {}", say.text(status::SIGN_OUT_UNSENT_NOTE), stays.unwrap_or_default())
    };
    let held = move || say.with(status::SIGN_OUT_UNSENT, &[&unsent.get().to_string()]);
    let warning =
        move || (unsent.get() > 0).then(|| notice(Kind::Warning, held(), sentence(), ().into_any()));
    view! {
        <section class="card" id="sign-out">
            {live(warning)}
            <button type="button" class="button danger" data-test="sign-out" on:click=press>
                {icon("sign-out")}
                {say.of(common::SIGN_OUT)}
            </button>
            <Confirm
                is_open=asks
                title=Signal::derive(held)
                sentence=Signal::derive(sentence)
                deed=Signal::derive(move || say.text(status::SIGN_OUT_ANYWAY).to_owned())
                is_grave=true
                on_yes=leave
            />
        </section>
    }
    .into_any()
}

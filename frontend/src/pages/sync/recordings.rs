//! What was recorded on this device and not attached: to its item, out of the app as a file, or away.
//!
//! Invariant: nothing is thrown away but by a second button, which says of which recording it speaks.

use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{confirm::Confirm, icon::icon},
    i18n::{Say, Text, media, recorder, status},
    state::{App, LeftOver, Recorded, give_back},
};
use leptos::task::spawn_local;

/// What the rows and the question share.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    say: Say,
    all: RwSignal<Vec<LeftOver>>,
    /// What became of the last button.
    told: RwSignal<Option<Text>>,
    /// What is to be thrown away, once the person says so again.
    doomed: RwSignal<Option<Recorded>>,
    asks: RwSignal<bool>,
    /// The address of what was handed out last: nothing says when the browser has read it.
    handed_out: StoredValue<Option<String>>,
}

/// The list; nothing where there is none.
pub(super) fn recordings(app: App, say: Say) -> AnyView {
    let desk = Desk {
        app,
        say,
        all: RwSignal::new(Vec::new()),
        told: RwSignal::new(None),
        doomed: RwSignal::new(None),
        asks: RwSignal::new(false),
        handed_out: StoredValue::new(None),
    };
    on_cleanup(move || desk.give_back(None));
    let (changes, status) = (app.changes(), app.sync());
    effect(move || {
        changes.get();
        status.get();
        spawn_local(desk.look());
    });
    let list = move || {
        let all = desk.all.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|left| row(desk, left)).collect_view();
            view! {
                <section class="section-block" id="recordings">
                    <header class="section-head"><h2 class="section-title">{say.of(recorder::LEFT)}</h2></header>
                    <p class="soft">{say.of(status::RECORDINGS_NOTE)}</p>
                    <ul class="list">{rows}</ul>
                </section>
            }
        })
    };
    let told = move || desk.told.get().map_or_else(String::new, |text| say.text(text).to_owned());
    let asked =
        move || desk.doomed.with(|it| it.as_ref().map_or_else(String::new, |it| recorder::from(say, it)));
    view! {
        {live(list)}
        <p role="status">{words(told)}</p>
        <Confirm
            is_open=desk.asks
            title=Signal::derive(asked)
            sentence=Signal::derive(move || say.text(recorder::SURE).to_owned())
            deed=Signal::derive(move || say.text(recorder::FOR_GOOD).to_owned())
            is_grave=true
            on_yes=Callback::new(move |()| spawn_local(desk.throw_away()))
        />
    }
    .into_any()
}

impl Desk {
    async fn look(self) {
        // What could not be read is told where it is said that this device keeps nothing.
        if let Ok(all) = self.app.recordings().await {
            let _ = self.all.try_set(all);
        }
    }

    fn give_back(self, next: Option<String>) {
        let before = self.handed_out.try_update_value(|address| std::mem::replace(address, next)).flatten();
        before.iter().for_each(|address| give_back(address));
    }

    async fn save(self, recorded: Recorded) {
        let address = self.app.hand_out_recording(&recorded).await;
        let is_taken = address.is_some();
        self.give_back(address);
        let told = if is_taken { status::RECORDING_SAVED } else { status::RECORDING_NOT_SAVED };
        let _ = self.told.try_set(Some(told));
        self.look().await;
    }

    async fn throw_away(self) {
        let Some(recorded) = self.doomed.get_untracked() else { return };
        let is_gone = self.app.throw_recording_away(&recorded).await;
        let _ = self.told.try_set((!is_gone).then_some(status::RECORDING_NOT_GONE));
        self.look().await;
    }
}

fn row(desk: Desk, LeftOver { recorded, item }: LeftOver) -> AnyView {
    let say = desk.say;
    let words = recorder::from(say, &recorded);
    let label = |text: Text| format!("{}: {words}", say.text(text));
    let (save, throw) = (label(status::RECORDING_SAVE), label(recorder::THROW_AWAY));
    let (saved, thrown) = (recorded.clone(), recorded.clone());
    let of = match &item {
        Some(title) if title.is_empty() => say.text(media::UNNAMED).to_owned(),
        Some(title) => title.clone(),
        None => say.text(status::RECORDING_OF_NONE).to_owned(),
    };
    let told = view! {
        {icon("attachment")}
        <span class="list-main">
            <b class="list-title">{words}</b>
            <span class="list-note">{of}</span>
        </span>
    };
    let row = match item {
        Some(_) => {
            let href = format!("/report/{}", recorded.record);
            view! { <a class="list-row" href=href>{told}{icon("chevron-right")}</a> }.into_any()
        }
        None => view! { <div class="list-row">{told}</div> }.into_any(),
    };
    view! {
        <li data-test="recording">
            {row}
            <div class="cluster recorder-tools">
                <button
                    type="button"
                    class="button quiet"
                    data-test="save-recording"
                    aria-label=save
                    on:click=move |_| spawn_local(desk.save(saved.clone()))
                >
                    {say.of(status::RECORDING_SAVE)}
                </button>
                <button
                    type="button"
                    class="button plain"
                    data-test="throw-recording"
                    aria-label=throw
                    on:click=move |_| {
                        desk.doomed.set(Some(thrown.clone()));
                        desk.asks.set(true);
                    }
                >
                    {say.of(recorder::THROW_AWAY)}
                </button>
            </div>
        </li>
    }
    .into_any()
}

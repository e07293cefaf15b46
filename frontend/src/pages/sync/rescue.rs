//! The rescue file: a button that writes one and a place to open one; what became of it is said below.

use crate::prelude::*;
use crate::{
    browser,
    components::{
        icon::icon,
        live::live,
        notice::{Kind, notice},
    },
    i18n::{Say, status, trouble},
    state::{App, Rescued, StoreTrouble},
};
use leptos::{ev, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// What became of a file.
#[derive(Clone)]
enum Outcome {
    /// The name of the file, and how many recordings are not in it.
    Saved(String, usize),
    NotSaved(StoreTrouble),
    Opened(Rescued),
}

/// The card.
pub(super) fn rescue(app: App, say: Say) -> AnyView {
    let outcome = RwSignal::new(None::<Outcome>);
    let save = move |_| {
        spawn_local(async move {
            let what = match app.rescue_file().await {
                Ok((name, text, left_out)) if browser::hand_out(&name, &text) => {
                    Outcome::Saved(name, left_out)
                }
                Ok(_) => Outcome::NotSaved(StoreTrouble::Forbidden),
                Err(trouble) => Outcome::NotSaved(trouble),
            };
            outcome.set(Some(what));
        });
    };
    let open = move |event: ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // So that the same file can be chosen again.
        input.set_value("");
        spawn_local(async move {
            // A file that cannot be read as text is none of ours.
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let what = app.open_rescue(text.unwrap_or_default()).await;
            outcome.set(Some(Outcome::Opened(what)));
        });
    };
    view! {
        <section class="card" id="rescue">
            <header class="card-head"><h2 class="card-title">{say.of(status::RESCUE)}</h2></header>
            <div class="stack">
                <p class="soft">{say.of(status::RESCUE_NOTE)}</p>
                <button type="button" class="button quiet wide" data-test="rescue-save" on:click=save>
                    {say.of(status::RESCUE_SAVE)}
                </button>
                <label class="drop">
                    <input
                        type="file"
                        class="sr-only"
                        accept=".json,application/json"
                        data-test="rescue-open"
                        on:change=open
                    />
                    {icon("attachment")}
                    <b>{say.of(status::RESCUE_OPEN)}</b>
                </label>
                <div role="status">{live(move || outcome.get().map(|outcome| told(app, say, &outcome)))}</div>
            </div>
        </section>
    }
    .into_any()
}

fn told(app: App, say: Say, outcome: &Outcome) -> AnyView {
    let wrong = |sentence: String| (Kind::Error, say.text(status::RESCUE_NOT_TAKEN).to_owned(), sentence);
    let store = |trouble: StoreTrouble| say.text(trouble::store(trouble)).to_owned();
    let (kind, title, sentence) = match outcome {
        Outcome::Saved(name, 0) => (
            Kind::Success,
            say.with(status::RESCUE_SAVED, &[name]),
            say.text(status::RESCUE_SAVED_NOTE).to_owned(),
        ),
        Outcome::Saved(name, left_out) => (
            Kind::Warning,
            say.with(status::RESCUE_SAVED, &[name]),
            say.with(status::RECORDINGS_LEFT_OUT, &[&left_out.to_string()]),
        ),
        Outcome::NotSaved(trouble) => {
            (Kind::Error, say.text(trouble::STORE_TITLE).to_owned(), store(*trouble))
        }
        Outcome::Opened(Rescued::Taken { new, known }) => (
            Kind::Success,
            say.with(status::RESCUE_TAKEN, &[&new.to_string()]),
            if *known > 0 { say.with(status::RESCUE_KNOWN, &[&known.to_string()]) } else { String::new() },
        ),
        Outcome::Opened(Rescued::Wrong(trouble)) => {
            wrong(trouble::rescue(say, trouble, |unit| app.unit_name(unit)))
        }
        Outcome::Opened(Rescued::Store(trouble)) => wrong(store(*trouble)),
    };
    let code = match outcome {
        Outcome::Saved(..) => "saved",
        Outcome::Opened(Rescued::Taken { .. }) => "taken",
        _ => "wrong",
    };
    view! { <div data-test="rescue-outcome" data-outcome=code>{notice(kind, title, sentence, ().into_any())}</div> }
        .into_any()
}

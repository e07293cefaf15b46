//! What is on this device, what waits, what needs a person – and the ways out: rescue file, signing out.

mod attention;
mod leaving;
mod rescue;

use super::{name_page, page_head};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        notice::{Kind, notice},
        preferences::{LanguageSwitch, ThemeSwitch},
    },
    i18n::{Say, common, status},
    state::{App, Phase},
};
use lantoa_shared::{
    text::{day, number},
    value::Decimal,
};
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// The page.
#[component]
pub fn SyncPage() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(status::TITLE).to_owned());
    let sync = app.sync();
    let phase = memo(move || sync.with(|sync| (sync.phase, sync.unsent)));
    let told = move || {
        let (phase, unsent) = phase.get();
        let waiting = say.with(status::WAITING, &[&unsent.to_string()]);
        let (kind, title, sentence) = match phase {
            Phase::Sending { done, total } => (
                Kind::Info,
                say.with(status::SENDING, &[&done.to_string(), &total.to_string()]),
                say.text(status::WAITING_NOTE),
            ),
            Phase::CutOff(0) => {
                (Kind::Offline, say.text(status::OFFLINE).to_owned(), say.text(status::OFFLINE_NOTE))
            }
            Phase::CutOff(_) => (
                Kind::Offline,
                format!("{} · {waiting}", say.text(status::OFFLINE)),
                say.text(status::WAITING_NOTE),
            ),
            _ if unsent > 0 => (Kind::Info, waiting, say.text(status::WAITING_NOTE)),
            Phase::Attention(_) => {
                (Kind::Warning, say.text(status::ATTENTION).to_owned(), say.text(status::ATTENTION_NOTE))
            }
            _ => (
                Kind::Success,
                say.text(status::ALL_AT_CENTRE).to_owned(),
                say.text(status::ALL_AT_CENTRE_NOTE),
            ),
        };
        let deed = view! {
            <button type="button" class="button quiet" data-test="sync-now" on:click=move |_| app.sync_now()>
                {say.of(status::SYNC_NOW)}
            </button>
        };
        notice(kind, title, sentence.to_owned(), deed.into_any())
    };
    view! {
        {page_head(say.of(status::TITLE), say.of(status::THIS_DEVICE))}
        <div class="stack loose">
            <div role="status">{live(told)}</div>
            {attention::attention(app, say)}
            {facts(app, say)}
            <section class="card">
                <header class="card-head"><h2 class="card-title">{say.of(status::PREFERENCES)}</h2></header>
                <div class="cluster">
                    <LanguageSwitch chosen=app.language() on_choose=Callback::new(move |it| app.set_language(it)) />
                    <ThemeSwitch chosen=app.theme() on_choose=Callback::new(move |it| app.set_theme(it)) />
                </div>
            </section>
            {rescue::rescue(app, say)}
            {leaving::leaving(app, say)}
        </div>
    }
}

/// What is here: numbers and times.
fn facts(app: App, say: Say) -> AnyView {
    let sync = app.sync();
    let last = move || match sync.with(|sync| sync.last_contact) {
        Some(at) => day::show_moment(at),
        None => say.text(status::NEVER).to_owned(),
    };
    let reports = move || app.duties().with(|all| all.len()) + app.inbox().with(|all| all.len());
    let storage = RwSignal::new(None::<(String, String)>);
    spawn_local(async move {
        let used = storage_used().await;
        storage.set(used);
    });
    let storage = move || match storage.get() {
        Some((used, of)) => say.with(status::STORAGE_OF, &[&used, &of]),
        None => "–".to_owned(),
    };
    let version = document()
        .query_selector("meta[name=lantoa-version]")
        .ok()
        .flatten()
        .and_then(|tag| tag.get_attribute("content"))
        .unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned());
    view! {
        <section class="card">
            <dl class="facts grid-3">
                <div><dt>{say.of(status::LAST_CONTACT)}</dt><dd>{words(last)}</dd></div>
                <div><dt>{say.of(status::UNSENT)}</dt><dd>{live(move || sync.with(|sync| sync.unsent))}</dd></div>
                <div><dt>{say.of(status::HERE)}</dt><dd>{reports}</dd></div>
                <div><dt>{say.of(status::STORAGE)}</dt><dd>{words(storage)}</dd></div>
                <div><dt>{say.of(status::VERSION)}</dt><dd>{version}</dd></div>
                <div><dt>{say.of(common::LANGUAGE)}</dt><dd>{live(move || match say.language() {
                    lantoa_shared::language::Language::Vi => "Tiếng Việt",
                    lantoa_shared::language::Language::En => "English",
                })}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// Megabytes used and granted, where the browser tells.
async fn storage_used() -> Option<(String, String)> {
    let estimate = JsFuture::from(window().navigator().storage().estimate().ok()?).await.ok()?;
    let megabytes = |key: &str| {
        let bytes = js_sys::Reflect::get(&estimate, &key.into()).ok()?.as_f64()?;
        // Tenths; whole numbers, because writing fractions of floating numbers would cost the app 15 kB.
        let tenths = (bytes / 100_000.0) as i64;
        Some(number::show(if tenths > 1000 { Decimal::new(tenths / 10, 0) } else { Decimal::new(tenths, 1) }))
    };
    Some((megabytes("usage")?, megabytes("quota")?))
}

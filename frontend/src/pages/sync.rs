//! What is on this device, what waits, what needs a person – and the ways out: rescue file, signing out.

pub mod attention;
mod leaving;
mod library;
pub mod parked;
mod places;
mod recordings;
mod rescue;
mod room;
mod support;

use super::{name_page, page_head};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        notice::{Kind, notice},
        preferences::{LanguageSwitch, ThemeSwitch},
    },
    i18n::{Say, status},
    state::{App, Phase, Whereabouts},
};
use lantoa_shared::text::day;

/// The page.
#[component]
pub fn SyncPage() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(status::TITLE).to_owned());
    let sync = app.sync();
    let all = RwSignal::new(Whereabouts::default());
    let phase = memo(move || {
        sync.with(|sync| (sync.phase, sync.beneath, sync.unsent, (sync.remarks, sync.recordings)))
    });
    let told = move || {
        let (phase, beneath, unsent, (remarks, recordings)) = phase.get();
        let (waiting, waiting_note) = match unsent {
            0 if remarks == 0 => {
                (say.with(status::RECORDINGS, &[&recordings.to_string()]), say.text(status::RECORDINGS_NOTE))
            }
            0 => (say.with(status::REMARKS, &[&remarks.to_string()]), say.text(status::REMARKS_NOTE)),
            _ => (say.with(status::WAITING, &[&unsent.to_string()]), say.text(status::WAITING_NOTE)),
        };
        let (kind, title, sentence) = match beneath {
            Phase::Sending { done, total } => (
                Kind::Info,
                say.with(status::SENDING, &[&done.to_string(), &total.to_string()]),
                say.text(status::WAITING_NOTE),
            ),
            Phase::CutOff(0) => {
                (Kind::Offline, say.text(status::OFFLINE).to_owned(), say.text(status::OFFLINE_NOTE))
            }
            Phase::CutOff(_) => {
                (Kind::Offline, format!("{} · {waiting}", say.text(status::OFFLINE)), waiting_note)
            }
            Phase::Paused(0) => {
                (Kind::Info, say.text(status::PAUSED).to_owned(), say.text(status::PAUSED_NOTE))
            }
            Phase::Paused(_) => (Kind::Info, waiting, say.text(status::PAUSED_NOTE)),
            Phase::Local(1..) => (Kind::Info, waiting, waiting_note),
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
        let Phase::Attention(n) = phase else {
            return notice(kind, title, sentence.to_owned(), deed.into_any());
        };
        // What asks for somebody does not hide how it stands otherwise.
        let otherwise = if beneath == Phase::Synced { String::new() } else { format!("{title}. ") };
        let sentence = format!("{otherwise}{}", say.text(status::ATTENTION_NOTE));
        let title = say.with(status::ATTENTION, &[&n.to_string()]);
        notice(Kind::Warning, title, sentence, deed.into_any())
    };
    view! {
        {page_head(say.of(status::TITLE), say.of(status::THIS_DEVICE))}
        <div class="stack loose">
            <div role="status">{live(told)}</div>
            {attention::attention(app, say)}
            {parked::parked(app, say, None)}
            {recordings::recordings(app, say)}
            {places::places(app, say, all)}
            {facts(app, say, version(), all)}
            {room::room(app, say, all)}
            {library::library(app, say)}
            <section class="card">
                <header class="card-head"><h2 class="card-title">{say.of(status::PREFERENCES)}</h2></header>
                <div class="cluster">
                    <LanguageSwitch chosen=app.language() on_choose=Callback::new(move |it| app.set_language(it)) />
                    <ThemeSwitch chosen=app.theme() on_choose=Callback::new(move |it| app.set_theme(it)) />
                </div>
            </section>
            {rescue::rescue(app, say)}
            {support::support(app, say, version())}
            {leaving::leaving(app, say)}
        </div>
    }
}

/// What is here: numbers and times.
fn facts(app: App, say: Say, version: String, all: RwSignal<Whereabouts>) -> AnyView {
    let sync = app.sync();
    let last = move || match sync.with(|sync| sync.last_contact) {
        Some(at) => day::show_moment(at),
        None => say.text(status::NEVER).to_owned(),
    };
    let reports = move || app.duties().with(|all| all.len()) + app.inbox().with(|all| all.len());
    view! {
        <section class="card">
            <dl class="facts grid-3">
                <div><dt>{say.of(status::LAST_CONTACT)}</dt><dd>{words(last)}</dd></div>
                <div><dt>{say.of(status::UNSENT)}</dt><dd>{live(move || sync.with(|sync| sync.unsent))}</dd></div>
                <div><dt>{say.of(status::ROOM_KEPT)}</dt><dd>{live(move || all.with(|all| all.n_kept))}</dd></div>
                <div><dt>{say.of(status::HERE)}</dt><dd>{reports}</dd></div>
                <div><dt>{say.of(status::VERSION)}</dt><dd>{version}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

/// The version of the app, as the page that starts it says.
fn version() -> String {
    document()
        .query_selector("meta[name=lantoa-version]")
        .ok()
        .flatten()
        .and_then(|tag| tag.get_attribute("content"))
        .unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned())
}

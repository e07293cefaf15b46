//! What stands around every page: who one is, how sync goes, where one can go, and what must not be missed.

pub mod evicted;
pub mod revoked;
pub mod session_over;

use crate::app::{address::Address, later};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        notice::{Kind, notice},
        preferences::{LanguageSwitch, ThemeSwitch},
        sync_pill::SyncPill,
    },
    i18n::{Say, Text, common, status, trouble},
    state::App,
};
use lantoa_shared::{
    person::{Person, Role},
    record::State,
};
use leptos::html;

/// Whether the person receives reports of other units.
pub fn receives(person: &Person) -> bool {
    has_role(person, &[Role::Reviewer])
}

/// Whether the person looks at figures of several units.
pub fn consolidates(person: &Person) -> bool {
    has_role(person, &[Role::Reviewer, Role::Consolidator, Role::Reader])
}

/// Whether the person fills or approves reports of an own unit.
pub fn files(person: &Person) -> bool {
    has_role(person, &[Role::Preparer, Role::Head])
}

fn has_role(person: &Person, roles: &[Role]) -> bool {
    person.memberships.iter().any(|membership| roles.contains(&membership.role))
}

fn role_name(role: Role) -> Text {
    match role {
        Role::Preparer => common::ROLE_PREPARER,
        Role::Head => common::ROLE_HEAD,
        Role::Reviewer => common::ROLE_REVIEWER,
        Role::Consolidator => common::ROLE_CONSOLIDATOR,
        Role::Administrator => common::ROLE_ADMINISTRATOR,
        Role::Reader => common::ROLE_READER,
    }
}

/// The frame around a page.
pub fn frame(person: &Person, page: AnyView) -> AnyView {
    let app = App::from_context();
    let say = Say::from_context();
    let address = Address::from_context();
    let walks = move || ["/report/", "/review/"].iter().any(|page| address.path().starts_with(page));
    view! {
        <div class="frame" data-page=move || walks().then_some("walk")>
            <a class="skip" href="#main">{say.of(common::SKIP)}</a>
            {top_bar(app, say, person)}
            {navigation(app, say, person)}
            <main class="main" id="main" tabindex="-1">
                {warnings(app, say)}
                {page}
            </main>
        </div>
        <div class="toasts" role="status" aria-live="polite">{live(move || app.update_ready().get().then(|| update(app, say)))}</div>
    }
    .into_any()
}

fn top_bar(app: App, say: Say, person: &Person) -> AnyView {
    let unit = person.memberships.first().map(|it| it.unit.clone()).unwrap_or_default();
    let unit_name = move || app.unit_name(&unit);
    let mut roles: Vec<Role> = person.memberships.iter().map(|it| it.role).collect();
    roles.dedup();
    let name = person.name.clone();
    let role = move || {
        let roles: Vec<&str> = roles.iter().map(|role| say.text(role_name(*role))).collect();
        format!("{name} · {}", roles.join(", "))
    };
    let (menu, address) = (NodeRef::<html::Details>::new(), Address::from_context());
    effect(move || {
        address.path();
        if let Some(menu) = menu.get() {
            menu.set_open(false);
        }
    });
    view! {
        <header class="topbar">
            <a class="brand" href="/" aria-label=common::APP.0>
                <img class="brand-mark" src="/icons/favicon.svg" alt="" width="32" height="32" />
                <span class="brand-name">{common::APP.0}</span>
            </a>
            <div class="topbar-unit">
                <b class="topbar-name">{words(unit_name.clone())}</b>
                <span class="topbar-role">{words(role)}</span>
            </div>
            <div class="topbar-tools">
                <SyncPill status=app.sync() />
                <details class="menu" node_ref=menu>
                    <summary class="icon-button" aria-label=say.of(common::ACCOUNT_MENU)>{icon("user")}</summary>
                    <div class="menu-panel">
                        <p class="menu-who"><b>{person.name.clone()}</b><span>{words(unit_name)}</span></p>
                        <div class="menu-group">
                            <span class="menu-label">{say.of(common::LANGUAGE)}</span>
                            <LanguageSwitch chosen=app.language() on_choose=Callback::new(move |it| app.set_language(it)) />
                        </div>
                        <div class="menu-group">
                            <span class="menu-label">{say.of(common::THEME)}</span>
                            <ThemeSwitch chosen=app.theme() on_choose=Callback::new(move |it| app.set_theme(it)) />
                        </div>
                        // Signing out asks first where something is unsent; that page has the room for it.
                        <a class="menu-item" href="/sync#sign-out">{icon("sign-out")}{say.of(common::SIGN_OUT)}</a>
                    </div>
                </details>
            </div>
        </header>
    }
    .into_any()
}

fn navigation(app: App, say: Say, person: &Person) -> AnyView {
    let address = Address::from_context();
    let item = move |href: &'static str, name: &'static str, words: Text, count: Signal<usize>| {
        let is_here =
            move || if href == "/" { address.path() == "/" } else { address.path().starts_with(href) };
        let told = move || Some(count.get()).filter(|count| *count > 0);
        view! {
            <a class="nav-item" href=href aria-current=move || is_here().then_some("page")>
                {icon(name)}
                <span class="nav-label">{say.of(words)}</span>
                {live(move || told().map(|count| view! { <span class="nav-count">{count}</span> }))}
            </a>
        }
        .into_any()
    };
    let files = files(person);
    let to_do = Signal::derive(move || {
        let open = app.duties().with(|all| all.iter().filter(|it| it.state.is_open()).count());
        if files { open } else { 0 }
    });
    let received = Signal::derive(move || {
        app.inbox().with(|all| all.iter().filter(|it| it.state == State::Submitted).count())
    });
    let attention = Signal::derive(move || app.sync().with(|sync| sync.attention));
    view! {
        <nav class="nav" aria-label=say.of(common::MAIN_NAVIGATION)>
            {item("/", "home", common::HOME, to_do)}
            {receives(person).then(|| item("/inbox", "inbox", common::INBOX, received))}
            {consolidates(person).then(|| item("/figures", "table", common::FIGURES, Signal::stored(0)))}
            {item("/media", "image", common::MEDIA, app.entries_waiting())}
            {item("/sync", "sync", common::SYNC, attention)}
        </nav>
    }
    .into_any()
}

/// What must not be missed, above every page.
fn warnings(app: App, say: Say) -> AnyView {
    let update_needed = memo(move || app.sync().with(|sync| sync.update_needed));
    let outdated = move || {
        update_needed.get().then(|| {
            let (title, sentence) = (say.text(status::UPDATE_NEEDED), say.text(status::UPDATE_NEEDED_NOTE));
            notice(Kind::Warning, title.to_owned(), sentence.to_owned(), ().into_any())
        })
    };
    let is_over = memo(move || app.sync().with(|sync| sync.sign_in_needed && !sync.update_needed));
    let is_revoked = memo(move || app.sync().with(|sync| sync.is_revoked));
    view! {
        {store(app, say)}
        {live(outdated)}
        {live(move || is_over.get().then(later::session_over))}
        {live(move || is_revoked.get().then(later::revoked))}
    }
    .into_any()
}

/// That nothing can be kept on this device, if that is so; and that the browser threw away what was on it, if it did.
pub fn store(app: App, say: Say) -> AnyView {
    // Said again, it is not drawn again: who presses the link leaves a field, which is written once more.
    let found = memo(move || app.trouble().get());
    let trouble = move || {
        found.get().map(|trouble| {
            let (title, sentence) = (say.text(trouble::STORE_TITLE), say.text(trouble::store(trouble)));
            let is_signed_in = app.session().with_untracked(|session| session.person().is_some());
            let deed = is_signed_in.then(
                || view! { <a class="button quiet" href="/sync#room">{say.of(trouble::STORE_MEND)}</a> },
            );
            notice(Kind::Error, title.to_owned(), sentence.to_owned(), deed.into_any())
        })
    };
    let lost = memo(move || app.lost().get().is_some());
    view! {
        {live(trouble)}
        {live(move || lost.get().then(later::evicted))}
    }
    .into_any()
}

fn update(app: App, say: Say) -> AnyView {
    view! {
        <div class="toast">
            {icon("info")}
            <span>{say.of(common::UPDATE_READY)}</span>
            <button type="button" class="button plain" data-test="update" on:click=move |_| app.apply_update()>
                {say.of(common::UPDATE)}
            </button>
            <button
                type="button"
                class="icon-button"
                data-test="put-off"
                aria-label=say.of(common::CLOSE)
                on:click=move |_| app.put_update_off()
            >
                {icon("close")}
            </button>
        </div>
    }
    .into_any()
}

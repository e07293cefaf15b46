//! Signing in: the one thing that needs a network the first time.

use super::{frame, name_page};
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        preferences::{LanguageSwitch, ThemeSwitch},
    },
    i18n::{Say, common, trouble},
    state::{App, SignInTrouble},
};
use leptos::{ev, html, task::spawn_local};

/// The page.
#[component]
pub fn SignIn() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(common::SIGN_IN).to_owned());
    let account = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let is_busy = RwSignal::new(false);
    let complaint = RwSignal::new(None::<Complaint>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(account), Some(password)) = (account.get_untracked(), password.get_untracked()) else {
            return;
        };
        let (account_text, secret) = (account.value().trim().to_owned(), password.value());
        if is_busy.get_untracked() {
            return;
        }
        if account_text.is_empty() || secret.is_empty() {
            complaint.set(Some(Complaint::Empty));
            let first = if account_text.is_empty() { account } else { password };
            let _ = first.focus();
            return;
        }
        is_busy.set(true);
        complaint.set(None);
        spawn_local(async move {
            let outcome = app.sign_in(account_text, secret).await;
            // The page may be gone by now: the app shows what comes after signing in.
            if is_busy.try_set(false)
                && let Err(trouble) = outcome
            {
                complaint.set(Some(Complaint::Trouble(trouble)));
                let _ = password.focus();
            }
        });
    };
    let told = move || complaint.with(|complaint| complaint.as_ref().map(|it| it.told(say)));
    view! {
        <main class="signin" id="main">
            <section class="signin-card">
                <img class="signin-mark" src="/icons/favicon.svg" alt="" width="64" height="64" />
                <h1>{common::APP.0}</h1>
                <p class="soft">{say.of(common::TAGLINE)}</p>
                {frame::store(app, say)}
                <form class="stack" on:submit=submit novalidate>
                    <div class="field">
                        <label class="field-label" for="account">{say.of(common::ACCOUNT)}</label>
                        <input
                            class="input"
                            id="account"
                            name="account"
                            autocomplete="username"
                            autocapitalize="none"
                            spellcheck="false"
                            required
                            node_ref=account
                        />
                    </div>
                    <div class="field">
                        <label class="field-label" for="password">{say.of(common::PASSWORD)}</label>
                        <input
                            class="input"
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            aria-describedby="sign-in-trouble"
                            node_ref=password
                        />
                    </div>
                    <div id="sign-in-trouble" role="alert">
                        {live(move || told().map(|told| {
                            view! { <p class="problem" data-level="error">{icon("alert")}<span>{told}</span></p> }
                        }))}
                    </div>
                    <button
                        type="submit"
                        class="button primary wide"
                        data-test="sign-in"
                        aria-busy=move || is_busy.get().then_some("true")
                    >
                        {say.of(common::SIGN_IN)}
                    </button>
                    <p class="soft small">{say.of(common::SIGN_IN_NOTE)}</p>
                </form>
                <footer class="signin-foot">
                    <LanguageSwitch chosen=app.language() on_choose=Callback::new(move |it| app.set_language(it)) />
                    <ThemeSwitch chosen=app.theme() on_choose=Callback::new(move |it| app.set_theme(it)) />
                </footer>
            </section>
        </main>
    }
}

/// Why one is not signed in.
enum Complaint {
    Empty,
    Trouble(SignInTrouble),
}

impl Complaint {
    fn told(&self, say: Say) -> String {
        match self {
            Self::Empty => say.text(trouble::EMPTY_CREDENTIALS).to_owned(),
            Self::Trouble(trouble) => trouble::sign_in(say, *trouble),
        }
    }
}

//! The session is over: the person signs in again right here, and nothing on the page is touched.
//!
//! The account is known, so only the password is asked for. What waits goes up by itself afterwards.

use crate::prelude::*;
use crate::{
    components::{
        icon::icon,
        live::{live, words},
        notice::{Kind, notice},
    },
    i18n::{Say, common, status, trouble},
    state::App,
};
use leptos::{ev, html, task::spawn_local};

/// The banner.
pub fn session_over() -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    let person = app.session().with_untracked(|session| session.person().cloned());
    let account = person.map(|person| person.account.clone()).unwrap_or_default();
    let asks = RwSignal::new(false);
    live(move || {
        let deed = if asks.get() {
            form(app, say, account.clone())
        } else {
            view! {
                <button type="button" class="button quiet" data-test="sign-in-again" on:click=move |_| asks.set(true)>
                    {say.of(common::SIGN_IN)}
                </button>
            }
            .into_any()
        };
        let (title, sentence) = (say.text(status::SESSION_OVER), say.text(status::SESSION_OVER_NOTE));
        notice(Kind::Warning, title.to_owned(), sentence.to_owned(), deed)
    })
}

fn form(app: App, say: Say, account: String) -> AnyView {
    let password = NodeRef::<html::Input>::new();
    let is_busy = RwSignal::new(false);
    let complaint = RwSignal::new(None);
    let whose = account.clone();
    effect(move || {
        if let Some(password) = password.get() {
            let _ = password.focus();
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let secret = password.get_untracked().map(|it| it.value()).unwrap_or_default();
        if secret.is_empty() || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        complaint.set(None);
        let account = account.clone();
        spawn_local(async move {
            let outcome = app.sign_in(account, secret).await;
            // The banner may be gone by now.
            is_busy.set(false);
            complaint.set(outcome.err());
        });
    };
    let told = move || {
        complaint.get().map(|complaint| {
            let told = trouble::sign_in(say, complaint);
            view! { <p class="problem" data-level="error">{icon("alert")}<span>{told}</span></p> }
        })
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <input type="text" name="username" autocomplete="username" value=whose.clone() hidden />
            <div class="field">
                <label class="field-label" for="password-again">
                    {words(move || say.with(status::PASSWORD_OF, &[&whose]))}
                </label>
                <input
                    class="input"
                    id="password-again"
                    name="password-again"
                    type="password"
                    autocomplete="current-password"
                    aria-describedby="sign-in-again-trouble"
                    node_ref=password
                />
            </div>
            <div id="sign-in-again-trouble" role="alert">{live(told)}</div>
            <button
                type="submit"
                class="button primary"
                data-test="sign-in-again-go"
                aria-busy=move || is_busy.get().then_some("true")
            >
                {say.of(common::SIGN_IN)}
            </button>
        </form>
    }
    .into_any()
}

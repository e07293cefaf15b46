//! The browser threw away what was on this device: what happened, what comes back, what does not, and what
//! keeps it from happening again. Said until the person has read it.

use crate::prelude::*;
use crate::{
    browser,
    components::{
        live::live,
        notice::{Kind, notice},
    },
    i18n::{Say, status},
    state::{App, Loss},
};
use leptos::task::spawn_local;

/// The notice; nothing as long as nothing was lost.
pub fn evicted() -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    let lost = app.lost();
    let agreed = RwSignal::new(None::<bool>);
    let persist = move |_| {
        spawn_local(async move {
            let answer = browser::ask_to_persist().await;
            agreed.set(Some(answer));
        });
    };
    let answer = move || {
        agreed.get().map(|agreed| {
            let told = if agreed { status::EVICTED_PERSISTED } else { status::EVICTED_NOT_PERSISTED };
            view! { <p>{say.of(told)}</p> }
        })
    };
    live(move || {
        lost.get().map(|Loss { gone, kept_anew }| {
            let n_gone = gone.to_string();
            let sentence = match (kept_anew, gone) {
                (None | Some(0), 0) => say.text(status::EVICTED_NOTHING_UNSENT).to_owned(),
                (Some(kept_anew), 0) => say.with(status::EVICTED_KEPT_ANEW, &[&kept_anew.to_string()]),
                (Some(kept_anew), _) => {
                    say.with(status::EVICTED_WITHOUT_FILES, &[&kept_anew.to_string(), &n_gone])
                }
                (None, _) => say.with(status::EVICTED_UNSENT, &[&n_gone]),
            };
            let deed = view! {
                <div class="stack" data-test="evicted">
                    <div class="cluster">
                        <button type="button" class="button quiet" on:click=persist>
                            {say.of(status::EVICTED_PERSIST)}
                        </button>
                        <button
                            type="button"
                            class="button plain"
                            data-test="evicted-read"
                            on:click=move |_| app.dismiss_loss()
                        >
                            {say.of(status::EVICTED_READ)}
                        </button>
                    </div>
                    <div role="status">{live(answer)}</div>
                </div>
            };
            let kind = if gone > 0 { Kind::Error } else { Kind::Warning };
            notice(kind, say.text(status::EVICTED).to_owned(), sentence, deed.into_any())
        })
    })
}

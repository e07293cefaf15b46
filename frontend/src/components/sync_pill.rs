//! The honest state of this device, always in sight at the top.

use super::icon::icon;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    i18n::{Say, status},
    state::{Phase, SyncStatus},
};

/// Code for `data-state`, icon and words of a phase.
pub fn told(say: Say, phase: &Phase) -> (&'static str, &'static str, String) {
    let number = |n: usize| n.to_string();
    match phase {
        Phase::Local(0) | Phase::Synced => ("synced", "cloud-done", say.text(status::PILL_SYNCED).to_owned()),
        Phase::Local(n) => ("local", "phone", say.with(status::PILL_LOCAL, &[&number(*n)])),
        Phase::Sending { done, total } => {
            ("sending", "sync", say.with(status::PILL_SENDING, &[&number(*done), &number(*total)]))
        }
        Phase::Paused(0) => ("paused", "cloud-off", say.text(status::PILL_PAUSED).to_owned()),
        Phase::Paused(n) => ("local", "phone", say.with(status::PILL_LOCAL, &[&number(*n)])),
        Phase::CutOff(0) => ("offline", "cloud-off", say.text(status::PILL_OFFLINE).to_owned()),
        Phase::CutOff(n) => ("offline", "cloud-off", say.with(status::PILL_OFFLINE_HELD, &[&number(*n)])),
        Phase::Attention(n) => ("attention", "warning", say.with(status::PILL_ATTENTION, &[&number(*n)])),
    }
}

/// The pill; it leads to the page about sync.
#[component]
pub fn SyncPill(
    /// How sync goes.
    status: Signal<SyncStatus>,
) -> impl IntoView {
    let say = Say::from_context();
    let told = memo(move || told(say, &status.get().phase));
    view! {
        <a class="sync" href="/sync" data-test="sync-state" data-state=move || told.get().0>
            {live(move || icon(told.get().1))}
            <span class="sync-text" role="status">{words(move || told.get().2)}</span>
        </a>
    }
}

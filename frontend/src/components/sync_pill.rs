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
    let (code, icon, text, numbers) = match *phase {
        Phase::Local(0) | Phase::Synced => ("synced", "cloud-done", status::PILL_SYNCED, [0, 0]),
        Phase::Sending { done, total } => ("sending", "sync", status::PILL_SENDING, [done, total]),
        Phase::Paused(0) => ("paused", "cloud-off", status::PILL_PAUSED, [0, 0]),
        Phase::Local(n) | Phase::Paused(n) => ("local", "phone", status::PILL_LOCAL, [n, 0]),
        Phase::CutOff(0) => ("offline", "cloud-off", status::PILL_OFFLINE, [0, 0]),
        Phase::CutOff(n) => ("offline", "cloud-off", status::PILL_LOCAL, [n, 0]),
        Phase::Attention(n) => ("attention", "warning", status::PILL_ATTENTION, [n, 0]),
    };
    let [one, two] = numbers.map(|number| number.to_string());
    (code, icon, say.with(text, &[&one, &two]))
}

/// The pill; it leads to the page about sync.
#[component]
pub fn SyncPill(
    /// How sync goes.
    status: Signal<SyncStatus>,
) -> impl IntoView {
    let say = Say::from_context();
    let told = memo(move || {
        let SyncStatus { phase, beneath, .. } = status.get();
        let (code, icon, words) = told(say, &phase);
        // What asks for somebody does not hide that there is no network, or that things are here only.
        let is_hiding = beneath != phase && beneath != Phase::Synced;
        (code, if is_hiding { self::told(say, &beneath).1 } else { icon }, words)
    });
    view! {
        <a class="sync" href="/sync" data-test="sync-state" data-state=move || told.get().0>
            {live(move || icon(told.get().1))}
            <span class="sync-text" role="status">{words(move || told.get().2)}</span>
        </a>
    }
}

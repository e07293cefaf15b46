//! Small marks of state: where a report stands, and how long until it is due.

use super::icon::icon;
use crate::components::live::words;
use crate::i18n::{Say, Text, states};
use crate::prelude::*;
use lantoa_shared::date::Date;
use lantoa_shared::{record::State, text::day};

/// A pill with an icon and words; `tone` is one of the states of `pill.css`.
pub fn pill(tone: &'static str, name: &'static str, told: impl IntoView + 'static) -> AnyView {
    view! { <span class="pill" data-state=tone>{icon(name)}{told.into_any()}</span> }.into_any()
}

/// Where a report stands. What is on this device only is not called sent.
pub fn state_pill(say: Say, state: State, revision: u32, is_here_only: bool) -> AnyView {
    let told = move || {
        let mut told = match (state, is_here_only) {
            (State::Submitted, true) => say.text(states::APPROVED).to_owned(),
            _ => say.text(states::state(state)).to_owned(),
        };
        if is_here_only {
            told += say.text(states::WAITS_TO_GO);
        }
        if revision > 0 {
            told += &format!(" · {}", say.with(states::REVISION, &[&revision.to_string()]));
        }
        told
    };
    pill(state.code(), if is_here_only { "phone" } else { states::state_icon(state) }, words(told))
}

/// A pill for something not begun, or overdue.
pub fn plain_pill(say: Say, tone: &'static str, name: &'static str, told: Text) -> AnyView {
    pill(tone, name, say.of(told))
}

/// How long until a day, and which day it is.
pub fn due(say: Say, today: Date, due: Date) -> AnyView {
    let left = day::days_between(today, due);
    let tone = if left < 0 {
        "late"
    } else if left <= 7 {
        "soon"
    } else {
        "none"
    };
    view! {
        <span class="due" data-state=tone>
            {icon("clock")}
            <span>{words(move || say.days_left(today, due))}</span>
            " · "
            <time datetime=due.to_string()>{day::show(due)}</time>
        </span>
    }
    .into_any()
}

//! Small marks of state: where a report stands, and how long until it is due.

use super::icon::icon;
use crate::i18n::{Say, Text, states};
use jiff::civil::Date;
use lantoa_shared::{record::State, text::day};
use leptos::prelude::*;

/// A pill with an icon and words; `tone` is one of the states of `pill.css`.
pub fn pill(tone: &'static str, name: &'static str, words: impl IntoView + 'static) -> AnyView {
    view! { <span class="pill" data-state=tone>{icon(name)}{words.into_any()}</span> }.into_any()
}

/// Where a report stands.
pub fn state_pill(say: Say, state: State, revision: u32) -> AnyView {
    let words = move || {
        let name = say.text(states::state(state));
        if revision == 0 {
            name.to_owned()
        } else {
            format!("{name} · {}", say.with(states::REVISION, &[&revision.to_string()]))
        }
    };
    pill(state.code(), states::state_icon(state), words)
}

/// A pill for something not begun, or overdue.
pub fn plain_pill(say: Say, tone: &'static str, name: &'static str, words: Text) -> AnyView {
    pill(tone, name, say.of(words))
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
            <span>{move || say.days_left(today, due)}</span>
            " · "
            <time datetime=due.to_string()>{day::show(due)}</time>
        </span>
    }
    .into_any()
}

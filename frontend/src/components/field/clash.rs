//! Two answers that did not see each other, side by side, until a person chooses.

use super::{Desk, FieldEvent};
use crate::components::icon::icon;
use crate::components::live::{live, words};
use crate::i18n::{Say, walk};
use crate::prelude::*;
use lantoa_shared::{record::Entry, text::day, value::Datum};

/// The choice between them; nothing where there is no clash.
pub(super) fn clash(say: Say, desk: &Desk) -> AnyView {
    let (view, desk) = (desk.view, desk.clone());
    let entries =
        memo(move || view.with(|view| if view.is_clash { view.entries.clone() } else { Vec::new() }));
    live(move || {
        let entries = entries.get();
        (!entries.is_empty()).then(|| {
            let options = entries.into_iter().map(|entry| option(say, &desk, entry)).collect_view();
            view! {
                <div class="clash" data-clash=desk.question.definition.code.clone()>
                    <p class="clash-title">{icon("warning")}{say.of(walk::CLASH)}</p>
                    <div class="clash-options">{options}</div>
                </div>
            }
        })
    })
}

fn option(say: Say, desk: &Desk, entry: Entry) -> AnyView {
    let (question, telling, on_event, is_open) =
        (desk.question.clone(), desk.telling, desk.on_event, desk.is_open());
    let path = question.path.clone();
    let (datum, value) = (Datum::from(entry.value.as_ref()), entry.value);
    let typed = value.as_ref().map(lantoa_shared::text::show);
    let told = move || match (&datum, &typed) {
        (Datum::Empty, None) => say.text(walk::CLASH_EMPTY).to_owned(),
        (Datum::Empty, Some(typed)) => typed.clone(),
        (datum, _) => telling.tell(&question, datum, say.language()),
    };
    let (author, when) = (entry.person, day::show_moment(entry.at));
    let who = move || telling.person(&author).map(|name| format!("{name} · ")).unwrap_or_default();
    view! {
        <button
            type="button"
            class="clash-option"
            disabled=move || !is_open()
            on:click=move |_| on_event.run(FieldEvent::Set(path.clone(), value.clone()))
        >
            <b>{words(told)}</b>
            <span>{words(who)}{when}</span>
        </button>
    }
    .into_any()
}

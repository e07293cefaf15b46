//! The steps a report has taken, with both times: made on the device, received at the centre.

use super::icon::icon;
use crate::components::live::words;
use crate::i18n::{Say, states, walk};
use crate::prelude::*;
use lantoa_shared::{map::Map, record::Event, text::day};

/// The history, newest step first. `field` names a place for the remarks on single
/// fields, `people` those who took the steps.
pub fn timeline(
    say: Say,
    history: &[Event],
    field: &dyn Fn(&str) -> String,
    people: &Map<String, String>,
) -> AnyView {
    if history.is_empty() {
        return view! { <p class="soft">{say.of(walk::NO_HISTORY)}</p> }.into_any();
    }
    let steps =
        history.iter().rev().map(|event| step(say, event, field, people.get(&event.person))).collect_view();
    view! { <ol class="timeline">{steps}</ol> }.into_any()
}

fn step(say: Say, event: &Event, field: &dyn Fn(&str) -> String, person: Option<&String>) -> AnyView {
    let command = event.command;
    let made = day::show_moment(event.made_at);
    let received = event.received_at.map(day::show_moment);
    let times = move || {
        let received = match &received {
            Some(received) => say.with(walk::RECEIVED_AT, &[received]),
            None => say.text(walk::NOT_RECEIVED).to_owned(),
        };
        format!("{} · {received}", say.with(walk::MADE_AT, &[&made]))
    };
    let remarks = event
        .field_notes
        .iter()
        .map(|remark| {
            let place = field(&remark.path.code());
            view! { <p><b>{place}": "</b>{remark.note.clone()}</p> }
        })
        .collect_view();
    let note = (!event.note.is_empty()).then(|| view! { <p>{event.note.clone()}</p> });
    let is_said = !event.note.is_empty() || !event.field_notes.is_empty();
    view! {
        <li data-state=command.leads_to().code()>
            <span class="timeline-mark">{icon(states::deed_icon(command))}</span>
            <div>
                <b>{say.of(states::done(command))}</b>
                {person.map(|name| view! { <span data-test="person">" · "{name.clone()}</span> })}
                <p class="soft small">{words(times)}</p>
                {is_said.then(|| view! { <blockquote class="quote">{note}{remarks}</blockquote> })}
            </div>
        </li>
    }
    .into_any()
}

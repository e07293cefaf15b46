//! Two answers that did not see each other, side by side, until a person chooses; or what the centre put together
//! out of two texts, to be read by a person, who may go back to either.

use super::{Desk, FieldEvent};
use crate::components::icon::icon;
use crate::components::live::{live, words};
use crate::i18n::{Say, walk};
use crate::prelude::*;
use lantoa_shared::{record::Entry, text::day, value::Datum};

/// The author of what the centre put together.
const CENTRE: &str = "centre";

/// The choice between them; nothing where there is no clash.
pub fn clash(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let (view, desk) = (desk.view, desk.clone());
    let entries = memo(move || {
        view.with(|view| match view.entries.as_slice() {
            [entry] => entry.merged.clone(),
            entries if view.is_clash => entries.to_vec(),
            _ => Vec::new(),
        })
    });
    live(move || {
        let entries = entries.get();
        (!entries.is_empty()).then(|| {
            let is_merged = view.with_untracked(|view| !view.is_clash);
            let is_of_one = entries.windows(2).all(|pair| pair[0].person == pair[1].person);
            let own = desk.telling.device.get_untracked();
            let is_of_this_device = entries.iter().all(|entry| entry.dot.device == own);
            let options = entries.into_iter().map(|entry| option(say, &desk, entry)).collect_view();
            let options = view! { <div class="clash-options">{options}</div> }.into_any();
            view! {
                <div class="clash" data-clash=desk.question.definition.code.clone()>
                    <p class="clash-title">
                        {icon("warning")}
                        {say.of(match (is_merged, is_of_one) {
                            (true, true) => walk::MERGED_OF_ONE,
                            (true, false) => walk::MERGED,
                            _ if is_of_this_device => walk::CLASH_OF_ONE_DEVICE,
                            (_, true) => walk::CLASH_OF_ONE,
                            _ => walk::CLASH,
                        })}
                    </p>
                    {if is_merged { originals(say, &desk, options) } else { options }}
                </div>
            }
        })
    })
}

/// Both texts on demand, and the word that the one put together is right.
fn originals(say: Say, desk: &Desk, options: AnyView) -> AnyView {
    let (view, on_event, path, is_open) =
        (desk.view, desk.on_event, desk.question.path.clone(), desk.is_open());
    let keep = move |_| {
        let value = view.with_untracked(|view| view.value.clone());
        on_event.run(FieldEvent::Set(path.clone(), value));
    };
    view! {
        <details>
            <summary>{say.of(walk::MERGED_FROM)}</summary>
            {options}
        </details>
        <button type="button" class="button quiet" disabled=move || !is_open() on:click=keep>
            {say.of(walk::MERGED_KEEP)}
        </button>
    }
    .into_any()
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
    let (author, when, device) = (entry.person, day::show_moment(entry.at), entry.dot.device);
    let who = move || {
        if author == CENTRE {
            return format!("{} · {when}", say.text(walk::BY_CENTRE));
        }
        let name = telling.person(&author).map(|name| format!("{name} · ")).unwrap_or_default();
        let device = if telling.device.with(|own| *own == device) {
            say.text(walk::THIS_DEVICE).to_owned()
        } else {
            say.with(walk::OTHER_DEVICE, &[device.get(device.len().saturating_sub(4)..).unwrap_or_default()])
        };
        format!("{name}{when} · {device}")
    };
    view! {
        <button
            type="button"
            class="clash-option"
            disabled=move || !is_open()
            on:click=move |_| on_event.run(FieldEvent::Set(path.clone(), value.clone()))
        >
            <b>{words(told)}</b>
            <span>{words(who)}</span>
        </button>
    }
    .into_any()
}

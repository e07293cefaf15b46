//! One or several units, found by typing a part of the name, with marks or without.

use super::{Desk, FieldEvent};
use crate::components::icon::icon;
use crate::components::live::live;
use crate::i18n::{Say, sorted, walk};
use crate::prelude::*;
use lantoa_shared::{definition::FieldType, text::fold, unit::Unit, value::Value};
use leptos::{ev, html};

/// Most names offered at once; who wants another types more.
const OFFERED: usize = 8;

/// The control.
pub(super) fn units(desk: &Desk) -> AnyView {
    let say = Say::from_context();
    let (view, on_event, is_open) = (desk.view, desk.on_event, desk.is_open());
    let known = desk.telling.units;
    let takes_many = desk.question.definition.kind == FieldType::Units;
    let chosen = memo(move || {
        view.with(|view| match &view.value {
            Some(Value::Unit(code)) => vec![code.clone()],
            Some(Value::Units(codes)) => codes.clone(),
            _ => Vec::new(),
        })
    });
    let path = desk.question.path.clone();
    let set = Callback::new(move |codes: Vec<String>| {
        let value = match (takes_many, codes.last()) {
            (_, None) => None,
            (true, _) => Some(Value::Units(codes)),
            (false, Some(code)) => Some(Value::Unit(code.clone())),
        };
        on_event.run(FieldEvent::Set(path.clone(), value));
    });
    let query = RwSignal::new(String::new());
    let node = NodeRef::<html::Input>::new();
    let expected = desk.question.expected.clone();
    let found = memo(move || {
        let (query, chosen, language) = (query.get(), chosen.get(), say.language());
        // Before anything is typed, the unit that must be there is offered.
        let fits = |unit: &Unit| match query.trim().is_empty() {
            true => u8::from(expected.as_ref() == Some(&unit.code)),
            false => fold::matches(&unit.name.vi, &query),
        };
        let found: Vec<(u8, String, String)> = known.with(|units| {
            units
                .values()
                .filter(|unit| !chosen.contains(&unit.code))
                .map(|unit| (fits(unit), unit.name.get(language).to_owned(), unit.code.clone()))
                .filter(|(fit, ..)| *fit > 0)
                .collect()
        });
        let mut found = sorted(found, |(fit, ..)| -i64::from(*fit), |(_, name, _)| name);
        found.truncate(OFFERED);
        found
    });
    // The button that is pressed goes with its line.
    let focus = move || {
        if let Some(input) = node.get_untracked() {
            let _ = input.focus();
        }
    };
    let name = move |code: &str| {
        known.with(|units| units.get(code).map_or_else(|| code.to_owned(), |unit| say.both(&unit.name)))
    };
    let rows = move || {
        let codes = chosen.get();
        (!codes.is_empty()).then(|| {
            let rows = codes.into_iter().map(|code| {
                let label = name(&code);
                let remove = say.with(walk::REMOVE_UNIT, &[&label]);
                let without = move |_| {
                    set.run(chosen.get_untracked().into_iter().filter(|other| *other != code).collect());
                    focus();
                };
                view! {
                    <li class="file">
                        {icon("building")}
                        <span class="file-name">{label}</span>
                        {is_open().then(|| view! {
                            <button type="button" class="icon-button" aria-label=remove on:click=without>
                                {icon("trash")}
                            </button>
                        })}
                    </li>
                }
            });
            view! { <ul class="files">{rows.collect_view()}</ul> }
        })
    };
    let add = move |code: String| {
        let mut codes = if takes_many { chosen.get_untracked() } else { Vec::new() };
        codes.push(code);
        set.run(codes);
        query.set(String::new());
        if let Some(input) = node.get_untracked() {
            input.set_value("");
        }
        focus();
    };
    // Enter picks what is offered first.
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() && event.key_code() != 229 {
            event.prevent_default();
            if let Some((_, _, code)) = found.get_untracked().into_iter().next() {
                add(code);
            }
        }
    };
    let offers = move || {
        let offers = found.get();
        (!offers.is_empty() && is_open()).then(|| {
            let rows = offers.into_iter().map(|(_, label, code)| {
                view! {
                    <li>
                        <button type="button" class="list-row" on:click=move |_| add(code.clone())>
                            {icon("plus")}
                            <span class="list-main"><b class="list-title">{label}</b></span>
                        </button>
                    </li>
                }
            });
            view! { <ul class="list">{rows.collect_view()}</ul> }
        })
    };
    let id = desk.question.id();
    let described_by = desk.described_by();
    view! {
        {live(rows)}
        <div class="search" hidden=move || !is_open()>
            {icon("search")}
            <input
                class="input"
                type="search"
                id=id
                autocomplete="off"
                placeholder=say.of(walk::FIND_UNIT)
                aria-describedby=described_by
                node_ref=node
                on:keydown=press
                on:input=move |event| query.set(event_target_value(&event))
            />
        </div>
        <div role="status">{live(offers)}</div>
    }
    .into_any()
}

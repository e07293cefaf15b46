//! A day, typed as dd/mm/yyyy. The browser's own calendar stands beside it for those who like to pick:
//! its own field would show the day in the order of the browser's language, so it stays out of sight.

use super::{Desk, FieldEvent, typed};
use crate::components::icon::icon;
use crate::i18n::{Say, walk};
use crate::prelude::*;
use lantoa_shared::value::Value;
use leptos::html;

/// The control.
pub(super) fn date(desk: &Desk, tick: AnyView) -> AnyView {
    let say = Say::from_context();
    let node = NodeRef::<html::Input>::new();
    let picker = NodeRef::<html::Input>::new();
    let hands = typed::Hands::new(desk);
    typed::follow_value(&hands, move || node.get_untracked(), |_| ());
    let (input, composed, left, pressed) = (hands.clone(), hands.clone(), hands.clone(), hands);
    let (path, view, on_event, is_open) =
        (desk.question.path.clone(), desk.view, desk.on_event, desk.is_open());
    let pick = move |_| {
        let Some(picker) = picker.get_untracked() else { return };
        if let Some(Value::Date(day)) = view.with_untracked(|view| view.value.clone()) {
            picker.set_value(&day.to_string());
        }
        // A browser that has no picker to show still lets the day be typed.
        let _ = picker.show_picker();
    };
    let picked = move |event| {
        let value = event_target_value(&event).parse().ok().map(Value::Date);
        on_event.run(FieldEvent::Set(path.clone(), value));
    };
    view! {
        <div class="control">
            <input
                class="input date"
                id=desk.question.id()
                type="text"
                data-kind="date"
                inputmode="numeric"
                placeholder="dd/mm/yyyy"
                autocomplete="off"
                aria-describedby=desk.described_by()
                aria-invalid=desk.is_wrong()
                readonly=move || !is_open()
                prop:value=typed::first_text(desk)
                node_ref=node
                on:input=move |event| input.typed(event_target_value(&event))
                on:compositionend=move |event| composed.typed(event_target_value(&event))
                on:blur=move |_| if let Some(input) = node.try_get_untracked().flatten() { left.left(&input) }
                on:keydown=move |event| if let Some(input) = node.try_get_untracked().flatten() { pressed.pressed(&event, &input) }
            />
            {tick}
            <input class="sr-only" type="date" tabindex="-1" aria-hidden="true" node_ref=picker on:change=picked />
            <button
                type="button"
                class="control-button"
                aria-label=say.of(walk::PICK_DAY)
                disabled=move || !is_open()
                on:click=pick
            >
                {icon("calendar")}
            </button>
        </div>
    }
    .into_any()
}

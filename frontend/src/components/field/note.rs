//! The explanation that answers a warning; it stays with the value and the recipient reads it.

use super::{Desk, FieldEvent, typed::grow};
use crate::components::live::live;
use crate::i18n::{Say, walk};
use crate::prelude::*;
use lantoa_shared::definition::Severity;
use leptos::html;

/// The box; there as long as a warning stands or an explanation was given.
pub(super) fn note_box(say: Say, desk: &Desk, raw: Option<String>) -> AnyView {
    let (view, question, on_event) = (desk.view, desk.question.clone(), desk.on_event);
    let is_wanted =
        memo(move || view.with(|view| view.problems.iter().any(|it| it.severity == Severity::Warning)));
    let is_open = desk.is_open();
    live(move || {
        is_wanted.get().then(|| {
            let path = question.path.note();
            let id = question.part("note");
            let node = NodeRef::<html::Textarea>::new();
            let first = raw.clone().unwrap_or_else(|| view.with_untracked(|view| view.note.clone()));
            let (typed, left) = (path.clone(), path);
            view! {
                <div class="note-box">
                    <label class="note-label" for=id.clone()>{say.of(walk::NOTE_LABEL)}</label>
                    <textarea
                        class="input area"
                        id=id
                        rows="2"
                        data-note=question.definition.code.clone()
                        readonly=move || !is_open()
                        prop:value=first
                        node_ref=node
                        on:input=move |event| {
                            if let Some(area) = node.get_untracked() {
                                grow(&area);
                            }
                            on_event.run(FieldEvent::Typing(typed.clone(), event_target_value(&event)));
                        }
                        on:blur=move |_| {
                            let _ = on_event.try_run(FieldEvent::Leave(left.clone()));
                        }
                    ></textarea>
                </div>
            }
        })
    })
}

//! A question before a step that others will see.
//!
//! The browser's own modal dialog: it keeps the focus inside, Escape closes it, and the focus goes
//! back to where it was.

use crate::components::live::words;
use crate::i18n::{Say, common};
use crate::prelude::*;
use leptos::html;

/// A dialog that is open while `is_open` says so.
#[component]
pub fn Confirm(
    /// Whether it stands open.
    is_open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What follows from a yes.
    #[prop(into)]
    sentence: Signal<String>,
    /// The button that says yes.
    #[prop(into)]
    deed: Signal<String>,
    /// Whether a yes takes something away.
    #[prop(optional)]
    is_grave: bool,
    /// The person said yes.
    on_yes: Callback<()>,
) -> impl IntoView {
    let say = Say::from_context();
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let (open, Some(dialog)) = (is_open.get(), node.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let yes = move |_| {
        is_open.set(false);
        on_yes.run(());
    };
    view! {
        <dialog class="dialog" node_ref=node on:close=move |_| is_open.set(false)>
            <form method="dialog" on:submit=|event| event.prevent_default()>
            <h2 class="dialog-title">{words(move || title.get())}</h2>
            <p>{words(move || sentence.get())}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| is_open.set(false)>
                    {say.of(common::CANCEL)}
                </button>
                <button
                    type="button"
                    class=if is_grave { "button danger" } else { "button primary" }
                    data-test="confirm"
                    on:click=yes
                >
                    {words(move || deed.get())}
                </button>
            </div>
            </form>
        </dialog>
    }
}

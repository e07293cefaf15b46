//! The steps a person may take with a report, at the bottom of the screen.

use super::icon::icon;
use crate::components::live::{live, words};
use crate::i18n::{Say, states};
use crate::prelude::*;
use lantoa_shared::op::Command;

/// The bar: a sentence about what is next, and a button per step. The last step is the main one.
#[component]
pub fn CommandBar(
    /// What is next, or why it cannot be done yet.
    #[prop(into)]
    sentence: Signal<String>,
    /// The steps on offer.
    offered: Signal<Vec<Command>>,
    /// The steps that must wait.
    #[prop(into)]
    is_blocked: Signal<bool>,
    /// The person chose a step.
    on_choose: Callback<Command>,
) -> impl IntoView {
    let say = Say::from_context();
    let button = move |command: Command, is_main: bool| {
        let class = match (is_main, command) {
            (_, Command::Withdraw | Command::Discard) | (false, Command::Return | Command::Reopen) => {
                "button danger"
            }
            (true, _) => "button primary",
            _ => "button",
        };
        let must_wait = move || command.needs_clean_content() && is_blocked.get();
        view! {
            <button
                type="button"
                class=class
                data-test=states::deed_code(command)
                disabled=must_wait
                aria-describedby="command-note"
                on:click=move |_| on_choose.run(command)
            >
                {icon(states::deed_icon(command))}
                {say.of(states::deed(command))}
            </button>
        }
    };
    let buttons = move || {
        let offered = offered.get();
        let last = offered.len().saturating_sub(1);
        offered
            .into_iter()
            .enumerate()
            .map(|(at, command)| button(command, at == last && command != Command::Reopen))
            .collect_view()
    };
    view! {
        <div class="command-bar no-print">
            <p class="command-note" id="command-note" role="status">{words(move || sentence.get())}</p>
            <div class="command-actions">{live(buttons)}</div>
        </div>
    }
}

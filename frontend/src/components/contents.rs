//! The list of a form's sections, each with how far it is: one jumps from here.

use super::icon::icon;
use crate::components::live::live;
use crate::prelude::*;
use lantoa_shared::sheet::{Progress, Stage};

/// One line of the list.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// How far it is; `None` for a line that is not a section.
    pub progress: Option<Progress>,
    /// Whether one stands there.
    pub is_current: bool,
}

/// The word for CSS, and the icon, of how far a section is.
pub fn stage(progress: &Progress) -> (&'static str, Option<&'static str>) {
    match progress.stage() {
        Stage::Untouched => ("todo", None),
        Stage::Begun => ("partial", None),
        Stage::Complete => ("done", Some("check")),
        Stage::Troubled if progress.errors > 0 => ("error", Some("alert")),
        Stage::Troubled => ("warning", Some("warning")),
    }
}

/// The list.
#[component]
pub fn Contents(
    /// Its lines.
    lines: Signal<Vec<Line>>,
    /// The person went somewhere.
    on_go: Callback<()>,
) -> impl IntoView {
    let line = move |at: usize, line: Line| {
        let (state, mark) = line.progress.as_ref().map_or(("todo", Some("send")), stage);
        let count = line.progress.filter(|it| it.owed > 0).map(|it| format!("{}/{}", it.answered, it.owed));
        let mark = match mark {
            Some(name) => icon(name),
            None => (at + 1).to_string().into_any(),
        };
        view! {
            <li>
                <a
                    class="contents-item"
                    data-state=state
                    href=line.href
                    aria-current=line.is_current.then_some("step")
                    on:click=move |_| on_go.run(())
                >
                    <span class="contents-mark">{mark}</span>
                    <span class="contents-name">{line.name}</span>
                    {count.map(|count| view! { <span class="contents-count">{count}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <ol class="contents-list">
            {live(move || lines.get().into_iter().enumerate().map(|(at, it)| line(at, it)).collect_view())}
        </ol>
    }
}

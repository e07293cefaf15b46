//! What still stands in the way, gathered, each with a link to its field.

use super::icon::icon;
use crate::prelude::*;

/// One complaint.
#[derive(Clone, PartialEq)]
pub struct Complaint {
    /// Where it can be mended.
    pub href: String,
    /// The field's name.
    pub label: String,
    /// What is wrong; empty where the title says it all.
    pub message: String,
    /// Which section it is in.
    pub section: String,
}

/// A summary; `level` is `error` or `warning`, `id` names it for readers of screens.
pub fn problem_summary(
    id: &'static str,
    level: &'static str,
    title: String,
    complaints: Vec<Complaint>,
) -> AnyView {
    let name = if level == "error" { "alert" } else { "warning" };
    let lines = complaints.into_iter().map(|it| {
        let message = (!it.message.is_empty()).then(|| format!(": {}", it.message));
        view! {
            <li data-problem=level>
                <a href=it.href><b>{it.label}</b>{message}</a>
                <span class="soft small">{it.section}</span>
            </li>
        }
    });
    view! {
        <section class="problem-summary" data-level=level tabindex="-1" aria-labelledby=id>
            <h2 id=id>{icon(name)}{title}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

//! What the centre did not take: each with what was typed, the reason, and what can be done.

use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, common, states, status, trouble},
    state::{App, ParkedOp},
};
use lantoa_shared::{sync::verdict::Refusal, text, text::day};

/// The list; nothing where there is nothing to see.
pub(super) fn attention(app: App, say: Say) -> AnyView {
    let parked = app.attention();
    live(move || {
        let parked = parked.get();
        (!parked.is_empty()).then(|| {
            let cards = parked.iter().map(|op| card(app, say, op)).collect_view();
            view! {
                <section class="section-block" id="attention">
                    <header class="section-head"><h2 class="section-title">{say.of(status::ATTENTION)}</h2></header>
                    <p class="soft">{say.of(status::ATTENTION_NOTE)}</p>
                    <ul class="tasks">{cards}</ul>
                </section>
            }
        })
    })
}

fn card(app: App, say: Say, op: &ParkedOp) -> AnyView {
    let n = op.n;
    let reason = trouble::refusal(op.verdict.refusal.unwrap_or(Refusal::Unreadable));
    let period = op.duty.as_ref().map(|duty| duty.period);
    let what = op.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let command = op.command;
    let title = move || match (command, period) {
        (Some(command), _) => say.text(states::done(command)).to_owned(),
        (None, Some(period)) => format!("{} · {what}", say.with(common::REPORT_OF, &[&say.period(period)])),
        (None, None) => what.clone(),
    };
    let typed = op
        .value
        .as_ref()
        .map(text::show)
        .filter(|it| !it.is_empty())
        .or_else(|| Some(op.note.clone()).filter(|it| !it.is_empty()));
    let at = day::show_moment(op.at);
    let open = op.duty.as_ref().map(|duty| format!("/report/{}", duty.id()));
    view! {
        <li class="task" data-state="returned" data-test="attention">
            <div class="task-head">
                {pill::plain_pill(say, "wait", "warning", status::ATTENTION)}
                <span class="soft small">{at}</span>
            </div>
            <h3 class="task-title">{match open {
                Some(href) => view! { <a href=href>{title}</a> }.into_any(),
                None => title.into_any(),
            }}</h3>
            {typed.map(|typed| view! { <blockquote class="quote"><p>{typed}</p></blockquote> })}
            <p class="problem" data-level="warning">{icon("info")}<span>{say.of(reason)}</span></p>
            <div class="task-foot">
                <button type="button" class="button plain" on:click=move |_| app.set_aside(n)>{say.of(status::SET_ASIDE)}</button>
                <button type="button" class="button quiet" on:click=move |_| app.try_again(n)>{say.of(status::TRY_AGAIN)}</button>
            </div>
        </li>
    }
    .into_any()
}

//! What the centre did not take: each with what was typed, the reason, and what can be done. A step is shown on the
//! page where it was taken, too.

use crate::components::live::live;
use crate::pages::record_name;
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, states, status, trouble},
    state::{App, Changed, Of, ParkedOp},
};
use lantoa_shared::{language::Bilingual, sync::verdict::Refusal, text, text::day};
use leptos::task::spawn_local;

/// The list; nothing where there is nothing to see.
pub(super) fn attention(app: App, say: Say) -> AnyView {
    let parked = app.attention();
    live(move || {
        let parked = parked.get();
        (!parked.is_empty()).then(|| {
            let cards = parked.iter().map(|op| card(app, say, op)).collect_view();
            view! {
                <section class="section-block" id="attention">
                    <header class="section-head"><h2 class="section-title">{say.of(status::NOT_TAKEN)}</h2></header>
                    <p class="soft">{say.of(status::NOT_TAKEN_NOTE)}</p>
                    <ul class="tasks">{cards}</ul>
                </section>
            }
        })
    })
}

/// Steps of one report that the centre did not take, for the page of that report.
pub fn steps(app: App, say: Say, record: String) -> AnyView {
    let parked = app.attention();
    live(move || {
        let parked = parked.get();
        let steps = parked.iter().filter(|op| op.record == record && op.command.is_some());
        let cards = steps.map(|op| card(app, say, op)).collect::<Vec<_>>();
        (!cards.is_empty()).then(|| view! { <ul class="tasks" role="status">{cards}</ul> })
    })
}

fn card(app: App, say: Say, op: &ParkedOp) -> AnyView {
    let n = op.n;
    let reason = trouble::refusal(op.verdict.refusal.unwrap_or(Refusal::Unreadable));
    let (of, label, command) = (op.of.clone(), op.label.clone(), op.command);
    let code = op.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = move || {
        let what = match (command, &label) {
            (Some(command), _) => say.text(states::deed(command)).to_owned(),
            (None, Some(label)) => say.both(label),
            (None, None) => code.clone(),
        };
        let Some(Of { form, period, unit }) = &of else { return what };
        let report = record_name(app, say, form, *period);
        format!("{what} · {report} · {form} · {}", app.unit_name(unit))
    };
    let typed = op
        .value
        .as_ref()
        .map(text::show)
        .filter(|it| !it.is_empty())
        .or_else(|| Some(op.note.clone()).filter(|it| !it.is_empty()));
    let at = day::show_moment(op.at);
    // Whoever takes a step once more takes it on what is shown here.
    let shown = RwSignal::new(None::<Changed>);
    let must_look = op.command.is_some() && op.verdict.refusal == Some(Refusal::ContentChanged);
    // Nothing else from this device would be taken either; let in again, the centre judges it by itself.
    let is_shut_out = op.verdict.refusal == Some(Refusal::RevokedDevice);
    let look = move |_| {
        spawn_local(async move {
            let now = app.changed_since(n).await;
            shown.set(now);
        });
    };
    let again = move || {
        if must_look && shown.with(Option::is_none) {
            return view! {
                <button type="button" class="button quiet" data-test="changed-show" on:click=look>
                    {say.of(status::CHANGED_SHOW)}
                </button>
            }
            .into_any();
        }
        let try_again = move |_| app.try_again(n, shown.get_untracked());
        view! {
            <button type="button" class="button quiet" data-test="try-again" on:click=try_again>
                {say.of(status::TRY_AGAIN)}
            </button>
        }
        .into_any()
    };
    let again = live(move || Some(again()));
    let open = op.page.map(|page| format!("/{page}/{}", op.record));
    view! {
        <li class="task" data-state="returned" data-test="attention">
            <div class="task-head">
                {pill::plain_pill(say, "wait", "warning", status::WHERE_ATTENTION)}
                <span class="soft small">{at}</span>
            </div>
            <h3 class="task-title">{match open {
                Some(href) => view! { <a href=href>{title}</a> }.into_any(),
                None => title.into_any(),
            }}</h3>
            {typed.map(|typed| view! { <blockquote class="quote"><p>{typed}</p></blockquote> })}
            <p class="problem" data-level="warning">{icon("info")}<span>{say.of(reason)}</span></p>
            {must_look.then(|| changes(say, shown))}
            {(!is_shut_out).then(|| view! {
                <div class="task-foot">
                    <button type="button" class="button plain" on:click=move |_| app.set_aside(n)>{say.of(status::SET_ASIDE)}</button>
                    {again}
                </div>
            })}
        </li>
    }
    .into_any()
}

/// What changed since the step was taken, once it was asked for.
fn changes(say: Say, shown: RwSignal<Option<Changed>>) -> AnyView {
    live(move || {
        shown.get().map(|shown| match shown.fields {
            None => view! { <p class="soft">{say.of(status::CHANGED_UNKNOWN)}</p> }.into_any(),
            Some(all) if all.is_empty() => {
                view! { <p class="soft">{say.of(status::CHANGED_NOTHING)}</p> }.into_any()
            }
            Some(all) => {
                let line = |(label, then, now): (Bilingual, String, String)| {
                    let told = move |told: String| if told.is_empty() { "–".to_owned() } else { told };
                    view! {
                        <li>
                            <b>{say.both(&label)}</b>
                            <span>{say.of(status::CHANGED_THEN)}": "{told(then)}</span>
                            <span>{say.of(status::CHANGED_NOW)}": "{told(now)}</span>
                        </li>
                    }
                };
                view! { <ul class="changes" data-test="changes">{all.into_iter().map(line).collect_view()}</ul> }
                    .into_any()
            }
        })
    })
}

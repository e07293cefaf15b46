//! What the centre keeps and did not take of the unit's reports: who, what, why, when, and what can be done.

use crate::components::live::live;
use crate::pages::record_name;
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, states, status, trouble},
    state::{App, Parked},
};
use lantoa_shared::{op::Act, text, text::day};
use leptos::task::spawn_local;

/// The list; nothing where there is nothing to see. Of one report, if it is given: who decides on it is to know.
pub fn parked(app: App, say: Say, of: Option<String>) -> AnyView {
    let all = RwSignal::new(Vec::<Parked>::new());
    let (changes, status) = (app.changes(), app.sync());
    effect(move || {
        changes.get();
        status.get();
        let of = of.clone();
        spawn_local(async move {
            let mut now = app.parked().await;
            now.retain(|it| of.as_ref().is_none_or(|of| it.row.op.record == *of));
            all.set(now);
        });
    });
    live(move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let cards = all.into_iter().map(|it| card(app, say, it)).collect_view();
            view! {
                <section class="section-block" id="parked">
                    <header class="section-head"><h2 class="section-title">{say.of(status::PARKED)}</h2></header>
                    <p class="soft">{say.of(status::PARKED_NOTE)}</p>
                    <ul class="tasks">{cards}</ul>
                </section>
            }
        })
    })
}

fn card(app: App, say: Say, parked: Parked) -> AnyView {
    let reason = trouble::refusal_of_another(parked.row.refusal);
    let (duty, label, command) = (parked.row.duty.clone(), parked.label.clone(), parked.command());
    let title = {
        let duty = duty.clone();
        move || {
            let report = record_name(app, say, &duty.form, duty.entry.is_none().then_some(duty.period));
            let what = match (command, &label) {
                (Some(command), _) => say.text(states::deed(command)).to_owned(),
                (None, Some(label)) => say.both(label),
                (None, None) => return report,
            };
            format!("{what} · {report} · {}", duty.form)
        }
    };
    let typed = match &parked.row.op.act {
        Act::Set { value, .. } => value.as_ref().map(text::show),
        Act::Command { note, .. } => Some(note.clone()),
        _ => None,
    };
    let typed = typed.filter(|typed| !typed.is_empty());
    let (made, received) = (day::show_moment(parked.row.op.at), day::show_moment(parked.row.received_at));
    let (unit, author) = (duty.unit.clone(), parked.row.author.clone());
    let who = move || {
        let received = say.with(status::PARKED_RECEIVED, &[&received]);
        format!("{author} · {} · {made} · {received}", app.unit_name(&unit))
    };
    let may_take = matches!(parked.row.op.act, Act::Set { .. });
    let deeds = parked.is_mine_to_decide.then(|| {
        let (taken, aside) = (parked.clone(), parked);
        let take = move |_| {
            let parked = taken.clone();
            spawn_local(async move { app.take_parked(parked).await });
        };
        let lay_aside = move |_| {
            let parked = aside.clone();
            spawn_local(async move { app.lay_parked_aside(parked).await });
        };
        view! {
            <div class="task-foot">
                <button type="button" class="button plain" data-test="parked-aside" on:click=lay_aside>
                    {say.of(status::SET_ASIDE)}
                </button>
                {may_take.then(|| view! {
                    <button type="button" class="button quiet" data-test="parked-take" on:click=take>
                        {say.of(status::PARKED_TAKE)}
                    </button>
                })}
            </div>
        }
    });
    view! {
        <li class="task" data-state="returned" data-test="parked">
            <div class="task-head">{pill::plain_pill(say, "wait", "warning", status::WHERE_ATTENTION)}</div>
            <h3 class="task-title">{title}</h3>
            <p class="task-meta">{who}</p>
            {typed.map(|typed| view! { <blockquote class="quote"><p>{typed}</p></blockquote> })}
            <p class="problem" data-level="warning">{icon("info")}<span>{say.of(reason)}</span></p>
            {deeds}
        </li>
    }
    .into_any()
}

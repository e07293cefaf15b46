//! Report by report and file by file: where it is, as safe as its least safe part.

use crate::browser::line_kind;
use crate::components::live::{live, words};
use crate::pages::record_name;
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, Text, home, status},
    state::{App, Phase, Thing, UploadRule, Whereabout, Whereabouts},
};
use leptos::task::spawn_local;

/// What stands in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Report,
    File,
    Remarks,
}

/// The list.
pub(super) fn places(app: App, say: Say, all: RwSignal<Whereabouts>) -> AnyView {
    let (changes, status) = (app.changes(), app.sync());
    effect(move || {
        changes.get();
        status.get();
        spawn_local(async move {
            let now = app.whereabouts().await;
            all.set(now);
        });
    });
    let goes = memo(move || status.with(|it| (matches!(it.phase, Phase::Sending { .. }), it.is_paused())));
    let list = move || {
        let (Whereabouts { reports, files, remarks, .. }, goes) = (all.get(), goes.get());
        if reports.is_empty() && files.is_empty() && remarks.is_empty() {
            return view! { <p class="soft">{say.of(status::WHERE_NOTHING)}</p> }.into_any();
        }
        let reports = reports.into_iter().map(|it| (it, Kind::Report));
        let files = files.into_iter().map(|it| (it, Kind::File));
        let remarks = remarks.into_iter().map(|it| (it, Kind::Remarks));
        let all = reports.chain(files).chain(remarks);
        let lines: Vec<AnyView> = all.map(|(it, kind)| line(app, say, it, kind, goes)).collect();
        view! { <ul class="list" data-test="places">{lines}</ul> }.into_any()
    };
    view! {
        <section class="section-block" id="where">
            <header class="section-head"><h2 class="section-title">{say.of(status::WHERE)}</h2></header>
            {live(list)}
            {rule_switch(app, say)}
            {live(move || {
                let count = all.with(|all| all.n_of_others);
                (count > 0).then(|| view! {
                    <p class="soft">{words(move || say.with(status::OF_OTHERS, &[&count.to_string()]))}</p>
                })
            })}
        </section>
    }
    .into_any()
}

/// When files may go up, for the person to choose, also before there are any; by Wi-Fi only where the browser tells
/// what the line is.
fn rule_switch(app: App, say: Say) -> AnyView {
    let rule = RwSignal::new(UploadRule::chosen());
    let button = move |its: UploadRule, code: &'static str, words: Text| {
        let choose = move |_| {
            its.choose();
            rule.set(its);
            app.sync_now();
        };
        view! {
            <button
                type="button"
                data-test=code
                aria-pressed=move || (rule.get() == its).to_string()
                on:click=choose
            >
                {say.of(words)}
            </button>
        }
    };
    let note = move || match rule.get() {
        UploadRule::Always => String::new(),
        UploadRule::Wifi => say.text(status::UPLOADS_WIFI_NOTE).to_owned(),
        UploadRule::Paused => say.text(status::UPLOADS_PAUSED_NOTE).to_owned(),
    };
    let tells_line = line_kind().is_some() || rule.get_untracked() == UploadRule::Wifi;
    view! {
        <div class="stack">
            <div class="cluster">
                <span>{say.of(status::UPLOADS)}</span>
                <div class="segmented small" role="group" aria-label=say.of(status::UPLOADS)>
                    {button(UploadRule::Always, "uploads-always", status::UPLOADS_ALWAYS)}
                    {tells_line.then(|| button(UploadRule::Wifi, "uploads-wifi", status::UPLOADS_WIFI))}
                    {button(UploadRule::Paused, "uploads-paused", status::UPLOADS_PAUSED)}
                </div>
            </div>
            <p class="soft" role="status">{words(note)}</p>
        </div>
    }
    .into_any()
}

fn line(app: App, say: Say, thing: Thing, kind: Kind, (is_sending, is_paused): (bool, bool)) -> AnyView {
    let (tone, sign, word, note): (_, _, Text, Option<Text>) = match thing.place {
        Whereabout::NeedsAttention => {
            // Of what is only to be chosen, nothing stands in the list above.
            let note = (thing.count > 0).then_some(status::WHERE_ATTENTION_NOTE);
            ("returned", "warning", status::WHERE_ATTENTION, note)
        }
        Whereabout::Here if kind == Kind::Remarks => {
            ("ready", "phone", status::WHERE_HERE, Some(status::WHERE_REMARKS_NOTE))
        }
        Whereabout::Here if is_sending => ("submitted", "sync", status::WHERE_SENDING, None),
        Whereabout::Here => {
            let note = if is_paused { status::WAITING } else { status::WHERE_HERE_NOTE };
            ("ready", "phone", status::WHERE_HERE, Some(note))
        }
        Whereabout::AtCentre => {
            // Of what others did elsewhere this device keeps nothing to offer again.
            let note = (thing.count > 0).then_some(status::WHERE_CENTRE_NOTE);
            ("submitted", "cloud-done", status::WHERE_CENTRE, note)
        }
        Whereabout::Safe => ("accepted", "check", status::WHERE_SAFE, Some(status::WHERE_SAFE_NOTE)),
    };
    let code = match thing.place {
        Whereabout::NeedsAttention => "attention",
        Whereabout::Here => "here",
        Whereabout::AtCentre => "centre",
        Whereabout::Safe => "safe",
    };
    let (mark, page) = match kind {
        Kind::Report => ("report", Some("report")),
        Kind::Remarks => ("note", Some("review")),
        Kind::File => ("attachment", None),
    };
    let href = page.filter(|_| thing.is_held).map(|page| format!("/{page}/{}", thing.name));
    let (count, to_choose, name, of) = (thing.count.to_string(), thing.to_choose, thing.name, thing.of);
    let called = thing.title;
    let title = move || match &of {
        Some(of) if !called.is_empty() => format!("{called} · {}", app.unit_name(&of.unit)),
        Some(of) => {
            let report = record_name(app, say, &of.form, of.period);
            format!("{report} · {}", app.unit_name(&of.unit))
        }
        None => name.clone(),
    };
    let percent = thing.percent.filter(|_| thing.place == Whereabout::Here);
    let note = move || match (note, to_choose) {
        _ if percent.is_some_and(|it| it > 0) => {
            say.with(status::PARTLY_UP, &[&percent.unwrap_or_default().to_string()])
        }
        (Some(note), _) => say.with(note, &[&count]),
        (None, 1..) => say.with(home::DISPUTED, &[&to_choose.to_string()]),
        _ => String::new(),
    };
    let told = view! {
        {icon(mark)}
        <span class="list-main">
            <b class="list-title">{words(title)}</b>
            <span class="list-note">{words(note)}</span>
        </span>
        {pill::plain_pill(say, tone, sign, word)}
    };
    let row = match href {
        Some(href) => view! { <a class="list-row" href=href>{told}{icon("chevron-right")}</a> }.into_any(),
        None => view! { <div class="list-row">{told}</div> }.into_any(),
    };
    view! {
        <li data-test="place" data-place=code>
            {row}
        </li>
    }
    .into_any()
}

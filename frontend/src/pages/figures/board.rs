//! Targets as cards and the coverage as a bar, with the silent units by name.

use super::Look;
use crate::prelude::*;
use crate::{
    components::pill,
    i18n::{Say, Text, desk, sorted},
    state::App,
};
use lantoa_shared::{
    consolidation::Table,
    target::{Measure, TargetState},
    text::number,
    value::{Datum, Exact},
};

/// The targets this table measures.
pub(super) fn targets(app: App, say: Say, look: &Look, table: &Table) -> AnyView {
    if table.targets.is_empty() {
        return ().into_any();
    }
    let cards = table.targets.iter().map(|measure| card(app, say, look, table, measure)).collect_view();
    view! {
        <section class="section-block">
            <header class="section-head"><h2 class="section-title">{say.text(desk::TARGETS)}</h2></header>
            <ul class="targets">{cards}</ul>
        </section>
    }
    .into_any()
}

/// The state in words, with tone and icon: never by colour alone.
pub(super) fn standing(measure: &Measure) -> (&'static str, &'static str, &'static str, Text) {
    match measure.state {
        TargetState::Met => ("met", "good", "check", desk::MET),
        TargetState::Near => ("near", "wait", "warning", desk::NEAR),
        TargetState::NotMet => ("missed", "stop", "alert", desk::MISSED),
        TargetState::NoData => ("unknown", "quiet", "clock", desk::UNKNOWN),
    }
}

/// Where the reports behind a target are listed.
fn behind(look: &Look, measure: &Measure) -> String {
    let form = measure.form.clone().unwrap_or_else(|| look.form.clone());
    Look { form, ..look.clone() }.with("target", &measure.target.code).address()
}

fn card(app: App, say: Say, look: &Look, table: &Table, measure: &Measure) -> AnyView {
    let (state, tone, glyph, words) = standing(measure);
    let share = share(measure);
    let threshold = number::share(measure.target.threshold.exact());
    let provisional = (measure.provisional.value != measure.accepted.value).then(|| {
        let told = told(&measure.provisional.value);
        view! { <p class="soft small num">{say.with(desk::WITH_PROVISIONAL, &[&told])}</p> }
    });
    let parts = match (&measure.accepted.numerator, &measure.accepted.denominator) {
        (Datum::Number(of), Datum::Number(over)) => {
            format!(" · {} / {}", number::exact(*of), number::exact(*over))
        }
        _ => String::new(),
    };
    let label = format!("{share}, {} {threshold}", say.text(desk::THRESHOLD));
    let (width, mark) =
        (percent(&measure.accepted.value), percent(&Datum::Number(measure.target.threshold.exact())));
    view! {
        <li class="target" data-test="target" data-code=measure.target.code.clone() data-state=state>
            <div class="target-head">
                <span class="code">{measure.target.code.clone()}</span>
                <h3 class="target-title"><a href=behind(look, measure)>{name(app, say, measure)}</a></h3>
            </div>
            <p class="target-figure" data-test="share">{share}</p>
            <svg class="target-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=label>
                <rect class="target-fill" width=width height="10"></rect>
                <line class="target-mark" x1=mark.clone() x2=mark y1="0" y2="10"></line>
            </svg>
            <p class="target-note">
                {pill::plain_pill(say, tone, glyph, words)}
                <span class="num">{say.text(desk::THRESHOLD)}" "<b>{threshold}</b>{parts}</span>
            </p>
            {provisional}
            {units(app, say, table, desk::FAILING_UNITS, &measure.failing, None)}
            {units(app, say, table, desk::SILENT_UNITS, &measure.silent, None)}
            {units(app, say, table, desk::CORRECTING_UNITS, &measure.correcting, None)}
        </li>
    }
    .into_any()
}

/// What a measure is called; one of a single form is called after it too.
pub(super) fn name(app: App, say: Say, measure: &Measure) -> String {
    let name = say.both(&measure.target.name);
    match &measure.form {
        Some(form) => format!("{name} · {}", say.both(&app.form_name(form))),
        None => name,
    }
}

/// The share of a measure beside its threshold: below it, it never reads as if it had reached it (R18).
pub(super) fn share(measure: &Measure) -> String {
    match &measure.accepted.value {
        Datum::Number(share) => number::share_against(*share, measure.target.threshold.exact()),
        _ => "–".to_owned(),
    }
}

fn told(datum: &Datum) -> String {
    match datum {
        Datum::Number(share) => number::share(*share),
        _ => "–".to_owned(),
    }
}

/// A share as a length of a bar a hundred units long; only for drawing.
fn percent(datum: &Datum) -> String {
    let Datum::Number(share) = datum else { return "0".to_owned() };
    let tenths = (share * Exact::from_integer(10)).to_integer().clamp(0, 1000);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Units by their names, under a title that counts them; open at first if they are few and `marked`.
fn units(
    app: App,
    say: Say,
    table: &Table,
    title: Text,
    codes: &[String],
    marked: Option<&'static str>,
) -> Option<AnyView> {
    if codes.is_empty() {
        return None;
    }
    let name =
        |code: &String| table.names.get(code).map_or_else(|| app.unit_name(code), |name| say.both(name));
    let names = sorted(codes.iter().map(name).collect::<Vec<String>>(), |_| 0, |name| name);
    let title = say.with(title, &[&names.len().to_string()]);
    let lines = names.into_iter().map(|name| view! { <li data-test=marked>{name}</li> }).collect_view();
    Some(
        view! {
            <details class="disclosure" open=marked.is_some() && codes.len() <= 12>
                <summary>{title}</summary>
                <ul class="silent">{lines}</ul>
            </details>
        }
        .into_any(),
    )
}

/// How many reported, and who did not.
pub(super) fn coverage(app: App, say: Say, table: &Table) -> AnyView {
    let coverage = &table.coverage;
    let share = |part: u32| {
        let due = Exact::from_integer(i128::from(coverage.due.max(1)));
        Datum::Number(Exact::from_integer(i128::from(part) * 100) / due)
    };
    let (accepted, provisional) = (share(coverage.accepted), share(coverage.provisional));
    let title = say.with(desk::REPORTED, &[&coverage.accepted.to_string(), &coverage.due.to_string()]);
    let n_silent = coverage.silent.len().to_string();
    let count = |text, n: &str| say.with(text, &[n]);
    view! {
        <section class="card">
            <header class="card-head"><h2 class="card-title">{say.text(desk::COVERAGE)}</h2></header>
            <div class="coverage" data-test="coverage">
                <div class="coverage-head"><b class="num">{title.clone()}</b><span class="soft num">{told(&accepted)}</span></div>
                <svg class="coverage-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=title>
                    <rect data-state="accepted" x="0" width=percent(&accepted) height="10"></rect>
                    <rect data-state="submitted" x=percent(&accepted) width=percent(&provisional) height="10"></rect>
                </svg>
                <ul class="legend">
                    <li data-state="accepted">{count(desk::LEGEND_ACCEPTED, &coverage.accepted.to_string())}</li>
                    <li data-state="submitted">{count(desk::LEGEND_SUBMITTED, &coverage.provisional.to_string())}</li>
                    <li data-state="silent">{count(desk::LEGEND_SILENT, &n_silent)}</li>
                </ul>
                {units(app, say, table, desk::SILENT_UNITS, &coverage.silent, Some("silent-unit"))}
                {units(app, say, table, desk::CORRECTING_UNITS, &coverage.correcting, Some("correcting-unit"))}
            </div>
        </section>
    }
    .into_any()
}

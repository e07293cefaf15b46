//! The reports behind one figure: which unit said what, accepted or provisional.

use super::{Look, Opened, UNREACHED, answered};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, common, desk, sorted, states},
    state::App,
};
use lantoa_shared::{
    consolidation::{Contribution, Table},
    language::Bilingual,
    record::State,
    target::Target,
    text::number,
    value::{Datum, Exact, Value},
};
use num_traits::CheckedAdd as _;

/// The list.
pub(super) fn behind(app: App, say: Say, look: &Look, opened: Opened) -> AnyView {
    let table = app.table(&look.unit, &look.form, look.period);
    let reports = app.contributions(&look.unit, &look.form, look.period, opened.kind, &opened.code);
    let back = look.closed().address();
    let label = {
        let opened = opened.clone();
        move || table.with(|table| Some(say.both(name(table.value.as_ref()?, &opened)?)))
    };
    let list = move || {
        let table = table.with(|table| table.value.clone());
        answered(say, &reports.get(), &UNREACHED, |reports| {
            lines(app, say, &opened, reports, table.as_deref())
        })
    };
    view! {
        <section class="section-block">
            <a class="back" href=back>{icon("chevron-left")}{say.of(desk::BACK_TO_FIGURES)}</a>
            <header class="section-head">
                <h2 class="section-title">{words(move || label().unwrap_or_else(|| say.text(desk::BEHIND).to_owned()))}</h2>
            </header>
            {live(list)}
        </section>
    }
    .into_any()
}

/// What the opened figure is called.
fn name<'a>(table: &'a Table, opened: &Opened) -> Option<&'a Bilingual> {
    if let Some(target) = target(Some(table), opened) {
        return Some(&target.name);
    }
    let mut rows = table.sections.iter().flat_map(|section| &section.rows);
    // A line that counts one choice is called after the choice; the list is about all of them.
    rows.find(|row| row.field == opened.code).map(|row| row.heading.as_ref().unwrap_or(&row.label))
}

fn target<'a>(table: Option<&'a Table>, opened: &Opened) -> Option<&'a Target> {
    let mut targets = table?.targets.iter().map(|measure| &measure.target);
    if opened.kind == "target" { targets.find(|it| it.code == opened.code) } else { None }
}

fn lines(app: App, say: Say, opened: &Opened, reports: &[Contribution], table: Option<&Table>) -> AnyView {
    if reports.is_empty() {
        return view! { <p class="soft">{say.text(desk::BEHIND_NONE)}</p> }.into_any();
    }
    let name =
        |it: &Contribution| it.name.as_ref().map_or_else(|| app.unit_name(&it.unit), |name| say.both(name));
    let named: Vec<(String, &Contribution)> = reports.iter().map(|it| (name(it), it)).collect();
    let named = sorted(named, |_| 0, |(name, _)| name);
    let (target, code) = (target(table, opened), opened.code.as_str());
    let fields = target.map_or_else(|| vec![code], |target| target.measure.fields());
    let lines = named.into_iter().map(|(name, report)| {
        let state = if report.is_accepted { State::Accepted } else { State::Submitted };
        let told: Vec<String> = fields.iter().map(|field| told(say, field, report, table)).collect();
        let form = report.record.split_once(':').filter(|_| target.is_some());
        let form = form.map(|(form, _)| format!("{form} · "));
        view! {
            <li data-test="contribution" data-unit=report.unit.clone()>
                <a class="list-row" href=format!("/review/{}", report.record)>
                    <span class="list-main">
                        <b class="list-title">{name}</b>
                        <span class="list-note">{form}{say.text(states::state(state))}</span>
                    </span>
                    <b class="num">{told.join(" / ")}</b>
                    {(!report.is_accepted).then(|| pill::plain_pill(say, "wait", "clock", desk::PROVISIONAL))}
                    {icon("chevron-right")}
                </a>
            </li>
        }
    });
    view! { <ul class="list">{lines.collect_view()}</ul> }.into_any()
}

/// What a report says about the field; over the rows of a group, their sum, or every choice that was made.
fn told(say: Say, field: &str, report: &Contribution, table: Option<&Table>) -> String {
    let mut said: Vec<&Datum> = Vec::new();
    match field.split_once('.') {
        None => said.extend(report.figures.get(field)),
        Some((group, member)) => {
            let (before, after) = (format!("{group}/"), format!("/{member}"));
            let is_ours = |place: &str| place.starts_with(&before) && place.ends_with(&after);
            said.extend(report.figures.iter().filter(|(place, _)| is_ours(place)).map(|(_, datum)| datum));
        }
    }
    // The table names the choices it counts.
    let named = |code: &String| {
        let mut rows = table.iter().flat_map(|table| &table.sections).flat_map(|section| &section.rows);
        let row = rows.find(|row| row.field == field && row.choice.as_ref() == Some(code));
        row.map_or_else(|| code.clone(), |row| say.both(&row.label))
    };
    let mut numbers: Vec<Exact> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for datum in said {
        match datum {
            Datum::Number(number) => numbers.push(*number),
            Datum::Bool(answer) => {
                words.push(say.text(if *answer { common::YES } else { common::NO }).to_owned())
            }
            Datum::Text(code) => words.push(named(code)),
            Datum::Set(codes) => words.extend(codes.iter().map(named)),
            Datum::Date(date) => words.push(lantoa_shared::text::show(&Value::Date(*date))),
            Datum::Empty => {}
        }
    }
    words.dedup();
    if let Some((first, others)) = numbers.split_first() {
        let sum = others.iter().try_fold(*first, |sum, number| sum.checked_add(number));
        words.extend(sum.map(number::exact));
    }
    if words.is_empty() { "–".to_owned() } else { words.join(", ") }
}

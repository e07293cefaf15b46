//! The reports behind one figure: which unit said what, accepted or provisional.

use super::{Look, answered};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{icon::icon, pill},
    i18n::{Say, common, desk, sorted, states},
    state::App,
};
use lantoa_shared::{
    consolidation::{Contribution, Table, TableSection},
    record::State,
    text::number,
    value::{Datum, Value},
};

/// The list.
pub(super) fn behind(app: App, say: Say, look: &Look) -> AnyView {
    let field = look.field.clone().unwrap_or_default();
    let table = app.table(&look.unit, &look.form, look.period);
    let reports = app.contributions(&look.unit, &look.form, look.period, &field);
    let back = look.with_field(None).address();
    let label = {
        let field = field.clone();
        move || {
            table.with(|table| {
                let section = |it: &&TableSection| it.rows.iter().any(|row| row.field == field);
                let section = table.value.as_ref()?.sections.iter().find(section)?;
                // A line that counts one choice is called after the choice; the list is about all of them.
                let row = section.rows.iter().find(|row| row.field == field && row.choice.is_none());
                Some(say.both(row.map_or(&section.title, |row| &row.label)))
            })
        }
    };
    let list = move || {
        let table = table.with(|table| table.value.clone());
        answered(say, &reports.get(), |reports| lines(app, say, &field, reports, table.as_deref()))
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

fn lines(app: App, say: Say, field: &str, reports: &[Contribution], table: Option<&Table>) -> AnyView {
    if reports.is_empty() {
        return view! { <p class="soft">{say.text(desk::BEHIND_NONE)}</p> }.into_any();
    }
    let named: Vec<(String, &Contribution)> =
        reports.iter().map(|it| (app.unit_name(&it.unit), it)).collect();
    let named = sorted(named, |_| 0, |(name, _)| name);
    let lines = named.into_iter().map(|(name, report)| {
        let state = if report.is_accepted { State::Accepted } else { State::Submitted };
        let told = told(say, field, report, table);
        view! {
            <li data-test="contribution" data-unit=report.unit.clone()>
                <a class="list-row" href=format!("/review/{}", report.record)>
                    <span class="list-main">
                        <b class="list-title">{name}</b>
                        <span class="list-note">{say.text(states::state(state))}</span>
                    </span>
                    <b class="num">{told}</b>
                    {(!report.is_accepted).then(|| pill::plain_pill(say, "wait", "clock", desk::PROVISIONAL))}
                    {icon("chevron-right")}
                </a>
            </li>
        }
    });
    view! { <ul class="list">{lines.collect_view()}</ul> }.into_any()
}

/// What a report says about the field; for rows of a group, how many there are.
fn told(say: Say, field: &str, report: &Contribution, table: Option<&Table>) -> String {
    // The table names the choices it counts.
    let named = |code: &String| {
        let mut rows = table.iter().flat_map(|table| &table.sections).flat_map(|section| &section.rows);
        let row = rows.find(|row| row.field == field && row.choice.as_ref() == Some(code));
        row.map_or_else(|| code.clone(), |row| say.both(&row.label))
    };
    let yes_or_no = |answer: bool| say.text(if answer { common::YES } else { common::NO }).to_owned();
    match report.figures.get(field) {
        Some(Datum::Number(number)) => number::exact(*number),
        Some(Datum::Bool(answer)) => yes_or_no(*answer),
        Some(Datum::Text(code)) => named(code),
        Some(Datum::Set(codes)) => codes.iter().map(named).collect::<Vec<_>>().join(", "),
        Some(Datum::Date(date)) => lantoa_shared::text::show(&Value::Date(*date)),
        Some(Datum::Empty) | None => "–".to_owned(),
    }
}

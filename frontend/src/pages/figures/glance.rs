//! The figures in a few lines, for the home of whoever consolidates: who reported, how each target stands.
//!
//! Without a network it says what the centre said last, and when.

use super::{Look, UNREACHED, answered, board, first_form, own_units};
use crate::prelude::*;
use crate::{
    components::{icon::icon, live::live, pill},
    i18n::{Say, desk, home},
    state::App,
};
use lantoa_shared::{consolidation::Table, target::Measure};

/// The last ended period of the person's first unit.
pub fn at_a_glance() -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    let Some(unit) = own_units(app).into_iter().next() else { return ().into_any() };
    let (Some(form), Some(period)) = (first_form(app), app.ended_last()) else { return ().into_any() };
    let look = Look { unit, form, period, opened: None };
    let table = app.table(&look.unit, &look.form, look.period);
    let (unit, period, address) = (look.unit.clone(), look.period, look.address());
    let title = move || format!("{} · {}", app.unit_name(&unit), say.period(period));
    let shown = live(move || answered(say, &table.get(), &UNREACHED, |table| lines(app, say, table)));
    view! {
        <section class="section-block" data-test="glance">
            <header class="section-head"><h2 class="section-title">{live(title)}</h2></header>
            {shown}
            <a class="button primary" href=address>{say.of(home::OPEN_FIGURES)}</a>
        </section>
    }
    .into_any()
}

fn lines(app: App, say: Say, table: &Table) -> AnyView {
    let coverage = &table.coverage;
    let reported = say.with(desk::REPORTED, &[&coverage.accepted.to_string(), &coverage.due.to_string()]);
    let silent = say.with(desk::SILENT_UNITS, &[&coverage.silent.len().to_string()]);
    let targets: Vec<AnyView> = table.targets.iter().map(|measure| target(app, say, measure)).collect();
    view! {
        <ul class="list">
            <li class="list-row" data-test="glance-coverage">
                {icon("inbox")}
                <span class="list-main">
                    <b class="list-title num">{reported}</b>
                    <span class="list-note num">{silent}</span>
                </span>
            </li>
            {targets}
        </ul>
    }
    .into_any()
}

fn target(app: App, say: Say, measure: &Measure) -> AnyView {
    let (state, tone, glyph, words) = board::standing(measure);
    let note = format!("{} · {}", measure.target.code, board::share(measure));
    view! {
        <li class="list-row" data-test="glance-target" data-state=state>
            {icon("table")}
            <span class="list-main">
                <b class="list-title">{board::name(app, say, measure)}</b>
                <span class="list-note num">{note}</span>
            </span>
            {pill::plain_pill(say, tone, glyph, words)}
        </li>
    }
    .into_any()
}

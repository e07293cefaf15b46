//! The figures of an area: targets with their thresholds, coverage with the silent units named, and every
//! consolidated field, accepted and provisional apart. Each figure opens down to the reports behind it.

mod behind;
mod board;
mod glance;
mod table;

pub use glance::at_a_glance;

use super::name_page;
use crate::app::address::Address;
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::notice::{Kind, empty, notice, skeleton},
    i18n::{Say, Text, Unreached, common, desk, sorted},
    state::{App, FetchState, Fetched, Session},
};
use lantoa_shared::{period::Period, person::Role, text::day, unit::Unit};

/// Which figures are looked at; it stands in the address, so that a view can be passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    unit: String,
    form: String,
    period: Period,
    /// The figure whose reports are listed, if one is opened.
    opened: Option<Opened>,
}

/// A figure that is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opened {
    /// What it is: `field` or `target`.
    kind: &'static str,
    code: String,
}

impl Look {
    fn address(&self) -> String {
        let opened = self.opened.as_ref().map(|it| format!("&{}={}", it.kind, it.code)).unwrap_or_default();
        format!("/figures?unit={}&form={}&period={}{opened}", self.unit, self.form, self.period)
    }

    fn closed(&self) -> Self {
        Self { opened: None, ..self.clone() }
    }

    fn with(&self, kind: &'static str, code: &str) -> Self {
        Self { opened: Some(Opened { kind, code: code.to_owned() }), ..self.clone() }
    }
}

/// The page.
#[component]
pub fn Figures() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(common::FIGURES).to_owned());
    let address = Address::from_context();
    let look = memo(move || {
        let asked = |key: &str| address.query(key).filter(|it| !it.is_empty());
        let unit = asked("unit").or_else(|| own_units(app).into_iter().next())?;
        let form = asked("form").or_else(|| first_form(app))?;
        let period = asked("period").and_then(|it| it.parse().ok()).or_else(|| app.ended_last())?;
        let opened = |kind| asked(kind).map(|code| Opened { kind, code });
        Some(Look { unit, form, period, opened: opened("field").or_else(|| opened("target")) })
    });
    let content = move || match look.get() {
        Some(look) => content(app, say, &look),
        None if own_units(app).is_empty() => refused(say, desk::REFUSED),
        None => ().into_any(),
    };
    view! {
        <header class="page-head">
            <div class="page-head-main">
                <h1 class="page-title">{say.of(common::FIGURES)}</h1>
                <p class="page-lede">{say.of(desk::FIGURES_LEDE)}</p>
            </div>
        </header>
        <div class="stack loose">
            {live(move || look.get().map(|look| choosers(app, say, look)))}
            {live(content)}
        </div>
    }
}

/// The units whose figures the person may look at, own ones first.
fn own_units(app: App) -> Vec<String> {
    let Session::SignedIn(person) = app.session().get() else { return Vec::new() };
    let roles = [Role::Reviewer, Role::Consolidator, Role::Reader, Role::Head];
    let own = person.memberships.iter().filter(|it| roles.contains(&it.role)).map(|it| it.unit.clone());
    let mut own: Vec<String> = own.collect();
    own.dedup();
    own.retain(|code| app.units().with(|units| units.get(code).is_none_or(|unit| receives(unit))));
    own
}

/// Whether other units report to it; the centre says so.
fn receives(unit: &Unit) -> bool {
    unit.facts.contains_key("receives")
}

/// The units that can be chosen: own ones, then those below them that receive reports themselves.
fn choosable(app: App) -> Vec<(String, String)> {
    let own = own_units(app);
    let units = app.units().get();
    let is_below = |code: &str| {
        let above = units.get(code).and_then(|unit| unit.recipient.clone().or_else(|| unit.parent.clone()));
        above.is_some_and(|above| {
            own.contains(&above)
                || units.get(&above).and_then(|it| it.recipient.as_ref()).is_some_and(|it| own.contains(it))
        })
    };
    let below: Vec<(String, String)> = units
        .values()
        .filter(|unit| receives(unit) && !own.contains(&unit.code) && is_below(&unit.code))
        .map(|unit| (unit.code.clone(), app.unit_name(&unit.code)))
        .collect();
    let below = sorted(below, |_| 0, |(_, name)| name);
    own.into_iter().map(|code| (code.clone(), app.unit_name(&code))).chain(below).collect()
}

/// The form that the programme names first; its reports come first, too.
fn first_form(app: App) -> Option<String> {
    app.plan()?.forms().into_iter().next()
}

fn choosers(app: App, say: Say, look: Look) -> AnyView {
    let address = Address::from_context();
    let go = move |look: Look| address.go(&look.address());
    let chooser = |label, options: Vec<(String, String)>, chosen: String, on_choose: Box<dyn Fn(String)>| {
        let options = options.into_iter().map(|(code, name)| {
            let is_chosen = code == chosen;
            view! { <option value=code selected=is_chosen>{name}</option> }
        });
        view! {
            <div class="control select">
                <select class="input" aria-label=say.of(label) on:change=move |event| on_choose(event_target_value(&event))>
                    {options.collect_view()}
                </select>
            </div>
        }
        .into_any()
    };
    let codes = app.plan().map(|plan| plan.forms()).unwrap_or_default();
    let forms = codes.into_iter().map(|code| {
        let title = format!("{code} · {}", say.both(&app.form_name(&code)));
        (code, title)
    });
    let periods = app.periods().into_iter().map(|it| (it.to_string(), say.period_alone(it))).collect();
    let (with_unit, with_form, with_period) = (look.clone(), look.clone(), look.clone());
    view! {
        <div class="toolbar no-print">
            {chooser(common::UNIT, choosable(app), look.unit, Box::new(move |unit| {
                go(Look { unit, opened: None, ..with_unit.clone() });
            }))}
            {chooser(common::FORM, forms.collect(), look.form, Box::new(move |form| {
                go(Look { form, opened: None, ..with_form.clone() });
            }))}
            {chooser(common::PERIOD, periods, look.period.to_string(), Box::new(move |period| {
                if let Ok(period) = period.parse() {
                    go(Look { period, ..with_period.clone() });
                }
            }))}
        </div>
    }
    .into_any()
}

fn content(app: App, say: Say, look: &Look) -> AnyView {
    if let Some(opened) = &look.opened {
        return behind::behind(app, say, look, opened.clone());
    }
    let table = app.table(&look.unit, &look.form, look.period);
    let look = look.clone();
    live(move || {
        answered(say, &table.get(), &UNREACHED, |table| {
            view! {
                {board::targets(app, say, &look, table)}
                {board::coverage(app, say, table)}
                {table::table(say, &look, table)}
            }
            .into_any()
        })
    })
}

/// What is said where figures cannot be had.
const UNREACHED: Unreached = Unreached {
    kept: desk::KEPT,
    not_here: desk::NOT_HERE,
    not_here_note: desk::NOT_HERE_NOTE,
    refused: desk::REFUSED,
};

fn refused(say: Say, words: Text) -> AnyView {
    notice(Kind::Warning, say.text(words).to_owned(), String::new(), ().into_any())
}

/// An answer of the centre, or what there is instead of it.
pub(super) fn answered<T>(
    say: Say,
    fetched: &Fetched<T>,
    unreached: &Unreached,
    show: impl FnOnce(&T) -> AnyView,
) -> AnyView {
    let kept = (fetched.state == FetchState::Kept && fetched.value.is_some()).then(|| {
        let at = fetched.at.map(day::show_moment).unwrap_or_default();
        notice(Kind::Offline, say.with(unreached.kept, &[&at]), String::new(), ().into_any())
    });
    match (&fetched.value, &fetched.state) {
        (_, FetchState::Refused(_)) => refused(say, unreached.refused),
        (Some(value), _) => view! { {kept}{show(value)} }.into_any(),
        (None, FetchState::Loading | FetchState::Fresh) => skeleton(say),
        (None, FetchState::Kept) => {
            empty(say, "art-inbox", unreached.not_here, unreached.not_here_note, ().into_any())
        }
    }
}

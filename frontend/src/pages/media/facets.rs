//! Narrowing the library: a choice for each facet with how many items it leaves, and what is chosen as chips that are
//! taken off one by one. On a phone the choices lie folded behind a button that says how many are in use.

use super::library::{Search, named};
use crate::components::{
    icon::icon,
    live::{live, words},
};
use crate::prelude::*;
use crate::{
    i18n::{Say, Text, media, sorted},
    state::App,
};
use lantoa_shared::wire::v1::library::facet::{Choice, Choices, Facet, PEOPLE};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;

/// Chooses of a facet.
pub type Choose = dyn Fn(Facet, &str) + Send + Sync;

/// What the parts of the panel share.
#[derive(Clone)]
pub struct Desk {
    /// The app.
    pub app: App,
    /// Who says the words.
    pub say: Say,
    /// What is searched.
    pub search: Memo<Search>,
    /// What the last answer offers.
    pub offered: RwSignal<Vec<Choices>>,
    /// Chooses of a facet; nothing with an empty code.
    pub choose: Arc<Choose>,
    /// Takes everything off.
    pub clear: Arc<dyn Fn() + Send + Sync>,
    /// Whether the panel is open, where it is folded at all.
    pub is_open: RwSignal<bool>,
}

/// The id of the panel, for its button.
const PANEL: &str = "facets";

/// The button that opens the panel on a narrow screen.
pub fn switch(desk: &Desk) -> AnyView {
    let (say, search, is_open) = (desk.say, desk.search, desk.is_open);
    let count = memo(move || search.with(|search| search.chosen.all().count()));
    let mark = move || {
        (count.get() > 0).then(|| {
            view! {
                <span class="count">{count.get().to_string()}</span>
                <span class="sr-only">" "{say.text(media::FILTER_ON)}</span>
            }
        })
    };
    view! {
        <button
            type="button"
            class="button quiet facets-switch"
            data-test="filter"
            aria-controls=PANEL
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            {icon("filter")}
            {say.of(media::FILTER)}
            " "
            {live(mark)}
        </button>
    }
    .into_any()
}

/// The choices.
pub fn panel(desk: &Desk) -> AnyView {
    let is_open = desk.is_open;
    let all = Facet::ALL.into_iter().map(|facet| control(desk, facet)).collect_view();
    let state = move || if is_open.get() { "open" } else { "folded" };
    view! { <div class="facets" id=PANEL data-state=state>{all}</div> }.into_any()
}

fn control(desk: &Desk, facet: Facet) -> AnyView {
    let (app, say, search, offered) = (desk.app, desk.say, desk.search, desk.offered);
    let chosen = memo(move || search.with(|search| search.chosen.get(facet).cloned().unwrap_or_default()));
    let choices = memo(move || choices(app, facet, &offered.get(), &chosen.get()));
    let options = move || {
        let chosen = chosen.get();
        let options = choices.get().into_iter().map(|choice| {
            let is_chosen = choice.code == chosen;
            let name = called(app, say, facet, &choice);
            let told = match choice.count {
                0 => name,
                count => say.with(media::CHOICE_COUNT, &[&name, &count.to_string()]),
            };
            view! { <option value=choice.code.clone() selected=is_chosen>{told}</option> }
        });
        view! { <option value="" selected=chosen.is_empty()>{say.text(media::ANY)}</option>{options.collect_view()} }
    };
    let choose = Arc::clone(&desk.choose);
    view! {
        <label class="facet">
            <span class="small">{say.of(label(facet))}</span>
            <span class="control select">
                <select
                    class="input"
                    data-test=facet.name()
                    on:change=move |event| choose(facet, &event_target_value(&event))
                >
                    {live(options)}
                </select>
            </span>
        </label>
    }
    .into_any()
}

/// What is chosen, each to be taken off.
pub fn chips(desk: &Desk) -> AnyView {
    let (app, say, search, offered) = (desk.app, desk.say, desk.search, desk.offered);
    let (choose, clear) = (Arc::clone(&desk.choose), Arc::clone(&desk.clear));
    let shown = move || {
        let chosen: Vec<(Facet, String)> =
            search.with(|search| search.chosen.all().map(|(facet, code)| (facet, code.clone())).collect());
        let count = chosen.len();
        let chips = chosen.into_iter().map(|(facet, code)| {
            let of_unit = find(&offered.get(), facet, &code).and_then(|choice| choice.name);
            let choice = Choice { code, count: 0, name: of_unit };
            let its = choice.clone();
            let name =
                move || say.with(media::TAKE_OFF, &[say.text(label(facet)), &called(app, say, facet, &its)]);
            let choose = Arc::clone(&choose);
            let take_off = move |_| {
                choose(facet, "");
                go_to_search();
            };
            view! {
                <button type="button" class="chip" data-test="chip" aria-label=name on:click=take_off>
                    {words(move || called(app, say, facet, &choice))}
                    {icon("close")}
                </button>
            }
        });
        let clear = Arc::clone(&clear);
        let take_all_off = move |_| {
            clear();
            go_to_search();
        };
        let all = (count > 1).then(|| {
            view! {
                <button type="button" class="button plain" data-test="no-filter" on:click=take_all_off>
                    {say.of(media::TAKE_ALL_OFF)}
                </button>
            }
        });
        (count > 0).then(|| view! { <div class="chips">{chips.collect_view()}{all}</div> })
    };
    live(shown)
}

/// The chip that had the focus is gone: whoever uses keys goes on at the search.
fn go_to_search() {
    let found = document().query_selector("[data-test=library-search]").ok().flatten();
    if let Some(input) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = input.focus();
    }
}

/// The choices of a facet, in the order in which they are shown; the one that is chosen is always among them.
fn choices(app: App, facet: Facet, offered: &[Choices], chosen: &str) -> Vec<Choice> {
    let bare = |code: &str| Choice { code: code.to_owned(), count: 0, name: None };
    let listed = facet.list().map(|list| app.choices(list));
    let mut choices = match offered.iter().find(|it| it.facet == facet.name()) {
        Some(its) => its.choices.clone(),
        // An answer from before facets were counted, or none: all that the list has.
        None => listed.iter().flat_map(|listed| listed.iter()).map(|choice| bare(&choice.code)).collect(),
    };
    if !chosen.is_empty() && choices.iter().all(|choice| choice.code != chosen) {
        choices.push(bare(chosen));
    }
    let place = |code: &str| match (&listed, facet) {
        (Some(listed), _) => listed.iter().position(|choice| choice.code == code),
        (_, Facet::People) => PEOPLE.iter().position(|it| *it == code),
        _ => Some(0),
    };
    let rank =
        |choice: &Choice| place(&choice.code).and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX);
    match facet {
        Facet::Period => choices,
        _ => {
            sorted(choices, rank, |choice| choice.name.as_ref().map_or(choice.code.as_str(), |name| &name.vi))
        }
    }
}

fn find(offered: &[Choices], facet: Facet, code: &str) -> Option<Choice> {
    let its = offered.iter().find(|it| it.facet == facet.name())?;
    its.choices.iter().find(|choice| choice.code == code).cloned()
}

const fn label(facet: Facet) -> Text {
    match facet {
        Facet::Kind => media::KIND,
        Facet::Topic => media::TOPICS,
        Facet::Unit => media::BY_UNIT,
        Facet::Licence => media::LICENCE,
        Facet::Language => media::IN_LANGUAGE,
        Facet::Period => media::PERIOD,
        Facet::People => media::PEOPLE,
    }
}

/// What a choice is called.
fn called(app: App, say: Say, facet: Facet, choice: &Choice) -> String {
    let code = choice.code.as_str();
    match (facet, facet.list(), &choice.name) {
        (_, Some(list), _) => named(app, say, list, code),
        (_, _, Some(name)) => say.both(name),
        (Facet::Period, ..) => match code.split_once('-') {
            Some((year, month)) => say.with(media::MONTH, &[month.trim_start_matches('0'), year]),
            None => say.with(media::YEAR, &[code]),
        },
        (Facet::People, ..) => {
            let named = PEOPLE.iter().zip([media::NOBODY, media::ADULTS, media::CHILDREN]);
            let found = named.into_iter().find(|(its, _)| **its == code);
            found.map_or_else(|| code.to_owned(), |(_, words)| say.text(words).to_owned())
        }
        _ => app.unit_name(code),
    }
}

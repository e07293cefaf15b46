//! What other units sent: to be accepted or returned, who is silent, what is done.

use super::{name_page, page_head};
use crate::app::address::Address;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{icon::icon, notice::empty, pill},
    i18n::{Say, Text, common, desk, home, sorted},
    state::{App, ReceivedCard},
};
use lantoa_shared::{
    period::Period,
    record::State,
    text::{day, fold},
};

/// A moment no report has: thousands of years away, in milliseconds.
const LONG_AFTER: i64 = 1 << 50;
/// How many lines are drawn at once; the rest waits for a press.
const PAGE: usize = 50;

/// Which reports are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Waiting,
    Silent,
    Returned,
    Accepted,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Waiting, Self::Silent, Self::Returned, Self::Accepted];

    fn name(self) -> Text {
        match self {
            Self::Waiting => home::RECEIVED_WAITING,
            Self::Silent => home::RECEIVED_SILENT,
            Self::Returned => home::RECEIVED_RETURNED,
            Self::Accepted => home::RECEIVED_ACCEPTED,
        }
    }

    /// How the address names it.
    fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Silent => "silent",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    fn holds(self, card: &ReceivedCard) -> bool {
        match self {
            Self::Waiting => card.state == State::Submitted,
            Self::Returned => card.state == State::Returned,
            Self::Accepted => card.state == State::Accepted,
            Self::Silent => is_silent(card),
        }
    }
}

fn is_silent(card: &ReceivedCard) -> bool {
    !matches!(card.state, State::Submitted | State::Returned | State::Accepted)
}

/// The page.
#[component]
pub fn Inbox() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(common::INBOX).to_owned());
    let asked = Address::from_context().query("tab");
    let first = Tab::ALL.into_iter().find(|it| asked.as_deref() == Some(it.code()));
    let tab = RwSignal::new(first.unwrap_or(Tab::Waiting));
    let (query, shown) = (RwSignal::new(String::new()), RwSignal::new(PAGE));
    let cards = app.inbox();
    let periods = memo(move || cards.with(|cards| periods(cards)));
    let chosen = RwSignal::new(None::<Period>);
    let period = memo(move || chosen.get().or_else(|| cards.with(|cards| liveliest(cards))));
    let of_period = memo(move || {
        let period = period.get();
        cards.with(|cards| {
            cards.iter().filter(|it| Some(it.duty.period) == period).cloned().collect::<Vec<_>>()
        })
    });
    let listed = memo(move || {
        let (tab, query) = (tab.get(), query.get());
        let listed: Vec<(u8, String, ReceivedCard)> = of_period.with(|cards| {
            let cards = cards.iter().filter(|card| tab.holds(card));
            let named = cards.map(|card| (app.unit_name(&card.duty.unit), card.clone()));
            named
                .map(|(name, card)| (fold::matches(&name, &query), name, card))
                .filter(|(fit, ..)| *fit > 0)
                .collect()
        });
        // The better answer to the search first, then what waits longest.
        let rank = |(fit, _, card): &(u8, String, ReceivedCard)| {
            (2 - i64::from(*fit)) * LONG_AFTER + card.done_at.unwrap_or(LONG_AFTER - 1)
        };
        sorted(listed, rank, |(_, name, _)| name)
            .into_iter()
            .map(|(_, name, card)| (name, card))
            .collect::<Vec<_>>()
    });
    let tabs = Tab::ALL.map(|own| {
        let count = move || of_period.with(|cards| cards.iter().filter(|card| own.holds(card)).count());
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (tab.get() == own).to_string()
                on:click=move |_| {
                    tab.set(own);
                    shown.set(PAGE);
                }
            >
                {say.of(own.name())}
                " "
                <span class="count">{count}</span>
            </button>
        }
    });
    let choose = move |event| chosen.set(event_target_value(&event).parse().ok());
    let list = move || {
        let listed = listed.get();
        if listed.is_empty() {
            return empty(say, "art-inbox", home::RECEIVED_NONE, home::RECEIVED_NONE_NOTE, ().into_any());
        }
        let (shown_now, total) = (shown.get(), listed.len());
        let lines =
            listed.into_iter().take(shown_now).map(|(name, card)| line(say, name, &card)).collect_view();
        let rest = total.saturating_sub(shown_now);
        let more = (rest > 0).then(|| {
            let step = rest.min(PAGE).to_string();
            view! {
                <button type="button" class="button wide" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                    {words(move || say.with(home::SHOW_MORE, &[&step]))}
                </button>
            }
        });
        view! { <ul class="list" data-test="inbox">{lines}</ul>{more} }.into_any()
    };
    let options = move || {
        let period = period.get();
        periods
            .get()
            .into_iter()
            .map(|it| {
                view! { <option value=it.to_string() selected=Some(it) == period>{say.period_alone(it)}</option> }
            })
            .collect_view()
    };
    view! {
        {page_head(say.of(common::INBOX), say.of(home::RECEIVED_LEDE))}
        <div class="stack">
            <div class="toolbar">
                <div class="search">
                    {icon("search")}
                    <input
                        class="input"
                        type="search"
                        aria-label=say.of(home::SEARCH_UNIT)
                        placeholder=say.of(home::SEARCH_UNIT)
                        on:input=move |event| query.set(event_target_value(&event))
                    />
                </div>
                <div class="control select">
                    <select class="input" aria-label=say.of(common::PERIOD) on:change=choose>{live(options)}</select>
                </div>
            </div>
            <div class="chips" role="group" aria-label=say.of(desk::STATE)>{tabs.collect_view()}</div>
            {live(list)}
        </div>
    }
}

/// The periods there are, newest first.
fn periods(cards: &[ReceivedCard]) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for card in cards {
        if !periods.contains(&card.duty.period) {
            periods.push(card.duty.period);
        }
    }
    periods.sort_unstable_by(|one, other| other.cmp(one));
    periods
}

/// The period to begin with: the newest in which something waits, else in which anything came, else the newest.
fn liveliest(cards: &[ReceivedCard]) -> Option<Period> {
    let newest = |wanted: &dyn Fn(&ReceivedCard) -> bool| {
        cards.iter().filter(|it| wanted(it)).map(|it| it.duty.period).max()
    };
    newest(&|it| it.state == State::Submitted)
        .or_else(|| newest(&|it| !is_silent(it)))
        .or_else(|| newest(&|_| true))
}

/// A received report, or a unit that sent none.
fn line(say: Say, name: String, card: &ReceivedCard) -> AnyView {
    let (form, period) = (card.duty.form.clone(), card.duty.period);
    let (due, first, done_at) = (card.duty.due, card.first, card.done_at);
    let (disputed, attention) = (card.disputed, card.attention);
    let note = move || {
        let when = match done_at {
            Some(at) => super::sent(say, due, first, at),
            None => say.with(home::DUE_ON, &[&day::show(due)]),
        };
        format!("{form} · {} · {when}{}", say.period(period), super::to_look_at(say, disputed, attention))
    };
    if is_silent(card) {
        return view! {
            <li data-test="received" data-form=card.duty.form.clone() data-state="silent" data-unit=card.duty.unit.clone()>
                <div class="list-row">
                    {icon("building")}
                    <span class="list-main">
                        <b class="list-title">{name}</b>
                        <span class="list-note">{words(note)}</span>
                    </span>
                    {pill::plain_pill(say, "quiet", "clock", home::RECEIVED_SILENT)}
                </div>
            </li>
        }
        .into_any();
    }
    view! {
        <li
            data-test="received"
            data-form=card.duty.form.clone()
            data-period=period.to_string()
            data-state=card.state.code()
            data-unit=card.duty.unit.clone()
        >
            <a class="list-row" href=format!("/review/{}", card.id())>
                {icon("building")}
                <span class="list-main">
                    <b class="list-title">{name}</b>
                    <span class="list-note">{words(note)}</span>
                </span>
                {pill::state_pill(say, card.state, card.revision, card.is_here_only)}
                {icon("chevron-right")}
            </a>
        </li>
    }
    .into_any()
}

/// The part of the home screen for those who receive: how many came, and the first ones that wait.
pub fn at_a_glance() -> AnyView {
    let (app, say) = (App::from_context(), Say::from_context());
    live(move || glance(app, say, &app.inbox().get()))
}

fn glance(app: App, say: Say, cards: &[ReceivedCard]) -> AnyView {
    let Some(period) = liveliest(cards) else { return ().into_any() };
    let of_period: Vec<&ReceivedCard> = cards.iter().filter(|it| it.duty.period == period).collect();
    let count = |tab: Tab| of_period.iter().filter(|it| tab.holds(it)).count();
    let (accepted, waiting, silent) = (count(Tab::Accepted), count(Tab::Waiting), count(Tab::Silent));
    let figure = |tab: Tab, value: usize, of: Option<usize>| {
        view! {
            <a class="figure" href=format!("/inbox?tab={}", tab.code())>
                <span class="figure-label">{say.of(tab.name())}</span>
                <b class="figure-value">
                    {value}
                    {of.map(|of| view! { <span class="figure-of">" / "{of}</span> })}
                </b>
            </a>
        }
    };
    let first = of_period.iter().filter(|it| Tab::Waiting.holds(it)).take(5);
    let lines = first.map(|card| line(say, app.unit_name(&card.duty.unit), card)).collect::<Vec<_>>();
    let list = (!lines.is_empty()).then(|| view! { <ul class="list">{lines}</ul> });
    view! {
        <section class="section-block">
            <header class="section-head">
                <h2 class="section-title">
                    {words(move || format!("{} · {}", say.text(common::INBOX), say.period(period)))}
                </h2>
                <a class="link" href="/inbox">{say.of(home::SEE_ALL)}</a>
            </header>
            <div class="figures">
                {figure(Tab::Waiting, waiting, None)}
                {figure(Tab::Accepted, accepted, Some(of_period.len()))}
                {figure(Tab::Silent, silent, None)}
            </div>
            {list}
        </section>
    }
    .into_any()
}

//! "Việc cần làm": what this person's units owe, by when and in which state, and what others sent them.

use super::{form_and_days, frame, name_page, page_head};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    app::later,
    components::{
        icon::icon,
        notice::{empty, skeleton},
        pill,
        task::{Task, task},
    },
    i18n::{Say, Text, common, home, states},
    state::{App, DutyCard, Phase, Session},
};
use lantoa_shared::{
    op::Command,
    person::{Action, Person, Role, Standing, may},
    record::State,
    text::{self, day},
};
use std::sync::Arc;

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let app = App::from_context();
    let say = Say::from_context();
    name_page(move || say.text(common::HOME).to_owned());
    let person = memo(move || match app.session().get() {
        Session::SignedIn(person) => Some(person),
        _ => None,
    });
    // The first contact sets a wrong clock right.
    let day = memo(move || app.sync().with(|_| app.today()));
    let today = move || match say.language() {
        lantoa_shared::language::Language::Vi => text::day::official(day.get()),
        lantoa_shared::language::Language::En => day::show(day.get()),
    };
    let has_received = memo(move || app.inbox().with(|cards| !cards.is_empty()));
    let content = move || {
        let Some(person) = person.get() else { return ().into_any() };
        let duties = app.duties().get();
        if duties.is_empty() && has_received.with(|it| !*it) {
            return nothing_here(app, say, &person);
        }
        let own = (!duties.is_empty()).then(|| own(app, say, &person, &duties));
        let received = frame::receives(&person).then(later::received);
        if own.is_none() && received.is_none() {
            return nothing_due(say, &person);
        }
        // First what is this person's own work.
        if frame::files(&person) {
            view! { {own}{received} }.into_any()
        } else {
            view! { {received}{own} }.into_any()
        }
    };
    let (waiting, unread) = (app.entries_waiting(), app.unread());
    view! {
        {page_head(say.of(common::HOME), today)}
        <div class="stack loose">
            {live(move || {
                let (words, note) = (home::FOR_ALL_UNREAD, home::UNREAD);
                way(say, "/media?tab=device", "items-unread", (words, note), unread.get())
            })}
            {live(move || {
                way(say, "/media", "items-waiting", (common::MEDIA, home::ITEMS_WAIT), waiting.get())
            })}
            {live(content)}
        </div>
    }
}

/// The way to media items of which some wait for this person, if any do.
fn way(
    say: Say,
    href: &'static str,
    code: &'static str,
    (title, note): (Text, Text),
    count: usize,
) -> AnyView {
    if count == 0 {
        return ().into_any();
    }
    view! {
        <ul class="list">
            <li>
                <a class="list-row" href=href data-test=code>
                    {icon("image")}
                    <span class="list-main">
                        <b class="list-title">{say.of(title)}</b>
                        <span class="list-note">{words(move || say.with(note, &[&count.to_string()]))}</span>
                    </span>
                    {icon("chevron-right")}
                </a>
            </li>
        </ul>
    }
    .into_any()
}

/// No duty has come down: for the first time, or because there is none for this person.
fn nothing_here(app: App, say: Say, person: &Person) -> AnyView {
    if app.sync().with(|sync| sync.is_revoked) {
        return ().into_any(); // The warning above says why.
    }
    if !app.is_filled().get() {
        return if app.sync().with(|sync| matches!(sync.phase, Phase::CutOff(_))) {
            empty(
                say,
                "art-inbox",
                home::NOTHING_HERE_OFFLINE,
                home::NOTHING_HERE_OFFLINE_NOTE,
                ().into_any(),
            )
        } else {
            skeleton(say)
        };
    }
    nothing_due(say, person)
}

/// Nothing to file and nothing to receive: whoever consolidates sees how the figures stand.
fn nothing_due(say: Say, person: &Person) -> AnyView {
    if frame::consolidates(person) {
        return later::glance();
    }
    empty(say, "art-calm", home::NOTHING_DUE, home::NOTHING_DUE_NOTE, ().into_any())
}

/// What own units owe: to do, waiting at the recipient, done.
fn own(app: App, say: Say, person: &Arc<Person>, duties: &[DutyCard]) -> AnyView {
    let (open, others): (Vec<&DutyCard>, Vec<&DutyCard>) = duties
        .iter()
        .filter(|it| it.state.is_open())
        .partition(|it| person.holds(&it.background.duty.unit, &[Role::Preparer, Role::Head]));
    let waiting = duties.iter().filter(|it| it.state == State::Submitted);
    let done = duties.iter().filter(|it| it.state == State::Accepted);
    let others: Vec<AnyView> = others.into_iter().map(|duty| line(app, say, duty)).collect();
    let to_do = if !frame::files(person) {
        ().into_any()
    } else if open.is_empty() {
        empty(say, "art-calm", home::NOTHING_DUE, home::NOTHING_DUE_NOTE, ().into_any())
    } else {
        let cards = open.iter().enumerate().map(|(at, duty)| card(app, say, person, duty, at == 0));
        view! { <ul class="tasks">{cards.collect_view()}</ul> }.into_any()
    };
    let waiting: Vec<AnyView> = waiting.map(|duty| line(app, say, duty)).collect();
    let done: Vec<AnyView> = done.map(|duty| line(app, say, duty)).collect();
    view! {
        {to_do}
        {block(say, home::AT_WORK, others)}
        {block(say, home::WAITING, waiting)}
        {block(say, home::DONE, done)}
    }
    .into_any()
}

fn block(say: Say, title: Text, lines: Vec<AnyView>) -> Option<AnyView> {
    (!lines.is_empty()).then(|| {
        view! {
            <section class="section-block">
                <header class="section-head"><h2 class="section-title">{say.of(title)}</h2></header>
                <ul class="list">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

/// A report that waits elsewhere or is done.
fn line(app: App, say: Say, duty: &DutyCard) -> AnyView {
    let its = duty.background.duty.clone();
    let (period, form) = (its.period, its.form.clone());
    let (due, first, done_at) = (its.due, duty.first, duty.done_at);
    let (disputed, attention) = (duty.disputed, duty.attention);
    let recipient = its.recipient.clone();
    let note = move || {
        let sent = done_at.map(|at| format!(" · {}", super::sent(say, due, first, at))).unwrap_or_default();
        format!("{}{sent}{}", app.unit_name(&recipient), super::to_look_at(say, disputed, attention))
    };
    view! {
        <li data-test="duty" data-form=form data-period=period.to_string() data-state=duty.state.code()>
            <a class="list-row" href=format!("/report/{}/check", duty.id())>
                {icon("report")}
                <span class="list-main">
                    <b class="list-title">{words(move || say.with(common::REPORT_OF, &[&say.period(period)]))}</b>
                    <span class="list-note">{words(note)}</span>
                </span>
                {pill::state_pill(say, duty.state, duty.revision, duty.is_here_only)}
                {icon("chevron-right")}
            </a>
        </li>
    }
    .into_any()
}

/// A report to work on.
fn card(app: App, say: Say, person: &Person, duty: &DutyCard, is_lead: bool) -> AnyView {
    let its = duty.background.duty.clone();
    let today = app.today();
    let is_overdue = its.due < today && duty.state != State::Returned;
    let state = match (duty.state, is_overdue, duty.started) {
        (State::Draft | State::Ready, true, _) => "overdue",
        (State::Draft, _, false) => "todo",
        (state, ..) => state.code(),
    };
    let pill = match state {
        "overdue" => pill::plain_pill(say, "overdue", "alert", states::OVERDUE),
        "todo" => pill::plain_pill(say, "todo", "report", states::NOT_STARTED),
        _ => pill::state_pill(say, duty.state, duty.revision, duty.is_here_only),
    };
    let standing = Standing {
        unit: &its.unit,
        recipient: &its.recipient,
        line: &[],
        state: duty.state,
        is_entry: false,
        has_gone_up: duty.done_at.is_some(),
        is_own_work: false,
    };
    let may_approve = may(person, Action::Take(Command::Approve), standing).is_ok();
    let is_full = duty.progress.is_some_and(|it| it.owed > 0 && it.answered == it.owed);
    let (step, deed) = match duty.state {
        State::Ready if may_approve => ("/check", home::SEE_AND_APPROVE),
        State::Ready => ("/check", home::SEE),
        State::Returned => ("", home::SEE_AND_MEND),
        _ if is_full => ("/check", home::CHECK_AND_SEND),
        _ if duty.started => ("", home::GO_ON),
        _ => ("", home::BEGIN),
    };
    let quote = duty.last.as_ref().filter(|_| duty.state == State::Returned).map(|event| {
        let said = match event.note.as_str() {
            "" => event.field_notes.first().map(|it| it.note.clone()).unwrap_or_default(),
            note => note.to_owned(),
        };
        let (recipient, when) = (its.recipient.clone(), day::show_moment(event.came_at()));
        (said, words(move || format!("{} · {when}", app.unit_name(&recipient))))
    });
    let (unsent, attention, disputed) = (duty.unsent, duty.attention, duty.disputed);
    let held = move || {
        let (words, count) = match (disputed, attention) {
            (1.., _) => (home::DISPUTED, disputed),
            (_, 1..) => (home::NEEDS_YOU, attention),
            _ => (home::HELD_HERE, unsent),
        };
        say.with(words, &[&count.to_string()])
    };
    let (form, period) = (its.form.clone(), its.period);
    let title = move || say.with(common::REPORT_OF, &[&say.period(period)]);
    let meta = Arc::clone(&duty.background);
    task(
        say,
        Task {
            form,
            period: period.to_string(),
            state,
            is_lead,
            pill,
            due: Some(pill::due(say, today, its.due)),
            href: format!("/report/{}{step}", duty.id()),
            title: title.into_any(),
            meta: words(move || form_and_days(app, say, &meta)),
            quote,
            progress: duty.progress.filter(|_| duty.started).map(|it| (it.answered, it.owed)),
            held: (unsent + attention + disputed > 0).then(|| match disputed + attention {
                0 => words(held),
                _ => pill::pill("wait", "warning", words(held)),
            }),
            deed: say.of(deed).into_any(),
        },
    )
}

//! The screens: each reads the state and lays out components. Nothing here knows the store or the network.

pub mod figures;
pub mod frame;
pub mod home;
pub mod inbox;
pub mod media;
pub mod report;
pub mod review;
pub mod sign_in;
pub mod sync;
pub mod unknown;

use crate::prelude::*;
use crate::{
    i18n::{self, Say, common, walk},
    state::App,
};
use lantoa_shared::{background::Background, date::Date, period::Period, sync::clock::Timeliness, text::day};

/// Names the page in the browser's list of tabs and for readers of screens.
fn name_page(name: impl Fn() -> String + 'static) {
    effect(move || document().set_title(&format!("{} · Lan Tỏa", name())));
}

/// The head of a page: its name, and a sentence below.
fn page_head(title: impl IntoView + 'static, lede: impl IntoView + 'static) -> AnyView {
    view! {
        <header class="page-head">
            <div class="page-head-main">
                <h1 class="page-title">{title.into_any()}</h1>
                <p class="page-lede">{lede.into_any()}</p>
            </div>
        </header>
    }
    .into_any()
}

/// When a report was sent, and whether the first time was late: what came back and went up again stays as late, or as
/// much in time, as it was. If it was made in time and received late, both times.
fn sent(say: Say, due: Date, first: Option<(i64, i64)>, done_at: i64) -> String {
    let (made_at, came_at) = first.unwrap_or((done_at, done_at));
    let words = match Timeliness::of(due, made_at, Some(came_at)) {
        Timeliness::InTime => i18n::home::SENT_ON,
        Timeliness::Late => i18n::home::SENT_LATE,
        Timeliness::MadeInTime => {
            let received = say.with(walk::RECEIVED_AT, &[&day::show_moment(came_at)]);
            let made = say.with(walk::MADE_AT, &[&day::show_moment(made_at)]);
            return format!("{} ({made}, {received})", say.text(walk::MADE_IN_TIME));
        }
    };
    say.with(words, &[&day::show(day::of_moment(done_at))])
}

/// What of a report asks for a look, behind other words of its line: answers to choose between, and what the centre did
/// not take of this person; nothing if there is none.
fn to_look_at(say: Say, disputed: usize, attention: usize) -> String {
    let all = [(i18n::home::DISPUTED, disputed), (i18n::home::NEEDS_YOU, attention)];
    let told = all.map(|(words, count)| match count {
        0 => String::new(),
        _ => format!(" · {}", say.with(words, &[&count.to_string()])),
    });
    told.concat()
}

/// What a record is called: a report by its period, an entry of a register by its form.
fn record_name(app: App, say: Say, form: &str, period: Option<Period>) -> String {
    match period {
        Some(period) => say.with(common::REPORT_OF, &[&say.period(period)]),
        None => say.both(&app.form_name(form)),
    }
}

/// Form and days of a period: `Báo cáo của cơ sở giáo dục · 15/12/2025 – 14/12/2026`.
fn form_and_days(app: App, say: Say, background: &Background) -> String {
    let duty = &background.duty;
    let form = say.both(&app.form_title(&duty.form, duty.form_version));
    say.with(common::FORM_AND_DAYS, &[&form, &day::show(background.start()), &day::show(background.end())])
}

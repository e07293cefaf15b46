//! The screens: each reads the state and lays out components. Nothing here knows the store or the network.

pub mod figures;
pub mod frame;
pub mod home;
pub mod inbox;
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
use lantoa_shared::{background::Background, date::Date, sync::clock::Timeliness, text::day};

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

/// Whether a report was made in time on a device that was without a network until later.
fn is_made_in_time(due: Date, made_at: i64, done_at: i64) -> bool {
    Timeliness::of(due, made_at, Some(done_at)) == Timeliness::MadeInTime
}

/// When a report was sent; if it was made in time and received late, both times.
fn sent(say: Say, due: Date, made_at: Option<i64>, done_at: i64) -> String {
    let sent = say.with(i18n::home::SENT_ON, &[&day::show(day::of_moment(done_at))]);
    let made_at = made_at.unwrap_or(done_at);
    if !is_made_in_time(due, made_at, done_at) {
        return sent;
    }
    let received = say.with(walk::RECEIVED_AT, &[&day::show_moment(done_at)]);
    let made = say.with(walk::MADE_AT, &[&day::show_moment(made_at)]);
    format!("{} ({made}, {received})", say.text(walk::MADE_IN_TIME))
}

/// How many answers there are to choose between, behind other words of a line; nothing if there are none.
fn disputed(say: Say, count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    format!(" · {}", say.with(i18n::home::DISPUTED, &[&count.to_string()]))
}

/// Form and days of a period: `Báo cáo của cơ sở giáo dục · 15/12/2025 – 14/12/2026`.
fn form_and_days(app: App, say: Say, background: &Background) -> String {
    let duty = &background.duty;
    let form = say.both(&app.form_title(&duty.form, duty.form_version));
    say.with(common::FORM_AND_DAYS, &[&form, &day::show(background.start()), &day::show(background.end())])
}

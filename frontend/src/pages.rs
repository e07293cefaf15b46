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
    i18n::{Say, common},
    state::App,
};
use lantoa_shared::{background::Background, text::day};

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

/// Form and days of a period: `Báo cáo của cơ sở giáo dục · 15/12/2025 – 14/12/2026`.
fn form_and_days(app: App, say: Say, background: &Background) -> String {
    let duty = &background.duty;
    let form = say.both(&app.form_title(&duty.form, duty.form_version));
    say.with(common::FORM_AND_DAYS, &[&form, &day::show(background.start()), &day::show(background.end())])
}

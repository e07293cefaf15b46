//! A report on its way: `/report/ID` leads to where one was, `/report/ID/SECTION` is a step of the walk,
//! `/report/ID/check` gathers what is still open and hands the report on.

pub(super) mod check;
pub(super) mod commands;
mod field;
mod group;
mod picture;
pub(super) mod reading;
mod recorder;
mod section;
mod walk;
mod writer;

pub use check::check;
pub use field::FieldDesk;
pub use group::group;
pub use picture::{Edited, editor};
pub use recorder::{Left, Listening, recorded, recorder};
pub use walk::Way;
pub use writer::{Writing, writer};

use super::unknown::no_report;
use crate::app::address::Address;
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::notice::skeleton,
    i18n::Say,
    state::{App, Opening, Report},
};

/// The step after the last section.
pub const CHECK: &str = "check";

/// The address of a step of a report.
pub fn address(id: &str, step: &str) -> String {
    format!("/report/{id}/{step}")
}

/// The page of a report.
pub fn page(id: String) -> AnyView {
    let app = App::from_context();
    let say = Say::from_context();
    let opening = app.report(id);
    let place = Address::from_context();
    let step = memo(move || place.parts().into_iter().nth(2));
    // The walk stays while one goes from step to step; only whether there is a step matters here.
    let has_step = memo(move || step.with(Option::is_some));
    live(move || match opening.get() {
        Opening::Loading => skeleton(say),
        Opening::Missing => no_report(),
        Opening::Open(report) => match has_step.get() {
            false => {
                // Replaces the address, so that "back" leads out of the report and not in again. Whoever just left is
                // not called back.
                if place.path().starts_with("/report/") {
                    place.replace(&address(&report.id(), &first_step(report)));
                }
                skeleton(say)
            }
            true => walk::walk(report, step),
        },
    })
}

/// Where one was, or the beginning.
fn first_step(report: Report) -> String {
    let form = report.form();
    let place = report.place().section;
    place
        .filter(|section| section == CHECK || form.sections.iter().any(|it| it.code == *section))
        .or_else(|| form.sections.first().map(|it| it.code.clone()))
        .unwrap_or_else(|| CHECK.to_owned())
}

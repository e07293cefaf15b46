//! An address that leads nowhere, and a report that is not on this device.

use super::name_page;
use crate::prelude::*;
use crate::{
    components::notice::empty,
    i18n::{Say, Text, common},
};

/// There is no such page.
#[component]
pub fn Unknown() -> impl IntoView {
    nothing_here(common::UNKNOWN_PAGE, common::UNKNOWN_PAGE_NOTE)
}

/// There is no such report here.
pub fn no_report() -> AnyView {
    nothing_here(common::UNKNOWN_REPORT, common::UNKNOWN_REPORT_NOTE)
}

fn nothing_here(title: Text, sentence: Text) -> AnyView {
    let say = Say::from_context();
    name_page(move || say.text(title).to_owned());
    let home = view! { <a class="button primary" href="/">{say.of(common::TO_HOME)}</a> }.into_any();
    view! {
        <h1 class="sr-only">{say.of(title)}</h1>
        {empty(say, "art-search", title, sentence, home)}
    }
    .into_any()
}

//! Which screen is shown: who is not signed in sees only the sign-in, everybody else the page of the address.

pub mod address;
pub mod later;

use crate::components::live::live;
use crate::element::Element;
use crate::prelude::*;
use crate::{
    components::notice::skeleton,
    i18n::Say,
    pages::{frame::frame, home::Home, report, sign_in::SignIn, unknown::Unknown},
    state::{App, Session},
};
use address::Address;

/// The pages, each with what makes it another page: a step inside a report is not one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Page {
    Home,
    Inbox,
    Report(String),
    Review(String),
    Figures,
    Media,
    Item(String),
    Sync,
    Unknown,
}

impl Page {
    fn at(parts: &[String]) -> Self {
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => Self::Home,
            ["inbox"] => Self::Inbox,
            ["report", id] | ["report", id, _] => Self::Report((*id).to_owned()),
            ["review", id] => Self::Review((*id).to_owned()),
            ["figures"] => Self::Figures,
            ["media"] => Self::Media,
            ["media", id] => Self::Item((*id).to_owned()),
            ["sync" | "status"] => Self::Sync,
            _ => Self::Unknown,
        }
    }

    fn draw(self) -> AnyView {
        match self {
            Self::Home => view! { <Home /> }.into_any(),
            Self::Inbox => later::inbox(),
            Self::Report(id) => report::page(id),
            Self::Review(id) => later::review(id),
            Self::Figures => later::figures(),
            Self::Media => later::media(None),
            Self::Item(id) => later::media(Some(id)),
            Self::Sync => later::sync(),
            Self::Unknown => view! { <Unknown /> }.into_any(),
        }
    }
}

/// The app as it is drawn.
#[component]
pub fn Root() -> impl IntoView {
    let app = App::from_context();
    let say = Say::new(app.language());
    provide_context(say);
    let address = Address::start();
    provide_context(address);
    let session = memo(move || app.session().get());
    let page = memo(move || Page::at(&address.parts()));
    live(move || match session.get() {
        Session::Opening => view! { <main class="main" id="main">{skeleton(say)}</main> }.into_any(),
        Session::SignedOut => view! { <SignIn /> }.into_any(),
        Session::SignedIn(person) => frame(&person, live(move || own_place(page.get().draw()))),
    })
}

/// A page in a place of its own: no control of one page may go on as a control of the next.
fn own_place(page: AnyView) -> AnyView {
    Element::new("div").fixed("class", "page").anew().child(page).into_any()
}

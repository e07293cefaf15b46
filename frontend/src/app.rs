//! The frame of every screen and the routes: who is not signed in sees only the sign-in.

use crate::{
    components::notice::skeleton,
    i18n::Say,
    pages::{
        figures::Figures, frame::Frame, home::Home, inbox::Inbox, report::ReportPage, review::ReviewPage,
        sign_in::SignIn, sync::SyncPage, unknown::Unknown,
    },
    state::{App, Session},
};
use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

/// The app as it is drawn.
#[component]
pub fn Root() -> impl IntoView {
    let app = App::from_context();
    let say = Say::new(app.language());
    provide_context(say);
    let session = Memo::new(move |_| app.session().get());
    let screen = move || match session.get() {
        Session::Opening => view! { <main class="main" id="main">{skeleton(say)}</main> }.into_any(),
        Session::SignedOut => view! { <SignIn /> }.into_any(),
        Session::SignedIn(person) => view! { <Frame person>{routes()}</Frame> }.into_any(),
    };
    view! { <Router>{screen}</Router> }
}

fn routes() -> AnyView {
    view! {
        <Routes fallback=Unknown>
            <Route path=path!("/") view=Home />
            <Route path=path!("/inbox") view=Inbox />
            <Route path=path!("/report/:id") view=ReportPage />
            <Route path=path!("/report/:id/:section") view=ReportPage />
            <Route path=path!("/review/:id") view=ReviewPage />
            <Route path=path!("/figures") view=Figures />
            <Route path=path!("/sync") view=SyncPage />
            <Route path=path!("/status") view=SyncPage />
        </Routes>
    }
    .into_any()
}

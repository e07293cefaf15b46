//! The app: starts the state, and draws it into the page's `#app`.
//!
//! Pages read [`state`] and call it; only `store` knows IndexedDB, only `api` knows addresses, and
//! `sync` is the one who moves between them. Components get props and give events.

mod api;
mod app;
mod browser;
mod components;
mod element;
mod i18n;
mod json;
mod pages;
mod prelude;
mod signal;
mod state;
mod store;
mod sync;

use crate::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    let root = browser::element("app").expect("the page that starts the app has #app");
    leptos::mount::mount_to(root, || {
        provide_context(state::App::start());
        view! { <app::Root /> }
    })
    .forget();
}

//! Where the person is: the address bar as signals, and links that stay inside the app.
//!
//! A link to one of the app's own pages loads nothing; it only changes the address. Everything else –
//! another site, a file, a new tab – is left to the browser, and so are back and forward.

use crate::browser;
use crate::prelude::*;
use leptos::ev::MouseEvent;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, HtmlElement};

/// The address bar.
#[derive(Clone, Copy)]
pub struct Address {
    path: RwSignal<String>,
    query: RwSignal<String>,
    hash: RwSignal<String>,
}

impl Address {
    /// Reads the address bar, and follows it from now on.
    pub fn start() -> Self {
        let empty = || RwSignal::new(String::new());
        let address = Self { path: empty(), query: empty(), hash: empty() };
        address.read();
        browser::on_window("popstate", move |_| address.read());
        browser::on_document("click", move |event| address.follow(&event));
        address
    }

    /// The address bar the app provided. Call it while a component is built, not in an event.
    pub fn from_context() -> Self {
        expect_context::<Self>()
    }

    /// The path: `/report/FA:2026-year:TH-0001/PLAN`.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// The parts of the path, decoded.
    pub fn parts(self) -> Vec<String> {
        self.path.with(|path| path.split('/').filter(|part| !part.is_empty()).map(decoded).collect())
    }

    /// What follows `?key=`.
    pub fn query(self, key: &str) -> Option<String> {
        self.query.with(|query| {
            let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(its, _)| *its == key).map(|(_, value)| decoded(value))
        })
    }

    /// What follows `#`, decoded; empty if nothing does.
    pub fn hash(self) -> String {
        self.hash.with(|hash| decoded(hash.trim_start_matches('#')))
    }

    /// Goes to a page; "back" leads here.
    pub fn go(self, to: &str) {
        self.enter(to, false);
    }

    /// Goes to a page in place of this one, so that "back" does not lead into it again.
    pub fn replace(self, to: &str) {
        self.enter(to, true);
    }

    fn enter(self, to: &str, in_place: bool) {
        let before = self.path.get_untracked();
        if let Ok(history) = browser::window().history() {
            // Too many steps within a moment are refused by some browsers; the next one is taken.
            let _ = if in_place {
                history.replace_state_with_url(&JsValue::NULL, "", Some(to))
            } else {
                history.push_state_with_url(&JsValue::NULL, "", Some(to))
            };
        }
        self.read();
        if self.path.with_untracked(|path| *path != before) {
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn read(self) {
        let location = browser::window().location();
        let set = |signal: RwSignal<String>, now: String| {
            if signal.with_untracked(|before| *before != now) {
                signal.set(now);
            }
        };
        set(self.path, location.pathname().unwrap_or_default());
        set(self.query, location.search().unwrap_or_default());
        set(self.hash, location.hash().unwrap_or_default());
    }

    /// A click: on a link into the app it goes there.
    fn follow(self, event: &Event) {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        let wants_more = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if event.default_prevented() || click.button() != 0 || wants_more {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let Ok(Some(link)) = target.closest("a[href]") else { return };
        let to = link.get_attribute("href").unwrap_or_default();
        let is_page = to.starts_with('/') && !to.starts_with("//");
        if is_page && !link.has_attribute("download") && !link.has_attribute("target") {
            event.prevent_default();
            // Leaving a control is told before what it belongs to is gone.
            if let Some(active) = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok())
            {
                let _ = active.blur();
            }
            self.go(&to);
        }
    }
}

fn decoded(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from)
}

//! What tabs of one browser tell each other. They share the store, so a word is enough.

use crate::json;
use lantoa_shared::sync::device;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Something happened that screens may want to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// An op was kept in another tab.
    Kept,
    /// Verdicts were written, or settled ops removed.
    Judged,
    /// Something new came from the centre.
    Changed {
        /// Whether forms, lists, units or settings are among it.
        programme: bool,
    },
    /// Ops are on their way.
    Sending {
        /// How many have arrived.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// A round is over.
    Line(Line),
    /// Somebody signed in or out.
    Session,
    /// The phone itself could not keep what came.
    StoreTrouble,
}

/// How it stands with the line to the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Whether the last attempts failed.
    pub is_cut_off: bool,
    /// Whether the session is over.
    pub is_signed_out: bool,
    /// Whether this version of the app is no longer understood.
    pub is_outdated: bool,
    /// When the centre last answered, in milliseconds since 1970.
    pub last_contact: Option<i64>,
}

impl Line {
    /// Takes in what the machine was told.
    pub fn note(&mut self, input: device::Input) {
        match input {
            device::Input::SignedOut => self.is_signed_out = true,
            device::Input::SignedIn => self.is_signed_out = false,
            device::Input::Outdated => self.is_outdated = true,
            _ => {}
        }
    }
}

/// The channel between tabs; absent in browsers without it, and then each tab is alone.
#[derive(Clone)]
pub struct Tabs {
    channel: Option<Rc<BroadcastChannel>>,
}

impl Tabs {
    /// Opens the channel.
    pub fn open() -> Self {
        Self { channel: BroadcastChannel::new("lantoa").ok().map(Rc::new) }
    }

    /// Tells the other tabs.
    pub fn tell(&self, what: &Happened) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(what)) {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }

    /// Calls `then` with what other tabs tell, as long as the app runs.
    pub fn on_message(&self, then: impl Fn(Happened) + 'static) {
        let Some(channel) = &self.channel else { return };
        let callback = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A tab of another version may say what this one does not know.
            let said = event.data().as_string().and_then(|text| json::read(&text).ok());
            said.into_iter().for_each(&then);
        });
        channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        callback.forget();
    }
}

//! The stream of hints that something is new. It carries no content, so losing it is harmless.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, EventSource};

/// An open stream; dropping it closes it.
pub struct News {
    source: EventSource,
    _callback: Closure<dyn FnMut(Event)>,
}

impl News {
    /// Opens the stream and calls `then` at every hint, and whenever the stream stands, also when the browser opened
    /// it again by itself: what was hinted at in between was told to nobody.
    pub fn listen(mut then: impl FnMut() + 'static) -> Option<Self> {
        let source = EventSource::new("/api/v1/sync/events").ok()?;
        let callback = Closure::<dyn FnMut(Event)>::new(move |_| then());
        for event in ["news", "open"] {
            source.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref()).ok()?;
        }
        Some(Self { source, _callback: callback })
    }

    /// Whether the browser gave the stream up and will not open it again by itself.
    pub fn is_over(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.source.close();
    }
}

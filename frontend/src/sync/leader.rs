//! One tab sends and listens: the one that holds the lock.
//!
//! The tab in front of the person takes the lock from a tab behind, which the system may have
//! frozen with the lock in its hands. Two that send at once for a moment do no harm: the centre
//! takes each op once.

use super::driver::Nudge;
use crate::browser::{by_name, is_visible, locks::locks};
use futures::channel::mpsc::UnboundedSender;
use js_sys::{Object, Promise, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

const LOCK: &str = "lantoa-sync";

thread_local! {
    /// Counts this tab's requests. A tab that asks twice takes the lock from itself; only the loss of its
    /// last request means that it no longer leads.
    static REQUESTS: Cell<u32> = const { Cell::new(0) };
}

/// Leads as soon as no other tab does.
pub fn compete(nudges: UnboundedSender<Nudge>, is_leading: Rc<Cell<bool>>) {
    request(nudges, is_leading, is_visible());
}

/// Leads now.
pub fn take_over(nudges: UnboundedSender<Nudge>, is_leading: Rc<Cell<bool>>) {
    request(nudges, is_leading, true);
}

fn request(nudges: UnboundedSender<Nudge>, is_leading: Rc<Cell<bool>>, by_force: bool) {
    let locks = locks();
    if !locks.is_object() {
        is_leading.set(true);
        let _ = nudges.unbounded_send(Nudge::Lead(true));
        return;
    }
    let own = REQUESTS.get().wrapping_add(1);
    REQUESTS.set(own);
    let options = Object::new();
    if by_force {
        let _ = Reflect::set(&options, &"steal".into(), &true.into());
    }
    let (granted, leading) = (nudges.clone(), Rc::clone(&is_leading));
    let callback = Closure::once_into_js(move || -> Promise {
        leading.set(true);
        let _ = granted.unbounded_send(Nudge::Lead(true));
        // Held until the tab closes or another one takes it.
        Promise::new(&mut |_, _| {})
    });
    // Now, not once the task below has its turn: another tab may ask meanwhile.
    let held = by_name::call(&locks, "request", &[LOCK.into(), options.into(), callback]);
    spawn_local(async move {
        let _ = by_name::answer(held).await;
        if REQUESTS.get() == own {
            is_leading.set(false);
            let _ = nudges.unbounded_send(Nudge::Lead(false));
        }
    });
}

//! A screen that stays on while something goes on that a sleeping phone would end. A browser without it lets the
//! screen go dark as ever.

use super::{by_name, is_visible, window};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Keeps the screen on until it is dropped.
#[derive(Default)]
pub struct Awake(Rc<RefCell<Sentinel>>);

#[derive(Default)]
struct Sentinel {
    lock: Option<JsValue>,
    is_asked: bool,
    /// The browser said no, and would say so again: a battery is nearly empty, say.
    is_refused: bool,
    is_over: bool,
}

impl Awake {
    /// Asks for it where it is not granted now. A page that was hidden meanwhile has lost it; so this is to be called
    /// again and again.
    pub fn keep(&self) {
        {
            let mut sentinel = self.0.borrow_mut();
            if !is_visible() {
                sentinel.is_refused = false;
                return;
            }
            sentinel.is_over = false;
            let is_granted = sentinel.lock.as_ref().is_some_and(|lock| !is_released(lock));
            if is_granted || sentinel.is_asked || sentinel.is_refused {
                return;
            }
            sentinel.is_asked = true;
        }
        let sentinel = Rc::clone(&self.0);
        spawn_local(async move {
            let locks = by_name::of(&window().navigator(), "wakeLock");
            if !locks.is_object() {
                // Without it, it need not be asked for again.
                return;
            }
            let lock = by_name::answer(by_name::call(&locks, "request", &["screen".into()])).await.ok();
            let mut sentinel = sentinel.borrow_mut();
            (sentinel.is_asked, sentinel.is_refused) = (false, lock.is_none());
            if sentinel.is_over {
                lock.iter().for_each(release);
            } else {
                sentinel.lock = lock;
            }
        });
    }

    /// Lets it go dark, until it is asked for again.
    pub fn rest(&self) {
        let mut sentinel = self.0.borrow_mut();
        sentinel.is_over = true;
        sentinel.lock.take().iter().for_each(release);
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.rest();
    }
}

fn is_released(lock: &JsValue) -> bool {
    by_name::of(lock, "released").is_truthy()
}

fn release(lock: &JsValue) {
    let _ = by_name::call(lock, "release", &[]);
}

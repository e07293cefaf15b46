//! Locks that all tabs of a browser see: who holds one says that a page is alive and works on something. In a browser
//! without them nobody holds any.

use super::{by_name, window};
use js_sys::{Array, Function, Promise};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

/// A lock, held until this is dropped or the page is gone.
pub struct Lock(Rc<RefCell<Option<Function>>>);

impl Lock {
    /// Takes the lock of a name that no other page knows.
    pub fn hold(name: &str) -> Self {
        let release: Rc<RefCell<Option<Function>>> = Rc::default();
        let held = Rc::clone(&release);
        let callback = Closure::once_into_js(move || -> Promise {
            Promise::new(&mut |resolve, _| {
                held.replace(Some(resolve));
            })
        });
        let _ = by_name::call(&locks(), "request", &[name.into(), callback]);
        Self(release)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// The names of all locks that are held.
pub async fn held() -> Vec<String> {
    let Ok(told) = by_name::answer(by_name::call(&locks(), "query", &[])).await else { return Vec::new() };
    let held = by_name::of(&told, "held").dyn_into::<Array>().unwrap_or_default();
    held.iter().filter_map(|lock| by_name::of(&lock, "name").as_string()).collect()
}

/// Where locks are asked for; `undefined` in a browser without them.
pub fn locks() -> JsValue {
    by_name::of(&window().navigator(), "locks")
}

//! Locks that all tabs of a browser see: who holds one says that a page is alive and works on something. Called by
//! name: the bindings do not have them yet. In a browser without them nobody holds any.

use super::window;
use js_sys::{Array, Function, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

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
        if let Some(Ok(request)) = locks().map(|it| method(&it, "request")) {
            let _ = request.1.call2(&request.0, &JsValue::from_str(name), &callback);
        }
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
    let asked = locks().and_then(|it| {
        let (locks, query) = method(&it, "query").ok()?;
        query.call0(&locks).ok()?.dyn_into::<Promise>().ok()
    });
    let Some(asked) = asked else { return Vec::new() };
    let Ok(told) = JsFuture::from(asked).await else { return Vec::new() };
    let held = Reflect::get(&told, &"held".into()).ok().and_then(|it| it.dyn_into::<Array>().ok());
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    held.unwrap_or_default().iter().filter_map(name).collect()
}

fn locks() -> Option<JsValue> {
    Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)
}

fn method(locks: &JsValue, name: &str) -> Result<(JsValue, Function), JsValue> {
    Ok((locks.clone(), Reflect::get(locks, &name.into())?.dyn_into()?))
}

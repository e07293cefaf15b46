//! What browsers have and our bindings do not, or not everywhere: found by its name.
//!
//! Invariant: what is not there answers with nothing, or with the error that a script would see; it never ends the app.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Something that a thing has; `undefined` if it does not.
pub fn of(thing: &JsValue, name: &str) -> JsValue {
    Reflect::get(thing, &name.into()).unwrap_or_default()
}

/// Calls a method of a thing.
///
/// # Errors
/// If there is no such method, or what it throws.
pub fn call(thing: &JsValue, method: &str, given: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = of(thing, method).dyn_into()?;
    let all = Array::new();
    for it in given {
        all.push(it);
    }
    method.apply(thing, &all)
}

/// Waits for the answer of a method that answers later.
///
/// # Errors
/// What the call came to, or what it answers in the end.
pub async fn answer(called: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&called?)).await
}

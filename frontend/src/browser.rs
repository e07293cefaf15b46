//! Facts about the browser, one call each: its clock, its chance, its events, its timeline.
//!
//! No decisions here, and nothing waits: what can fail in a strange browser answers with nothing.

pub mod by_name;
pub mod locks;
pub mod parts;
pub mod wake;

use crate::prelude::document;
use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Event, EventTarget, HtmlAnchorElement, HtmlElement, Url, VisibilityState, Window,
};

/// The window; the app never runs outside of one.
pub fn window() -> Window {
    crate::prelude::window()
}

/// An element of the page.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The device's clock, in milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "the clock stays below 2^53 for 285,000 years")]
pub fn now() -> i64 {
    Date::now() as i64
}

/// Milliseconds since the page began, which no change of the device's clock moves.
pub fn ticks() -> f64 {
    window().performance().map_or_else(Date::now, |performance| performance.now())
}

/// Bytes of chance.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without chance (no such browser is known) ids still differ by their time.
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// A random number.
pub fn random_number() -> u32 {
    u32::from_le_bytes(random())
}

/// A new id for a device's store. `crypto.randomUUID` is absent where a page is served without TLS.
pub fn random_id() -> String {
    uuid::Builder::from_random_bytes(random()).into_uuid().to_string()
}

/// A new id that sorts after those made before `at`.
pub fn id_in_time(at: i64) -> String {
    let at = u64::try_from(at).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(at, &random()).into_uuid().to_string()
}

/// By what kind of line the device is connected, such as `wifi` or `cellular`; `None` where the browser does not tell.
pub fn line_kind() -> Option<String> {
    let line = by_name::of(&window().navigator(), "connection");
    by_name::of(&line, "type").as_string().filter(|kind| kind != "unknown")
}

/// Whether the line is slow, or the person pays for it by the byte; where the browser does not tell, it is not.
pub fn is_line_weak() -> bool {
    let line = by_name::of(&window().navigator(), "connection");
    let kind = by_name::of(&line, "effectiveType").as_string();
    by_name::of(&line, "saveData").is_truthy() || kind.is_some_and(|kind| kind.ends_with("2g"))
}

/// Whether the person pays for the line by the byte; where the browser does not tell, it is not so.
pub fn is_line_dear() -> bool {
    line_kind().is_some_and(|kind| kind == "cellular") || is_line_weak()
}

/// Bytes of storage used and granted, where the browser tells.
pub async fn storage() -> Option<(u64, u64)> {
    let estimate = JsFuture::from(window().navigator().storage().estimate().ok()?).await.ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no disk holds 2^53 bytes")]
    let bytes = |key: &str| Some(by_name::of(&estimate, key).as_f64()?.max(0.0) as u64);
    Some((bytes("usage")?, bytes("quota")?))
}

/// Whether the person can see this tab.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Calls `then` at every such event of the window, as long as the app runs.
pub fn on_window(event: &str, then: impl FnMut(Event) + 'static) {
    listen(&window(), event, then);
}

/// Calls `then` at every such event of the document, as long as the app runs.
pub fn on_document(event: &str, then: impl FnMut(Event) + 'static) {
    listen(&document(), event, then);
}

/// Calls `then` at every such event, as long as the app runs.
pub fn listen(target: &EventTarget, event: &str, then: impl FnMut(Event) + 'static) {
    let callback = Closure::<dyn FnMut(Event)>::new(then);
    let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
    callback.forget();
}

/// Tells the page's own scripts that something happened.
pub fn announce(event: &str) {
    if let Ok(event) = Event::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// A preference kept where the page can read it before the app stands.
pub fn preference(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?.filter(|value| !value.is_empty())
}

/// Keeps a preference. A browser that forbids it simply forgets.
pub fn set_preference(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// An attribute of `<html>`.
pub fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

/// Runs `then` after the browser painted twice: what was drawn before is on screen.
pub fn after_paint(then: impl FnOnce() + 'static) {
    crate::prelude::request_animation_frame(|| crate::prelude::request_animation_frame(then));
}

/// Types for the person, over what is selected in the control that has the focus, so that the browser can take it back
/// as it takes back typing. Returns whether it did.
pub fn type_in(text: &str) -> bool {
    let deed = if text.is_empty() { "delete" } else { "insertText" };
    let done = by_name::call(&document(), "execCommand", &[deed.into(), JsValue::FALSE, text.into()]);
    done.is_ok_and(|done| done.is_truthy())
}

/// Puts the focus on an element of the page once it is drawn: what had it is about to go.
pub fn focus(id: String) {
    after_paint(move || {
        if let Some(element) = element(&id) {
            let _ = element.focus();
        }
    });
}

/// Remembers when something began, for [`measure`].
pub fn begin(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(&format!("{name}:begin"));
    }
}

/// Puts a mark on the page's timeline, and a measure of the same name since its [`begin`] – or, if it
/// has none, since the page began.
pub fn measure(name: &str) {
    let Some(performance) = window().performance() else { return };
    let _ = performance.mark(name);
    if performance.measure_with_start_mark(name, &format!("{name}:begin")).is_err() {
        let _ = performance.measure(name);
    }
}

/// Asks the browser not to throw the store away; whether it agrees. Some browsers ask the person, some
/// never answer: nothing may wait for this that matters.
pub async fn ask_to_persist() -> bool {
    let Ok(asked) = window().navigator().storage().persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// Whether the browser agreed not to throw the store away.
pub async fn is_persisted() -> bool {
    let Ok(asked) = window().navigator().storage().persisted() else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// Copies a text; whether the browser let us.
pub async fn copy(text: &str) -> bool {
    // Absent where a page is served without TLS.
    let clipboard = by_name::of(&window().navigator(), "clipboard");
    by_name::answer(by_name::call(&clipboard, "writeText", &[text.into()])).await.is_ok()
}

/// A mark that outlives the store: kept in a cookie and beside the preferences, because browsers clear them
/// at different times. Cookies are shared by the ports of a host, so the cookie bears the port.
pub fn mark(name: &str) -> Option<String> {
    let cookies = by_name::of(&document(), "cookie").as_string();
    let begin = format!("{}=", cookie_name(name));
    let found =
        cookies.and_then(|all| all.split("; ").find_map(|it| it.strip_prefix(&begin).map(str::to_owned)));
    found.or_else(|| preference(name))
}

/// Keeps a mark for as long as browsers allow. `value` holds letters, digits, `-` and `.` only.
pub fn set_mark(name: &str, value: &str) {
    if mark(name).as_deref() != Some(value) {
        let cookie = format!("{}={value}; Max-Age=34560000; Path=/; SameSite=Strict", cookie_name(name));
        let _ = Reflect::set(&document(), &"cookie".into(), &cookie.into());
        set_preference(name, value);
    }
}

fn cookie_name(name: &str) -> String {
    format!("{name}{}", window().location().port().unwrap_or_default())
}

/// Hands a file to the person. Returns whether the browser took it.
pub fn hand_out(name: &str, text: &str) -> bool {
    let hand_out = || {
        let kind = BlobPropertyBag::new();
        kind.set_type("application/json");
        let parts = Array::of1(&JsValue::from_str(text));
        let address =
            Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)?;
        // The address lives as long as the page: nothing says when the browser has read it.
        Ok::<String, JsValue>(address)
    };
    hand_out().is_ok_and(|address| hand_out_from(&address, name))
}

/// Hands what lies at an address of this page to the person, under a name. Returns whether the browser took it.
pub fn hand_out_from(address: &str, name: &str) -> bool {
    let Ok(link) = document().create_element("a") else { return false };
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(address);
    link.set_download(name);
    link.click();
    true
}

/// Bytes as text.
pub fn base64(bytes: &[u8]) -> Option<String> {
    let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    window().btoa(&letters).ok()
}

/// The bytes that a text stands for.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let letters = window().atob(text).ok()?;
    letters.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

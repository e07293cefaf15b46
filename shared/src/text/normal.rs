//! Unicode normal forms: everything is kept composed (NFC), folded and sorted decomposed (NFD).
//!
//! A browser brings its own tables; carrying a second copy to every phone would cost 60 kB. So the
//! app asks the browser, and everyone else the library. Both follow the same standard.

/// The composed form (NFC), in which text is kept (rules.md section 6).
pub fn composed(text: &str) -> String {
    form(text, "NFC")
}

/// The decomposed form (NFD), in which marks stand apart from their letters.
pub fn decomposed(text: &str) -> String {
    form(text, "NFD")
}

#[cfg(target_arch = "wasm32")]
fn form(text: &str, name: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    String::from(js_sys::JsString::from(text).normalize(name))
}

#[cfg(not(target_arch = "wasm32"))]
fn form(text: &str, name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    if name == "NFC" { text.nfc().collect() } else { text.nfd().collect() }
}

//! What every page writes with: Leptos, its `view!` replaced by ours (see [`crate::element`]), and reactive parts
//! whose closures lie behind a pointer.
//!
//! The machinery behind a memo or an effect is compiled once per type of closure. Behind these pointers there is one
//! type per kind of value, and the app a phone downloads is smaller by what all the others would have cost.

pub use lantoa_markup::view;
pub use leptos::prelude::*;

/// A value computed from signals, told of only when it differs.
pub fn memo<T: PartialEq + Send + Sync + 'static>(ask: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    let ask: Box<dyn Fn() -> T + Send + Sync> = Box::new(ask);
    Memo::new(move |_| ask())
}

/// A deed done again whenever a signal it read changes.
pub fn effect(deed: impl FnMut() + 'static) {
    let mut deed: Box<dyn FnMut()> = Box::new(deed);
    Effect::new(move |_| deed());
}

//! What every page writes with: Leptos, its `view!` and its signals replaced by ours (see [`crate::element`] and
//! [`crate::signal`]), which a phone downloads once and not for each type anew.

pub use crate::signal::{Memo, RwSignal, Signal};
pub use lantoa_markup::view;
pub use leptos::prelude::*;

/// See [`Memo::new`].
pub fn memo<T: PartialEq + Send + Sync + 'static>(ask: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    Memo::new(ask)
}

/// A deed done again whenever a signal it read changes.
pub fn effect(deed: impl FnMut() + 'static) {
    let mut deed: Box<dyn FnMut()> = Box::new(deed);
    Effect::new(move |_| deed());
}

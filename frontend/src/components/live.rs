//! Parts of a view that are drawn anew when what they read changes.
//!
//! The machinery behind a reactive part is compiled once per type of closure. Behind these two boxes there
//! are two types, and the app a phone downloads is smaller by what all the others would have cost.

use crate::prelude::*;

/// A part that is drawn anew.
pub fn live<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || draw().into_any());
    draw.into_any()
}

/// Words that are said anew.
pub fn words(say: impl FnMut() -> String + Send + 'static) -> AnyView {
    let say: Box<dyn FnMut() -> String + Send> = Box::new(say);
    say.into_any()
}

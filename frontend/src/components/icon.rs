//! A drawing of the sprite; it always stands beside words, so readers of screens skip it.

use crate::prelude::*;

/// An icon of `public/icons/sprite.svg`, by name.
pub fn icon(name: &'static str) -> AnyView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use_ href=format!("/icons/sprite.svg#{name}")></use_>
        </svg>
    }
    .into_any()
}

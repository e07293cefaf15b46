//! What the app has to say inside a page: notices, empty places, waiting places.

use super::icon::icon;
use crate::i18n::{Say, Text};
use crate::prelude::*;

/// The tone of a notice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Good to know.
    Info,
    /// Something went well.
    Success,
    /// Something waits for the person.
    Warning,
    /// Something is broken.
    Error,
    /// There is no network: a state, not an error.
    Offline,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Offline => "offline",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "check",
            Self::Warning => "warning",
            Self::Error => "alert",
            Self::Offline => "cloud-off",
        }
    }
}

/// A notice with a title, a sentence and perhaps something to press.
pub fn notice(kind: Kind, title: String, sentence: String, deed: AnyView) -> AnyView {
    view! {
        <div class="notice" data-kind=kind.code()>
            {icon(kind.icon())}
            <div class="notice-text">
                <b>{title}</b>
                {(!sentence.is_empty()).then(|| view! { <p>{sentence}</p> })}
            </div>
            {deed}
        </div>
    }
    .into_any()
}

/// A place with nothing in it, and what that means. `art` is `art-calm`, `art-inbox` or `art-search`.
pub fn empty(say: Say, art: &'static str, title: Text, sentence: Text, deed: AnyView) -> AnyView {
    view! {
        <div class="empty">
            <svg class="empty-art" aria-hidden="true">
                <use_ href=format!("/icons/sprite.svg#{art}")></use_>
            </svg>
            <h2>{say.of(title)}</h2>
            <p>{say.of(sentence)}</p>
            {deed}
        </div>
    }
    .into_any()
}

/// A place whose content is on its way.
pub fn skeleton(say: Say) -> AnyView {
    view! {
        <div class="stack">
            <p class="sr-only" role="status">{say.of(crate::i18n::common::LOADING)}</p>
            <div class="skeleton title"></div>
            <div class="skeleton block"></div>
            <div class="skeleton block"></div>
        </div>
    }
    .into_any()
}

//! One setting of an element, before and after it was applied.
//!
//! Invariant: dropping an applied setting ends what it watches; applying a new one over an old one of the same place
//! touches attributes only where the worth differs, and writes properties always.

use super::worth::{Word, Worth};
use crate::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr, types};
use leptos::wasm_bindgen::JsValue;
use send_wrapper::SendWrapper;
use std::borrow::Cow;

/// A setting to be applied.
pub enum Setting {
    /// An attribute or a property.
    Worth {
        /// Its name.
        name: &'static str,
        /// Whether it is a property.
        is_property: bool,
        /// What it is worth.
        worth: Worth,
    },
    /// Somebody who is told of an event.
    Listener {
        /// The name of the event.
        event: Cow<'static, str>,
        /// Whom to tell.
        handler: SendWrapper<Box<dyn FnMut(types::Event)>>,
    },
    /// Somebody who wants to know the node.
    Reference(Box<dyn FnOnce(&types::Element) + Send>),
}

/// A setting that was applied.
pub enum SettingState {
    /// A worth that stays.
    Fixed(&'static str, Word),
    /// A worth that follows its signals.
    Live(&'static str, RenderEffect<Word>),
    /// A listener, who stops listening when dropped.
    Listener(
        Cow<'static, str>,
        #[expect(dead_code, reason = "kept for its drop")] RemoveEventHandler<types::Element>,
    ),
    /// Told.
    Reference,
}

impl Setting {
    /// Whether it may take the place of an old one.
    pub fn is_same_place(&self, old: &SettingState) -> bool {
        match (self, old) {
            (Self::Worth { name, .. }, SettingState::Fixed(old, _) | SettingState::Live(old, _)) => {
                name == old
            }
            (Self::Listener { event, .. }, SettingState::Listener(old, _)) => event == old,
            // Whoever asks for a node means one of its own: a control with what was typed into it and where the caret
            // stood must not become that of another question.
            _ => false,
        }
    }

    /// Puts it into the page, over an old one if there is one.
    pub fn apply(self, node: &types::Element, old: Option<SettingState>) -> SettingState {
        match self {
            Self::Worth { name, is_property, worth } => {
                let before = match old {
                    // A person may have changed what the control holds.
                    _ if is_property => None,
                    Some(SettingState::Fixed(_, word)) => Some(word),
                    Some(SettingState::Live(_, effect)) => effect.take_value(),
                    _ => None,
                };
                follow(node.clone(), name, is_property, worth, before)
            }
            Self::Listener { event, handler } => {
                drop(old);
                let (owner, mut handler) = (Owner::current(), handler.take());
                let told: Box<dyn FnMut(types::Event)> = Box::new(move |event| match &owner {
                    Some(owner) => owner.with(|| handler(event)),
                    None => handler(event),
                });
                let remove = Rndr::add_event_listener(node, &event, told);
                SettingState::Listener(event, remove)
            }
            Self::Reference(tell) => {
                tell(node);
                SettingState::Reference
            }
        }
    }
}

fn follow(
    node: types::Element,
    name: &'static str,
    is_property: bool,
    worth: Worth,
    before: Option<Word>,
) -> SettingState {
    match worth {
        Worth::Fixed(word) => {
            write(&node, name, is_property, &word, before.as_ref());
            SettingState::Fixed(name, word)
        }
        Worth::Live(mut ask) => {
            let mut before = before;
            SettingState::Live(
                name,
                RenderEffect::new(move |last: Option<Word>| {
                    let word = ask();
                    write(&node, name, is_property, &word, last.or_else(|| before.take()).as_ref());
                    word
                }),
            )
        }
    }
}

fn write(node: &types::Element, name: &'static str, is_property: bool, word: &Word, before: Option<&Word>) {
    if before == Some(word) {
        return;
    }
    if is_property {
        let worth = match word {
            Word::No => JsValue::FALSE,
            Word::Yes => JsValue::TRUE,
            Word::Text(text) => JsValue::from_str(text),
        };
        Rndr::set_property_or_value(node, name, &worth);
        return;
    }
    match word {
        Word::Text(text) => Rndr::set_attribute(node, name, text),
        Word::Yes => Rndr::set_attribute(node, name, ""),
        Word::No if before.is_some() => Rndr::remove_attribute(node, name),
        Word::No => {}
    }
}

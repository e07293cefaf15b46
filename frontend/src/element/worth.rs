//! What an attribute or a property is worth: once for all, or anew whenever a signal it read changes.

use crate::prelude::*;
use leptos::reactive::signal::ReadSignal;
use std::borrow::Cow;

/// A worth at one moment.
#[derive(Clone, PartialEq)]
pub enum Word {
    /// The attribute is absent, the property false.
    No,
    /// The attribute is present, the property true.
    Yes,
    /// The text.
    Text(Cow<'static, str>),
}

/// A worth over time.
pub enum Worth {
    /// Never changes.
    Fixed(Word),
    /// Asked again when what it read has changed.
    Live(Box<dyn FnMut() -> Word + Send>),
}

/// What can be written for a word.
pub trait IntoWord {
    /// The word.
    fn into_word(self) -> Word;
}

impl IntoWord for &'static str {
    fn into_word(self) -> Word {
        Word::Text(self.into())
    }
}

impl IntoWord for String {
    fn into_word(self) -> Word {
        Word::Text(self.into())
    }
}

impl IntoWord for bool {
    fn into_word(self) -> Word {
        if self { Word::Yes } else { Word::No }
    }
}

impl<T: IntoWord> IntoWord for Option<T> {
    fn into_word(self) -> Word {
        self.map_or(Word::No, T::into_word)
    }
}

/// What can be written behind an attribute's `=`.
pub trait IntoWorth {
    /// The worth.
    fn into_worth(self) -> Worth;
}

/// Writes the conversion for kinds of words that never change.
macro_rules! fixed {
    ($($kind:ty),+) => {
        $(impl IntoWorth for $kind {
            fn into_worth(self) -> Worth {
                Worth::Fixed(self.into_word())
            }
        })+
    };
}

fixed!(&'static str, String, bool, Option<&'static str>, Option<String>);

impl<T: IntoWord, F: FnMut() -> T + Send + 'static> IntoWorth for F {
    fn into_worth(mut self) -> Worth {
        Worth::Live(Box::new(move || self().into_word()))
    }
}

/// Writes the conversion for kinds of signals.
macro_rules! signals {
    ($($kind:ident),+) => {
        $(impl<T: IntoWord + Clone + Send + Sync + 'static> IntoWorth for $kind<T> {
            fn into_worth(self) -> Worth {
                (move || self.get()).into_worth()
            }
        })+
    };
}

signals!(Memo, RwSignal, ReadSignal, Signal);

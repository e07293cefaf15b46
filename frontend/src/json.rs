//! Reading JSON into what the app knows.
//!
//! `serde_json` reads straight from the text, and so a piece of its parser is compiled into every type that is read,
//! twice (structs may be lists to it), with sentences for every mistake. Here the text becomes a tree once, by one
//! compiled parser, and types are taken out of the tree; who reads only asks whether it could be read. Half the code.
//! The bodies of rows are not even made into trees before somebody asks: most are stored as they came.
//! Invariant: what `serde_json` writes for a type of the wire reads back as the same.

mod taking;
mod tree;

use serde::{
    Deserialize, Serialize,
    de::{self, DeserializeOwned, Deserializer, Visitor},
};
use std::fmt;
use tree::{Tree, UNREAD};

/// The text is no JSON, or not of the shape that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Reads a text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(parse(text)?)
}

/// Writes what is ours.
///
/// # Panics
/// If a map has other keys than texts; no shape of ours has. The library's own sentence about that is left out: it
/// would bring along all its others.
pub fn write(value: &impl Serialize) -> String {
    let Ok(text) = serde_json::to_string(value) else { unreachable!("keys are texts") };
    text
}

#[inline(never)]
fn parse(text: &str) -> Result<Tree, Unreadable> {
    serde_json::from_str(text).map_err(|_| Unreadable)
}

/// A part of a text that is handed on as it stands: the body of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread(pub String);

impl<'de> Deserialize<'de> for Unread {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Unread;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a body")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Unread, E> {
                Ok(Unread(text.to_owned()))
            }
        }
        deserializer.deserialize_newtype_struct(UNREAD, Text)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

/// Every mistake is the same; the sentences that serde would write are never asked for.
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests;

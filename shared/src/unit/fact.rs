//! What the registry knows of a unit: a yes, a number, words or names, read from whatever JSON says it.
//!
//! Read by hand: a phone holds no general JSON values besides, and their code would be a hundredth of the app.

use crate::language::Bilingual;
use crate::value::{Datum, Decimal};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use std::fmt;

/// One thing that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Nothing, said in so many words.
    Nothing,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Words, a code, a day.
    Text(String),
    /// Several of them.
    Texts(Vec<String>),
    /// Words in both languages.
    Words(Bilingual),
}

impl Fact {
    /// As rules read it.
    pub fn datum(&self) -> Datum {
        match self {
            Self::Bool(answer) => Datum::Bool(*answer),
            Self::Number(number) => Datum::Number(Decimal::new(*number, 0).exact()),
            Self::Text(text) if text.contains('-') => {
                text.parse().map_or_else(|_| Datum::Text(text.clone()), Datum::Date)
            }
            Self::Text(text) => Datum::Text(text.clone()),
            Self::Texts(texts) => Datum::Set(texts.clone()),
            Self::Words(_) | Self::Nothing => Datum::Empty,
        }
    }

    /// The words, if it is words.
    pub fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The words in both languages, if they are that.
    pub fn words(self) -> Option<Bilingual> {
        if let Self::Words(words) = self { Some(words) } else { None }
    }
}

impl From<bool> for Fact {
    fn from(answer: bool) -> Self {
        Self::Bool(answer)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<String>> From<Vec<T>> for Fact {
    fn from(texts: Vec<T>) -> Self {
        Self::Texts(texts.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Bool(answer) => serializer.serialize_bool(*answer),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Words(words) => words.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Fact;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a fact of a unit")
            }

            fn visit_unit<E>(self) -> Result<Fact, E> {
                Ok(Fact::Nothing)
            }

            fn visit_bool<E>(self, answer: bool) -> Result<Fact, E> {
                Ok(Fact::Bool(answer))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Fact, E> {
                Ok(Fact::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Fact, E> {
                Ok(i64::try_from(number).map_or(Fact::Nothing, Fact::Number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Fact, E> {
                Ok(Fact::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Fact, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(Fact::Texts(texts))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Fact, A::Error> {
                let mut words = Bilingual::new("", "");
                while let Some((language, text)) = entries.next_entry::<String, String>()? {
                    match language.as_str() {
                        "vi" => words.vi = text,
                        "en" => words.en = text,
                        _ => {}
                    }
                }
                Ok(Fact::Words(words))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

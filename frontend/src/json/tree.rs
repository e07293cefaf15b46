//! A text as a tree, made by one compiled parser.

use super::{Unreadable, parse};
use serde::{
    Deserialize,
    de::{Deserializer, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Number, value::RawValue};
use std::fmt;

/// The field whose content is not read before somebody asks for it.
pub const UNREAD: &str = "body";

/// A part of the text, as a tree.
pub enum Tree {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Tree>),
    Fields(Vec<(String, Tree)>),
    Unread(Box<RawValue>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Planter)
    }
}

/// Makes the tree.
struct Planter;

impl<'de> Visitor<'de> for Planter {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, answer: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(answer))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Number::from_f64(number).map_or(Tree::Null, Tree::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let content = if key == UNREAD { Tree::Unread(map.next_value()?) } else { map.next_value()? };
            fields.push((key, content));
        }
        Ok(Tree::Fields(fields))
    }
}

impl Tree {
    /// What it is, read as far as anybody needs.
    pub fn read(self) -> Result<Self, Unreadable> {
        if let Self::Unread(text) = self { parse(text.get()) } else { Ok(self) }
    }
}

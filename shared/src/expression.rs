//! Expressions of the forms: one parser, one type check, one evaluator, on phone and server.
//!
//! An expression is parsed once into a small tree whose nodes know where they stand in the text.
//! Evaluation is three-valued: what is empty stays empty through arithmetic and comparison, and
//! `and`, `or`, `not` follow Kleene. A check fires only when it is definitely false, a field is
//! relevant only when its condition is definitely true. Numbers are exact; what overflows or is
//! divided by zero is empty, never wrong. Nothing here panics on any input.

mod evaluate;
mod lexer;
mod parser;
mod tree;
mod types;

pub use evaluate::{Scope, evaluate};
pub use parser::parse;
pub use tree::{Expression, Function, Node, Operator, Symbol};
pub use types::{Kind, Names, check};

use std::fmt;

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Place in the text, in characters from 0.
    pub at: usize,
    /// What is wrong, in one English sentence for whoever writes forms.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "at character {}: {}", self.at + 1, self.message)
    }
}

impl std::error::Error for Fault {}

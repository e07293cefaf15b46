//! Why a command of the operator was not done: an errand of the office or of the vault.
//!
//! Invariant: what is shown to the operator are whole sentences that name the thing and the mend.

use crate::store;
use std::io;

/// Why a command was not done. The database it works on is as it was.
#[derive(Debug)]
pub enum NotDone {
    /// Something that was asked, or was found, is wrong: one sentence a line, each with its mend.
    Wrong(Vec<String>),
    /// A file or standard input.
    Io(&'static str, io::Error),
    /// The database.
    Store(store::Error),
}

impl NotDone {
    /// One thing is wrong.
    pub fn wrong(sentence: impl Into<String>) -> Self {
        Self::Wrong(vec![sentence.into()])
    }
}

impl std::fmt::Display for NotDone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wrong(sentences) => formatter.write_str(&sentences.join("\n")),
            Self::Io(doing, source) => write!(formatter, "{doing}: {source}"),
            Self::Store(source) => write!(formatter, "{source}"),
        }
    }
}

impl std::error::Error for NotDone {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Wrong(_) => None,
            Self::Io(_, source) => Some(source),
            Self::Store(source) => Some(source),
        }
    }
}

impl From<store::Error> for NotDone {
    fn from(source: store::Error) -> Self {
        Self::Store(source)
    }
}

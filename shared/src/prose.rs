//! An article as a tree: headings, paragraphs, lists, quotations and pictures, read out of a plain text.
//!
//! What is kept is the text, in a small part of Markdown, so that it merges, is searched and travels as every text does.
//! Invariants: nothing that was written is left out – what is no heading, list, link or picture of ours is read as it
//! stands; a link leads to the web or to a mailbox, a picture is a file of the same item and never an address, and stands
//! in it once; a tree is never deeper than [`MAX_DEPTH`].

mod reading;
pub mod writing;

use crate::{text::normal, value::FileRef};
use std::{cell::RefCell, collections::BTreeSet};

/// How many blocks may lie in each other; a list and its item count as two.
pub const MAX_DEPTH: usize = 6;

/// In a longer text, in bytes, only lines are looked for. A form takes 100,000 characters.
pub const MAX_BYTES: usize = 600_000;

/// What stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading under the title of the whole.
    Heading(Level, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Whether its items bear numbers.
        is_numbered: bool,
        /// Its items, at least one.
        items: Vec<Item>,
    },
    /// What somebody else said.
    Quote(Vec<Block>),
    /// A picture.
    Picture {
        /// The name of a file of the item.
        file: String,
        /// What is on it; may be empty.
        caption: String,
    },
}

/// How high a heading is. The first in a text is always a [`Level::Two`]: none is left out on the way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Right under the title.
    Two,
    /// Under a heading of level two.
    Three,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number that was written before it.
    pub number: Option<u32>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Words(Words),
    /// Words that lead elsewhere.
    Link {
        /// An address that begins with `https:`, `http:` or `mailto:`.
        to: String,
        /// What is read; never blank.
        words: Vec<Words>,
    },
    /// The line ends, the paragraph goes on.
    Break,
}

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is read.
    pub text: String,
    /// Whether they are of weight.
    pub is_bold: bool,
    /// Whether they are stressed.
    pub is_italic: bool,
}

/// Reads a text; `is_picture` knows the names of the item's own pictures.
pub fn read(text: &str, is_picture: &dyn Fn(&str) -> bool) -> Vec<Block> {
    if text.len() > MAX_BYTES {
        return plain(text);
    }
    // A page is not as long as somebody repeats a picture.
    let placed = RefCell::new(BTreeSet::new());
    let is_new = |name: &str| is_picture(name) && placed.borrow_mut().insert(normal::composed(name));
    let mut blocks = reading::read(text, &is_new, MAX_DEPTH);
    let mut is_under_two = false;
    settle(&mut blocks, &mut is_under_two);
    blocks
}

/// A text that is no article of this kind: a paragraph for each line.
pub fn plain(text: &str) -> Vec<Block> {
    let paragraph = |line| Block::Paragraph(vec![Inline::Words(Words::plain(line))]);
    text.lines().filter(|line| !line.trim().is_empty()).map(paragraph).collect()
}

/// Whether a picture in a text is this file. Names are compared by their signs, however these are put together.
pub fn is_name_of(name: &str, file: &FileRef) -> bool {
    name == file.name || normal::composed(name) == normal::composed(&file.name)
}

/// The names of the pictures in a tree, in their order.
pub fn pictures(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Picture { file, .. } => found.push(file.as_str()),
            Block::Quote(blocks) => found.extend(pictures(blocks)),
            Block::List { items, .. } => {
                found.extend(items.iter().flat_map(|item| pictures(&item.blocks)));
            }
            Block::Heading(..) | Block::Paragraph(_) => {}
        }
    }
    found
}

impl Words {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), is_bold: false, is_italic: false }
    }
}

/// Lifts headings under which none of the level above stands.
fn settle(blocks: &mut [Block], is_under_two: &mut bool) {
    for block in blocks {
        match block {
            Block::Heading(level, _) => {
                if !*is_under_two {
                    *level = Level::Two;
                }
                *is_under_two = true;
            }
            Block::Quote(blocks) => settle(blocks, is_under_two),
            Block::List { items, .. } => {
                items.iter_mut().for_each(|item| settle(&mut item.blocks, is_under_two));
            }
            Block::Paragraph(_) | Block::Picture { .. } => {}
        }
    }
}

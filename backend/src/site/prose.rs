//! An article as markup: its headings stand under the page's own, its pictures are files of its item.
//!
//! Invariant: words go through the escaping of the page, as all words do; there is no element here that the tree of
//! [`lantoa_shared::prose`] does not know.

use super::{Attached, address, clean, item::Whole};
use lantoa_shared::prose::{self, Block, Inline, Level, Words};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// An article, read once for its page.
#[derive(Debug)]
pub struct Article<'a> {
    whole: &'a Whole,
    blocks: Vec<Block>,
    /// Hashes of the files that it shows.
    shown: BTreeSet<String>,
}

impl<'a> Article<'a> {
    /// Reads the article of an item.
    pub fn of(whole: &'a Whole) -> Self {
        let text = clean(&whole.article);
        let blocks = if whole.is_prose {
            prose::read(&text, &|name| file(whole, name).is_some())
        } else {
            prose::plain(&text)
        };
        let shown = prose::pictures(&blocks).into_iter().filter_map(|name| file(whole, name));
        let shown = shown.map(|file| file.file.sha256.clone()).collect();
        Self { whole, blocks, shown }
    }

    /// Whether it shows a file.
    pub fn shows(&self, file: &Attached) -> bool {
        self.shown.contains(&file.file.sha256)
    }

    /// Draws it.
    pub fn draw(&self) -> Markup {
        self.all(&self.blocks)
    }

    fn all(&self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&self, block: &Block) -> Markup {
        match block {
            Block::Heading(Level::Two, line) => html! { h2 { (self::line(line)) } },
            Block::Heading(Level::Three, line) => html! { h3 { (self::line(line)) } },
            Block::Paragraph(line) => html! { p { (self::line(line)) } },
            Block::Quote(blocks) => html! { blockquote { (self.all(blocks)) } },
            Block::List { is_numbered: true, items } => html! {
                ol { @for item in items { li value=[item.number] { (self.all(&item.blocks)) } } }
            },
            Block::List { items, .. } => html! {
                ul { @for item in items { li { (self.all(&item.blocks)) } } }
            },
            Block::Picture { file: name, caption } => self.picture(name, caption),
        }
    }

    fn picture(&self, name: &str, caption: &str) -> Markup {
        let Some(file) = file(self.whole, name) else { return html! {} };
        let path = address::file(&file.file);
        // Without words for it, what it belongs to says what it is.
        let alt = if caption.is_empty() { clean(&self.whole.card.item.title) } else { caption.to_owned() };
        html! {
            figure.picture {
                a href=(path) {
                    @if let Some(picture) = &file.picture {
                        img src=(address::picture(&picture.sha256, address::LARGE)) width=(picture.width)
                            height=(picture.height) alt=(alt) loading="lazy" decoding="async";
                    } @else { (clean(name)) }
                }
                // What is read of the picture is this already.
                @if !caption.is_empty() { figcaption aria-hidden="true" { (caption) } }
            }
        }
    }
}

/// The picture of an item that has this name.
fn file<'a>(whole: &'a Whole, name: &str) -> Option<&'a Attached> {
    let is_meant =
        |file: &&Attached| file.file.mime.starts_with("image/") && prose::is_name_of(name, &file.file);
    whole.files.iter().find(is_meant)
}

fn line(line: &[Inline]) -> Markup {
    html! { @for inline in line { (self::inline(inline)) } }
}

fn inline(inline: &Inline) -> Markup {
    match inline {
        Inline::Break => html! { br; },
        Inline::Words(words) => self::words(words),
        Inline::Link { to, words } => html! {
            a href=(to) rel="noopener" { @for words in words { (self::words(words)) } }
        },
    }
}

fn words(words: &Words) -> Markup {
    let text = &words.text;
    match (words.is_bold, words.is_italic) {
        (false, false) => html! { (text) },
        (true, false) => html! { strong { (text) } },
        (false, true) => html! { em { (text) } },
        (true, true) => html! { strong { em { (text) } } },
    }
}

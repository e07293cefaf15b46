//! An article as it is read: headings, lists, quotations and pictures as elements.
//!
//! Invariant: every word becomes the text of a node. Nothing that was written is taken for markup of the page.

use crate::components::live::live;
use crate::prelude::*;
use lantoa_shared::{
    prose::{self, Block, Inline, Item, Level, Words},
    value::FileRef,
};
use std::sync::Arc;

/// An article to be read.
#[derive(Clone)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Whether it is in the markup of [`prose`], or plain lines.
    pub is_prose: bool,
    /// The pictures it may show, each with its address, once there is one.
    pub pictures: Arc<Vec<(FileRef, RwSignal<Option<String>>)>>,
}

/// The article, below the pictures that have no place in it.
pub fn article(article: &Article) -> AnyView {
    let is_picture = |name: &str| article.address(name).is_some();
    let blocks =
        if article.is_prose { prose::read(&article.text, &is_picture) } else { prose::plain(&article.text) };
    let placed = prose::pictures(&blocks);
    let has_place = |file: &FileRef| placed.iter().any(|name| prose::is_name_of(name, file));
    let others = article.pictures.iter().filter(|(file, _)| !has_place(file));
    let others = others.map(|(file, _)| picture(article, &file.name, "")).collect_view();
    view! { <div class="prose" data-test="prose">{others}{all(article, &blocks)}</div> }.into_any()
}

impl Article {
    fn address(&self, name: &str) -> Option<RwSignal<Option<String>>> {
        let found = self.pictures.iter().find(|(file, _)| prose::is_name_of(name, file));
        found.map(|(_, address)| *address)
    }
}

fn all(article: &Article, blocks: &[Block]) -> AnyView {
    blocks.iter().map(|it| block(article, it)).collect_view().into_any()
}

fn block(article: &Article, block: &Block) -> AnyView {
    let item = |item: &Item| {
        let number = item.number.map(|number| number.to_string());
        view! { <li value=number>{all(article, &item.blocks)}</li> }
    };
    match block {
        Block::Heading(Level::Two, line) => view! { <h3>{inlines(line)}</h3> }.into_any(),
        Block::Heading(Level::Three, line) => view! { <h4>{inlines(line)}</h4> }.into_any(),
        Block::Paragraph(line) => view! { <p>{inlines(line)}</p> }.into_any(),
        Block::Quote(blocks) => view! { <blockquote>{all(article, blocks)}</blockquote> }.into_any(),
        Block::List { is_numbered: true, items } => {
            view! { <ol>{items.iter().map(item).collect_view()}</ol> }.into_any()
        }
        Block::List { items, .. } => view! { <ul>{items.iter().map(item).collect_view()}</ul> }.into_any(),
        Block::Picture { file, caption } => picture(article, file, caption),
    }
}

fn picture(article: &Article, file: &str, caption: &str) -> AnyView {
    let address = article.address(file);
    let alt = if caption.is_empty() { file } else { caption }.to_owned();
    let drawn = move || {
        let address = address.and_then(|address| address.get())?;
        Some(view! { <img src=address alt=alt.clone() loading="lazy" /> })
    };
    // What is read of the picture is its caption already.
    let caption = (!caption.is_empty())
        .then(|| view! { <figcaption aria-hidden="true">{caption.to_owned()}</figcaption> });
    view! { <figure>{live(drawn)}{caption}</figure> }.into_any()
}

fn inlines(line: &[Inline]) -> AnyView {
    line.iter().map(inline).collect_view().into_any()
}

fn inline(inline: &Inline) -> AnyView {
    match inline {
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Words(its) => words(its),
        Inline::Link { to, words: its } => {
            let its = its.iter().map(words).collect_view();
            view! { <a class="link" href=to.clone() target="_blank" rel="noopener noreferrer">{its}</a> }
                .into_any()
        }
    }
}

fn words(words: &Words) -> AnyView {
    let text = words.text.clone();
    match (words.is_bold, words.is_italic) {
        (false, false) => text.into_any(),
        (true, false) => view! { <strong>{text}</strong> }.into_any(),
        (false, true) => view! { <em>{text}</em> }.into_any(),
        (true, true) => view! { <strong><em>{text}</em></strong> }.into_any(),
    }
}

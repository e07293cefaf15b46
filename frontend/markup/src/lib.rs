//! `view!`, as Leptos writes it, compiled to the one `Element` of the app instead of a type per tag and nesting.
//!
//! The markup is the same that Leptos reads (`class="…"`, `on:click=…`, `prop:value=…`, `node_ref=…`, `{…}`), and
//! components are handed to the macro of Leptos as they stand. What changes is the size: frontend/src/element.rs
//! tells why. Invariant: what this macro does not know, it refuses with the place, it never leaves it out.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use rstml::{Infallible, Parser, ParserConfig};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Lit, Result};

/// Tags that the drawing language of pictures knows, not the one of pages.
const DRAWN: [&str; 8] = ["svg", "use", "path", "line", "rect", "circle", "g", "text"];

/// Markup to a view: one root becomes an `Element`, several become a list of views.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let parser = Parser::new(ParserConfig::<Infallible>::default().recover_block(true));
    let (nodes, problems) = parser.parse_recoverable(TokenStream::from(tokens)).split_vec();
    let problems = problems.into_iter().map(|problem| problem.emit_as_expr_tokens());
    let view = match roots(&nodes) {
        Ok(view) => view,
        Err(error) => error.to_compile_error(),
    };
    quote!({ #(#problems)* #view }).into()
}

fn roots(nodes: &[Node]) -> Result<TokenStream> {
    match nodes {
        [Node::Element(element)] if !is_component(element) => plain(element),
        [one] => child(one),
        several => {
            let children = several.iter().map(child).collect::<Result<Vec<_>>>()?;
            Ok(quote!(crate::element::together(::std::vec![#(#children),*])))
        }
    }
}

/// One child, its type hidden.
fn child(node: &Node) -> Result<TokenStream> {
    let inner = match node {
        Node::Element(element) if is_component(element) => {
            if !element.children.is_empty() {
                return Err(Error::new(
                    node.span(),
                    "a component with children: make it a function that takes views",
                ));
            }
            quote!(::leptos::prelude::view! { #element })
        }
        Node::Element(element) => plain(element)?,
        Node::Text(text) => {
            let text = &text.value;
            quote!(#text)
        }
        Node::Block(block) => quote_spanned!(block.span()=> #[allow(unused_braces)] #block),
        other => return Err(Error::new(other.span(), "only elements, quoted text and blocks")),
    };
    Ok(quote!(::leptos::prelude::IntoAny::into_any({ #inner })))
}

/// One child, put into its parent by the shortest call there is.
fn held(node: &Node) -> Result<TokenStream> {
    match node {
        Node::Element(element) if !is_component(element) => {
            let element = plain(element)?;
            Ok(quote!(.holding(#element)))
        }
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(.saying(#text)))
        }
        other => {
            let view = child(other)?;
            Ok(quote!(.child(#view)))
        }
    }
}

fn is_component(element: &NodeElement<Infallible>) -> bool {
    let name = element.name().to_string();
    name.rsplit("::").next().is_some_and(|last| last.trim().starts_with(char::is_uppercase))
}

fn plain(element: &NodeElement<Infallible>) -> Result<TokenStream> {
    // `use` is a word of Rust, so markup writes `use_`.
    let tag = element.name().to_string().trim_end_matches('_').to_owned();
    let new = if DRAWN.contains(&tag.as_str()) { quote!(drawn) } else { quote!(new) };
    let attributes = element.attributes().iter().map(attribute).collect::<Result<Vec<_>>>()?;
    let children = element.children.iter().map(held).collect::<Result<Vec<_>>>()?;
    Ok(quote!(crate::element::Element::#new(#tag) #(#attributes)* #(#children)*))
}

fn attribute(attribute: &NodeAttribute) -> Result<TokenStream> {
    let NodeAttribute::Attribute(attribute) = attribute else {
        return Err(Error::new(attribute.span(), "only attributes of the form name=value"));
    };
    let name = attribute.key.to_string();
    let place = attribute.key.span();
    if let Some(event) = name.strip_prefix("on:") {
        let event = syn::Ident::new(event, place);
        let handler = value(attribute)?;
        return Ok(quote_spanned!(place=> .on(::leptos::ev::#event, #handler)));
    }
    if let Some(property) = name.strip_prefix("prop:") {
        let worth = value(attribute)?;
        return Ok(quote!(.property(#property, crate::element::IntoWorth::into_worth(#worth))));
    }
    if name == "node_ref" {
        let node = value(attribute)?;
        return Ok(quote!(.known_as(#node)));
    }
    if name.contains(':') {
        return Err(Error::new(place, "an attribute that `view!` does not know"));
    }
    Ok(match attribute.value() {
        None => quote!(.fixed(#name, "")),
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => quote!(.fixed(#name, #text)),
        Some(worth) => quote!(.attribute(#name, crate::element::IntoWorth::into_worth(#worth))),
    })
}

fn value(attribute: &KeyedAttribute) -> Result<&Expr> {
    attribute.value().ok_or_else(|| Error::new(attribute.key.span(), "an attribute that needs a value"))
}

//! The list of all pages for search engines, and what they are told to leave alone.

use super::{Site, address, data::moment};
use crate::store::items::public::{Column, Shown};
use lantoa_shared::{language::Language, text::day};
use maud::{Markup, PreEscaped, html};

/// Most items in it: with two addresses each it stays below the 50,000 that a sitemap may have.
pub const ITEMS: u64 = 20_000;

/// Draws the sitemap (sitemaps.org, with pictures).
pub fn draw(site: &Site<'_>, shown: &[Shown], columns: &[Column], topics: &[&str]) -> String {
    let newest = shown.first().map(|shown| shown.shown_at);
    let markup = html! {
        (PreEscaped(r#"<?xml version="1.0" encoding="UTF-8"?>"#))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" {
            (page(site, "", newest.map(moment), None))
            (page(site, "/don-vi", newest.map(moment), None))
            (page(site, "/bao-chi", newest.map(moment), None))
            @for column in columns {
                (page(site, &format!("/don-vi/{}", column.unit), Some(day::of_moment(column.last).to_string()), None))
            }
            @for topic in topics { (page(site, &format!("/chu-de/{topic}"), None, None)) }
            // Pictures as they are called: to look into each would be to read as many files.
            @for Shown { item, shown_at } in shown {
                (page(site, &format!("/{}", address::item_name(item)), Some(moment(*shown_at)),
                    item.picture().map(|sha256| address::picture(sha256, address::LARGE))))
            }
        }
    };
    markup.into_string()
}

/// One page in both languages.
fn page(site: &Site<'_>, rest: &str, changed: Option<String>, picture: Option<String>) -> Markup {
    let whole = |language| site.whole(&address::page_in(language, rest));
    html! {
        @for language in [Language::Vi, Language::En] {
            url {
                loc { (whole(language)) }
                @if let Some(changed) = &changed { lastmod { (changed) } }
                @if let Some(picture) = &picture { image:image { image:loc { (site.whole(picture)) } } }
            }
        }
    }
}

/// What robots may look at.
pub fn robots(site: &Site<'_>) -> String {
    format!("User-agent: *\nDisallow: /api/\n\nSitemap: {}/sitemap.xml\n", site.origin)
}

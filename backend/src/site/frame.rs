//! What stands around every public page: its head, the way to the other pages, the other language.
//!
//! Invariant: a page names one canonical address, and itself in both languages; it loads nothing from anywhere else and
//! runs nothing.

use super::{Site, address, style, tag};
use lantoa_shared::language::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value as Json;

/// A page as a whole.
#[derive(Debug)]
pub struct Page {
    /// What it is called; also in the window's title and where it is shared.
    pub title: String,
    /// One or two sentences on it.
    pub description: String,
    /// What comes after the root in its address, the same in both languages.
    pub rest: String,
    /// Whether search engines may list it.
    pub is_listed: bool,
    /// For whom shares it: what it is.
    pub card: Social,
    /// What it is about, as linked data.
    pub data: Option<Json>,
    /// Where feeds stand that go with it: what comes after the root, up to their own names.
    pub feeds: Option<String>,
    /// Which of the ways above is the one taken.
    pub way: Way,
    /// What is in it.
    pub body: Markup,
}

/// What social networks are told.
#[derive(Debug, Default)]
pub struct Social {
    /// Whether it is an article (else a page of the site).
    pub is_article: bool,
    /// When it was published.
    pub published: Option<String>,
    /// Path, width, height and description of its picture.
    pub picture: Option<(String, u32, u32, String)>,
    /// Path and media type of its film.
    pub film: Option<(String, &'static str)>,
    /// Where its embedding is described.
    pub embed: Option<String>,
}

/// The ways that lead from every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The newest.
    Newest,
    /// The columns of the units.
    Columns,
    /// The press corner.
    Press,
    /// None of these.
    None,
}

/// The names of the feeds, with their media types and what they are called.
pub const FEEDS: [(&str, &str, &str); 3] = [
    ("rss.xml", "application/rss+xml", "RSS"),
    ("atom.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
];

/// Draws a page.
pub fn draw(site: &Site<'_>, page: &Page) -> Markup {
    let title = match page.way {
        Way::Newest if page.rest.is_empty() => page.title.clone(),
        _ => format!("{} – {}", page.title, site.name()),
    };
    html! {
        (DOCTYPE)
        html lang=(tag(site.language)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="description" content=(page.description);
                (addresses(site, page))
                link rel="stylesheet" href=(*style::PATH);
                link rel="icon" href="/icons/favicon.svg" type="image/svg+xml";
                meta name="theme-color" content="#faf7f2" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#15111a" media="(prefers-color-scheme: dark)";
                (social(site, page))
                @if let Some(data) = &page.data {
                    script type="application/ld+json" { (PreEscaped(inside_script(data))) }
                }
            }
            body {
                a.skip href="#noi-dung" { (site.say("Đến nội dung chính", "Skip to the content")) }
                (top(site, page))
                main #noi-dung tabindex="-1" { (page.body) }
                (foot(site, page))
            }
        }
    }
}

fn addresses(site: &Site<'_>, page: &Page) -> Markup {
    let whole = |language| site.whole(&address::page_in(language, &page.rest));
    html! {
        @if page.is_listed {
            link rel="canonical" href=(whole(site.language));
            link rel="alternate" hreflang="vi" href=(whole(Language::Vi));
            link rel="alternate" hreflang="en" href=(whole(Language::En));
            link rel="alternate" hreflang="x-default" href=(whole(Language::Vi));
        } @else {
            meta name="robots" content="noindex, follow";
        }
        @for (at, kind, name) in feeds(site, page) {
            link rel="alternate" type=(kind) title=(name) href=(at);
        }
        @if let Some(embed) = &page.card.embed {
            link rel="alternate" type="application/json+oembed" title=(page.title) href=(embed);
        }
    }
}

/// The feeds that go with a page: path, media type, name.
fn feeds(site: &Site<'_>, page: &Page) -> impl Iterator<Item = (String, &'static str, &'static str)> {
    let before = page.feeds.as_ref().map(|rest| site.page(rest));
    FEEDS
        .into_iter()
        .filter_map(move |(file, kind, name)| Some((format!("{}/{file}", before.as_ref()?), kind, name)))
}

fn social(site: &Site<'_>, page: &Page) -> Markup {
    let card = &page.card;
    html! {
        meta property="og:type" content=(if card.is_article { "article" } else { "website" });
        meta property="og:title" content=(page.title);
        meta property="og:description" content=(page.description);
        meta property="og:url" content=(site.whole(&site.page(&page.rest)));
        meta property="og:site_name" content=(site.name());
        meta property="og:locale" content=(site.say("vi_VN", "en_GB"));
        meta property="og:locale:alternate" content=(site.say("en_GB", "vi_VN"));
        @if let Some(published) = &card.published {
            meta property="article:published_time" content=(published);
        }
        @if let Some((path, width, height, alt)) = &card.picture {
            meta property="og:image" content=(site.whole(path));
            meta property="og:image:type" content="image/jpeg";
            meta property="og:image:width" content=(width);
            meta property="og:image:height" content=(height);
            meta property="og:image:alt" content=(alt);
            meta name="twitter:card" content="summary_large_image";
        } @else {
            meta name="twitter:card" content="summary";
        }
        @if let Some((path, kind)) = &card.film {
            meta property="og:video" content=(site.whole(path));
            meta property="og:video:type" content=(kind);
        }
    }
}

fn top(site: &Site<'_>, page: &Page) -> Markup {
    let other = match site.language {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    let way = |way, rest: &str, name: &str| {
        let current = (page.way == way).then_some(if page.rest == rest { "page" } else { "true" });
        html! { li { a href=(site.page(rest)) aria-current=[current] { (name) } } }
    };
    html! {
        header.top {
            a.brand href=(site.page("")) {
                span.mark aria-hidden="true" {}
                span {
                    strong { (site.name()) }
                    small { (site.programme.city().get(site.language)) }
                }
            }
            nav aria-label=(site.say("Các trang", "Pages")) {
                ul {
                    (way(Way::Newest, "", site.say("Mới nhất", "Newest")))
                    (way(Way::Columns, "/don-vi", site.say("Chuyên mục", "Columns")))
                    (way(Way::Press, "/bao-chi", site.say("Báo chí", "Press")))
                    li { a lang=(tag(other)) hreflang=(tag(other)) rel="alternate" href=(address::page_in(other, &page.rest)) {
                        (match other { Language::Vi => "Tiếng Việt", Language::En => "English" })
                    } }
                }
            }
        }
    }
}

fn foot(site: &Site<'_>, page: &Page) -> Markup {
    html! {
        footer.foot {
            p { (site.say(
                "Sản phẩm truyền thông do các đơn vị thực hiện, đã được duyệt để công khai. Khi dùng lại, xin giữ dòng ghi nguồn.",
                "Media made by the units and approved for everybody. Whoever uses them again keeps the credit line.",
            )) }
            ul {
                @for (at, _, name) in feeds(site, page) { li { a href=(at) { (name) } } }
                li { a href="/" { (site.say("Đăng nhập", "Sign in")) } }
            }
        }
    }
}

/// Data inside a script element: nothing in it may look like the end of the element, or a comment.
fn inside_script(data: &Json) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_its_element() {
        let hostile = serde_json::json!({"name": "</script><script>alert(1)</script><!--"});
        let written = inside_script(&hostile);
        assert!(!written.contains('<'), "{written}");
        assert_eq!(serde_json::from_str::<Json>(&written).unwrap(), hostile);
    }
}

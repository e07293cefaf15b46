//! Lists of items: the newest, those that were searched for, the column of a unit, a topic.
//!
//! Invariant: every page of a list has an address, and says how many there are in all.

use super::{
    Card, Site, address, clean, columns, data,
    frame::{Page, Social, Way},
    other_tag,
};
use crate::store::items::public::Column;
use lantoa_shared::{definition::Choice, language::Language, text::day, unit::Unit};
use maud::{Markup, html};

/// How many items a page of a list has.
pub const PAGE: u64 = 24;

/// What a list is of.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Everything, or what was searched for.
    Everything,
    /// A unit's column.
    Unit(&'a Unit, Option<&'a Column>),
    /// A topic.
    Topic(&'a Choice),
}

/// What was searched for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words as they were typed.
    pub words: String,
    /// Code of a kind, or nothing.
    pub kind: String,
    /// Code of a topic, or nothing.
    pub topic: String,
}

/// A page of a list.
#[derive(Debug)]
pub struct List<'a> {
    /// What it is of.
    pub of: Of<'a>,
    /// What was searched for.
    pub search: Search,
    /// Its items.
    pub cards: Vec<Card>,
    /// How many there are on all pages.
    pub total: u64,
    /// The page, from 1.
    pub page: u64,
    /// The columns of the units, where they are shown beside it, with the units' names.
    pub columns: Vec<(Column, String)>,
    /// The topics that have any item.
    pub topics: Vec<&'a Choice>,
}

impl Search {
    /// Whether anything is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.kind.is_empty() && self.topic.is_empty()
    }
}

impl List<'_> {
    /// How many pages there are; one also if there is nothing.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(PAGE).max(1)
    }

    /// What comes after the root in the address of one of its pages.
    fn rest(&self, page: u64) -> String {
        let before = match self.of {
            Of::Everything => String::new(),
            Of::Unit(unit, _) => format!("/don-vi/{}", unit.code),
            Of::Topic(topic) => format!("/chu-de/{}", topic.code),
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        let Search { words, kind, topic } = &self.search;
        for (name, value) in [("q", words), ("loai", kind), ("chu-de", topic)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 1 {
            query.append_pair("trang", &page.to_string());
        }
        match query.finish() {
            query if query.is_empty() => before,
            query => format!("{before}?{query}"),
        }
    }
}

/// Draws a page of a list.
pub fn draw(site: &Site<'_>, list: &List<'_>) -> Page {
    let (heading, description) = words(site, list);
    let title = match list.page {
        1 => heading.clone(),
        page => format!("{heading} – {} {page}", site.say("trang", "page")),
    };
    Page {
        title,
        description,
        rest: list.rest(list.page),
        // What somebody searched for is nobody else's page.
        is_listed: list.search.is_empty() && list.total > 0,
        card: Social::default(),
        data: (list.search.is_empty() && list.page == 1).then(|| data::list(site, list, &heading)),
        feeds: Some(match list.of {
            Of::Unit(unit, _) => format!("/don-vi/{}", unit.code),
            Of::Everything | Of::Topic(_) => String::new(),
        }),
        way: match list.of {
            Of::Everything => Way::Newest,
            Of::Unit(..) => Way::Columns,
            Of::Topic(_) => Way::None,
        },
        body: body(site, list, &heading),
    }
}

/// The heading and the description.
fn words(site: &Site<'_>, list: &List<'_>) -> (String, String) {
    let about = site.say(
        "Tin, bài, ảnh, video và tài liệu truyền thông giáo dục của các trường, xã, phường và cơ quan.",
        "Articles, photos, films and documents on education by schools, communes and offices.",
    );
    match list.of {
        Of::Everything if list.search.is_empty() => (site.name().to_owned(), about.to_owned()),
        Of::Everything => (site.say("Kết quả tìm kiếm", "Search results").to_owned(), about.to_owned()),
        Of::Unit(unit, column) => {
            let name = unit.name.get(site.language).to_owned();
            let description = match column {
                Some(column) => {
                    let last = day::show(day::of_moment(column.last));
                    match site.language {
                        Language::Vi => format!(
                            "Chuyên mục truyền thông của {name}: {} sản phẩm công khai, mới nhất ngày {last}.",
                            column.items
                        ),
                        Language::En => format!(
                            "The column of {name}: {}, the last on {last}.",
                            match column.items {
                                1 => "1 public item".to_owned(),
                                n => format!("{n} public items"),
                            }
                        ),
                    }
                }
                None => format!("{} {name}.", site.say("Chuyên mục truyền thông của", "The column of")),
            };
            (name, description)
        }
        Of::Topic(topic) => {
            let name = topic.label.get(site.language);
            (name.to_owned(), format!("{} {name}. {about}", site.say("Chủ đề:", "Topic:")))
        }
    }
}

fn body(site: &Site<'_>, list: &List<'_>, heading: &str) -> Markup {
    html! {
        div.head {
            @match list.of {
                Of::Unit(..) => p.kicker { (site.say("Chuyên mục", "Column")) },
                Of::Topic(_) => p.kicker { (site.say("Chủ đề", "Topic")) },
                Of::Everything => {},
            }
            h1 { (heading) }
            @if let Of::Unit(_, column) = list.of { (columns::proof(site, column)) }
        }
        @if matches!(list.of, Of::Everything) { (form(site, &list.search)) }
        @if !list.search.is_empty() {
            p.count role="status" { (found(site, list.total)) " "
                a href=(site.page("")) { (site.say("Xem tất cả", "See everything")) } }
        }
        @if list.cards.is_empty() {
            p.empty { (site.say("Chưa có sản phẩm nào ở đây.", "There is nothing here yet.")) }
        } @else {
            (cards(site, &list.cards))
        }
        (pages(site, list))
        (aside(site, list))
    }
}

fn found(site: &Site<'_>, total: u64) -> String {
    match (site.language, total) {
        (Language::Vi, _) => format!("Tìm thấy {total} sản phẩm."),
        (Language::En, 1) => "1 item found.".to_owned(),
        (Language::En, _) => format!("{total} items found."),
    }
}

fn form(site: &Site<'_>, search: &Search) -> Markup {
    let options = |list: &str, chosen: &str| {
        html! {
            @for choice in site.programme.choices(list) {
                option value=(choice.code) selected[choice.code == chosen] { (choice.label.get(site.language)) }
            }
        }
    };
    html! {
        form.search role="search" action=(site.page("")) method="get" {
            label.words { span { (site.say("Từ cần tìm", "Words")) }
                input type="search" name="q" value=(search.words) maxlength="200" autocomplete="off"; }
            label { span { (site.say("Loại", "Kind")) }
                select name="loai" { option value="" { (site.say("Tất cả", "All")) } (options("media_kind", &search.kind)) } }
            label { span { (site.say("Chủ đề", "Topic")) }
                select name="chu-de" { option value="" { (site.say("Tất cả", "All")) } (options("topic", &search.topic)) } }
            button type="submit" { (site.say("Tìm", "Search")) }
        }
    }
}

/// Items as cards.
pub fn cards(site: &Site<'_>, cards: &[Card]) -> Markup {
    html! {
        ul.cards { @for (at, card) in cards.iter().enumerate() { li { (draw_card(site, card, at)) } } }
    }
}

fn draw_card(site: &Site<'_>, card: &Card, at: usize) -> Markup {
    let item = &card.item;
    let lang = other_tag(site, item);
    // What is seen without scrolling is fetched at once.
    let loading = (at > 2).then_some("lazy");
    html! {
        article.card {
            div class={ "frame kind-" (item.kind) } {
                @if let Some(picture) = &card.picture {
                    // The title beside it is the link; a picture that says the same again is only looked at.
                    img src=(address::picture(&picture.sha256, address::SMALL)) width=(picture.width)
                        height=(picture.height) alt="" loading=[loading] decoding="async";
                } @else {
                    span aria-hidden="true" { (site.label("media_kind", &item.kind)) }
                }
            }
            div.words {
                p.kicker { (site.label("media_kind", &item.kind)) }
                h2 lang=[&lang] { a href=(site.item(item)) { (clean(&item.title)) } }
                p.summary lang=[&lang] { (clean(&item.summary)) }
                p.meta { (item.unit_name.get(site.language)) " · " (site.day(card.shown_at)) }
            }
        }
    }
}

fn pages(site: &Site<'_>, list: &List<'_>) -> Markup {
    let last = list.pages();
    let near = list.page.saturating_sub(2).max(1)..=(list.page + 2).min(last);
    let link = |page: u64, words: String, rel: Option<&str>| {
        html! { a href=(site.page(&list.rest(page))) rel=[rel] { (words) } }
    };
    html! {
        @if last > 1 {
            nav.pages aria-label=(site.say("Các trang của danh sách", "Pages of the list")) { ul {
                @if list.page > 1 { li { (link(list.page - 1, site.say("Trước", "Previous").to_owned(), Some("prev"))) } }
                @if *near.start() > 1 { li { (link(1, "1".to_owned(), None)) } }
                @if *near.start() > 2 { li aria-hidden="true" { "…" } }
                @for page in near.clone() {
                    li { @if page == list.page { span aria-current="page" { (page) } } @else { (link(page, page.to_string(), None)) } }
                }
                @if *near.end() + 1 < last { li aria-hidden="true" { "…" } }
                @if *near.end() < last { li { (link(last, last.to_string(), None)) } }
                @if list.page < last { li { (link(list.page + 1, site.say("Sau", "Next").to_owned(), Some("next"))) } }
            } }
        }
    }
}

fn aside(site: &Site<'_>, list: &List<'_>) -> Markup {
    html! {
        @if !list.topics.is_empty() {
            section.more aria-labelledby="chu-de" {
                h2 #chu-de { (site.say("Chủ đề", "Topics")) }
                ul.chips { @for topic in &list.topics { li { a href=(site.topic(&topic.code)) { (topic.label.get(site.language)) } } } }
            }
        }
        @if !list.columns.is_empty() {
            section.more aria-labelledby="chuyen-muc" {
                h2 #chuyen-muc { (site.say("Chuyên mục các đơn vị", "Columns of the units")) }
                (columns::rows(site, &list.columns))
                p { a href=(site.page("/don-vi")) { (site.say("Xem tất cả chuyên mục", "See all columns")) } }
            }
        }
    }
}

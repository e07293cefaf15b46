//! One item: what it shows, what is read in it, who made it, how it may be used again.
//!
//! Invariant: a page is whole also where a file cannot be shown: then it is offered for download.

use super::{
    Attached, Card, Site, address, clean, data, embed,
    frame::{Page, Social, Way},
    list, other_tag,
    prose::Article,
    size,
};
use lantoa_shared::{
    text::{day, length},
    value::FileRef,
};
use maud::{Markup, html};

/// An item with everything its page shows.
#[derive(Debug)]
pub struct Whole {
    /// It, as lists show it.
    pub card: Card,
    /// Its files.
    pub files: Vec<Attached>,
    /// The article, if it is one.
    pub article: String,
    /// Whether the article is in the markup of [`lantoa_shared::prose`].
    pub is_prose: bool,
    /// What is said in it.
    pub transcript: String,
    /// How long it plays, in seconds.
    pub seconds: Option<u32>,
    /// Code of what AI had to do with it.
    pub ai_part: String,
    /// Others of its unit.
    pub others: Vec<Card>,
}

/// Longest description, in characters.
const DESCRIPTION: usize = 300;

/// Draws the page of an item.
pub fn draw(site: &Site<'_>, whole: &Whole) -> Page {
    let item = &whole.card.item;
    let rest = format!("/{}", address::item_name(item));
    let pictures = || whole.files.iter().filter_map(|file| file.picture.as_ref());
    let picture = pictures().next().or_else(|| whole.files.iter().find_map(Attached::drawn));
    Page {
        title: clean(&item.title),
        description: shortened(&clean(&item.summary)),
        is_listed: true,
        card: Social {
            is_article: true,
            published: Some(data::moment(whole.card.shown_at)),
            picture: picture.map(|picture| {
                let path = address::picture(&picture.sha256, address::LARGE);
                (path, picture.width, picture.height, clean(alternative(whole)))
            }),
            film: whole
                .files
                .iter()
                .find(|file| file.nature.starts_with("video/"))
                .map(|file| (address::file(&file.file), file.nature)),
            embed: Some(embed::address(site, item)),
        },
        data: Some(data::item(site, whole)),
        feeds: Some(format!("/don-vi/{}", item.unit)),
        way: Way::None,
        body: body(site, whole),
        rest,
    }
}

fn body(site: &Site<'_>, whole: &Whole) -> Markup {
    let item = &whole.card.item;
    let lang = other_tag(site, item);
    let article = Article::of(whole);
    html! {
        article.item {
            header.head {
                p.kicker { (site.label("media_kind", &item.kind)) }
                h1 lang=[&lang] { (clean(&item.title)) }
                p.meta {
                    a href=(site.unit(&item.unit)) { (item.unit_name.get(site.language)) }
                    " · " (site.day(whole.card.shown_at))
                }
                p.lead lang=[&lang] { (clean(&item.summary)) }
            }
            (label_of_ai(site, &whole.ai_part))
            @for (at, file) in whole.files.iter().enumerate().filter(|(_, file)| !article.shows(file)) {
                (show(site, whole, file, at))
            }
            @if !whole.article.is_empty() {
                div.text lang=[&lang] { (article.draw()) }
            }
            @if !whole.transcript.is_empty() {
                section.text aria-labelledby="loi" {
                    h2 #loi { (site.say("Bản chép lời", "Transcript")) }
                    div lang=[&lang] { (paragraphs(&whole.transcript)) }
                }
            }
            @if !whole.files.is_empty() { (downloads(site, whole)) }
            (facts(site, whole))
        }
        @if !whole.others.is_empty() {
            section.more aria-labelledby="cung-don-vi" {
                h2 #cung-don-vi { (site.say("Cùng chuyên mục", "From the same column")) }
                (list::cards(site, &whole.others))
            }
        }
    }
}

/// What AI had to do with it, where a reader must know.
fn label_of_ai(site: &Site<'_>, part: &str) -> Markup {
    html! {
        @if matches!(part, "generated" | "edited_realistic") {
            p.label { strong { "AI" } " " (site.label("ai_part", part)) }
        }
    }
}

fn show(site: &Site<'_>, whole: &Whole, file: &Attached, at: usize) -> Markup {
    let item = &whole.card.item;
    let lang = other_tag(site, item);
    let alt = match at {
        0 => clean(alternative(whole)),
        _ => format!("{} ({} {})", clean(alternative(whole)), site.say("ảnh", "picture"), at + 1),
    };
    let path = address::file(&file.file);
    // Films of sound only may come in the same wrapping as those with pictures.
    let is_sound =
        file.nature.starts_with("audio/") || item.kind == "audio" && file.nature.starts_with("video/");
    html! {
        @if let Some(picture) = &file.picture {
            figure.picture {
                a href=(path) {
                    img src=(address::picture(&picture.sha256, address::LARGE)) width=(picture.width) lang=[&lang]
                        height=(picture.height) alt=(alt) loading=[(at > 0).then_some("lazy")]
                        fetchpriority=[(at == 0).then_some("high")] decoding="async";
                }
                figcaption { (clean(&item.credit)) }
            }
        } @else if is_sound {
            figure.player { audio controls preload="none" src=(path) aria-label=(clean(&item.title)) {} figcaption { (clean(&item.credit)) } }
        } @else if file.nature.starts_with("video/") {
            @let poster = file.poster.as_ref().map(|poster| address::picture(&poster.sha256, address::LARGE));
            figure.player {
                video controls preload="none" playsinline src=(path) aria-label=(clean(&item.title)) poster=[poster] {}
                figcaption { (clean(&item.credit)) }
            }
        }
    }
}

/// What its pictures show, in words.
fn alternative(whole: &Whole) -> &str {
    let item = &whole.card.item;
    if item.alt.is_empty() { &item.title } else { &item.alt }
}

/// Lines as paragraphs; nothing in them means anything.
fn paragraphs(text: &str) -> Markup {
    let text = clean(text);
    html! { @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p { (line) } } }
}

/// The files, to be taken along.
pub fn downloads(site: &Site<'_>, whole: &Whole) -> Markup {
    html! {
        section.files aria-labelledby="tep" {
            h2 #tep { (site.say("Tải về", "Download")) }
            ul { @for file in &whole.files { (download(site, &file.file, &address::file(&file.file))) } }
        }
    }
}

/// A file to be taken along from this path.
pub fn download(site: &Site<'_>, file: &FileRef, path: &str) -> Markup {
    let name = address::file_name(file);
    html! {
        li { a href=(path) download=(name) {
            span.sr { (site.say("Tải về", "Download")) " " } (clean(&file.name)) " " small { (size(file.size)) }
        } }
    }
}

fn facts(site: &Site<'_>, whole: &Whole) -> Markup {
    let item = &whole.card.item;
    html! {
        dl.facts {
            div { dt { (site.say("Tác giả", "By")) } dd { (clean(&item.authors)) } }
            div { dt { (site.say("Ghi nguồn", "Credit line")) } dd { (clean(&item.credit)) } }
            div { dt { (site.say("Được dùng", "May be used by")) } dd { (site.label("licence", &item.licence)) } }
            @if let Some(made_on) = item.made_on {
                div { dt { (site.say("Ngày thực hiện", "Made on")) } dd { time datetime=(made_on) { (day::show(made_on)) } } }
            }
            @if let Some(seconds) = whole.seconds {
                div { dt { (site.say("Thời lượng", "Length")) } dd { (length::show(seconds)) } }
            }
            @if !item.topics.is_empty() {
                div { dt { (site.say("Chủ đề", "Topics")) } dd { ul.chips { @for topic in &item.topics {
                    li { a href=(site.topic(topic)) { (site.label("topic", topic)) } }
                } } } }
            }
        }
    }
}

/// At most so many characters, cut between words.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= DESCRIPTION {
        return text;
    }
    let cut: String = text.chars().take(DESCRIPTION).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_cut_between_words() {
        assert_eq!(shortened(" a \n b "), "a b");
        let long = "Nghị quyết ".repeat(60);
        let cut = shortened(&long);
        assert!(
            cut.chars().count() <= DESCRIPTION + 1 && (cut.ends_with("Nghị…") || cut.ends_with("quyết…")),
            "{cut}"
        );
    }
}

//! The newest items for feed readers: RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! Invariant: all three say the same, and what is read as HTML in them was escaped as HTML first.

use super::{Attached, Card, Site, address, clean, data::moment};
use atom_syndication as atom;
use lantoa_shared::{duty::EntryId, wire::v1::library::LibraryItem};
use maud::html;
use serde_json::{Value as Json, json};

/// How many items a feed has.
pub const ITEMS: u64 = 30;

/// A feed, whatever its format.
#[derive(Debug)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// What comes after the root in the address of the page that it follows.
    pub rest: String,
    /// Its items, each with its first file.
    pub items: Vec<(Card, Option<Attached>)>,
}

impl Feed {
    /// When the newest item came, in milliseconds since 1970.
    fn updated(&self) -> i64 {
        self.items.first().map_or(0, |(card, _)| card.shown_at)
    }
}

/// What is read of an item in a feed reader, as HTML.
fn content(site: &Site<'_>, card: &Card) -> String {
    let item = &card.item;
    let markup = html! {
        @if let Some(picture) = &card.picture {
            p { img src=(site.whole(&address::picture(&picture.sha256, address::SMALL))) alt=(clean(&item.alt)) width=(picture.width) height=(picture.height); }
        }
        p { (clean(&item.summary)) }
        p { small { (clean(&item.credit)) } }
    };
    markup.into_string()
}

/// As RSS.
pub fn rss(site: &Site<'_>, feed: &Feed) -> String {
    let page = site.whole(&site.page(&feed.rest));
    let http_date = |millis: i64| {
        let since = std::time::Duration::from_millis(u64::try_from(millis).unwrap_or(0));
        httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
    };
    let items = feed.items.iter().map(|(card, file)| {
        let item = &card.item;
        let link = site.whole(&site.item(item));
        rss::Item {
            title: Some(clean(&item.title)),
            link: Some(link),
            description: Some(content(site, card)),
            guid: Some(rss::Guid { value: id(item), permalink: false }),
            pub_date: Some(http_date(card.shown_at)),
            categories: item
                .topics
                .iter()
                .map(|topic| rss::Category { name: site.label("topic", topic).to_owned(), domain: None })
                .collect(),
            enclosure: file.as_ref().map(|file| rss::Enclosure {
                url: site.whole(&address::file(&file.file)),
                length: file.file.size.to_string(),
                mime_type: file.nature.to_owned(),
            }),
            ..rss::Item::default()
        }
    });
    let own = atom::Link {
        href: format!("{page}/rss.xml"),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..atom::Link::default()
    };
    let channel = rss::Channel {
        title: feed.title.clone(),
        description: feed.description.clone(),
        language: Some(super::tag(site.language).to_owned()),
        last_build_date: (!feed.items.is_empty()).then(|| http_date(feed.updated())),
        items: items.collect(),
        atom_ext: Some(rss::extension::atom::AtomExtension { links: vec![own] }),
        namespaces: [("atom".to_owned(), rss::extension::atom::NAMESPACE.to_owned())].into(),
        link: page,
        ..rss::Channel::default()
    };
    channel.to_string()
}

/// As Atom.
pub fn atom(site: &Site<'_>, feed: &Feed) -> String {
    let page = site.whole(&site.page(&feed.rest));
    let link = |href: String, rel: &str, kind: Option<&str>| atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: kind.map(str::to_owned),
        ..atom::Link::default()
    };
    let author = |name: &str| atom::Person { name: name.to_owned(), ..atom::Person::default() };
    let entries = feed.items.iter().map(|(card, file)| {
        let item = &card.item;
        let mut links = vec![link(site.whole(&site.item(item)), "alternate", Some("text/html"))];
        if let Some(file) = file {
            let mut enclosure = link(site.whole(&address::file(&file.file)), "enclosure", Some(file.nature));
            enclosure.length = Some(file.file.size.to_string());
            links.push(enclosure);
        }
        atom::Entry {
            title: atom::Text::plain(clean(&item.title)),
            id: id(item),
            updated: date(card.shown_at),
            published: Some(date(card.shown_at)),
            authors: vec![author(item.unit_name.get(site.language))],
            categories: item
                .topics
                .iter()
                .map(|topic| atom::Category {
                    term: topic.clone(),
                    label: Some(site.label("topic", topic).to_owned()),
                    scheme: None,
                })
                .collect(),
            links,
            rights: Some(atom::Text::plain(clean(&item.credit))),
            summary: Some(atom::Text::plain(clean(&item.summary))),
            content: Some(atom::Content {
                value: Some(content(site, card)),
                content_type: Some("html".to_owned()),
                ..atom::Content::default()
            }),
            ..atom::Entry::default()
        }
    });
    let written = atom::Feed {
        title: atom::Text::plain(feed.title.clone()),
        subtitle: Some(atom::Text::plain(feed.description.clone())),
        id: page.clone(),
        updated: date(feed.updated()),
        authors: vec![author(site.name())],
        links: vec![
            link(format!("{page}/atom.xml"), "self", Some("application/atom+xml")),
            link(page, "alternate", Some("text/html")),
        ],
        lang: Some(super::tag(site.language).to_owned()),
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    written.to_string()
}

/// As JSON Feed.
pub fn json(site: &Site<'_>, feed: &Feed) -> Json {
    let page = site.whole(&site.page(&feed.rest));
    let items = feed.items.iter().map(|(card, file)| {
        let item = &card.item;
        let mut told = json!({
            "id": id(item),
            "url": site.whole(&site.item(item)),
            "title": clean(&item.title),
            "summary": clean(&item.summary),
            "content_html": content(site, card),
            "date_published": moment(card.shown_at),
            "authors": [{"name": item.unit_name.get(site.language), "url": site.whole(&site.unit(&item.unit))}],
            "tags": item.topics.iter().map(|topic| site.label("topic", topic)).collect::<Vec<_>>(),
        });
        if item.language != "other" {
            told["language"] = json!(item.language);
        }
        if let Some(picture) = &card.picture {
            told["image"] = json!(site.whole(&address::picture(&picture.sha256, address::SMALL)));
        }
        if let Some(file) = file {
            let mut attachment = json!({
                "url": site.whole(&address::file(&file.file)),
                "mime_type": file.nature,
                "size_in_bytes": file.file.size,
            });
            if let Some(seconds) = file.file.seconds {
                attachment["duration_in_seconds"] = json!(seconds);
            }
            told["attachments"] = json!([attachment]);
        }
        told
    });
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": page,
        "feed_url": format!("{page}/feed.json"),
        "language": super::tag(site.language),
        "items": items.collect::<Vec<_>>(),
    })
}

/// What stays the same whatever an item is called: its UUID.
fn id(item: &LibraryItem) -> String {
    let entry = EntryId::read(&item.id).map_or("", |id| id.entry);
    format!("urn:uuid:{entry}")
}

fn date(millis: i64) -> atom::FixedDateTime {
    // What `moment` writes always reads.
    moment(millis).parse().unwrap_or_default()
}

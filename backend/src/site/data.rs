//! Pages as linked data (schema.org), for search engines.
//!
//! Invariant: it says nothing that does not stand on the page.

use super::{
    Attached, Site, address, clean,
    item::Whole,
    list::{self, List, Of},
};
use lantoa_shared::text::day;
use serde_json::{Value as Json, json};

/// A moment in Việt Nam as programs read it: `2026-11-20T08:30:00+07:00`.
pub fn moment(millis: i64) -> String {
    let day = day::of_moment(millis);
    let seconds = millis.saturating_sub(day::begin(day)).div_euclid(1_000);
    format!("{day}T{:02}:{:02}:{:02}+07:00", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// A list, with its items in their order.
pub fn list(site: &Site<'_>, list: &List<'_>, heading: &str) -> Json {
    let rest = match list.of {
        Of::Everything => String::new(),
        Of::Unit(unit, _) => format!("/don-vi/{}", unit.code),
        Of::Topic(topic) => format!("/chu-de/{}", topic.code),
    };
    let items = list.cards.iter().zip(1..).map(|(card, position)| {
        let (url, name) = (site.whole(&site.item(&card.item)), clean(&card.item.title));
        json!({"@type": "ListItem", "position": position, "url": url, "name": name})
    });
    json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": heading,
        "url": site.whole(&site.page(&rest)),
        "inLanguage": super::tag(site.language),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": list.total,
            "itemListElement": items.take(usize::try_from(list::PAGE).unwrap_or(usize::MAX)).collect::<Vec<_>>(),
        },
    })
}

/// An item.
pub fn item(site: &Site<'_>, whole: &Whole) -> Json {
    let item = &whole.card.item;
    let url = site.whole(&site.item(item));
    let organisation = json!({
        "@type": "Organization",
        "name": item.unit_name.get(site.language),
        "url": site.whole(&site.unit(&item.unit)),
    });
    let pictures: Vec<String> = whole
        .files
        .iter()
        .filter_map(Attached::drawn)
        .map(|picture| site.whole(&address::picture(&picture.sha256, address::LARGE)))
        .collect();
    let (kind, name) = match item.kind.as_str() {
        "article" => ("NewsArticle", "headline"),
        "photo" | "infographic" if !pictures.is_empty() => ("ImageObject", "name"),
        "video" => ("VideoObject", "name"),
        "audio" => ("AudioObject", "name"),
        _ => ("DigitalDocument", "name"),
    };
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": kind,
        name: clean(&item.title),
        "description": clean(&item.summary),
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": moment(whole.card.shown_at),
        "author": organisation,
        "publisher": organisation,
        "creditText": clean(&item.credit),
        "copyrightNotice": clean(&item.credit),
        "acquireLicensePage": site.whole(&site.page("/bao-chi")),
        "isAccessibleForFree": true,
    });
    let mut say = |key: &str, value: Json| {
        data[key] = value;
    };
    if item.language != "other" {
        say("inLanguage", json!(item.language));
    }
    if let Some(made_on) = item.made_on {
        say("dateCreated", json!(made_on));
    }
    if !pictures.is_empty() {
        say("image", json!(pictures));
        say("thumbnailUrl", json!(pictures[0]));
    }
    if let Some(file) = whole.files.first().filter(|_| kind != "NewsArticle") {
        say("contentUrl", json!(site.whole(&address::file(&file.file))));
        say("encodingFormat", json!(file.nature));
        say("contentSize", json!(file.file.size.to_string()));
        if matches!(kind, "VideoObject" | "AudioObject") {
            say("uploadDate", json!(moment(whole.card.shown_at)));
        }
    }
    if let Some(seconds) = whole.seconds {
        say("duration", json!(format!("PT{}M{}S", seconds / 60, seconds % 60)));
    }
    if !whole.transcript.is_empty() {
        say("transcript", json!(clean(&whole.transcript)));
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_it_is_in_viet_nam() {
        assert_eq!(moment(1_795_449_374_000), "2026-11-23T22:56:14+07:00");
        assert_eq!(moment(1_795_453_199_999), "2026-11-23T23:59:59+07:00");
    }
}

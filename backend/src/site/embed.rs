//! How other sites embed an item (oEmbed 1.0): as a photo, a film, or a link with a picture.
//!
//! Invariant: the markup that is given away holds only what was escaped here, and no script.

use super::{Site, address, clean, item::Whole};
use lantoa_shared::wire::v1::library::LibraryItem;
use maud::html;
use serde_json::{Value as Json, json};

/// The path at which embeddings are described.
pub const PATH: &str = "/oembed";
/// Width and height of a film where the other site says nothing, in pixels: nobody has looked at it yet.
const FILM: (u32, u32) = (640, 360);

/// Where the embedding of an item is described.
pub fn address(site: &Site<'_>, item: &LibraryItem) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("url", &site.whole(&site.item(item))).append_pair("format", "json");
    site.whole(&format!("{PATH}?{}", query.finish()))
}

/// Largest size that the other site has room for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Room {
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// The description.
pub fn describe(site: &Site<'_>, whole: &Whole, room: Room) -> Json {
    let item = &whole.card.item;
    let mut told = json!({
        "version": "1.0",
        "type": "link",
        "title": clean(&item.title),
        "author_name": item.unit_name.get(site.language),
        "author_url": site.whole(&site.unit(&item.unit)),
        "provider_name": site.name(),
        "provider_url": site.whole(&site.page("")),
        "cache_age": 3600,
    });
    let mut say = |key: &str, value: Json| {
        told[key] = value;
    };
    let drawn = |picture: &super::Picture, name: &str| site.whole(&address::picture(&picture.sha256, name));
    if let Some(small) = &whole.card.picture {
        let (width, height) = (small.width, small.height);
        if fits(room, (width, height)) {
            say("thumbnail_url", json!(drawn(small, address::SMALL)));
            say("thumbnail_width", json!(width));
            say("thumbnail_height", json!(height));
        }
        let large = whole.files.iter().find_map(|file| file.picture.as_ref());
        let sizes = [large.map(|large| (large, address::LARGE)), Some((small, address::SMALL))];
        let fitting = sizes.into_iter().flatten().find(|(it, _)| fits(room, (it.width, it.height)));
        if let Some((picture, name)) =
            fitting.filter(|_| matches!(item.kind.as_str(), "photo" | "infographic"))
        {
            say("type", json!("photo"));
            say("url", json!(drawn(picture, name)));
            say("width", json!(picture.width));
            say("height", json!(picture.height));
        }
    }
    if let Some(film) =
        whole.files.iter().find(|file| item.kind == "video" && file.nature.starts_with("video/"))
    {
        let (width, height) = within(room, FILM);
        let source = site.whole(&address::file(&film.file));
        let player = html! {
            video controls preload="none" width=(width) height=(height) src=(source) title=(clean(&item.title)) {}
        };
        say("type", json!("video"));
        say("html", json!(player.into_string()));
        say("width", json!(width));
        say("height", json!(height));
    }
    told
}

fn fits(room: Room, (width, height): (u32, u32)) -> bool {
    room.width.is_none_or(|most| width <= most) && room.height.is_none_or(|most| height <= most)
}

/// A size made smaller until it fits, in its proportion.
fn within(room: Room, (width, height): (u32, u32)) -> (u32, u32) {
    let (mut wide, mut high) = (width, height);
    if let Some(most) = room.width.filter(|most| *most < wide) {
        (wide, high) = (most.max(1), (height * most / width).max(1));
    }
    if let Some(most) = room.height.filter(|most| *most < high) {
        (wide, high) = ((width * most / height).max(1), most.max(1));
    }
    (wide, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_fits_the_room_there_is() {
        let room = |width, height| Room { width, height };
        assert_eq!(within(Room::default(), FILM), FILM);
        assert_eq!(within(room(Some(320), None), FILM), (320, 180));
        assert_eq!(within(room(Some(320), Some(90)), FILM), (160, 90));
        assert_eq!(within(room(Some(0), Some(0)), FILM), (1, 1));
    }
}

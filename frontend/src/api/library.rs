//! Questions to the library. A question is its own address, so that the last answer can be kept under it.

use super::{
    Trouble,
    fetch::{self, Body, piece},
};
use lantoa_shared::wire::v1::{
    library::{
        PinRequest,
        facet::{Chosen, Facet},
    },
    receipts::{Receipt, ReceiptsRequest},
};

/// How questions begin of which there is no end: searches, and items.
pub const ENDLESS: [&str; 2] = ["/api/v1/library?", "/api/v1/library/"];

/// The question for a page of what every unit may use again: words, and what is chosen of the facets.
pub fn library_question(words: &str, chosen: &Chosen, from: usize) -> String {
    // Kind and topic are always named: so the answers were kept before there were others.
    let named = |facet: Facet| chosen.get(facet).map_or("", String::as_str);
    let others = Facet::ALL.iter().skip(2).filter_map(|facet| Some((facet.name(), chosen.get(*facet)?)));
    let others = others.fold(String::new(), |all, (name, code)| all + &format!("&{name}={}", piece(code)));
    let (kind, topic) = (piece(named(Facet::Kind)), piece(named(Facet::Topic)));
    format!("/api/v1/library?q={}&kind={kind}&topic={topic}{others}&from={from}", piece(words))
}

/// The question for one item of it.
pub fn item_question(id: &str) -> String {
    format!("/api/v1/library/{}", piece(id))
}

/// The question for items with a picture like this one.
pub fn alike_question(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}/alike")
}

/// Where a small picture of a file lies.
pub fn small_address(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}/small")
}

/// The question how far an item spread.
pub fn receipts_question(id: &str) -> String {
    format!("{}/receipts", item_question(id))
}

/// Tells what the person has and has opened.
pub async fn tell_receipts(receipts: Vec<Receipt>) -> Result<(), Trouble> {
    fetch::text("POST", "/api/v1/receipts", Body::json(&ReceiptsRequest { receipts })).await.map(drop)
}

/// Says that every device is to have an item, under a heading or none.
pub async fn pin(id: &str, collection: &str) -> Result<(), Trouble> {
    let body = Body::json(&PinRequest { collection: collection.to_owned() });
    fetch::text("PUT", &pin_address(id), body).await.map(drop)
}

/// Takes that back.
pub async fn unpin(id: &str) -> Result<(), Trouble> {
    fetch::text("DELETE", &pin_address(id), Body::Nothing).await.map(drop)
}

fn pin_address(id: &str) -> String {
    format!("{}/pin", item_question(id))
}

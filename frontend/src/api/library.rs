//! Questions to the library. A question is its own address, so that the last answer can be kept under it.

use super::{
    Trouble,
    fetch::{self, Body, piece},
};
use lantoa_shared::wire::v1::{
    library::PinRequest,
    receipts::{Receipt, ReceiptsRequest},
};

/// How questions begin of which there is no end: searches, and items.
pub const ENDLESS: [&str; 2] = ["/api/v1/library?", "/api/v1/library/"];

/// The question for a page of what every unit may use again.
pub fn library_question(words: &str, kind: &str, topic: &str, from: usize) -> String {
    format!("/api/v1/library?q={}&kind={}&topic={}&from={from}", piece(words), piece(kind), piece(topic))
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

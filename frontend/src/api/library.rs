//! Questions to the library. A question is its own address, so that the last answer can be kept under it.

use super::fetch::piece;

/// The question for a page of what every unit may use again.
pub fn library_question(words: &str, kind: &str, from: usize) -> String {
    format!("/api/v1/library?q={}&kind={}&from={from}", piece(words), piece(kind))
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

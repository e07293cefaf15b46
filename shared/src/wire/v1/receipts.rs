//! Receipts for what is pinned for all units: on whose devices it lies, and who opened it (R5, R36; evidence for R9).

use crate::language::Bilingual;
use serde::{Deserialize, Serialize};

/// How many receipts go in one request.
pub const MAX_RECEIPTS: usize = 200;

/// `POST /api/v1/receipts`: what a person has and has read. Sent again, it changes nothing: the first time counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsRequest {
    /// At most [`MAX_RECEIPTS`].
    pub receipts: Vec<Receipt>,
}

/// Of one item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipt {
    /// The record's id.
    pub item: String,
    /// When all of it lay on the device, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here_at: Option<i64>,
    /// When the person opened it, with or without a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<i64>,
}

/// `GET /api/v1/library/{id}/receipts`: how far an item spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsAnswer {
    /// Every unit in which somebody has an account, but the one that pinned it; in the order of their codes.
    pub units: Vec<UnitReceipts>,
}

/// Of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitReceipts {
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: Bilingual,
    /// How many people have an account there.
    pub people: u64,
    /// How many of them have the item on a device.
    pub here: u64,
    /// How many of them opened it.
    pub opened: u64,
    /// When the first of them had it, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here_at: Option<i64>,
    /// When the first of them opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<i64>,
}

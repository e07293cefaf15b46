//! Receipts for what is pinned for all units.

use super::{
    error::Failure,
    extract::{JsonBody, Keys, Reader},
};
use crate::{app::App, receipts};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use lantoa_shared::wire::v1::receipts::{MAX_RECEIPTS, ReceiptsAnswer, ReceiptsRequest};

impl Keys for ReceiptsRequest {
    const KEYS: &'static [&'static str] = &["receipts"];
}

/// Notes what the caller has and has opened; of what was never pinned nothing is noted.
pub async fn note_receipts(
    State(app): State<App>,
    Reader(caller): Reader,
    JsonBody(ReceiptsRequest { receipts }): JsonBody<ReceiptsRequest>,
) -> Result<StatusCode, Failure> {
    if receipts.len() > MAX_RECEIPTS || receipts.iter().any(|receipt| receipt.item.contains('\0')) {
        return Err(Failure::Malformed("receipts".into()));
    }
    let mut tx = app.store.write().await?;
    receipts::note(&mut tx, &caller.person, receipts).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives how far an item spread, by unit.
pub async fn read_receipts(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
) -> Result<Json<ReceiptsAnswer>, Failure> {
    if id.contains('\0') {
        return Err(Failure::NotFound);
    }
    let registry = app.registry();
    let mut tx = app.store.read().await?;
    let found = receipts::of(&mut tx, &registry, &caller.person, &id).await?;
    found.ok_or(Failure::NotFound)?.map(Json).map_err(|_| Failure::Forbidden)
}

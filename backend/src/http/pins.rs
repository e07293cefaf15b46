//! Which items of the library every device is to have.

use super::{
    error::Failure,
    extract::{JsonBody, Keys, Reader},
};
use crate::{
    app::App,
    pins::{self, NotPinned},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use lantoa_shared::{
    sync::bucket,
    wire::v1::library::{MAX_COLLECTION, PinRequest},
};
use std::collections::BTreeSet;

impl Keys for PinRequest {
    const KEYS: &'static [&'static str] = &["collection"];
}

/// Pins an item for all devices; the same again changes nothing.
pub async fn pin(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
    JsonBody(request): JsonBody<PinRequest>,
) -> Result<StatusCode, Failure> {
    let collection = request.collection.trim();
    if collection.chars().count() > MAX_COLLECTION || collection.contains(char::is_control) {
        return Err(Failure::Malformed("collection".into()));
    }
    if id.contains('\0') {
        return Err(Failure::NotFound);
    }
    let mut tx = app.store.write().await?;
    let is_news = pins::pin(&mut tx, &caller.person, &id, collection).await?.map_err(failure)?;
    app.commit(tx, news(is_news)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes it back; an item that is not pinned stays so.
pub async fn unpin(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    if id.contains('\0') {
        return Err(Failure::NotFound);
    }
    let mut tx = app.store.write().await?;
    let is_news = pins::unpin(&mut tx, &caller.person, &id).await?.map_err(failure)?;
    app.commit(tx, news(is_news)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn news(is_news: bool) -> BTreeSet<String> {
    is_news.then(|| bucket::PUB.to_owned()).into_iter().collect()
}

fn failure(reason: NotPinned) -> Failure {
    match reason {
        NotPinned::NotThere => Failure::NotFound,
        NotPinned::Denied(_) => Failure::Forbidden,
    }
}

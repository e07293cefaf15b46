//! The library: what every unit may use again, found by words and narrowed by its facets.

use super::{error::Failure, extract::Reader};
use crate::{
    app::App,
    shelf::{self, Wish},
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use lantoa_shared::wire::v1::library::{LibraryAnswer, LibraryDetail, facet::Chosen};
use serde::Deserialize;

/// What is looked for.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    period: String,
    #[serde(default)]
    people: String,
    #[serde(default)]
    from: u64,
}

/// Gives a page of what is found.
pub async fn search(
    State(app): State<App>,
    Reader(_): Reader,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<LibraryAnswer>, Failure> {
    let Query(which) = which.map_err(|_| Failure::BadParameter("from"))?;
    let Which { q, kind, topic, unit, licence, language, period, people, from } = which;
    // In the order of the facets.
    let mut codes = [kind, topic, unit, licence, language, period, people].into_iter();
    let chosen = Chosen::new(|_| codes.next().unwrap_or_default());
    if q.contains('\0') {
        // Nothing is called so, and PostgreSQL could not be asked for it.
        return Err(Failure::BadParameter("q"));
    }
    let (registry, mut tx) = (app.registry(), app.store.read().await?);
    Ok(Json(shelf::look(&mut tx, &registry, &Wish { words: q, chosen, from }).await?))
}

/// Gives one item, with what is read in it.
pub async fn read_item(
    State(app): State<App>,
    Reader(_): Reader,
    Path(id): Path<String>,
) -> Result<Json<LibraryDetail>, Failure> {
    if id.contains('\0') {
        return Err(Failure::NotFound);
    }
    let mut tx = app.store.read().await?;
    Ok(Json(shelf::detail(&mut tx, &app.programme, &id).await?.ok_or(Failure::NotFound)?))
}

//! Tables and what they rest on.

use super::{
    error::Failure,
    extract::{Caller, Reader},
    packed,
};
use crate::{app::App, tables};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use lantoa_shared::{consolidation::Contribution, form::Form, period::Period};
use serde::Deserialize;

/// Which table.
#[derive(Deserialize)]
pub struct Which {
    unit: String,
    form: String,
    period: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    target: String,
}

/// The consolidated table of a unit's area.
pub async fn read_table(
    State(app): State<App>,
    Reader(caller): Reader,
    headers: HeaderMap,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(which) = which.map_err(|_| Failure::BadParameter("unit, form or period"))?;
    let (form, period) = find(&app, &caller, &which).await?;
    packed::json(&headers, &tables::read(&app, &which.unit, form, period).await?).await
}

/// The reports behind one figure of it, or behind a target.
pub async fn list_contributions(
    State(app): State<App>,
    Reader(caller): Reader,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Vec<Contribution>>, Failure> {
    let Query(which) = which.map_err(|_| Failure::BadParameter("unit, form or period"))?;
    let (form, period) = find(&app, &caller, &which).await?;
    if !which.target.is_empty() {
        let target = app.programme.targets().iter().find(|target| target.code == which.target);
        let target = target.ok_or(Failure::BadParameter("target"))?;
        return Ok(Json(tables::read_target(&app, &which.unit, form, target, period).await?));
    }
    let field = form.field(&which.field).ok_or(Failure::BadParameter("field"))?;
    Ok(Json(tables::read_contributions(&app, &which.unit, form, field, period).await?))
}

/// Whether there is such a unit is only said to those who may see it.
async fn find<'a>(app: &'a App, caller: &Caller, which: &Which) -> Result<(&'a Form, Period), Failure> {
    if !tables::may_see(app, &caller.person, &which.unit) {
        return Err(Failure::Forbidden);
    }
    let period = which.period.parse().map_err(|_| Failure::BadParameter("period"))?;
    if which.form.contains('\0') {
        // Nothing is called so, and PostgreSQL could not be asked for it.
        return Err(Failure::BadParameter("form"));
    }
    let form = tables::form(app, &which.form, period).await?.ok_or(Failure::BadParameter("form"))?;
    Ok((form, period))
}

//! One report for those who look at it from further up than its recipient, whose phones do not hold it.

use super::{error::Failure, extract::Reader};
use crate::{app::App, background, store};
use axum::{
    Json,
    extract::{Path, State},
};
use lantoa_shared::{
    person::{Action, may},
    sync::bucket,
    wire::v1::{RecordRow, RowKind, SentRecord},
};

/// A report as it was sent – or, for the unit that files it, as it stands. Whoever may not read it is told no
/// more than that there is nothing.
pub async fn read_record(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(id): Path<String>,
) -> Result<Json<SentRecord>, Failure> {
    if id.contains('\0') {
        // Nothing is called so, and PostgreSQL could not be asked for it.
        return Err(Failure::NotFound);
    }
    let mut tx = app.store.read().await?;
    let duty = store::duties::by_id(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
    let name = if caller.person.belongs_to(&duty.unit) {
        bucket::of_unit(&duty.unit)
    } else {
        bucket::of_area(&duty.recipient)
    };
    let row: RecordRow =
        store::feed::read(&mut tx, &name, duty.row_kind(), &id).await?.ok_or(Failure::NotFound)?;
    let background = match duty.entry {
        // Nothing that others do changes what an entry rests on.
        Some(_) => background::bare(&app.programme, &app.registry(), &duty),
        None => store::feed::read(&mut tx, &name, RowKind::Duty, &id).await?,
    }
    .ok_or(Failure::NotFound)?;
    let line = app.registry().line(&duty.recipient);
    may(&caller.person, Action::Read, duty.standing(&line, &row.record, &caller.person))
        .map_err(|_| Failure::NotFound)?;
    Ok(Json(SentRecord { background, row }))
}

//! Files: bytes up and down by their hash.

use super::{
    error::Failure,
    extract::{Caller, Reader},
    given,
};
use crate::{
    app::App,
    clock, feed,
    files::{self, NotKept},
    inspection::{self, Content},
    pictures::Size,
    shelf,
    store::{self, files::Stored},
};
use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use lantoa_shared::wire::v1::{RowKind, library::LibraryAnswer};

/// Takes the bytes of a file in; the same file again is not an error.
pub async fn put_file(
    State(app): State<App>,
    caller: Caller,
    Path(sha256): Path<String>,
    body: Body,
) -> Result<StatusCode, Failure> {
    if !files::is_hash(&sha256) {
        return Err(Failure::BadParameter("sha256"));
    }
    let size = app.files.keep(&sha256, files::MAX_BYTES, body.into_data_stream()).await;
    let size = size.map_err(|reason| match reason {
        NotKept::TooLarge => Failure::TooLarge("file may have, in bytes,", files::MAX_BYTES),
        NotKept::Damaged => Failure::Damaged,
        NotKept::CutOff => Failure::Malformed("the body ended early".into()),
        NotKept::Disk(source) => Failure::disk(source),
    })?;
    note(&app, Stored { sha256, size }, &caller.person.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Notes a file whose bytes lie under their hash now, with what they were found to be.
pub(super) async fn note(app: &App, file: Stored, person: &str) -> Result<(), Failure> {
    let original = app.files.original(&file.sha256);
    let finding = inspection::inspect(original.clone()).await.map_err(Failure::disk)?;
    let likeness = match finding.content {
        Content::Picture => app.pictures.likeness(&file.sha256, original).await.map_err(Failure::disk)?,
        _ => None,
    };
    let mut tx = app.store.write().await?;
    let now = clock::now();
    if !store::files::put(&mut tx, &file, finding, person, now).await? {
        return Err(Failure::Busy);
    }
    if let Some(likeness) = likeness {
        store::files::set_likeness(&mut tx, &file.sha256, likeness).await?;
    }
    tx.commit().await?;
    // An older file with these bytes may just have been swept; this one will not be for long.
    if app.files.size(&file.sha256).await.map_err(Failure::disk)?.is_none() {
        let mut tx = app.store.write().await?;
        store::files::take_back(&mut tx, &file.sha256, person, now).await?;
        tx.commit().await?;
        return Err(Failure::Busy);
    }
    Ok(())
}

/// Gives the bytes of a file, or a part of them, to whoever brought them or may read a record that names them.
pub async fn get_file(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    check_reader(&app, &caller, &sha256).await?;
    // As it is read, and from where it is asked for: a film is larger than the memory, and is wound forward.
    let given = given::kept(&app.files, &sha256, request.into_parts().0).await.map_err(Failure::disk)?;
    let mut response = dressed(given, "application/octet-stream")?;
    // Bytes from outside are only ever downloaded, never shown as a page of this site.
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}

/// Gives a small picture of a file, drawn here, to whoever may have the file.
pub async fn get_small(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    check_reader(&app, &caller, &sha256).await?;
    let original = app.files.original(&sha256);
    let small = app.pictures.drawn(&sha256, original, Size::Small).await.map_err(Failure::disk)?;
    let given = given::drawn(&small.ok_or(Failure::NotFound)?, request).await.map_err(Failure::disk)?;
    dressed(given, "image/jpeg")
}

/// Gives the items of the library with a picture like this one, to whoever may have the file.
pub async fn find_alike(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(sha256): Path<String>,
) -> Result<Json<LibraryAnswer>, Failure> {
    check_reader(&app, &caller, &sha256).await?;
    let mut tx = app.store.read().await?;
    Ok(Json(shelf::alike(&mut tx, &sha256).await?))
}

/// Bytes that are given, as what they are said to be.
fn dressed(given: Option<Response>, kind: &'static str) -> Result<Response, Failure> {
    let mut response = given.ok_or(Failure::NotFound)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A phone is passed on: what one account may read, the next one asks for again.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok(response)
}

/// A file is for whoever brought it, may read a record that names it, or finds it in the library.
async fn check_reader(app: &App, caller: &Caller, sha256: &str) -> Result<(), Failure> {
    if !files::is_hash(sha256) {
        return Err(Failure::BadParameter("sha256"));
    }
    let mut tx = app.store.read().await?;
    let brought_by = store::files::brought_by(&mut tx, sha256).await?.ok_or(Failure::NotFound)?;
    if brought_by != caller.person.id {
        // Reports are read further up, for their figures; entries of registers by unit and recipient only.
        let (readable, own) = (feed::readable(app, &caller.person), feed::entitled(app, &caller.person));
        let may_read = store::items::has_file(&mut tx, sha256, clock::today()).await?
            || store::feed::names_file(&mut tx, &readable, RowKind::Record, sha256).await?
            || store::feed::names_file(&mut tx, &own, RowKind::Entry, sha256).await?;
        if !may_read {
            return Err(Failure::NotFound);
        }
    }
    Ok(())
}

//! Files: bytes up and down by their hash.

use super::{
    error::Failure,
    extract::{Caller, Reader},
};
use crate::{app::App, clock, feed, files, files::NotKept, store};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use tower_http::services::ServeFile;

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
    let size = app.files.keep(&sha256, body.into_data_stream()).await.map_err(|reason| match reason {
        NotKept::TooLarge => Failure::TooLarge("file may have, in bytes,", files::MAX_BYTES),
        NotKept::Damaged => Failure::Damaged,
        NotKept::CutOff => Failure::Malformed("the body ended early".into()),
        NotKept::Disk(source) => Failure::Internal(store::Error::Sql(source.into())),
    })?;
    let mut tx = app.store.write().await?;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    store::files::put(&mut tx, &sha256, size, &caller.person.id, clock::now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the bytes of a file, or a part of them, to whoever brought them or may read a record that names them.
pub async fn get_file(
    State(app): State<App>,
    Reader(caller): Reader,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    if !files::is_hash(&sha256) {
        return Err(Failure::BadParameter("sha256"));
    }
    let mut tx = app.store.read().await?;
    let brought_by = store::files::brought_by(&mut tx, &sha256).await?.ok_or(Failure::NotFound)?;
    if brought_by != caller.person.id {
        let buckets = feed::readable(&app, &caller.person);
        if !store::feed::is_mentioned(&mut tx, &buckets, &sha256).await? {
            return Err(Failure::NotFound);
        }
    }
    drop(tx);
    // As it is read, and from where it is asked for: a film is larger than the memory, and is wound forward.
    let served = ServeFile::new(app.files.path(&sha256)).try_call(request).await;
    let mut response =
        served.map_err(|source| Failure::Internal(store::Error::Sql(source.into())))?.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        return Err(Failure::NotFound);
    }
    let headers = response.headers_mut();
    // Bytes from outside are only ever downloaded, never shown as a page of this site.
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    // A phone is passed on: what one account may read, the next one asks for again.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok(response)
}

//! tus 1.0 (<https://tus.io/protocols/resumable-upload>), with creation, checksum, termination and expiration: files
//! that are too large for one breath of a bad line.

use super::{error::Failure, extract::Caller, files::note};
use crate::{
    app::App,
    clock,
    store::{files::Stored, namings},
    uploads::{MAX_BYTES, MOST_OPEN, NotTaken, PATIENCE, Plan, Upload, said_hash},
};
use axum::{
    body::Body,
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::time::SystemTime;

/// The version of the protocol.
pub const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
/// The header that names it.
pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");

/// Headers of the protocol.
mod name {
    pub const OFFSET: &str = "upload-offset";
    pub const LENGTH: &str = "upload-length";
    pub const METADATA: &str = "upload-metadata";
    pub const CHECKSUM: &str = "upload-checksum";
    pub const EXPIRES: &str = "upload-expires";
}

/// A caller who speaks this version.
pub struct Speaker(Caller);

impl FromRequestParts<App> for Speaker {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        if parts.headers.get(RESUMABLE) != Some(&VERSION) {
            return Err(Failure::OtherTus);
        }
        Caller::from_request_parts(parts, app).await.map(Self)
    }
}

/// Says what is spoken here.
pub async fn read_options() -> Response {
    let told = [
        ("tus-version", "1.0.0".to_owned()),
        ("tus-extension", "creation,checksum,termination,expiration".to_owned()),
        ("tus-checksum-algorithm", "sha256".to_owned()),
        ("tus-max-size", MAX_BYTES.to_string()),
    ];
    (StatusCode::NO_CONTENT, [(RESUMABLE, VERSION)], told).into_response()
}

/// Begins an upload. One of a file that is here already is at its end.
pub async fn begin_upload(
    State(app): State<App>,
    Speaker(caller): Speaker,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let length = number(&headers, name::LENGTH)?;
    if length > MAX_BYTES {
        return Err(Failure::TooLarge("file may have, in bytes,", MAX_BYTES));
    }
    let person = caller.person.id;
    if app.uploads.count_open(&person).await.map_err(Failure::disk)? >= MOST_OPEN {
        return Err(Failure::TooLarge("uploads begun and not ended may be", MOST_OPEN as u64));
    }
    let said = metadata(&headers, "sha256")?;
    let sha256 = match said {
        None => None,
        Some(said) => Some(said_hash(&said).ok_or(Failure::BadParameter("sha256"))?),
    };
    let is_done = match &sha256 {
        Some(sha256) => is_here(&app, sha256).await?,
        None => false,
    };
    let plan = Plan { person, length, sha256, is_done };
    let id = app.uploads.begin(&plan).await.map_err(Failure::disk)?;
    let upload = Upload { id, offset: if is_done { length } else { 0 }, plan };
    if !is_done && length == 0 {
        end(&app, &upload).await?;
    }
    let place = format!("/api/v1/uploads/{}", upload.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], standing(&upload)).into_response())
}

/// Says how far an upload is.
pub async fn read_upload(
    State(app): State<App>,
    Speaker(caller): Speaker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let upload = find(&app, &caller, &id).await?;
    let length = [(HeaderName::from_static(name::LENGTH), HeaderValue::from(upload.plan.length))];
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, length, fresh, standing(&upload)).into_response())
}

/// Takes the next bytes.
pub async fn go_on(
    State(app): State<App>,
    Speaker(caller): Speaker,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    if headers.get(header::CONTENT_TYPE).is_none_or(|it| it != "application/offset+octet-stream") {
        return Err(Failure::WrongContentType);
    }
    let (offset, checksum) = (number(&headers, name::OFFSET)?, checksum(&headers)?);
    let upload = find(&app, &caller, &id).await?;
    if offset != upload.offset {
        return Err(Failure::Elsewhere(upload.offset));
    }
    if upload.plan.is_done {
        return Ok((StatusCode::NO_CONTENT, standing(&upload)).into_response());
    }
    // On its own task: what arrived reaches the disk even if the sender hangs up.
    let taken = tokio::spawn(async move {
        let taken = app.uploads.append(&upload, checksum.as_deref(), body.into_data_stream()).await;
        let upload = Upload { offset: taken.map_err(|reason| failure(reason, &upload))?, ..upload };
        if upload.offset == upload.plan.length {
            end(&app, &upload).await?;
        }
        Ok::<_, Failure>(upload)
    });
    let upload = taken.await.map_err(|_| Failure::Panicked)??;
    Ok((StatusCode::NO_CONTENT, standing(&upload)).into_response())
}

/// Ends an upload without keeping anything.
pub async fn end_upload(
    State(app): State<App>,
    Speaker(caller): Speaker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    // What is whole and no file yet does not become one now.
    let upload = app.uploads.find(&id, &caller.person.id).await.map_err(Failure::disk)?;
    let upload = upload.ok_or(Failure::NotFound)?;
    app.uploads.remove(&upload).await.map_err(Failure::disk)?;
    Ok((StatusCode::NO_CONTENT, [(RESUMABLE, VERSION)]).into_response())
}

async fn find(app: &App, caller: &Caller, id: &str) -> Result<Upload, Failure> {
    let upload = app.uploads.find(id, &caller.person.id).await.map_err(Failure::disk)?;
    let upload = upload.ok_or(Failure::NotFound)?;
    match &upload.plan.sha256 {
        // All bytes came, and the server stopped before it could say so. On its own task: whoever asks may lose
        // patience before a film is in its bucket, and is not to begin it anew with every question.
        _ if upload.offset == upload.plan.length && !upload.plan.is_done => {
            let (app, upload) = (app.clone(), upload.clone());
            tokio::spawn(async move { end(&app, &upload).await }).await.map_err(|_| Failure::Panicked)??;
        }
        // They became a file, and that could not be noted.
        Some(sha256) if upload.plan.is_done && !is_here(app, sha256).await? => {
            app.files.size(sha256).await.map_err(Failure::disk)?.ok_or(Failure::NotFound)?;
            note(app, Stored { sha256: sha256.clone(), size: upload.plan.length }, &upload.plan.person)
                .await?;
        }
        _ => {}
    }
    Ok(upload)
}

/// Puts a whole upload among the files.
async fn end(app: &App, upload: &Upload) -> Result<(), Failure> {
    let sha256 = app.uploads.end(upload, &app.files).await.map_err(|reason| failure(reason, upload))?;
    note(app, Stored { sha256, size: upload.plan.length }, &upload.plan.person).await
}

/// Whether a file is here, and stays for whoever is about to name it.
async fn is_here(app: &App, sha256: &str) -> Result<bool, Failure> {
    let mut tx = app.store.write().await?;
    let is_known = namings::is_here_to_be_named(&mut tx, sha256, clock::now()).await?;
    tx.commit().await?;
    Ok(is_known && app.files.size(sha256).await.map_err(Failure::disk)?.is_some())
}

/// How far an upload is, and until when it is waited for the rest.
fn standing(upload: &Upload) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(RESUMABLE, VERSION);
    headers.insert(name::OFFSET, HeaderValue::from(upload.offset));
    if let Ok(until) = HeaderValue::from_str(&httpdate::fmt_http_date(SystemTime::now() + PATIENCE)) {
        headers.insert(name::EXPIRES, until);
    }
    headers
}

fn number(headers: &HeaderMap, name: &'static str) -> Result<u64, Failure> {
    let said = headers.get(name).and_then(|value| value.to_str().ok()?.parse().ok());
    said.ok_or(Failure::BadParameter(name))
}

/// What `Upload-Metadata` says under a key: `key base64, key base64`.
fn metadata(headers: &HeaderMap, key: &str) -> Result<Option<Vec<u8>>, Failure> {
    let Some(said) = headers.get(name::METADATA) else { return Ok(None) };
    let said = said.to_str().map_err(|_| Failure::BadParameter(name::METADATA))?;
    let mut pairs = said.split(',').map(|pair| pair.trim().split_once(' ').unwrap_or((pair.trim(), "")));
    let Some((_, value)) = pairs.find(|(its, _)| *its == key) else { return Ok(None) };
    BASE64_STANDARD.decode(value).map(Some).map_err(|_| Failure::BadParameter(name::METADATA))
}

/// The hash that came with a piece.
fn checksum(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Failure> {
    let Some(said) = headers.get(name::CHECKSUM) else { return Ok(None) };
    let said = said.to_str().ok().and_then(|said| said.strip_prefix("sha256 "));
    let sum = said.and_then(|sum| BASE64_STANDARD.decode(sum).ok());
    sum.map(Some).ok_or(Failure::BadParameter(name::CHECKSUM))
}

fn failure(reason: NotTaken, upload: &Upload) -> Failure {
    match reason {
        NotTaken::Busy => Failure::Busy,
        NotTaken::Elsewhere(offset) => Failure::Elsewhere(offset),
        NotTaken::TooMany => Failure::TooLarge("file was to have, in bytes,", upload.plan.length),
        NotTaken::PieceDamaged => Failure::PieceDamaged,
        NotTaken::Damaged => Failure::Damaged,
        NotTaken::CutOff => Failure::Malformed("the body ended early".into()),
        NotTaken::Disk(source) => Failure::disk(source),
    }
}

//! Files of public items, and the pictures drawn of them, without an account.
//!
//! Invariant: a type is named only if it cannot hold a script, found by content; whatever it is, a browser is told to
//! run nothing of it.

use super::super::given;
use super::{
    answer::{Lost, settle},
    visit::Visit,
};
use crate::{
    app::App,
    clock, files,
    pictures::Size,
    site::{address, nature},
    store::items::public,
};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use lantoa_shared::value::FileRef;

/// Bytes that were shown stay in the browser that showed them for ten minutes, and in no cache between: what is
/// withdrawn is gone for everybody who comes after.
const CACHE: &str = "private, max-age=600";
/// Nothing runs, even where a browser shows the file by itself.
const POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox";

/// Gives a file of a public item, or a part of it.
pub async fn get_file(
    State(app): State<App>,
    visit: Visit,
    Path((sha256, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let found = find(&app, &sha256, &name, request).await;
    settle(&app, &visit, found)
}

async fn find(app: &App, sha256: &str, name: &str, request: Request) -> Result<Response, Lost> {
    if !files::is_hash(sha256) {
        return Err(Lost::Unknown);
    }
    let mut tx = app.store.read().await?;
    let files = public::file(&mut tx, sha256, clock::today()).await?;
    drop(tx);
    let original = app.files.original(sha256);
    let size = match name {
        address::SMALL => Some(Size::Small),
        address::LARGE => Some(Size::Large),
        _ => None,
    };
    // A poster is only ever drawn.
    let is_named =
        |file: &FileRef| size.is_some() || file.sha256 == sha256 && address::file_name(file) == name;
    if !files.iter().any(is_named) {
        return Err(Lost::Unknown);
    }
    let (mut response, kind) = match size {
        Some(size) => {
            let drawn = app.pictures.drawn(sha256, original, size).await?.ok_or(Lost::Unknown)?;
            (given::drawn(&drawn, request).await?.ok_or(Lost::Unknown)?, "image/jpeg")
        }
        None => {
            let look = tokio::task::spawn_blocking(move || nature::of(&original));
            let kind = match look.await.map_err(std::io::Error::other)? {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Lost::Unknown),
                kind => kind?,
            };
            (given::kept(&app.files, sha256, request.into_parts().0).await?.ok_or(Lost::Unknown)?, kind)
        }
    };
    let headers = response.headers_mut();
    let way = if kind == nature::UNKNOWN { "attachment" } else { "inline" };
    // A name holds nothing but letters, digits, dashes and a dot.
    let disposition = HeaderValue::from_str(&format!("{way}; filename=\"{name}\""));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers
        .insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}

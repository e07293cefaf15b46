//! The built app, held in memory and delivered with the right encoding and cache headers.
//!
//! A file whose name carries a hash never changes and is kept by the browser for a year; every
//! other file is asked for again and answered with 304 while it is the same.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use sha2::{Digest as _, Sha256};
use std::{collections::HashMap, fs, io, path::Path};

/// One file with its encodings.
#[derive(Debug)]
struct Asset {
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
    etag: HeaderValue,
    media_type: &'static str,
    hashed_name: bool,
}

/// The files of the built app by their path, such as `/index.html`.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Reads the directory. `name.br` and `name.gz` become encodings of `name`.
    ///
    /// # Errors
    /// If the directory cannot be read or has no `index.html`.
    pub fn read(directory: &Path) -> io::Result<Self> {
        let mut bytes = HashMap::new();
        collect(directory, "", &mut bytes)?;
        let encoded = |name: &str| {
            [".br", ".gz"]
                .iter()
                .any(|suffix| name.strip_suffix(suffix).is_some_and(|plain| bytes.contains_key(plain)))
        };
        let files: HashMap<String, Asset> = bytes
            .iter()
            .filter(|(name, _)| !encoded(name))
            .map(|(name, plain)| {
                let hash = hex::encode(&Sha256::digest(plain)[..16]);
                let asset = Asset {
                    plain: plain.clone(),
                    gzip: bytes.get(&format!("{name}.gz")).cloned(),
                    brotli: bytes.get(&format!("{name}.br")).cloned(),
                    etag: HeaderValue::from_str(&format!("\"{hash}\"")).expect("hex is a valid header"),
                    media_type: media_type(name),
                    hashed_name: has_hashed_name(name),
                };
                (name.clone(), asset)
            })
            .collect();
        if !files.contains_key("/index.html") {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the app directory has no index.html"));
        }
        Ok(Self { files })
    }

    /// Answers a request for a path. A path without an extension is a screen of the app.
    pub fn answer(&self, method: &Method, path: &str, request: &HeaderMap) -> Option<Response> {
        let is_screen = !path.rsplit('/').next().unwrap_or_default().contains('.');
        let asset = self.files.get(path).or_else(|| self.files.get("/index.html").filter(|_| is_screen))?;
        Some(asset.answer(method, request))
    }
}

impl Asset {
    fn answer(&self, method: &Method, request: &HeaderMap) -> Response {
        let known = request.get_all(header::IF_NONE_MATCH).into_iter().any(|tags| {
            let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
            tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| self.etag == bare(tag)))
        });
        let mut response =
            if known { StatusCode::NOT_MODIFIED.into_response() } else { self.body(method, request) };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        let cache = if self.hashed_name { "public, max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        response
    }

    fn body(&self, method: &Method, request: &HeaderMap) -> Response {
        let (bytes, encoding) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(request, "gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        let body = if method == Method::HEAD { Body::empty() } else { Body::from(bytes.clone()) };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

/// Whether a request takes an encoding.
pub(super) fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok()).any(
        |value| {
            value.split(',').any(|part| {
                let (name, quality) = part.split_once(';').unwrap_or((part, ""));
                let refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
                name.trim().eq_ignore_ascii_case(encoding) && !refused
            })
        },
    )
}

fn collect(directory: &Path, prefix: &str, into: &mut HashMap<String, Bytes>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, into)?;
        } else {
            into.insert(path, fs::read(entry.path())?.into());
        }
    }
    Ok(())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a part of the name, between dots, dashes and underscores, is a hash of at least eight
/// hex digits, as the bundler writes them.
fn has_hashed_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['.', '-', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

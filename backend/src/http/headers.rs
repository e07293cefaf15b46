//! What surrounds every request: its id, its log line, its time limit, and the headers that keep
//! a browser from doing what this site never does.

use super::error::{Failure, REQUEST_ID};
use crate::auth::token;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::FutureExt as _;
use std::{
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

/// How long an ordinary request may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How long a file may take on its way up: 20 MB at 300 kbit/s.
const FILE_TIME_LIMIT: Duration = Duration::from_secs(600);

/// Scripts, styles and connections only from here; wasm may be compiled; nobody may frame us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(self), payment=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Gives the request an id, catches panics, limits its time, and writes one line to the log.
pub async fn surround(request: Request, next: Next) -> Response {
    let id = token::random_hex::<8>();
    let (method, started) = (request.method().clone(), Instant::now());
    // Only the first steps of the path: the rest may hold codes and hashes.
    let path: String = request.uri().path().split('/').take(5).collect::<Vec<_>>().join("/");
    let is_api = path.starts_with("/api/");
    let is_file = ["/api/v1/files", "/api/v1/uploads"].iter().any(|bytes| path.starts_with(bytes));
    let limit = if is_file { FILE_TIME_LIMIT } else { TIME_LIMIT };
    let answer = async {
        match tokio::time::timeout(limit, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => Failure::Panicked.into_response(),
            Err(_) => Failure::TooSlow.into_response(),
        }
    };
    let answer = async {
        let response = answer.await;
        if is_api { Failure::word(response) } else { response }
    };
    let mut response = REQUEST_ID.scope(id.clone(), answer).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        // Public pages and files have rules of their own, which allow less.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    let (status, duration_ms) = (response.status().as_u16(), started.elapsed().as_millis());
    if is_api {
        tracing::info!(request.id = id, %method, path, status, duration_ms, "request");
    } else {
        tracing::debug!(request.id = id, %method, path, status, duration_ms, "request");
    }
    response
}

/// Refuses requests that another site makes a browser send. Content types and the `SameSite`
/// cookie stand in the way already; this is the second lock.
pub async fn refuse_cross_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_same_site(request.headers()) {
        next.run(request).await
    } else {
        Failure::CrossSite.into_response()
    }
}

fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    }
}

//! How public pages are answered: headers, and the page for what is not there.

use super::visit::Visit;
use crate::{
    app::App,
    http::error::REQUEST_ID,
    site::{
        frame::{self, Page},
        lost::{self, Why},
    },
    store,
};
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

/// Nothing runs, nothing comes from elsewhere, nobody frames a page. (Who tests a page, not the page, asks by it for
/// `robots.txt`: the connections.)
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why there is no answer.
#[derive(Debug)]
pub enum Lost {
    /// There is no such page.
    Unknown,
    /// It was public, and was withdrawn.
    Withdrawn,
    /// It stands elsewhere: the path.
    Moved(String),
    /// The database or the disk failed.
    Failed(store::Error),
}

impl From<store::Error> for Lost {
    fn from(source: store::Error) -> Self {
        Self::Failed(source)
    }
}

impl From<sqlx::Error> for Lost {
    fn from(source: sqlx::Error) -> Self {
        Self::Failed(source.into())
    }
}

impl From<std::io::Error> for Lost {
    fn from(source: std::io::Error) -> Self {
        Self::Failed(store::Error::Sql(source.into()))
    }
}

/// The answer, or the page that says why there is none.
pub fn settle(app: &App, visit: &Visit, found: Result<Response, Lost>) -> Response {
    let (status, why) = match found {
        Ok(response) => return response,
        Err(Lost::Moved(path)) => {
            let to = HeaderValue::from_str(&path).unwrap_or_else(|_| HeaderValue::from_static("/"));
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response();
        }
        Err(Lost::Unknown) => (StatusCode::NOT_FOUND, Why::Unknown),
        Err(Lost::Withdrawn) => (StatusCode::GONE, Why::Withdrawn),
        Err(Lost::Failed(error)) => {
            let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
            tracing::error!(request.id = request_id, ?error, "a public page failed");
            (StatusCode::INTERNAL_SERVER_ERROR, Why::Failed)
        }
    };
    let site = visit.site(&app.programme);
    let page = frame::draw(&site, &lost::draw(&site, why)).into_string();
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    dress(headers, "text/html; charset=utf-8");
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A page, or that it is the one the browser has.
pub fn page(app: &App, visit: &Visit, request: &HeaderMap, page: &Page) -> Response {
    let text = frame::draw(&visit.site(&app.programme), page).into_string();
    document(request, text, "text/html; charset=utf-8")
}

/// A document of a type, or that it is the one the browser has. It is asked for again each time, since it may be
/// withdrawn at any.
pub fn document(request: &HeaderMap, text: String, kind: &'static str) -> Response {
    // Weak: on its way it may be packed.
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&text)[..12]));
    let is_known = request.get_all(header::IF_NONE_MATCH).into_iter().any(|known| {
        known
            .to_str()
            .is_ok_and(|known| known.split(',').any(|known| known.trim() == tag || known.trim() == &tag[2..]))
    });
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let headers = response.headers_mut();
    dress(headers, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn dress(headers: &mut HeaderMap, kind: &'static str) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    // Who comes from here may be told to others: pages are public.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
}

/// Lets programs on other sites read it.
pub fn for_everybody(mut response: Response) -> Response {
    let name = HeaderName::from_static("access-control-allow-origin");
    response.headers_mut().insert(name, HeaderValue::from_static("*"));
    response
}

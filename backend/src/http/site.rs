//! The public pages: their addresses, what is read for them, and with which status it is answered.
//!
//! Invariant: no cookie is set, and none is read but in the press corner; what is not public today is as if it were not
//! there.

mod answer;
mod bytes;
mod feeds;
mod pages;
mod reading;
mod visit;

pub use visit::is_host;

use crate::{
    app::App,
    site::{address, embed, frame::FEEDS, style},
};
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use tower_http::compression::CompressionLayer;

/// All addresses of the public pages.
pub fn router() -> Router<App> {
    Router::new()
        .route(&style::PATH, get(read_style))
        .nest(address::ROOT, rooms())
        .nest(&format!("{}{}", address::ENGLISH, address::ROOT), rooms())
        // Below a root with a slash behind it nothing is nested.
        .route(&format!("{}/", address::ROOT), get(pages::find_nothing))
        .route(&format!("{}{}/", address::ENGLISH, address::ROOT), get(pages::find_nothing))
        .route(embed::PATH, get(feeds::describe_embedding))
        .route("/sitemap.xml", get(feeds::map_pages))
        .route("/robots.txt", get(feeds::tell_robots))
        .layer(CompressionLayer::new())
        // Files may be asked for in parts, and are packed already if they are worth it.
        .route(&format!("{}/{{sha256}}/{{name}}", address::FILES), get(bytes::get_file))
}

/// The pages of one language.
fn rooms() -> Router<App> {
    let mut rooms = Router::new()
        .route("/", get(pages::list_newest))
        .route("/bao-chi", get(pages::open_press_corner))
        .route("/don-vi", get(pages::list_columns))
        .route("/don-vi/{code}", get(pages::list_column))
        .route("/chu-de/{code}", get(pages::list_topic))
        .route("/{name}", get(pages::open_item))
        .fallback(pages::find_nothing);
    for (file, ..) in FEEDS {
        rooms = rooms
            .route(&format!("/{file}"), get(feeds::feed_newest))
            .route(&format!("/don-vi/{{code}}/{file}"), get(feeds::feed_column));
    }
    rooms
}

/// The rules of the pages; another version has another address.
async fn read_style() -> Response {
    let mut response = style::RULES.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

//! The route table on one screen, and the layers around it. Only this room knows statuses.

pub mod assets;
pub mod error;
pub mod events;
pub mod extract;
pub mod files;
mod given;
pub mod headers;
pub mod library;
pub mod packed;
pub mod pins;
pub mod receipts;
pub mod records;
pub mod session;
pub mod site;
pub mod sync;
pub mod tables;
pub mod uploads;

use crate::app::App;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, header},
    middleware,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, head, post, put},
};
use error::Failure;
use tower_http::{compression::CompressionLayer, decompression::RequestDecompressionLayer};

/// Largest JSON body, in bytes, after decompression: a full push whose last op is as long as can be, every letter
/// of it written as two.
pub const MAX_BODY_BYTES: usize = 3 * 1024 * 1024;

/// All routes with their layers.
pub fn router(app: App) -> Router {
    let api = Router::new()
        .route("/v1/session", get(session::read_session).post(session::sign_in).delete(session::sign_out))
        .route("/v1/sync/push", post(sync::push_ops))
        .route("/v1/sync/pull", post(sync::pull_changes))
        .route("/v1/sync/events", get(events::stream_events))
        .route("/v1/tables", get(tables::read_table))
        .route("/v1/contributions", get(tables::list_contributions))
        .route("/v1/records/{id}", get(records::read_record))
        .route("/v1/library", get(library::search))
        .route("/v1/library/{id}", get(library::read_item))
        .route("/v1/files/{sha256}/alike", get(files::find_alike))
        .route("/v1/library/{id}/pin", put(pins::pin).delete(pins::unpin))
        .route("/v1/library/{id}/receipts", get(receipts::read_receipts))
        .route("/v1/receipts", post(receipts::note_receipts))
        .route("/openapi.json", get(read_openapi))
        .method_not_allowed_fallback(async || Failure::WrongMethod)
        .fallback(async || Failure::NotFound)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(RequestDecompressionLayer::new())
        .layer(CompressionLayer::new());
    // Files are limited as they stream, and are compressed already if they are worth it.
    let files = Router::new()
        .route("/v1/files/{sha256}", put(files::put_file).get(files::get_file))
        .route("/v1/files/{sha256}/small", get(files::get_small))
        .route("/v1/uploads", post(uploads::begin_upload).options(uploads::read_options))
        .route(
            "/v1/uploads/{id}",
            head(uploads::read_upload)
                .patch(uploads::go_on)
                .delete(uploads::end_upload)
                .options(uploads::read_options),
        )
        .method_not_allowed_fallback(async || Failure::WrongMethod);
    Router::new()
        .nest("/api", api.merge(files))
        .route("/healthz", get(answer_health))
        // The app's service worker takes what other apps share. Where it is gone, the app says so.
        .route("/share", post(async || Redirect::to("/media?shared=failed")))
        .merge(site::router())
        .method_not_allowed_fallback(async || Failure::WrongMethod)
        .fallback(deliver_app)
        .layer(middleware::from_fn(headers::refuse_cross_site))
        .layer(middleware::from_fn(headers::surround))
        .with_state(app)
}

/// Says that the server answers and its database reads.
async fn answer_health(State(app): State<App>) -> Result<&'static str, Failure> {
    app.store.read().await?;
    Ok("ok")
}

/// The description of the API, kept by hand beside the routes; a test walks through it.
async fn read_openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], include_str!("http/openapi.json")).into_response()
}

/// The app's own files, and its first page for every screen's address.
async fn deliver_app(State(app): State<App>, request: Request) -> Response {
    let Some(assets) = &app.assets else { return Failure::NotFound.into_response() };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::WrongMethod.into_response();
    }
    assets
        .answer(request.method(), request.uri().path(), request.headers())
        .unwrap_or_else(|| Failure::NotFound.into_response())
}

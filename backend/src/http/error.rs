//! The one place where a failure becomes a status and an [`ErrorAnswer`].
//!
//! The caller gets a stable code and the request's id; the log gets the cause under the same id.

use crate::store;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use lantoa_shared::wire::v1::{ErrorAnswer, ErrorBody};

tokio::task_local! {
    /// The id of the request being answered.
    pub static REQUEST_ID: String;
}

/// Why a request was not answered as hoped.
#[derive(Debug)]
pub enum Failure {
    /// There is no session, or it ran out.
    SignedOut,
    /// Account and password do not belong together.
    WrongPassword,
    /// Too many attempts; seconds to wait.
    TooMany(u64),
    /// The body is not what the request needs; the words say where.
    Malformed(String),
    /// The body has a key that this version does not know.
    UnknownKey(String),
    /// A parameter of the address is missing or unreadable.
    BadParameter(&'static str),
    /// The version of the conversation is not spoken here.
    Outdated,
    /// There is more of something than is taken at once: what, and the limit.
    TooLarge(&'static str, u64),
    /// The body came too slowly.
    TooSlow,
    /// The content type is not the one the request needs.
    WrongContentType,
    /// The request comes from another site.
    CrossSite,
    /// There is no such thing, or not for this person.
    NotFound,
    /// The address does not take this method.
    WrongMethod,
    /// The person's roles do not include it.
    Forbidden,
    /// Hash and bytes do not agree.
    Damaged,
    /// A piece of an upload does not have the hash that came with it: to be sent once more.
    PieceDamaged,
    /// An upload does not stand where the request says, but here.
    Elsewhere(u64),
    /// Another request is writing into the upload.
    Busy,
    /// The request speaks no version of tus that is spoken here.
    OtherTus,
    /// The disk of the centre is full.
    Full,
    /// The program or the database failed.
    Internal(store::Error),
    /// A part of the program panicked.
    Panicked,
}

impl Failure {
    /// A JSON body is longer than any the server takes.
    pub fn body_too_large() -> Self {
        Self::TooLarge("body may have, in bytes,", super::MAX_BODY_BYTES as u64)
    }

    /// The disk of the centre failed, or is full.
    pub fn disk(source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full;
        }
        Self::Internal(store::Error::Sql(source.into()))
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        let fixed = |status, code, message: &str| (status, code, message.to_owned());
        match self {
            Self::SignedOut => fixed(StatusCode::UNAUTHORIZED, "signed_out", "Sign in first."),
            Self::WrongPassword => {
                fixed(StatusCode::UNAUTHORIZED, "wrong_password", "Account or password is wrong.")
            }
            Self::TooMany(_) => {
                fixed(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", "Too many attempts; wait.")
            }
            Self::Malformed(place) => {
                (StatusCode::BAD_REQUEST, "malformed", format!("The body cannot be read: {place}."))
            }
            Self::UnknownKey(key) => {
                (StatusCode::BAD_REQUEST, "unknown_key", format!("The body has an unknown key: {key}."))
            }
            Self::BadParameter(name) => {
                (StatusCode::BAD_REQUEST, "bad_parameter", format!("The parameter {name} cannot be read."))
            }
            Self::Outdated => {
                fixed(StatusCode::UPGRADE_REQUIRED, "outdated", "This protocol version is not spoken here.")
            }
            Self::TooLarge(what, limit) => {
                let message = format!("The {what} at most {limit}.");
                (StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
            }
            Self::TooSlow => fixed(StatusCode::REQUEST_TIMEOUT, "too_slow", "The request took too long."),
            Self::WrongContentType => fixed(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "wrong_content_type",
                "The content type is not supported here.",
            ),
            Self::CrossSite => {
                fixed(StatusCode::FORBIDDEN, "cross_site", "Requests from other sites are refused.")
            }
            Self::NotFound => fixed(StatusCode::NOT_FOUND, "not_found", "There is no such thing."),
            Self::WrongMethod => {
                fixed(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "The method is not supported here.")
            }
            Self::Forbidden => fixed(StatusCode::FORBIDDEN, "forbidden", "Your roles do not include this."),
            Self::Damaged => {
                fixed(StatusCode::UNPROCESSABLE_ENTITY, "damaged", "The bytes do not have this hash.")
            }
            Self::PieceDamaged => {
                // The status that tus made for it.
                let status = StatusCode::from_u16(460).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
                fixed(status, "piece_damaged", "The piece does not have this hash; send it once more.")
            }
            Self::Elsewhere(offset) => {
                (StatusCode::CONFLICT, "elsewhere", format!("The upload stands at byte {offset}."))
            }
            Self::Busy => fixed(StatusCode::LOCKED, "busy", "Another request writes into this upload."),
            Self::OtherTus => {
                fixed(StatusCode::PRECONDITION_FAILED, "other_tus", "Tus-Resumable must be 1.0.0.")
            }
            Self::Full => fixed(
                StatusCode::INSUFFICIENT_STORAGE,
                "full",
                "The centre has no room left; try again later.",
            ),
            Self::Internal(_) | Self::Panicked => {
                fixed(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed; it was logged.")
            }
        }
    }
}

impl Failure {
    /// Puts our words to a refusal of a part that does not know them, such as the one that
    /// decompresses bodies; every other response stays as it is.
    pub fn word(response: Response) -> Response {
        let status = response.status();
        let is_json = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|media| media.as_bytes().starts_with(b"application/json"));
        // What says which part of a file there is has no more to say.
        let is_plain = status == StatusCode::RANGE_NOT_SATISFIABLE;
        if is_json || is_plain || !(status.is_client_error() || status.is_server_error()) {
            return response;
        }
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::body_too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongContentType,
            status if status.is_client_error() => Self::Malformed("the request".into()),
            _ => Self::Panicked,
        }
        .into_response()
    }
}

impl From<store::Error> for Failure {
    fn from(source: store::Error) -> Self {
        Self::Internal(source)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(source: sqlx::Error) -> Self {
        Self::Internal(source.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, code, message) = self.parts();
        let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
        match &self {
            Self::Internal(source) => {
                tracing::error!(request.id = request_id, error = ?source, "request failed");
            }
            _ => tracing::debug!(request.id = request_id, code, "request refused"),
        }
        let retry_after = match self {
            Self::TooMany(seconds) => Some(seconds),
            _ => None,
        };
        if matches!(self, Self::Full) {
            tracing::error!(request.id = request_id, "the disk is full");
        }
        let is_other_tus = matches!(self, Self::OtherTus);
        let error = ErrorBody { code: code.to_owned(), message, request_id, retry_after };
        let mut response = (status, Json(ErrorAnswer { error })).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if is_other_tus {
            response.headers_mut().insert("tus-version", HeaderValue::from_static("1.0.0"));
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

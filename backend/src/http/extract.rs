//! What handlers ask of a request: who is calling, and a body of a known shape and size.

use super::error::Failure;
use crate::{
    app::App,
    auth::token,
    clock,
    store::{self, sessions::Session},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderMap, header, request::Parts},
};
use lantoa_shared::person::Person;
use serde::de::DeserializeOwned;

/// The name of the session cookie.
pub const COOKIE: &str = "lantoa_session";

/// The person whose session brought the request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person with the roles held right now.
    pub person: Person,
    /// The session.
    pub session: Session,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let session = token::hash(cookie(&parts.headers).ok_or(Failure::SignedOut)?);
        find_caller(app, &session).await?.ok_or(Failure::SignedOut)
    }
}

/// A caller who may read: not from a device that was shut out, which may only deliver what it has.
#[derive(Debug, Clone)]
pub struct Reader(pub Caller);

impl FromRequestParts<App> for Reader {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, app).await?;
        if caller.session.is_shut_out { Err(Failure::Forbidden) } else { Ok(Self(caller)) }
    }
}

/// Whose session it is; moves its end when it is used.
pub async fn find_caller(app: &App, token_hash: &str) -> Result<Option<Caller>, store::Error> {
    let now = clock::now();
    let mut look = app.store.look().await?;
    let Some((person, session)) = store::sessions::find(&mut look, token_hash, now).await? else {
        return Ok(None);
    };
    drop(look);
    if session.expires_at - now < token::LIFETIME_MS - token::EXTEND_AFTER_MS {
        let mut tx = app.store.write().await?;
        store::sessions::extend(&mut tx, token_hash, now + token::LIFETIME_MS).await?;
        tx.commit().await?;
    }
    Ok(Some(Caller { person, session }))
}

/// The session cookie's token, if it looks like one.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE && value.len() == 64)
        .map(|(_, value)| value)
}

/// A JSON body of a known shape, without keys the shape does not have.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned + Keys> FromRequest<App> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Failure::WrongContentType);
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| body_failure(&rejection))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| {
            Failure::Malformed(format!("line {}, column {}", error.line(), error.column()))
        })?;
        if let Some(key) = T::unknown(&value) {
            return Err(Failure::UnknownKey(key.chars().take(40).collect()));
        }
        // The value itself is never repeated in the answer or the log: it may hold what was typed.
        serde_json::from_value(value).map(Self).map_err(|_| Failure::Malformed("wrong shape".into()))
    }
}

/// The keys a body may have.
pub trait Keys {
    /// The keys of the outermost object.
    const KEYS: &'static [&'static str];

    /// The first key that is not known.
    fn unknown(value: &serde_json::Value) -> Option<String> {
        first_unknown(value, Self::KEYS)
    }
}

/// The first key of an object that is not among `known`.
pub fn first_unknown(value: &serde_json::Value, known: &[&str]) -> Option<String> {
    value.as_object()?.keys().find(|key| !known.contains(&key.as_str())).cloned()
}

fn body_failure(rejection: &BytesRejection) -> Failure {
    // The limit may stand anywhere in the chain of causes; the status of the rejection knows it.
    if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Failure::body_too_large()
    } else {
        Failure::Malformed("the body ended early or is not compressed as it says".into())
    }
}

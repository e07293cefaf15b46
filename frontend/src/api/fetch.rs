//! One request, one answer, within a time.

use super::Trouble;
use crate::browser;
use crate::json;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::wire::v1::ErrorAnswer;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response};

/// Longest wait for the beginning and the end of an answer, in milliseconds.
const PATIENCE: u32 = 45_000;

/// What a request carries.
pub enum Body {
    Nothing,
    Json(String),
    Bytes(js_sys::Uint8Array),
}

impl Body {
    /// A JSON body.
    pub fn json(value: &impl Serialize) -> Self {
        Self::Json(json::write(value))
    }
}

/// Sends a request and reads the answer as JSON.
pub async fn json<T: DeserializeOwned>(method: &str, address: &str, body: Body) -> Result<T, Trouble> {
    let text = text(method, address, body).await?;
    // Something that is not ours may well answer with JSON: then it is not this JSON.
    json::read(&text).map_err(|_| Trouble::Network)
}

/// Sends a request and reads the answer, which must be ours, as text. An empty answer is empty text.
pub async fn text(method: &str, address: &str, body: Body) -> Result<String, Trouble> {
    let abort = AbortController::new().map_err(|_| Trouble::Network)?;
    let patience = if matches!(body, Body::Bytes(_)) { 10 * PATIENCE } else { PATIENCE };
    let exchange = Box::pin(exchange(method, address, body, &abort));
    match select(exchange, TimeoutFuture::new(patience)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(Trouble::Network)
        }
    }
}

async fn exchange(
    method: &str,
    address: &str,
    body: Body,
    abort: &AbortController,
) -> Result<String, Trouble> {
    let lost = |_: JsValue| Trouble::Network;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    let headers = Headers::new().map_err(lost)?;
    match body {
        Body::Nothing => {}
        Body::Json(text) => {
            headers.set("content-type", "application/json").map_err(lost)?;
            init.set_body(&JsValue::from_str(&text));
        }
        Body::Bytes(bytes) => {
            headers.set("content-type", "application/octet-stream").map_err(lost)?;
            init.set_body(&bytes);
        }
    }
    init.set_headers(&headers);
    let promise = browser::window().fetch_with_str_and_init(address, &init);
    let response: Response = JsFuture::from(promise).await.map_err(lost)?.unchecked_into();
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let is_json = header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
    let status = response.status();
    if status == 204 {
        // What hotel networks answer looks alike, but does not bear the number that the centre gives every request.
        return header("x-request-id").map(|_| String::new()).ok_or(Trouble::Network);
    }
    let text =
        JsFuture::from(response.text().map_err(lost)?).await.map_err(lost)?.as_string().unwrap_or_default();
    match status {
        413 => Err(Trouble::TooLarge),
        _ if !is_json => Err(if status >= 500 { Trouble::Busy } else { Trouble::Network }),
        200..=299 => Ok(text),
        _ => Err(refusal(status, &text)),
    }
}

fn refusal(status: u16, text: &str) -> Trouble {
    let Ok(answer) = json::read::<ErrorAnswer>(text) else { return Trouble::Busy };
    let (code, retry_after) = (answer.error.code, answer.error.retry_after);
    match (status, code.as_str()) {
        (401, "signed_out") => Trouble::SignedOut,
        (426, _) => Trouble::Outdated,
        (408 | 500.., _) => Trouble::Busy,
        _ => Trouble::Refused { code, retry_after },
    }
}

/// Writes a piece of an address so that nothing in it can be taken for punctuation.
pub fn piece(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

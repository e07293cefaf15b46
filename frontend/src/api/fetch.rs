//! One request, one answer, within a time.

use super::Trouble;
use crate::browser;
use crate::json;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::wire::v1::ErrorAnswer;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCredentials, RequestInit, Response};

/// Longest wait for the beginning and the end of an answer, in milliseconds.
const PATIENCE: u32 = 45_000;

/// What a request carries.
pub enum Body {
    Nothing,
    Json(String),
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
    let (kind, body) = match body {
        Body::Nothing => (None, JsValue::UNDEFINED),
        Body::Json(text) => (Some("application/json"), JsValue::from_str(&text)),
    };
    let kind = kind.map(|kind| ("content-type", kind));
    answered(Request { method, address, headers: kind.as_slice(), body }, read_text).await
}

/// What is asked.
pub struct Request<'a> {
    pub method: &'a str,
    pub address: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    /// Text or bytes; undefined, if it carries nothing.
    pub body: JsValue,
}

/// Sends a request, and reads its answer within a time: longer for bytes.
pub async fn answered<T, F: Future<Output = Result<T, Trouble>>>(
    request: Request<'_>,
    read: impl FnOnce(Response) -> F,
) -> Result<T, Trouble> {
    let abort = AbortController::new().map_err(|_| Trouble::Network)?;
    let patience = if request.body.is_object() { 10 * PATIENCE } else { PATIENCE };
    let exchange = Box::pin(async { read(send(request, &abort).await.map_err(|_| Trouble::Network)?).await });
    match select(exchange, TimeoutFuture::new(patience)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(Trouble::Network)
        }
    }
}

async fn send(request: Request<'_>, abort: &AbortController) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    let headers = Headers::new()?;
    for (name, value) in request.headers {
        headers.set(name, value)?;
    }
    if !request.body.is_undefined() {
        init.set_body(&request.body);
    }
    init.set_headers(&headers);
    let promise = browser::window().fetch_with_str_and_init(request.address, &init);
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

/// A header of an answer.
pub fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}

/// Whether the centre answered: what hotel networks answer looks alike, but does not bear the number that the centre
/// gives every request.
pub fn is_ours(response: &Response) -> bool {
    header(response, "x-request-id").is_some()
}

/// The text of an answer that must be ours.
pub async fn read_text(response: Response) -> Result<String, Trouble> {
    let lost = |_: JsValue| Trouble::Network;
    let is_json = header(&response, "content-type").is_some_and(|kind| kind.starts_with("application/json"));
    let status = response.status();
    if status == 204 {
        return if is_ours(&response) { Ok(String::new()) } else { Err(Trouble::Network) };
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

//! The sync conversation: push and pull.

use super::{
    error::Failure,
    extract::{Caller, JsonBody, Keys, first_unknown},
    packed,
};
use crate::{app::App, feed, files, ledger};
use axum::{Json, extract::State, http::HeaderMap, response::Response};
use lantoa_shared::wire::v1::{MAX_OPS, PROTOCOL, PullRequest, PushAnswer, PushRequest};

/// Most buckets a pull may name.
const MAX_CURSORS: usize = 1000;
/// Largest number a device may give an op: beyond it a browser cannot count.
const MAX_N: u64 = (1 << 53) - 1;

impl Keys for PushRequest {
    const KEYS: &'static [&'static str] = &["proto", "epoch", "device", "ops"];

    fn unknown(value: &serde_json::Value) -> Option<String> {
        first_unknown(value, Self::KEYS).or_else(|| {
            let ops = value.get("ops")?.as_array()?;
            ops.iter().find_map(|op| first_unknown(op, &["n", "sha256", "body", "was"]))
        })
    }
}

impl Keys for PullRequest {
    const KEYS: &'static [&'static str] = &["proto", "epoch", "cursors", "device", "most"];
}

/// Takes ops in: keeps them, then judges them.
pub async fn push_ops(
    State(app): State<App>,
    caller: Caller,
    JsonBody(request): JsonBody<PushRequest>,
) -> Result<Json<PushAnswer>, Failure> {
    if request.proto != PROTOCOL {
        return Err(Failure::Outdated);
    }
    if request.ops.len() > MAX_OPS {
        return Err(Failure::TooLarge("push may hold ops,", MAX_OPS as u64));
    }
    let is_device = |text: &str| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // Nobody speaks for the centre itself.
    if !is_device(&request.device) || request.device == ledger::CENTRE {
        return Err(Failure::Malformed("device".into()));
    }
    if request.ops.iter().any(|op| op.n == 0 || op.n > MAX_N || !files::is_hash(&op.sha256)) {
        return Err(Failure::Malformed("n or sha256 of an op".into()));
    }
    // On its own task: what was received is judged to the end even if the phone hangs up.
    let judged =
        tokio::spawn(async move { ledger::receive(&app, caller.person, &caller.session, request).await });
    Ok(Json(judged.await.map_err(|_| Failure::Panicked)??))
}

/// Answers what is new.
pub async fn pull_changes(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(request): JsonBody<PullRequest>,
) -> Result<Response, Failure> {
    if request.proto != PROTOCOL {
        return Err(Failure::Outdated);
    }
    if request.cursors.len() > MAX_CURSORS {
        return Err(Failure::TooLarge("pull may name buckets,", MAX_CURSORS as u64));
    }
    let answer = feed::answer_pull(&app, &caller.person, &caller.session, &request).await?;
    packed::json(&headers, &answer).await
}

//! Push and pull.

use super::{
    Trouble,
    fetch::{self, Body},
};
use crate::json::Unread;
use lantoa_shared::wire::v1::{PullAnswer, PushAnswer, PushRequest};

/// Sends ops up.
pub async fn push(request: &PushRequest) -> Result<PushAnswer, Trouble> {
    fetch::json("POST", "/api/v1/sync/push", Body::json(request)).await
}

/// Asks what is new: a [`lantoa_shared::wire::v1::PullRequest`], written down.
pub async fn pull(question: String) -> Result<PullAnswer<Unread>, Trouble> {
    fetch::json("POST", "/api/v1/sync/pull", Body::Json(question)).await
}

//! Push and pull.

use super::{
    Trouble,
    fetch::{self, Body},
};
use lantoa_shared::wire::v1::{PullAnswer, PullRequest, PushAnswer, PushRequest};

/// Sends ops up.
pub async fn push(request: &PushRequest) -> Result<PushAnswer, Trouble> {
    fetch::json("POST", "/api/v1/sync/push", Body::json(request)).await
}

/// Asks what is new.
pub async fn pull(request: &PullRequest) -> Result<PullAnswer, Trouble> {
    fetch::json("POST", "/api/v1/sync/pull", Body::json(request)).await
}

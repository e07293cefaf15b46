//! Pushes that come while another is being written wait together and then go into one transaction: the disk is waited
//! for once for all of them.
//!
//! Invariant: an answer leaves only after the commit that holds its ops. A group that fails takes nobody along: whoever
//! gets no answer from here takes his push in alone.

use super::{Push, take_in};
use crate::app::App;
use lantoa_shared::wire::v1::PushAnswer;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Most pushes that may wait; whoever comes then waits for a place.
const PLACES: usize = 256;
/// About how many ops go into one transaction: what waits behind it should not wait long.
const MOST_OPS: usize = 400;

/// A push and whoever waits for its answer.
struct Waiting {
    push: Arc<Push>,
    answer: oneshot::Sender<PushAnswer>,
}

/// Where pushes are brought.
#[derive(Debug)]
pub struct Queue(mpsc::Sender<Waiting>);

/// Where they are taken from.
pub struct Line(mpsc::Receiver<Waiting>);

/// An empty queue.
pub fn queue() -> (Queue, Line) {
    let (sender, receiver) = mpsc::channel(PLACES);
    (Queue(sender), Line(receiver))
}

impl Queue {
    /// Has a push taken in with others; `None` if that failed.
    pub(super) async fn bring(&self, push: Arc<Push>) -> Option<PushAnswer> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Waiting { push, answer }).await.ok()?;
        answered.await.ok()
    }
}

/// Takes in whatever waits, one group after the other, until nobody can bring anything any more.
pub async fn follow(app: App, mut line: Line) {
    while let Some(first) = line.0.recv().await {
        let (mut count, mut group) = (first.push.ops.len(), vec![first]);
        while count < MOST_OPS
            && let Ok(next) = line.0.try_recv()
        {
            count += next.push.ops.len();
            group.push(next);
        }
        let app = app.clone();
        // On a task of its own: a panic ends this group and not the queue.
        let taken = tokio::spawn(async move {
            let pushes: Vec<Arc<Push>> = group.iter().map(|waiting| Arc::clone(&waiting.push)).collect();
            match take_in(&app, &pushes).await {
                Ok(answers) => {
                    for (waiting, answer) in group.into_iter().zip(answers) {
                        // Whoever hung up meanwhile asks again.
                        let _ = waiting.answer.send(answer);
                    }
                }
                Err(error) => tracing::warn!(?error, "several pushes could not be taken in together"),
            }
        });
        let _ = taken.await;
    }
}

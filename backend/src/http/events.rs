//! The stream of hints: which buckets have something new. It never carries content, so losing it
//! is harmless; whoever reads a hint pulls.

use super::extract::{Caller, find_caller};
use crate::{app::App, feed, news::Hint};
use axum::{
    extract::State,
    response::sse::{Event, Sse},
};
use futures::Stream;
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::Interval,
};

/// How often an event stream shows that it is alive and its session is looked at again.
const HEARTBEAT: Duration = Duration::from_secs(25);

/// Streams the names of buckets that have something new, for as long as the session lasts.
pub async fn stream_events(
    State(app): State<App>,
    caller: Caller,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.reset();
    let listener = Listener {
        news: app.news.listen(),
        buckets: heard(&app, &caller),
        session: caller.session.token_hash,
        waiting: Vec::new(),
        heartbeat,
        app,
    };
    Sse::new(futures::stream::unfold(listener, async |mut listener| {
        listener.next().await.map(|event| (Ok(event), listener))
    }))
}

/// Of which buckets a caller hears. A device that was shut out hears of none, only that anything may have changed: so
/// it learns at once when it is let in again.
fn heard(app: &App, caller: &Caller) -> Vec<String> {
    if caller.session.is_shut_out { vec![String::new()] } else { feed::entitled(app, &caller.person) }
}

/// One open event stream.
struct Listener {
    app: App,
    news: Receiver<Hint>,
    session: String,
    buckets: Vec<String>,
    waiting: Vec<String>,
    heartbeat: Interval,
}

/// What ended the wait.
enum Woken {
    Stopping,
    Heartbeat,
    News(Result<Hint, RecvError>),
}

impl Listener {
    /// The next event; `None` when the session is over or the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(bucket) = self.waiting.pop() {
                return Some(Event::default().event("news").data(bucket));
            }
            let mut stopping = self.app.stopping.clone();
            let woken = tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => Woken::Stopping,
                _ = self.heartbeat.tick() => Woken::Heartbeat,
                news = self.news.recv() => Woken::News(news),
            };
            match woken {
                Woken::Stopping | Woken::News(Err(RecvError::Closed)) => return None,
                Woken::Heartbeat => {
                    let caller = find_caller(&self.app, &self.session).await.ok().flatten()?;
                    self.buckets = heard(&self.app, &caller);
                    return Some(Event::default().comment("here"));
                }
                Woken::News(Ok(Hint::Buckets(news))) => {
                    self.waiting =
                        news.iter().filter(|bucket| self.buckets.contains(bucket)).cloned().collect();
                }
                // Or too far behind to know what changed.
                Woken::News(Ok(Hint::Everything) | Err(RecvError::Lagged(_))) => {
                    self.waiting = self.buckets.clone();
                }
            }
        }
    }
}

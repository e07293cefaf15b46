//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// How long a person would wait before calling it broken; generous, because the machine of a test is slow.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// After this long, whoever pressed a button and sees nothing happen presses it again.
pub const PRESS: Duration = Duration::from_secs(5);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until there is something to return.
///
/// An error while looking (an element that was just redrawn, a page that is loading) is a look without result;
/// the last one is told if time runs out.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(PATIENCE, what, look).await
}

/// [`until`] with a deadline of its own.
pub async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        let last = match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() > deadline {
            // Below the first line, drivers print their own stack.
            let first_line =
                |error: anyhow::Error| format!("{error:#}").lines().next().unwrap_or_default().to_owned();
            let reason =
                last.map_or_else(String::new, |it| format!("; at the last look: {}", first_line(it)));
            return Err(anyhow!("waited {} s for {what}{reason}", patience.as_secs()));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

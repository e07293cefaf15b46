//! The phone's half: what to do next, after whatever just happened.
//!
//! One request at a time: first send what was typed, then ask what is new, then wait. A failed
//! request is tried again later and later (with jitter, so that a thousand phones do not come
//! back in one second), and at once when the network or the person returns.

use crate::map::Map;
use crate::wire::v1::{PROTOCOL, PullAnswer, PullRequest};
use sha2::{Digest as _, Sha256};

/// Longest pause between two attempts, in milliseconds. Browsers say when the network comes back,
/// not when the server does, and a person who looks at the screen should not wait a minute for
/// what is ready; a page nobody looks at is slowed down by the browser itself.
const LONGEST_PAUSE: u32 = 20_000;
/// How long typing gathers before it is sent, in milliseconds: a field at a time would wake the radio a
/// hundred times for one form.
const GATHERING: u32 = 1_500;
/// Pause after a quiet round, in milliseconds, in case a poke was missed.
const QUIET_PAUSE: u32 = 60_000;

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The app started, the network came back, the screen became visible, or the person asked.
    Wake,
    /// An op was put into the outbox.
    Typed,
    /// The server says that something is new.
    Poked,
    /// The pause is over.
    PauseOver {
        /// Whether the outbox holds anything: an op may have waited for a reason of its own.
        unsent: bool,
    },
    /// A push was answered; `unsent` ops still wait.
    Pushed {
        /// Ops still waiting.
        unsent: usize,
    },
    /// What was typed went up and a part of a file; more of it waits until it was asked what is new.
    PartUp,
    /// A pull was answered and applied.
    Pulled {
        /// Whether more waits behind it.
        more: bool,
        /// Whether ops left the outbox that the bytes of a file may have waited for.
        frees: bool,
    },
    /// The request failed on the way, or the server could not answer.
    Failed,
    /// The server does not know the session.
    SignedOut,
    /// The person signed in.
    SignedIn,
    /// The server no longer speaks this version.
    Outdated,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send the oldest waiting ops.
    Push,
    /// Ask what is new.
    Pull,
    /// Wait, in milliseconds, unless something happens.
    Pause(u32),
    /// Wait until the person signs in; everything typed stays.
    AwaitSignIn,
    /// Wait for the new version of the app; everything typed stays.
    AwaitUpdate,
    /// A request is under way; its answer decides.
    Continue,
}

/// What the machine remembers.
#[derive(Debug, Clone, Default)]
pub struct Device {
    busy: bool,
    unsent: bool,
    news: bool,
    /// Whether bytes of a file are to go on once it was asked what is new.
    bytes: bool,
    failures: u32,
    signed_out: bool,
    outdated: bool,
}

impl Device {
    /// A machine that knows nothing yet: it looks for unsent ops and for news.
    pub fn new() -> Self {
        Self { unsent: true, news: true, ..Self::default() }
    }

    /// Whether the last attempts failed: the screens say "no network", calmly.
    pub fn is_cut_off(&self) -> bool {
        self.failures > 0
    }

    /// Takes in what happened and says what to do. `jitter` is a random number.
    pub fn on(&mut self, input: Input, jitter: u32) -> Step {
        match input {
            Input::Wake => {
                (self.unsent, self.news, self.failures) = (true, true, 0);
            }
            Input::Typed => self.unsent = true,
            Input::Poked => self.news = true,
            Input::PauseOver { unsent } => (self.unsent, self.news) = (self.unsent || unsent, true),
            Input::Pushed { unsent } => {
                // Whatever was applied comes back with the next pull and leaves the outbox then.
                (self.busy, self.failures, self.unsent, self.news) = (false, 0, unsent > 0, true);
            }
            Input::PartUp => {
                // What was typed goes up with the next push, before the next part.
                (self.busy, self.failures, self.unsent, self.news, self.bytes) =
                    (false, 0, false, true, true);
            }
            Input::Pulled { more, frees } => {
                (self.busy, self.failures, self.news) = (false, 0, more);
                self.bytes |= frees;
            }
            Input::Failed => {
                (self.busy, self.failures) = (false, self.failures.saturating_add(1));
                return Step::Pause(self.pause(jitter));
            }
            Input::SignedOut => (self.busy, self.signed_out) = (false, true),
            Input::SignedIn => {
                (self.signed_out, self.unsent, self.news, self.failures) = (false, true, true, 0);
            }
            Input::Outdated => (self.busy, self.outdated) = (false, true),
        }
        self.next(input, jitter)
    }

    fn next(&mut self, input: Input, jitter: u32) -> Step {
        if self.outdated {
            return Step::AwaitUpdate;
        }
        if self.signed_out {
            return Step::AwaitSignIn;
        }
        if self.busy {
            return Step::Continue;
        }
        // While the network is away, typing does not shorten the pause: it would drain the battery.
        if self.failures > 0 && matches!(input, Input::Typed | Input::Poked) {
            return Step::Pause(self.pause(jitter));
        }
        if input == Input::Typed {
            return Step::Pause(GATHERING);
        }
        if self.unsent {
            (self.busy, self.bytes) = (true, false);
            return Step::Push;
        }
        if self.news {
            self.busy = true;
            return Step::Pull;
        }
        if self.bytes {
            (self.busy, self.bytes) = (true, false);
            return Step::Push;
        }
        Step::Pause(QUIET_PAUSE + jitter % 10_000)
    }

    /// 1 s, 2 s, 4 s … up to the longest pause, half of it by chance.
    fn pause(&self, jitter: u32) -> u32 {
        let ceiling =
            1_000_u32.saturating_mul(1 << self.failures.saturating_sub(1).min(7)).min(LONGEST_PAUSE);
        ceiling / 2 + jitter % (ceiling / 2)
    }
}

/// Composes a pull from the cursors that were applied.
pub fn compose_pull(epoch: &str, device: &str, cursors: &Map<String, u64>) -> PullRequest {
    PullRequest {
        proto: PROTOCOL,
        epoch: epoch.to_owned(),
        cursors: cursors.clone(),
        device: Some(device.to_owned()),
        most: None,
    }
}

/// Whether another pull is to follow at once.
pub fn has_more<Body>(answer: &PullAnswer<Body>) -> bool {
    answer.buckets.iter().any(|bucket| bucket.more)
}

/// SHA-256 of an op's bytes, lower-case hex.
pub fn hash(body: &str) -> String {
    hex::encode(Sha256::digest(body.as_bytes()))
}

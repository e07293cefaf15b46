//! A network that fails when the test says so: it stands on the port that the browser uses and carries every request
//! to the real server, or does to it what bad networks do.
//!
//! - [`Fault`]: what it can do; [`Proxy::make`] chooses, for every request that comes from then on.
//! - [`Proxy::begun`] and [`Proxy::ended`] count what it did, [`Proxy::until_begun`] and [`Proxy::until_ended`] wait
//!   for it.
//!
//! It runs on a thread of its own, so that a test that waits for a process does not hold the network up. Every
//! connection carries one request: what happens to one never touches another.
//!
//! Invariant: it knows bytes, heads and paths of HTTP/1.1, and nothing of what they mean to app and server.

mod carry;
mod count;
mod fault;
mod listen;
mod request;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::sync::{oneshot, watch};

pub use fault::Fault;

use crate::chance::Chance;
use crate::server::Server;
use crate::{place, wait};
use count::{Count, Counts};
use fault::Rule;

/// Where ops go up.
pub const PUSH: &str = "/api/v1/sync/push";

/// Where it is asked what is new.
pub const PULL: &str = "/api/v1/sync/pull";

/// Where hints come down, for as long as somebody listens.
pub const EVENTS: &str = "/api/v1/sync/events";

/// The largest body that a narrow network takes, in bytes.
pub const NARROW: usize = 24_000;

/// How many bytes of bodies a fragile line carries before it breaks.
pub const HOLDS: usize = 1_500_000;

/// Longer than the app itself waits for an answer.
const PATIENCE: Duration = Duration::from_secs(75);

/// A network between browsers and one server.
pub struct Proxy {
    port: u16,
    state: Arc<State>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What all its connections share.
struct State {
    port: u16,
    server: SocketAddr,
    rule: watch::Sender<Rule>,
    counts: Mutex<Counts>,
    chance: Mutex<Chance>,
}

impl State {
    fn chance<T>(&self, draw: impl FnOnce(&mut Chance) -> T) -> T {
        draw(&mut self.chance.lock().expect("no holder panics"))
    }
}

impl Proxy {
    /// A network that works, before a server; the seed decides where it cuts and how long it delays.
    pub fn before(server: &Server, seed: u64) -> Result<Self> {
        // A port that was free a moment ago may be another's by now.
        (0..5)
            .find_map(|_| Self::on_a_port(server, seed).ok())
            .map_or_else(|| Self::on_a_port(server, seed), Ok)
    }

    fn on_a_port(server: &Server, seed: u64) -> Result<Self> {
        let port = place::free_port()?;
        let (rule, _) = watch::channel(Rule::of(Fault::Pass));
        let state = Arc::new(State {
            port,
            server: server.address(),
            rule,
            counts: Mutex::default(),
            chance: Mutex::new(Chance::new(seed)),
        });
        let (stop, stopped) = oneshot::channel();
        let thread = listen::start(Arc::clone(&state), stopped).context("could not start the proxy")?;
        Ok(Self { port, state, stop: Some(stop), thread: Some(thread) })
    }

    /// The address of a page, from its path.
    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Does this from now on, to all that the fault concerns: of most faults the API, of some every page.
    pub fn make(&self, fault: Fault) {
        self.state.rule.send_replace(Rule::of(fault));
    }

    /// Does this from now on, to requests whose path begins like this; others pass.
    pub fn make_on(&self, fault: Fault, prefix: &'static str) {
        self.state.rule.send_replace(Rule { fault, prefix, times: usize::MAX });
    }

    /// Does this to the next request whose path begins like this; others pass, until another thing is done.
    pub fn make_on_next(&self, fault: Fault, prefix: &'static str) {
        self.state.rule.send_replace(Rule { fault, prefix, times: 1 });
    }

    /// How many requests below this path the fault has begun to happen to.
    pub fn begun(&self, fault: Fault, prefix: &str) -> usize {
        self.count(fault, prefix).begun
    }

    /// How many requests below this path the fault has happened to, to the end: of an answer dropped, this is when
    /// the server has given it.
    pub fn ended(&self, fault: Fault, prefix: &str) -> usize {
        self.count(fault, prefix).ended
    }

    /// Waits until the fault has begun to happen so often.
    pub async fn until_begun(&self, times: usize, fault: Fault, prefix: &str) -> Result<()> {
        let what = format!("{fault:?} to begin {times} times on {prefix}");
        wait::until_within(PATIENCE, &what, async || Ok((self.begun(fault, prefix) >= times).then_some(())))
            .await
    }

    /// Waits until the fault has happened so often.
    pub async fn until_ended(&self, times: usize, fault: Fault, prefix: &str) -> Result<()> {
        let what = format!("{fault:?} to happen {times} times on {prefix}");
        wait::until_within(PATIENCE, &what, async || Ok((self.ended(fault, prefix) >= times).then_some(())))
            .await
    }

    /// How many bytes of bodies went on to the server, of requests below this path.
    pub fn carried(&self, prefix: &str) -> usize {
        self.state.counts.lock().expect("no holder panics").carried(prefix)
    }

    /// How many requests below this path are under way.
    pub fn under_way(&self, prefix: &str) -> usize {
        self.state.counts.lock().expect("no holder panics").under_way(prefix)
    }

    /// All that came, whatever became of it, in one line per path.
    pub fn told(&self) -> String {
        self.state.counts.lock().expect("no holder panics").told()
    }

    fn count(&self, fault: Fault, prefix: &str) -> Count {
        self.state.counts.lock().expect("no holder panics").of(fault, prefix)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

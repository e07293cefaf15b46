//! The server under test: the release build, with a data folder and a port of its own.
//!
//! A phone without a network is a phone whose server is not there: [`Server::kill`] makes it so, and
//! [`Server::start_again`] brings the same server back on the same port with the same data.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::{place, running::Running};

/// Seeding the demo takes a while on a small machine.
const STARTING: Duration = Duration::from_secs(120);

/// A demo server.
pub struct Server {
    port: u16,
    data: TempDir,
    running: Option<Running>,
}

impl Server {
    /// Starts a new server with demo data.
    pub fn demo() -> Result<Self> {
        let mut server = Self { port: place::free_port()?, data: place::folder()?, running: None };
        server.start_again()?;
        Ok(server)
    }

    /// Starts the server that was killed or stopped: same port, same data.
    pub fn start_again(&mut self) -> Result<()> {
        ensure!(self.running.is_none(), "the server is running already");
        let program = built("LANTOA_SERVER", "target/release/lantoa")?;
        let mut line = Command::new(program);
        line.arg("--app").arg(built("LANTOA_APP", "target/app/dist")?);
        line.arg("--data").arg(self.data.path());
        line.arg("--programme").arg(place::root().join("programmes/hue-71"));
        line.args(["--port", &self.port.to_string(), "--demo"]);
        let running = Running::start(line)?;
        running.line(STARTING, |line| line.contains("ready http://").then_some(()))?;
        self.running = Some(running);
        Ok(())
    }

    /// Pulls the plug.
    pub fn kill(&mut self) {
        self.running = None;
    }

    /// Asks the server to stop, as a service manager does; fails if it does not obey.
    pub fn stop(&mut self) -> Result<()> {
        self.running.take().context("the server is not running")?.stop()
    }

    /// The address of a page, from its path.
    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The folder with everything the server keeps.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// What the server wrote since it was last started.
    pub fn log(&self) -> String {
        self.running.as_ref().map_or_else(String::new, Running::said)
    }
}

/// Something that must have been built before, here or where a variable says.
fn built(variable: &str, from_root: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or_else(|| place::root().join(from_root), PathBuf::from);
    ensure!(path.exists(), "{} is missing: `cargo xtask test browser` builds it", path.display());
    Ok(path)
}

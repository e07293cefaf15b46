//! One run of a browser: the driver's process and the client that speaks to it.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use thirtyfour::{Capabilities, WebDriver};

use crate::{running::Running, wait};

/// A browser that is open.
pub struct Session {
    /// The client.
    pub driver: WebDriver,
    /// Kept alive with the session; killed with it.
    process: Running,
    /// The browser's display, if it needs one.
    display: Option<Running>,
}

impl Session {
    /// Starts a driver, waits until it listens, and opens a browser with it.
    pub async fn start(driver: Command, port: u16, capabilities: Map<String, Value>) -> Result<Self> {
        let process = Running::start(driver)?;
        wait::until("the driver to listen", async || {
            Ok(Some(tokio::net::TcpStream::connect(("127.0.0.1", port)).await?))
        })
        .await?;
        let address = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::builder(address, Capabilities::from(capabilities))
            .request_timeout(Duration::from_secs(120))
            .await
            .with_context(|| format!("could not open the browser; its driver said:\n{}", process.said()))?;
        Ok(Self { driver, process, display: None })
    }

    /// Keeps a display alive for as long as the browser is open.
    pub fn on(mut self, display: Running) -> Self {
        self.display = Some(display);
        self
    }

    /// Ends the browser in good order.
    pub async fn close(self) -> Result<()> {
        self.driver.quit().await.context("could not close the browser")
    }

    /// Forgets a browser that was killed, or kills it with its driver.
    pub fn abandon(mut self) {
        // Without this, dropping the client would try to say goodbye to a driver that is gone.
        let _ = self.driver.leak();
        self.process.kill();
    }
}

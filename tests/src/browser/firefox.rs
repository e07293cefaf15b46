//! Firefox, headless, through geckodriver.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, json};

use super::session::Session;
use crate::place;

/// Opens Firefox with a profile.
pub async fn open(profile: &Path) -> Result<Session> {
    let port = place::free_port()?;
    let mut driver = Command::new(place::program("geckodriver")?);
    // Both other ports have fixed defaults, which two browsers at a time would fight for.
    driver.args(["--port", &port.to_string()]);
    driver.args(["--marionette-port", &place::free_port()?.to_string()]);
    driver.args(["--websocket-port", &place::free_port()?.to_string()]);
    let mut capabilities = Map::new();
    capabilities.insert("browserName".into(), json!("firefox"));
    capabilities.insert(
        "moz:firefoxOptions".into(),
        json!({
            "binary": place::program("firefox")?,
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "app.update.enabled": false,
                "datareporting.policy.dataSubmissionEnabled": false,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                // A microphone that hums, and that everybody may hear.
                "media.navigator.streams.fake": true,
                "media.navigator.permission.disabled": true,
            },
        }),
    );
    Session::start(driver, port, capabilities).await
}

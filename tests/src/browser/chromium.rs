//! Chromium, headless, with everything switched off that speaks to the network by itself.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::{Browser, session::Session};
use crate::place;

/// Opens Chromium with a profile.
pub async fn open(profile: &Path) -> Result<Session> {
    let port = place::free_port()?;
    let mut driver = Command::new(place::program("chromedriver")?);
    driver.arg(format!("--port={port}"));
    let arguments = [
        "--headless=new",
        // As root, the sandbox refuses to start; the pages are our own.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        // A microphone that hums, and that everybody may hear.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        &format!("--user-data-dir={}", profile.display()),
    ];
    let mut capabilities = Map::new();
    capabilities.insert("browserName".into(), json!("chrome"));
    capabilities.insert(
        "goog:chromeOptions".into(),
        json!({ "binary": place::program("chromium")?, "args": arguments }),
    );
    Session::start(driver, port, capabilities).await
}

/// What only Chromium can be told, through its developer tools.
impl Browser {
    /// Sends one command of the DevTools protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver().cdp().send_raw(method, parameters).await?)
    }

    /// Makes the window a phone of 360 by 740, or takes that back.
    pub async fn be_phone(&self, yes: bool) -> Result<()> {
        if yes {
            self.be_sized(360, 740, true).await
        } else {
            self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await.map(drop)
        }
    }

    /// Makes the page this many CSS pixels wide and high, at two device pixels each.
    pub async fn be_sized(&self, width: u32, height: u32, phone: bool) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": phone });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await?;
        Ok(())
    }

    /// Makes the processor this many times slower: 4 is a cheap phone.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await.map(drop)
    }

    /// Puts downloads into a folder.
    pub async fn download_to(&self, folder: &Path) -> Result<()> {
        let wanted = json!({ "behavior": "allow", "downloadPath": folder });
        self.devtools("Browser.setDownloadBehavior", wanted).await.map(drop)
    }

    /// Throws the page's databases away, as the browser does when storage runs out.
    pub async fn clear_databases(&self, page: &str) -> Result<()> {
        let wanted = json!({ "origin": page.trim_end_matches('/'), "storageTypes": "indexeddb" });
        self.devtools("Storage.clearDataForOrigin", wanted).await.map(drop)
    }

    /// Gives a page this much storage, in bytes. Told for the first time before the page stores anything; later it
    /// may be more.
    pub async fn has_room_for(&self, page: &str, bytes: u64) -> Result<()> {
        let wanted = json!({ "origin": page.trim_end_matches('/'), "quotaSize": bytes });
        self.devtools("Storage.overrideQuotaForOrigin", wanted).await.map(drop)
    }

    /// Freezes the tab that is looked at, as a system does with what nobody uses, or thaws it.
    pub async fn freeze(&self, yes: bool) -> Result<()> {
        let wanted = json!({ "state": if yes { "frozen" } else { "active" } });
        self.devtools("Page.setWebLifecycleState", wanted).await.map(drop)
    }

    /// Makes the system's preference dark or light.
    pub async fn prefer_dark(&self, dark: bool) -> Result<()> {
        let scheme = json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": [scheme] })).await.map(drop)
    }
}

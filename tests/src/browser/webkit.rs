//! WebKitGTK's small browser, on a display of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Map, json};

use super::session::Session;
use crate::{display, place};

/// Opens MiniBrowser. It has no profile to give: under WebDriver it stores nothing on disk.
pub async fn open() -> Result<Session> {
    let port = place::free_port()?;
    let mut driver = Command::new(place::program("WebKitWebDriver")?);
    driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
    let (xvfb, display) = display::start()?;
    driver.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY");
    // There is no graphics card to compose pages with.
    driver.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
    let mut capabilities = Map::new();
    capabilities.insert("browserName".into(), json!("MiniBrowser"));
    capabilities.insert(
        "webkitgtk:browserOptions".into(),
        json!({ "binary": mini_browser()?, "args": ["--automation"] }),
    );
    Ok(Session::start(driver, port, capabilities).await?.on(xvfb))
}

/// Debian puts it into the library's own folder, whose name holds a version.
fn mini_browser() -> Result<PathBuf> {
    let folders = |parent: PathBuf| fs::read_dir(parent).into_iter().flatten().flatten().map(|it| it.path());
    folders("/usr/lib".into())
        .filter(|folder| folder.is_dir())
        .flat_map(folders)
        .filter(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit")))
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
        .context("MiniBrowser is missing: install the package webkit2gtk-driver")
}

//! The service worker: the build writes into it what to keep for offline use, and a version.

use anyhow::{Result, ensure};

use super::Files;
use super::placeholders::fill;

/// The worker's file, which no cache may hold back: its change is what announces a new version.
pub const FILE: &str = "sw.js";

/// What the worker's source must contain: a list that is empty until the build fills it.
const LIST: &str = "/*{{precache}}*/[]";

/// Fills list and version into the worker's source.
pub fn write(source: &[u8], site: &Files, values: &[(&str, &str)]) -> Result<String> {
    let source = String::from_utf8_lossy(source);
    ensure!(source.contains(LIST), "public/{FILE} lacks `{LIST}`");
    let list = serde_json::to_string(&precache(site))?;
    fill(FILE, source.replace(LIST, &list).as_bytes(), values)
}

/// Addresses to fetch when the app is installed, so that all of it opens without a network.
fn precache(site: &Files) -> Vec<String> {
    site.keys()
        .filter(|name| is_needed(name) && *name != FILE)
        .map(|name| if name == "index.html" { "/".to_owned() } else { format!("/{name}") })
        .collect()
}

/// Whether the app itself needs a file. Bitmap icons are for the system that installs the app, which fetches
/// the one it wants.
pub fn is_needed(name: &str) -> bool {
    !(name.starts_with("icons/") && name.ends_with(".png"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_the_start_page_and_neither_the_worker_nor_bitmaps() {
        let site: Files = ["index.html", "app-1.js", "icons/512.png", FILE]
            .into_iter()
            .map(|name| (name.to_owned(), vec![]))
            .collect();
        let source = b"const v='{{version}}', l=/*{{precache}}*/[];";
        let written = write(source, &site, &[("version", "7")]).unwrap();
        assert_eq!(written, r#"const v='7', l=["/app-1.js","/"];"#);
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_stops_the_build() {
        assert!(write(b"const v = 1;", &Files::new(), &[]).is_err());
    }
}

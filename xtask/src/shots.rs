//! `shots`: pictures of every screen, taken in Chromium from a demo server.
//!
//! The browser and the list of screens live in the tests crate (`tests/src/bin/shots.rs`).

use anyhow::Result;

use crate::step::step;
use crate::{app, place, process, serve, test};

/// Builds everything, then writes the pictures into `dir`, which is meant from the workspace root.
pub fn shots(dir: &str) -> Result<()> {
    test::browser::chromium()?;
    app::build()?;
    serve::build_server()?;
    step("take pictures", || {
        let mut line = process::cargo(["run", "--quiet", "-p", "lantoa-tests", "--bin", "shots", "--"]);
        process::run(line.arg(place::root().join(dir)))
    })
}

//! `sim`: thousands of histories of devices and a centre, to find the one in which something is lost.
//!
//! Whatever follows the command goes to `lantoa-simulation`, which is built for release: it lives through a history in
//! milliseconds.

use anyhow::Result;

use crate::process;
use crate::step::step;

/// Runs the simulation.
pub fn sim(options: &[&str]) -> Result<()> {
    let words = ["--release", "--quiet", "-p", "lantoa-simulation"];
    step("build the simulation", || process::run(process::cargo(["build"]).args(words)))?;
    process::run(process::cargo(["run"]).args(words).arg("--").args(options))
}

//! A display for a browser that cannot do without one.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::{place, running::Running};

/// Starts an Xvfb and returns it with the name of its display, such as `:99`.
pub fn start() -> Result<(Running, String)> {
    let mut line = Command::new(place::program("Xvfb")?);
    // It picks a free number by itself and writes it to standard output.
    line.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let xvfb = Running::start(line)?;
    let number = xvfb.line(Duration::from_secs(20), |line| line.trim().parse::<u32>().ok())?;
    Ok((xvfb, format!(":{number}")))
}

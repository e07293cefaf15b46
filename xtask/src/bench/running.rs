//! The server as a process of its own, on a directory that goes with the run.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::figure::Figure;
use crate::place;

/// Ticks of the processor's clock in a second, as Linux counts them for everybody.
const TICKS: f64 = 100.0;

/// A server; killed when dropped, since nothing of it is needed any more.
pub struct Running {
    child: Child,
    /// Kept open: a server that cannot say who its accounts are ends.
    said: BufReader<ChildStdout>,
    /// Where it listens.
    pub url: String,
}

/// The program, told where its data are.
pub fn lantoa(data: &Path, database: Option<&str>) -> Command {
    let mut line = Command::new(place::server());
    line.arg("--data").arg(data).env("RUST_LOG", "warn");
    if let Some(url) = database {
        line.env("LANTOA_DATABASE", url);
    }
    line
}

/// Does an operator's errand with a password on its standard input.
pub fn errand(data: &Path, database: Option<&str>, words: &[&str], password: &str) -> Result<()> {
    let mut child = lantoa(data, database).args(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    writeln!(child.stdin.take().context("standard input is piped")?, "{password}")?;
    ensure!(child.wait()?.success(), "{} failed", words.join(" "));
    Ok(())
}

impl Running {
    /// Starts the program on a demo and waits until it says that it is ready; says how long that took.
    pub fn start(data: &Path, database: Option<&str>) -> Result<(Self, Duration)> {
        let began = Instant::now();
        let mut child = lantoa(data, database)
            .args(["--demo", "--port", "0", "--programme"])
            .arg(place::programme())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start the server")?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut running = Self { child, said: BufReader::new(output), url: String::new() };
        let mut line = String::new();
        running.said.read_line(&mut line)?;
        let ready = began.elapsed();
        running.url = line.trim().strip_prefix("ready ").context("the server did not start")?.to_owned();
        Ok((running, ready))
    }

    /// What it holds now and what it ever held, where the system tells.
    pub fn memory(&self) -> Result<Vec<Figure>> {
        let file = format!("/proc/{}/status", self.child.id());
        let Ok(status) = fs::read_to_string(file) else { return Ok(Vec::new()) };
        [("VmRSS:", "memory after all that"), ("VmHWM:", "memory at its highest")]
            .into_iter()
            .map(|(key, what)| {
                let line = status.lines().find_map(|line| line.strip_prefix(key));
                let line = line.with_context(|| format!("no {key} in the status"))?;
                let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().context(key)?;
                Ok(Figure::once(what, "MB", kibibytes * 1024.0 / 1e6).at_most(100.0))
            })
            .collect()
    }

    /// How much of the processor it has used, where the system tells.
    pub fn used(&self) -> Option<Duration> {
        let status = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name, which may hold blanks, the times stand at places 12 and 13.
        let fields: Vec<&str> = status.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        Some(Duration::from_secs_f64(ticks / TICKS))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

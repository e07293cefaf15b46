//! The memory of a browser's pages, looked at again and again while something happens.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fs, process};

use anyhow::{Context, Result, ensure};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(2);
/// Bytes of a megabyte.
const MEGABYTE: f64 = 1e6;

/// Somebody who looks.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<u64>,
}

impl Watch {
    /// Begins to look at the pages of the browser that uses a profile.
    pub fn begin(profile: &Path) -> Result<Self> {
        let pages = pages(profile)?;
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let mut most = 0;
            while !told.load(Ordering::Relaxed) {
                most = most.max(held(&pages));
                thread::sleep(PAUSE);
            }
            most
        });
        Ok(Self { stop, thread })
    }

    /// Ends; returns the most that was held at once, in megabytes.
    pub fn end(self) -> Result<f64> {
        self.stop.store(true, Ordering::Relaxed);
        let most = self.thread.join().ok().context("nobody looked")?;
        Ok(most as f64 / MEGABYTE)
    }
}

/// What the pages hold right now, in megabytes.
pub fn now(profile: &Path) -> Result<f64> {
    Ok(held(&pages(profile)?) as f64 / MEGABYTE)
}

/// The processes of pages, as `/proc` has them.
fn pages(profile: &Path) -> Result<Vec<PathBuf>> {
    let profile = profile.to_string_lossy().into_owned();
    let is_page = |process: &PathBuf| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.contains("--type=renderer") && line.contains(&profile)
    };
    let own = PathBuf::from(format!("/proc/{}", process::id()));
    let all = fs::read_dir("/proc")?.flatten().map(|entry| entry.path()).filter(|path| *path != own);
    let pages: Vec<PathBuf> = all.filter(is_page).collect();
    ensure!(!pages.is_empty(), "the browser has no page");
    Ok(pages)
}

/// What processes hold in memory, in bytes.
fn held(processes: &[PathBuf]) -> u64 {
    let of = |process: &PathBuf| {
        let status = fs::read_to_string(process.join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    processes.iter().filter_map(of).sum::<u64>() * 1024
}

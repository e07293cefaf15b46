//! Where the tests find what was built, and where they may write.

use std::fs;
use std::net::TcpListener;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// Where servers of tests listen.
const PORTS: Range<u16> = 10_000..30_000;

/// The root of the workspace, as cargo says it at this moment: a copied or moved folder brings its programs along.
pub fn root() -> PathBuf {
    let own = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let is_root = |folder: &&Path| folder.join("Cargo.lock").is_file();
    Path::new(&own).ancestors().find(is_root).expect("the crate lies in a workspace").to_path_buf()
}

/// A new empty folder, gone when it is dropped.
pub fn folder() -> Result<TempDir> {
    let parent = root().join("target/tmp");
    fs::create_dir_all(&parent)?;
    tempfile::tempdir_in(parent).context("could not make a temporary folder")
}

/// Copies all that lies in a folder into another, which is there.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A port nobody listens on at this moment, and that nobody else in this process was told of: the system gives one
/// twice as long as nobody uses it, and lends any of its own range (from 32768 on) to whoever connects somewhere.
pub fn free_port() -> Result<u16> {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    for _ in PORTS {
        // Processes that begin together begin far from each other.
        let turn = std::process::id().wrapping_mul(97).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + u16::try_from(turn % u32::from(PORTS.end - PORTS.start))?;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port between {} and {} is free", PORTS.start, PORTS.end)
}

/// Finds a program on PATH or among the tools that `cargo xtask` built.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([root().join("target/tools/bin")])
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .with_context(|| format!("{name} is not installed: `cargo xtask test browser` installs it"))
}

//! What the machine must have: looked for, installed where that needs no question, else named.
//!
//! Invariant: nothing is fetched from anywhere but rustup, cargo's registry, the distribution's packages and
//! the npm registry, each through its own client, and every version of ours is pinned.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::step::step;
use crate::{place, process};

/// Adds the WebAssembly target to the toolchain unless it is there.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let folder = process::read(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .unwrap_or_default();
    if PathBuf::from(folder.trim()).is_dir() {
        return Ok(());
    }
    step("rustup target add wasm32-unknown-unknown", || {
        process::run(Command::new("rustup").current_dir(place::root()).args(["target", "add", TARGET]))
            .context("install rustup, or the wasm32-unknown-unknown target of your toolchain, by hand")
    })
}

/// A program and the Debian package that brings it.
pub struct Packaged {
    /// A file name on PATH, or an absolute path.
    pub program: &'static str,
    /// The package's name.
    pub package: &'static str,
}

/// Installs with apt-get what is missing, all in one go.
///
/// Returns an error with the line to type where apt-get is not ours to use.
pub fn packages(wanted: &[Packaged]) -> Result<()> {
    let missing: Vec<&str> = wanted.iter().filter(|it| !is_there(it.program)).map(|it| it.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = || format!("missing: {0}. Install with: sudo apt-get install {0}", missing.join(" "));
    let Some(apt) = apt_get() else { bail!(by_hand()) };
    step(&format!("apt-get install {}", missing.join(" ")), || {
        // An old package list is the usual reason for a failed install; a failed update alone is not one.
        let _ = process::run(apt().arg("update").stdout(Stdio::null()));
        process::run(
            apt().args(["install", "--yes", "--no-install-recommends"]).args(&missing).stdout(Stdio::null()),
        )
        .with_context(by_hand)
    })
}

fn is_there(program: &str) -> bool {
    if program.starts_with('/') { PathBuf::from(program).exists() } else { process::find(program).is_some() }
}

/// A way to call apt-get as root, where there is one that asks no question.
fn apt_get() -> Option<impl Fn() -> Command> {
    process::find("apt-get")?;
    let root = process::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root {
        process::find("sudo")?;
        process::read(Command::new("sudo").args(["-n", "true"])).ok()?;
    }
    Some(move || {
        let mut line = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            line.args(["-n", "apt-get"]);
        }
        line.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
        line
    })
}

/// Builds a program from cargo's registry into our tool cache unless it is there or on PATH.
pub fn cargo_tool(program: &str, version: &str) -> Result<PathBuf> {
    if let Some(found) = process::find(program) {
        return Ok(found);
    }
    step(&format!("cargo install {program} {version} (once)"), || {
        let install = |locked: &[&str]| {
            let mut line = process::cargo(["install", program, "--version", version, "--root"]);
            line.arg(place::tools()).args(locked).env("CARGO_TARGET_DIR", place::tools().join("build"));
            process::run(&mut line)
        };
        // A mirror of the registry may lack the very versions of a lock file; then newer ones must do.
        install(&["--locked"]).or_else(|_| install(&[]))?;
        process::find(program).with_context(|| format!("{program} was installed and is still not found"))
    })
}

//! `check`: everything about the code that can be judged without running it.
//!
//! All checks run, also after one failed, so that one run shows all there is to mend.

mod tidy;
mod walls;

use anyhow::{Result, bail};

use crate::step::step;
use crate::{place, prerequisites, process};

/// The version of cargo-deny that `check deny` builds where it is missing.
const CARGO_DENY_VERSION: &str = "0.19.0";

/// More complaints than these have one cause, which the first show.
const MOST_SHOWN: usize = 50;

/// Format, lints for both targets, tidy.
pub fn everything() -> Result<()> {
    let results = [
        step("format", || process::run(&mut process::cargo(["fmt", "--all", "--check"]))),
        step("tidy", tidy),
        step("clippy", clippy),
        step("clippy of the app, for WebAssembly", clippy_app),
    ];
    let failed: Vec<String> = results.into_iter().filter_map(|it| Some(format!("{:#}", it.err()?))).collect();
    if failed.is_empty() {
        return Ok(());
    }
    bail!("check failed\n  {}", failed.join("\n  "));
}

/// Rules of this house that no lint knows.
pub fn tidy() -> Result<()> {
    let sources = tidy::sources()?;
    let mut complaints: Vec<String> = sources.iter().flat_map(tidy::complaints).collect();
    complaints.extend(sources.iter().flat_map(walls::complaints));
    for complaint in complaints.iter().take(MOST_SHOWN) {
        eprintln!("  {complaint}");
    }
    if complaints.is_empty() { Ok(()) } else { bail!("{} complaints", complaints.len()) }
}

/// Licences, advisories and sources of every dependency, by the rules of `deny.toml`.
pub fn deny() -> Result<()> {
    prerequisites::cargo_tool("cargo-deny", CARGO_DENY_VERSION)?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::env::split_paths(&path).chain([place::tools().join("bin")]))?;
    // Advisories come from the network; what needs none is judged even where that fails.
    let rules = |name, which: &[&str]| {
        step(name, || process::run(process::cargo(["deny", "check"]).args(which).env("PATH", &path)))
    };
    let own = rules("cargo deny: bans, licences, sources", &["bans", "licenses", "sources"]);
    own.and(rules("cargo deny: advisories", &["advisories"]))
}

fn clippy() -> Result<()> {
    process::run(&mut process::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_app() -> Result<()> {
    prerequisites::wasm_target()?;
    let words = ["clippy", "-p", "lantoa-frontend", "--target", "wasm32-unknown-unknown"];
    let mut line = process::cargo(words);
    process::run(line.args(["--", "-D", "warnings"]).env("CARGO_TARGET_DIR", place::wasm_target()))
}

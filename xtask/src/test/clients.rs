//! The suite of clients that others wrote: which they are, and how they come here.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::tally::Tally;
use crate::prerequisites::{self, Packaged};
use crate::step::step;
use crate::{app, place, process, serve};

/// The reference client of tus for browsers and Node.js.
const TUS_JS: (&str, &str) = ("tus-js-client", "4.3.1");
/// That for Python.
const TUS_PY: (&str, &str) = ("tuspy", "1.1.0");

const NEEDED: [Packaged; 2] =
    [Packaged { program: "npm", package: "npm" }, Packaged { program: "pip3", package: "python3-pip" }];

/// Installs, builds and runs.
pub fn suite(tally: &mut Tally) -> Result<()> {
    prerequisites::packages(&NEEDED)?;
    fetch(TUS_JS, "@", "npm", &["install", "--silent", "--no-audit", "--no-fund", "--prefix", "."])?;
    fetch(TUS_PY, "==", "pip3", &["install", "--quiet", "--disable-pip-version-check", "--target", "."])?;
    // The tests' server delivers the app, too.
    app::build()?;
    serve::build_server()?;
    let target = ["--test".to_owned(), "clients".to_owned()];
    step("clients that others wrote", || super::cargo_test(tally, &target, &[], &[]))
}

/// Fetches a package into a folder of its own, once: a folder that is there is whole.
fn fetch((name, version): (&str, &str), joined: &str, installer: &str, words: &[&str]) -> Result<()> {
    let folder = place::tools().join(format!("{name}-{version}"));
    if folder.is_dir() {
        return Ok(());
    }
    step(&format!("fetch {name} {version} (once)"), || {
        let unfinished = place::tools().join(format!("fetching-{name}"));
        let _ = fs::remove_dir_all(&unfinished);
        fs::create_dir_all(&unfinished)?;
        let package = format!("{name}{joined}{version}");
        process::run(Command::new(installer).current_dir(&unfinished).args(words).arg(package))?;
        Ok(fs::rename(&unfinished, &folder)?)
    })
}

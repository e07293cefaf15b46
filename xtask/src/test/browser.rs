//! The browser suite: what it needs on the machine, and how it is run.
//!
//! Three browsers stand for the phones: Chromium, Firefox, and WebKitGTK as the nearest to an iPhone.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::tally::Tally;
use crate::prerequisites::{self, Packaged};
use crate::step::step;
use crate::{app, place, process, serve};

/// The bridge between WebDriver and Firefox, where the distribution has none.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// The accessibility rules that every screen is held against.
const AXE_VERSION: &str = "4.14.1";

/// What the names of tests end in that run after the others, one at a time.
const ALONE: &str = "_alone";

const CHROMIUM: [Packaged; 3] = [
    Packaged { program: "chromium", package: "chromium" },
    Packaged { program: "chromedriver", package: "chromium-driver" },
    Packaged { program: "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", package: "fonts-noto-core" },
];

const OTHERS: [Packaged; 4] = [
    Packaged { program: "firefox", package: "firefox-esr" },
    Packaged { program: "WebKitWebDriver", package: "webkit2gtk-driver" },
    Packaged { program: "Xvfb", package: "xvfb" },
    Packaged { program: "npm", package: "npm" },
];

/// Installs what pictures need: Chromium, its driver, and a font with every Vietnamese letter.
pub fn chromium() -> Result<()> {
    prerequisites::packages(&CHROMIUM)
}

/// Installs and builds what every test with a browser needs.
pub fn ready() -> Result<()> {
    chromium()?;
    prerequisites::packages(&OTHERS)?;
    prerequisites::cargo_tool("geckodriver", GECKODRIVER_VERSION)?;
    app::build()?;
    serve::build_server()
}

/// Installs, builds and runs.
pub fn suite(tally: &mut Tally) -> Result<()> {
    ready()?;
    axe()?;
    let target = ["--test".to_owned(), "browser".to_owned()];
    let beside = step("journeys in browsers", || super::cargo_test(tally, &target, &["--skip", ALONE], &[]));
    let alone = step("journeys that want the machine for themselves", || {
        super::cargo_test(tally, &target, &["--test-threads", "1", ALONE], &[])
    });
    beside.and(alone)
}

/// Fetches axe-core, once, to where the tests look for it.
fn axe() -> Result<PathBuf> {
    let folder = place::tools().join(format!("axe-core-{AXE_VERSION}"));
    let script = folder.join("package/axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    step(&format!("npm pack axe-core@{AXE_VERSION} (once)"), || {
        fs::create_dir_all(&folder)?;
        let mut pack = Command::new("npm");
        pack.current_dir(&folder).args(["pack", "--silent", &format!("axe-core@{AXE_VERSION}")]);
        process::read(&mut pack)?;
        let archive = format!("axe-core-{AXE_VERSION}.tgz");
        process::run(Command::new("tar").current_dir(&folder).args(["-xzf", &archive]))?;
        fs::metadata(&script).context("the package holds no axe.min.js")?;
        Ok(script.clone())
    })
}

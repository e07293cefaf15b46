//! Building the app: from Rust and `public/` to a folder that any web server could deliver.
//!
//! compile → split → bind → shorten → optimise → arrange → assemble (styles, names by content, placeholders,
//! precache) → compress → write. Invariants: a file whose name holds a hash never changes under that name; the
//! version of the service worker changes exactly when any delivered byte does; a build on unchanged inputs writes
//! nothing.

mod arrange;
mod assemble;
mod code;
mod compress;
mod fingerprint;
mod name;
mod placeholders;
mod script;
mod shorten;
mod split;
mod styles;
mod weigh;
mod worker;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub use split::is_piece;
pub use weigh::{Weight, weigh};
pub use worker::is_needed;

use crate::step::step;
use crate::{place, prerequisites};

/// Files to deliver: path from the root of the site, with `/` between folders, and bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// The built app.
pub struct App {
    /// The folder to deliver.
    pub dist: PathBuf,
    /// Whether `wasm-opt` was there; without it the app is a third larger.
    pub optimised: bool,
}

/// Brings the folder of the app up to date.
pub fn build() -> Result<App> {
    prerequisites::wasm_target()?;
    let compiled = step("compile the app", code::compile)?;
    let code = code::finish(&compiled)?;
    let public = assemble::gather(&place::public())?;

    let dist = place::dist();
    let key = fingerprint::of(code.files.iter().chain(&public));
    let key_file = dist.with_extension("key");
    if dist.is_dir() && fs::read_to_string(&key_file).is_ok_and(|old| old == key) {
        return Ok(App { dist, optimised: code.optimised });
    }
    let files = step("assemble the app", || assemble::assemble(&code.files, public))?;
    let files = step("compress the app", || compress::beside(files))?;
    // Removed first: a build that is interrupted must not look finished.
    let _ = fs::remove_file(&key_file);
    write(&dist, &files)?;
    fs::write(&key_file, key)?;
    Ok(App { dist, optimised: code.optimised })
}

/// Writes a folder beside the old one, then puts it in its place.
fn write(dist: &PathBuf, files: &Files) -> Result<()> {
    let next = dist.with_extension("next");
    let _ = fs::remove_dir_all(&next);
    for (name, bytes) in files {
        let file = next.join(name);
        fs::create_dir_all(file.parent().expect("a file in a folder"))?;
        fs::write(&file, bytes).with_context(|| format!("could not write {}", file.display()))?;
    }
    let _ = fs::remove_dir_all(dist);
    fs::rename(&next, dist).context("could not put the new app in place of the old one")
}

//! Where things lie in the workspace.
//!
//! Every path of this crate is made here, so that moving a folder is a change of one file.

use std::path::{Path, PathBuf};

/// The root of the workspace, as cargo says it at this moment: a copied or moved folder brings its programs along.
pub fn root() -> PathBuf {
    let own = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&own).parent().expect("xtask lies in the workspace root").to_path_buf()
}

/// What is copied into the app: page shell, styles, icons, service worker.
pub fn public() -> PathBuf {
    root().join("public")
}

/// The built app, as the server delivers it.
pub fn dist() -> PathBuf {
    root().join("target/app/dist")
}

/// Half-finished parts of the app, kept so that a changed style does not optimise the code again.
pub fn stage() -> PathBuf {
    root().join("target/app/stage")
}

/// Cargo's target folder for WebAssembly, apart so that native builds need not wait for its lock.
pub fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}

/// Programs that no package manager gave us: built once, kept here.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The server, built for release.
pub fn server() -> PathBuf {
    root().join("target/release/lantoa")
}

/// The programme that `serve` and the tests run.
pub fn programme() -> PathBuf {
    root().join("programmes/hue-71")
}

/// What the app may weigh.
pub fn budget() -> PathBuf {
    root().join("bundle-budget.json")
}

/// Figures that were measured, for comparing two runs.
pub fn bench() -> PathBuf {
    root().join("target/bench")
}

/// The PostgreSQL cluster of the tests.
pub fn postgres() -> PathBuf {
    root().join("target/postgres")
}

/// What a run under faults found, a line of JSON for each row.
pub fn fault_rows() -> PathBuf {
    root().join("target/faults/rows.jsonl")
}

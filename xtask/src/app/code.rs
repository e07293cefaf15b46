//! The app's code: Rust to WebAssembly, bound to JavaScript, made small.
//!
//! The binding is done by the library of wasm-bindgen, not by its command: the lock file then keeps it at the
//! version of the crate, which the two must share to the last digit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{Files, arrange, assemble, fingerprint, shorten, split};
use crate::prerequisites::{self, Packaged};
use crate::step::{step, warn};
use crate::{place, process};

/// The crate that builds Binaryen where no package manager has it; takes minutes, once.
const WASM_OPT_VERSION: &str = "0.116.1";

/// What the compiler uses and every browser we serve has. Not `--all-features`: older Binaryen then writes types in
/// a draft encoding that no browser reads.
const FEATURES: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
];

/// Flattened and put together anew, code is one part in a hundred smaller; the second round finds what the first one
/// made possible.
const PASSES: [&str; 4] = ["--flatten", "--rereloop", "-Oz", "-Oz"];
/// How often the program goes over the code: what it reads anew it puts together a little smaller once more.
const READINGS: usize = 2;

/// Bound and optimised code.
pub struct Code {
    /// `app.js`, `app_bg.wasm`, the pieces and what they import.
    pub files: Files,
    /// Whether `wasm-opt` went over it.
    pub optimised: bool,
}

/// Compiles the app and returns the WebAssembly file.
pub fn compile() -> Result<PathBuf> {
    const TARGET: &str = "wasm32-unknown-unknown";
    // Panic messages name files; without these they would name folders of the machine that built them.
    let cargo_home =
        std::env::var("CARGO_HOME").ok().or_else(|| Some(std::env::var("HOME").ok()? + "/.cargo"));
    let flags: Vec<String> = cargo_home
        .map(|home| format!("{home}/registry/src"))
        .into_iter()
        .chain([place::root().to_string_lossy().into_owned()])
        .map(|folder| format!("--remap-path-prefix={folder}=."))
        // Binaryen before version 111 confuses the two tables that reference types bring; phones lose nothing.
        .chain(["-Ctarget-feature=-reference-types".to_owned()])
        // Where the code refers to what; the cut into pieces goes by it.
        .chain(["-Clink-args=--emit-relocs".to_owned()])
        // Loops instead of every round written out: two kilobytes less, and what a phone hashes is small.
        .chain(["--cfg=sha2_backend=\"soft\"".to_owned(), "--cfg=sha2_backend_soft=\"compact\"".to_owned()])
        // Leptos then hides the type of every view behind a pointer, instead of compiling each nesting anew.
        .chain(["--cfg=erase_components".to_owned()])
        .collect();
    let mut line = process::cargo(["build", "-p", "lantoa-frontend", "--bin", "lantoa-frontend"]);
    line.args(["--target", TARGET, "--profile", "app", "--config"])
        .arg(format!("target.{TARGET}.rustflags={flags:?}"))
        .env("CARGO_TARGET_DIR", place::wasm_target());
    process::run(&mut line)?;
    Ok(place::wasm_target().join(TARGET).join("app/lantoa-frontend.wasm"))
}

/// Binds and optimises, unless the same code was bound and optimised before.
pub fn finish(compiled: &Path) -> Result<Code> {
    let stage = place::stage();
    let bytes = fs::read(compiled).with_context(|| format!("{} is missing", compiled.display()))?;
    let key = fingerprint::of([(&"wasm".to_owned(), &bytes)]);
    let (bound, key_file) = (stage.join("bound"), stage.join("key"));
    if fs::read_to_string(&key_file).is_ok_and(|old| old == key) {
        return Ok(Code { files: assemble::gather(&bound)?, optimised: true });
    }
    let _ = fs::remove_dir_all(&stage);
    fs::create_dir_all(&stage)?;
    step("bind the app", || bind(compiled, &bound).and_then(|()| shorten::shorten(&bound)))?;
    let optimised = match wasm_opt() {
        Ok(program) => {
            step("optimise the app", || {
                pieces(&bound)?.iter().try_for_each(|file| optimise(&program, file))
            })?;
            fs::write(&key_file, key)?;
            true
        }
        Err(reason) => {
            warn(&format!("the app stays a third larger than it need be, for want of wasm-opt: {reason:#}"));
            false
        }
    };
    Ok(Code { files: assemble::gather(&bound)?, optimised })
}

fn bind(compiled: &Path, into: &Path) -> Result<()> {
    fs::create_dir_all(into)?;
    let first = split::split(compiled, into)?;
    let mut bindgen = Bindgen::new();
    // The pieces meet in a table that the linker made.
    bindgen.keep_lld_exports(true);
    bindgen.input_path(&first).out_name("app").typescript(false);
    // The shell says where the code lies, because its name holds its hash.
    bindgen.omit_default_module_path(true).remove_name_section(true).remove_producers_section(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(into)).map_err(|error| anyhow!("{error:?}"))?;
    fs::remove_file(first).context("the first piece")
}

/// All WebAssembly of a folder.
fn pieces(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let is_code = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "wasm");
    Ok(files.into_iter().map(|file| file.path()).filter(is_code).collect())
}

fn wasm_opt() -> Result<PathBuf> {
    const DEBIAN: Packaged = Packaged { program: "wasm-opt", package: "binaryen" };
    if process::find("wasm-opt").is_none()
        && let Err(reason) = prerequisites::packages(&[DEBIAN])
    {
        warn(&format!("{reason:#}\nBuilding the crate instead, which takes minutes, once"));
    }
    prerequisites::cargo_tool("wasm-opt", WASM_OPT_VERSION)
}

fn optimise(wasm_opt: &Path, file: &Path) -> Result<()> {
    let smaller = file.with_extension("opt");
    for _ in 0..READINGS {
        process::run(Command::new(wasm_opt).args(PASSES).args(FEATURES).arg("-o").arg(&smaller).arg(file))?;
        fs::rename(&smaller, file).context("could not put the optimised code in its place")?;
    }
    let arranged = arrange::arrange(&fs::read(file)?).with_context(|| file.display().to_string())?;
    fs::write(file, arranged).context("could not put the arranged code in its place")
}

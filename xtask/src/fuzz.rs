//! `fuzz`: lets libFuzzer look for bytes that break a decoder, starting from what is kept in `tests/fuzz/corpus`.
//!
//! Bytes that broke one are kept by libFuzzer in `tests/fuzz/artifacts`, and named; new interesting ones are kept in
//! `target` and leave only the smallest set of them in the corpus where `--keep` is said.

use std::fs;

use anyhow::{Result, bail};

use crate::step::step;
use crate::{place, prerequisites, process};

/// The version of cargo-fuzz that is built where it is missing.
const CARGO_FUZZ_VERSION: &str = "0.13.2";
/// The decoders.
const TARGETS: [&str; 6] =
    ["push_body", "pull_answer", "form_definition", "expression", "rescue_file", "media_file"];
/// Most memory a decoder may take, in MB: a push is at most 3 MB.
const MEMORY: &str = "-rss_limit_mb=512";
/// Longest that one input may take, in seconds.
const PATIENCE: &str = "-timeout=5";
/// Longest input that is kept: whoever looks at one wants to understand it.
const SHORT: &str = "-max_len=2048";
/// Longest input, in bytes.
const LONGEST: &str = "-max_len=65536";

/// What was asked for.
pub struct Options<'a> {
    seconds: u32,
    targets: Vec<&'a str>,
    keep: bool,
}

impl<'a> Options<'a> {
    /// Reads the words behind `fuzz`.
    pub fn parse(words: &[&'a str]) -> Result<Self> {
        let mut options = Self { seconds: 60, targets: Vec::new(), keep: false };
        let mut words = words.iter().copied();
        while let Some(word) = words.next() {
            match word {
                "--seconds" => match words.next().and_then(|seconds| seconds.parse().ok()) {
                    Some(seconds) => options.seconds = seconds,
                    None => bail!("--seconds needs a number"),
                },
                "--keep" => options.keep = true,
                target if TARGETS.contains(&target) => options.targets.push(target),
                other => bail!("`{other}` is no decoder; those are {}", TARGETS.join(", ")),
            }
        }
        if options.targets.is_empty() {
            options.targets = TARGETS.to_vec();
        }
        Ok(options)
    }
}

/// Fuzzes one decoder after the other; goes on behind one that broke.
pub fn fuzz(options: &Options<'_>) -> Result<()> {
    prerequisites::cargo_tool("cargo-fuzz", CARGO_FUZZ_VERSION)?;
    let mut broken = Vec::new();
    for target in &options.targets {
        let found = place::root().join("target/fuzz-corpus").join(target);
        fs::create_dir_all(&found)?;
        let kept = place::root().join("tests/fuzz/corpus").join(target);
        let ran = step(&format!("fuzz {target} for {} s", options.seconds), || {
            let mut line = cargo_fuzz(&["run"]);
            line.arg(target).arg(&found).arg(&kept).arg("--").args([MEMORY, PATIENCE, LONGEST]);
            line.arg(format!("-max_total_time={}", options.seconds));
            process::run(&mut line)
        });
        match ran {
            Err(_) => broken.push(*target),
            Ok(()) if options.keep => {
                let mut line = cargo_fuzz(&["run"]);
                process::run(line.arg(target).arg(&kept).arg(&found).args([
                    "--",
                    "-set_cover_merge=1",
                    SHORT,
                ]))?;
            }
            Ok(()) => {}
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("broken: {}", broken.join(", ")) }
}

fn cargo_fuzz(words: &[&str]) -> std::process::Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let ours = std::env::split_paths(&path).chain([place::tools().join("bin")]);
    let mut line = process::cargo(["fuzz"]);
    // Our code has no unsafe block to watch, and without a watcher the stable compiler suffices. The engine's macro
    // exports a symbol, which our lints forbid everywhere else.
    line.args(words).args(["--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "--features", "engine"]);
    line.env("RUSTFLAGS", "--cap-lints warn").env("CARGO_TARGET_DIR", place::root().join("target/fuzz"));
    if let Ok(path) = std::env::join_paths(ours) {
        line.env("PATH", path);
    }
    line
}

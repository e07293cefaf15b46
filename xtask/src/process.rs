//! Starting other programs and judging how they ended.
//!
//! A program that fails becomes an error that shows the whole line, ready to be typed again.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::place;

/// Starts a line with cargo, in the workspace root.
pub fn cargo<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut line = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    line.current_dir(place::root()).args(words);
    line
}

/// Runs a line to its end with our own input and output.
pub fn run(line: &mut Command) -> Result<()> {
    let status = line.status().with_context(|| format!("could not start `{}`", shown(line)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(line));
    }
    Ok(())
}

/// Runs a line to its end and returns what it wrote to standard output.
pub fn read(line: &mut Command) -> Result<String> {
    let output = line
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start `{}`", shown(line)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(line), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Finds a program on PATH or among our own tools.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([place::tools().join("bin")])
        .map(|folder| folder.join(program))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    file.is_file() || file.with_extension("exe").is_file()
}

/// The line as a person would type it.
fn shown(line: &Command) -> String {
    std::iter::once(line.get_program())
        .chain(line.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

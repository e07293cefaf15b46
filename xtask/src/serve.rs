//! `serve`: builds app and server, then becomes the server.
//!
//! Becoming it (exec), instead of watching over it, sends Ctrl-C and every other signal straight to it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step::step;
use crate::{app, place, process};

/// What the command line asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    demo: bool,
    port: u16,
    data: PathBuf,
}

impl Options {
    /// Reads the words after `serve`.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self { demo: false, port: 8080, data: "data".into() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut next = || words.next().with_context(|| format!("`{word}` needs a value"));
            match *word {
                "--demo" => options.demo = true,
                "--port" => options.port = next()?.parse().context("`--port` needs a number below 65536")?,
                "--data" => options.data = next()?.into(),
                other => bail!("`serve` does not know `{other}`"),
            }
        }
        Ok(options)
    }
}

/// Builds the server for release.
pub fn build_server() -> Result<()> {
    step("build the server", || {
        process::run(&mut process::cargo(["build", "--release", "-p", "lantoa-backend", "--bin", "lantoa"]))
    })
}

/// Builds everything and serves until it is interrupted.
pub fn serve(options: &Options) -> Result<()> {
    let app = app::build()?;
    build_server()?;
    let mut line = Command::new(place::server());
    line.current_dir(place::root())
        .arg("--app")
        .arg(app.dist)
        .arg("--data")
        .arg(&options.data)
        .arg("--programme")
        .arg(place::programme())
        .args(["--port", &options.port.to_string()]);
    if options.demo {
        line.arg("--demo");
    }
    become_program(line)
}

#[cfg(unix)]
fn become_program(mut line: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(line.exec()).context("could not start the server")
}

#[cfg(not(unix))]
fn become_program(mut line: Command) -> Result<()> {
    process::run(&mut line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_have_defaults_and_take_values() {
        let given = Options::parse(&["--demo", "--port", "9000", "--data", "x"]).unwrap();
        assert_eq!(given, Options { demo: true, port: 9000, data: "x".into() });
        assert_eq!(Options::parse(&[]).unwrap().port, 8080);
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(Options::parse(&["--prot", "1"]).is_err());
        assert!(Options::parse(&["--port"]).is_err());
        assert!(Options::parse(&["--port", "70000"]).is_err());
    }
}

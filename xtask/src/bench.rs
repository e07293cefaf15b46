//! `bench`: measures the built programs and shows each figure beside its goal.
//!
//! Nothing here fails because of a figure: a busy machine would turn that into a test of its mood.
//! What a request must answer is checked all the same, so that no failure is measured as a fast success.

mod figure;
mod phone;
mod running;
mod server;
mod sync;

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result};

use crate::step::step;
use crate::{app, place, process, serve, test};

/// Starts the release server on a fresh demo, measures it, prints the table and keeps it as JSON.
pub fn server() -> Result<()> {
    serve::build_server()?;
    show("server", &step("measure the server", server::measure)?)
}

/// Measures sync on both engines and in a browser, prints the table and keeps it as JSON.
pub fn sync() -> Result<()> {
    test::browser::chromium()?;
    app::build()?;
    serve::build_server()?;
    let mut figures = step("measure the server", sync::measure)?;
    figures.extend(step("measure a browser", || in_browser("sync"))?);
    show("sync", &figures)
}

/// Measures photos, films and the library in a browser, prints the table and keeps it as JSON.
pub fn media() -> Result<()> {
    test::browser::chromium()?;
    app::build()?;
    serve::build_server()?;
    show("media", &step("measure a browser", || in_browser("media"))?)
}

fn in_browser(what: &str) -> Result<Vec<figure::Figure>> {
    let mut line = process::cargo(["run", "--quiet", "-p", "lantoa-bench", what]);
    let told = process::read(line.stderr(Stdio::inherit()))?;
    Ok(told.lines().filter_map(figure::Figure::told).collect())
}

fn show(name: &str, figures: &[figure::Figure]) -> Result<()> {
    print!("{}", figure::table(figures));
    let file = place::bench().join(format!("{name}.json"));
    fs::create_dir_all(place::bench())?;
    fs::write(&file, figure::json(figures)).with_context(|| file.display().to_string())?;
    eprintln!("kept in {}", file.display());
    Ok(())
}

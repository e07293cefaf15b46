//! `bench`: measures the built programs and shows each figure beside its goal.
//!
//! Nothing here fails because of a figure: a busy machine would turn that into a test of its mood.
//! What a request must answer is checked all the same, so that no failure is measured as a fast success.

mod figure;
mod phone;
mod server;

use std::fs;

use anyhow::{Context, Result};

use crate::step::step;
use crate::{place, serve};

/// Starts the release server on a fresh demo, measures it, prints the table and keeps it as JSON.
pub fn server() -> Result<()> {
    serve::build_server()?;
    let figures = step("measure the server", server::measure)?;
    print!("{}", figure::table(&figures));
    let file = place::bench().join("server.json");
    fs::create_dir_all(place::bench())?;
    fs::write(&file, figure::json(&figures)).with_context(|| file.display().to_string())?;
    eprintln!("kept in {}", file.display());
    Ok(())
}

//! What a run under faults found, a row for each fault and browser, for `cargo xtask test faults` to show as a table.
//!
//! Rows are lines of JSON in one file, added as they are found: also those of a test that fails after.

use std::fs::{self, OpenOptions};
use std::io::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::place;

/// One row.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// What was done to the system.
    pub fault: String,
    /// In which browser.
    pub browser: String,
    /// How often it was done.
    pub rounds: usize,
    /// Answers that were typed.
    pub typed: usize,
    /// Of those, how many the centre holds, or has seen replaced by a later one.
    pub arrived: usize,
    /// Of those, how many are nowhere.
    pub lost: usize,
    /// What it took, in seconds.
    pub seconds: f64,
}

impl Row {
    /// Adds the row to the file.
    pub fn add(&self) -> Result<()> {
        let folder = place::root().join("target/faults");
        fs::create_dir_all(&folder)?;
        let mut file = OpenOptions::new().create(true).append(true).open(folder.join("rows.jsonl"))?;
        // In one write: other tests add to the same file.
        file.write_all(format!("{}\n", serde_json::to_string(self)?).as_bytes())?;
        Ok(())
    }
}

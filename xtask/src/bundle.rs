//! `bundle`: what the app weighs, file by file, and whether that is within the budget.
//!
//! Counted is everything that a first visit downloads up to the open form, in the encoding that a current browser asks
//! for. The pieces for other pages come after it, and the bitmap icons are for the system that installs the app.
//! What the server sends as data (forms, duties) is measured by the browser tests, not here.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::app::{self, Weight};
use crate::{place, step};

/// Limits in bytes of brotli, from `bundle-budget.json`, where they are written in kB (1,000 bytes).
#[derive(Debug, PartialEq, Eq)]
struct Budget {
    limit: usize,
    goal: usize,
}

impl Budget {
    fn parse(text: &str) -> Result<Self> {
        let file: Value = serde_json::from_str(text).context("not JSON")?;
        let bytes = |key: &str| -> Result<usize> {
            let kilobytes = file[key].as_u64().with_context(|| format!("`{key}` is missing or no number"))?;
            usize::try_from(kilobytes * 1000).context("far too large")
        };
        Ok(Self { limit: bytes("limit_brotli_kb")?, goal: bytes("goal_brotli_kb")? })
    }
}

/// Builds the app, prints the table and fails above the limit.
pub fn bundle() -> Result<()> {
    let app = app::build()?;
    let budget = Budget::parse(&fs::read_to_string(place::budget()).context("bundle-budget.json")?)
        .context("bundle-budget.json")?;
    let weights = app::weigh(&app.dist)?;
    println!("{:<44} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    for (name, weight) in &weights {
        println!("{name:<44} {:>9} {:>9} {:>9}", weight.raw, weight.gzip, weight.brotli);
    }
    let sum = |is_counted: fn(&str) -> bool| {
        let counted = weights.iter().filter(|(name, _)| app::is_needed(name) && is_counted(name));
        counted.fold(Weight::default(), |sum, (_, weight)| sum + *weight)
    };
    let (total, later) = (sum(|name| !app::is_piece(name)), sum(app::is_piece));
    for (what, weight) in [("up to the open form", total), ("pieces for other pages", later)] {
        println!("{what:<44} {:>9} {:>9} {:>9}", weight.raw, weight.gzip, weight.brotli);
    }
    println!("limit {} kB, goal {} kB of brotli", budget.limit / 1000, budget.goal / 1000);
    if !app.optimised {
        bail!("the app was not optimised: install Binaryen (wasm-opt) first");
    }
    if total.brotli > budget.limit {
        bail!("{} bytes above the budget", total.brotli - budget.limit);
    }
    if total.brotli > budget.goal {
        step::warn(&format!("{} bytes above the goal", total.brotli - budget.goal));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_of_the_workspace_can_be_read() {
        let budget = Budget::parse(&fs::read_to_string(place::budget()).unwrap()).unwrap();
        assert!(budget.goal <= budget.limit);
    }

    #[test]
    fn a_budget_without_its_numbers_is_refused() {
        assert!(Budget::parse(r#"{"limit_brotli_kb": "300"}"#).is_err());
        assert_eq!(
            Budget::parse(r#"{"limit_brotli_kb": 3, "goal_brotli_kb": 2}"#).unwrap(),
            Budget { limit: 3000, goal: 2000 }
        );
    }
}

//! Accessibility, judged by the rules of axe-core.
//!
//! `cargo xtask test browser` fetches the rules into `target/tools`; they are no part of this repository.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::place;

/// One broken rule on one screen.
#[derive(Debug)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// Where, as selectors.
    pub places: Vec<String>,
}

/// Judges what is on screen by WCAG 2.1 A and AA.
pub async fn findings(browser: &Browser) -> Result<Vec<Finding>> {
    browser.script(&rules()?, vec![]).await?;
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })
          .then(it => done(it.violations), error => done(String(error)))";
    let found = browser.driver().execute_async(run, vec![]).await?.json().clone();
    let rows = found.as_array().with_context(|| format!("axe-core failed: {found}"))?;
    Ok(rows.iter().map(read).collect())
}

/// Fails with a list of all that is serious or critical.
pub async fn nothing_serious(browser: &Browser, screen: &str) -> Result<()> {
    let mut findings = findings(browser).await?;
    findings.retain(|it| matches!(it.impact.as_str(), "serious" | "critical"));
    ensure!(findings.is_empty(), "{screen}: {findings:#?}");
    Ok(())
}

fn read(row: &Value) -> Finding {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let places =
        row["nodes"].as_array().into_iter().flatten().map(|node| node["target"].to_string()).collect();
    Finding { rule: text(&row["id"]), impact: text(&row["impact"]), places }
}

fn rules() -> Result<String> {
    let tools = place::root().join("target/tools");
    let script = fs::read_dir(&tools)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|it| it.file_name().to_string_lossy().starts_with("axe-core-"))
        .map(|it| it.path().join("package/axe.min.js"))
        .find(|file| file.is_file())
        .context("axe-core is missing: `cargo xtask test browser` fetches it")?;
    fs::read_to_string(script).context("could not read axe-core")
}

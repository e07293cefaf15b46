//! `test`: the suites, their prerequisites, and one closing line over all of them.
//!
//! All suites name the same packages: cargo then builds every dependency once, with one set of features.

pub mod browser;
mod clients;
pub mod faults;
pub mod postgres;
mod tally;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use self::{postgres::Cluster, tally::Tally};
use crate::step::step;
use crate::{check, place, process};

const PACKAGES: [&str; 7] = [
    "lantoa-shared",
    "lantoa-simulation",
    "lantoa-fuzz",
    "lantoa-frontend",
    "lantoa-backend",
    "lantoa-tests",
    "xtask",
];

/// `check` and every suite; of the faults, which can go on for hours, the part that always runs. A failure stops none
/// of the others.
pub fn everything() -> Result<()> {
    let checked = check::everything();
    let mut tally = Tally::default();
    let ran = [
        unit(&mut tally),
        api(&mut tally),
        clients::suite(&mut tally),
        browser::suite(&mut tally),
        faults::always(&mut tally),
    ];
    close(&tally, [checked].into_iter().chain(ran))
}

/// One suite by its name.
pub fn one(suite: &str) -> Result<()> {
    let mut tally = Tally::default();
    let ran = match suite {
        "unit" => unit(&mut tally),
        "api" => api(&mut tally),
        "clients" => clients::suite(&mut tally),
        "browser" => browser::suite(&mut tally),
        other => bail!("`{other}` is not a suite; those are unit, api, clients, browser and faults"),
    };
    close(&tally, [ran])
}

/// Browsers under injected faults, as long as asked for.
pub fn faults(options: &faults::Options) -> Result<()> {
    let mut tally = Tally::default();
    let ran = faults::suite(&mut tally, options);
    close(&tally, [ran])
}

fn close(tally: &Tally, results: impl IntoIterator<Item = Result<()>>) -> Result<()> {
    let errors: Vec<String> = results.into_iter().filter_map(|it| Some(format!("{:#}", it.err()?))).collect();
    for name in &tally.failures {
        eprintln!("  failed: {name}");
    }
    for name in &tally.ignored {
        eprintln!("  ignored: {name}");
    }
    println!("\n{} passed, {} failed, {} ignored", tally.passed, tally.failed, tally.ignored.len());
    if errors.is_empty() { Ok(()) } else { bail!("{}", errors.join("\n")) }
}

/// Everything that runs in milliseconds and needs nothing: tests beside the code, laws, golden files, examples.
fn unit(tally: &mut Tally) -> Result<()> {
    let mut targets = vec!["--lib".to_owned(), "--bins".to_owned()];
    for package in ["shared", "tests/simulation"] {
        targets.extend(integration_tests(package)?);
    }
    let tests = step("unit tests", || cargo_test(tally, &targets, &[], &[]));
    tests.and(step("examples in the documentation", || cargo_test(tally, &["--doc".to_owned()], &[], &[])))
}

/// What of the API is about the bytes of files.
const ABOUT_FILES: [&str; 5] = ["files", "library", "site", "uploads", "vault"];

/// What the store and the place of files promise, and a real server, spoken to over HTTP: on both engines, and what is
/// about files also with a bucket.
fn api(tally: &mut Tally) -> Result<()> {
    let targets = integration_tests("backend")?;
    if targets.is_empty() {
        bail!("there are no tests in backend/tests");
    }
    let on_sqlite = step("tests of store and API on SQLite", || cargo_test(tally, &targets, &[], &[]));
    let cluster = step("a PostgreSQL server for the tests", Cluster::start);
    let on_postgres = cluster.and_then(|cluster| {
        step("the same tests on PostgreSQL", || {
            cargo_test(tally, &targets, &[], &[("LANTOA_TEST_POSTGRES", &cluster.url)])
        })
    });
    let in_bucket = step("the tests about files, with the files in a bucket of S3", || {
        let api = ["--test", "api"].map(ToOwned::to_owned);
        cargo_test(tally, &api, &ABOUT_FILES, &[("LANTOA_TEST_BUCKET", "1")])
    });
    on_sqlite.and(on_postgres).and(in_bucket)
}

/// `--test name` for every file or folder in a package's `tests/`.
fn integration_tests(package: &str) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(place::root().join(package).join("tests")) else { return Ok(Vec::new()) };
    let mut words = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_test = path.join("main.rs").is_file() || path.extension().is_some_and(|it| it == "rs");
        if let (true, Some(name)) = (is_test, path.file_stem()) {
            words.extend(["--test".to_owned(), name.to_string_lossy().into_owned()]);
        }
    }
    Ok(words)
}

/// Runs `cargo test` on the given targets with the given words for the test programs and these variables besides ours,
/// shows what it prints and counts what it says.
fn cargo_test(
    tally: &mut Tally,
    targets: &[String],
    words: &[&str],
    environment: &[(&str, &str)],
) -> Result<()> {
    let mut line = process::cargo(["test", "--no-fail-fast"]);
    for package in PACKAGES {
        line.args(["-p", package]);
    }
    let mut running = line
        .args(targets)
        .arg("--")
        .args(words)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start cargo test")?;
    let output = running.stdout.take().expect("standard output is piped");
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        tally.read(&line);
    }
    if !running.wait()?.success() {
        bail!("failed");
    }
    Ok(())
}

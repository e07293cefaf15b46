//! The server under a day's requests: how long each takes, what it weighs, and what memory stays.
//!
//! A fresh demo of the whole city in a directory that goes with the run; the real program over real
//! HTTP on the loopback. The first answer of each table is apart: it reads what the later ones keep.

use std::time::Duration;

use anyhow::{Context, Result};

use super::figure::Figure;
use super::phone::Phone;
use super::running::Running;

/// How often each request is made.
const TIMES: usize = 30;
/// How often somebody signs in: the password's hash is slow on purpose.
const SIGN_INS: usize = 10;
/// Bytes of a short answer, about: an op without a text of its own.
const SHORT: usize = 300;
/// How often somebody pulls everything.
const PULLS: usize = 5;
/// The period whose reports the demo has.
const PERIOD: &str = "2026-h1";

/// Starts the server, measures, and stops it.
pub fn measure() -> Result<Vec<Figure>> {
    let data = tempfile::tempdir().context("a temporary directory")?;
    let (first, ready) = Running::start(data.path(), None)?;
    // Making the demo is no part of a day: what that left in memory must not be counted.
    drop(first);
    let (running, again) = Running::start(data.path(), None)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut figures = vec![
        Figure::once("start with a new demo of the city", "ms", millis(ready)),
        Figure::once("start again", "ms", millis(again)),
    ];
    figures.extend(runtime.block_on(ask_everything(&running.url))?);
    figures.extend(running.memory()?);
    Ok(figures)
}

async fn ask_everything(url: &str) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut times = Vec::new();
    for _ in 0..SIGN_INS {
        times.push(Phone::sign_in(url, "truong").await?.1);
    }
    figures.extend(Figure::times("sign in", &times));

    let (city, _) = Phone::sign_in(url, "so.tonghop").await?;
    let (commune, _) = Phone::sign_in(url, "xa").await?;
    for (what, phone, unit, form) in [
        ("city table of the schools", &city, "SO-GDDT", "FA"),
        ("city table of the communes", &city, "SO-GDDT", "FB"),
        ("table of a commune", &commune, "XP-20161", "FA"),
    ] {
        let first = phone.table(unit, form, PERIOD).await?;
        let mut times = Vec::new();
        for _ in 0..TIMES {
            times.push(phone.table(unit, form, PERIOD).await?.took);
        }
        figures.push(Figure::once(&format!("{what}, first"), "ms", millis(first.took)).at_most(100.0));
        figures.extend(Figure::times(what, &times).map(|figure| figure.at_most(100.0)));
        figures.push(Figure::once(&format!("{what}, brotli"), "kB", kilobytes(first.bytes)));
    }

    let (mut school, _) = Phone::sign_in(url, "truong").await?;
    for (what, phone) in [("a school", &school), ("a consolidator", &city)] {
        for encoding in ["gzip", "br"] {
            figures.extend(pull(what, phone, encoding).await?);
        }
    }

    for (count, goal) in [(1, 15.0), (50, 400.0)] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            times.push(school.push("FA:2026-year:TH-0001", "hdr_preparer_name", count, SHORT).await?);
        }
        let what = if count == 1 { "push of one op".to_owned() } else { format!("push of {count} ops") };
        figures.extend(Figure::times(&what, &times).map(|figure| figure.at_most(goal)));
    }
    Ok(figures)
}

async fn pull(what: &str, phone: &Phone, encoding: &str) -> Result<Vec<Figure>> {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..PULLS {
        let pulled = phone.pull_all(encoding).await?;
        times.push(pulled.took);
        last = Some(pulled);
    }
    let last = last.context("nothing was pulled")?;
    let what = format!("first pull of {what}, {encoding}");
    let weight = format!("{what}: {} rows, {} requests", last.rows, last.requests);
    let mut figures = vec![Figure::once(&weight, "kB", kilobytes(last.bytes))];
    figures.extend(Figure::times(&what, &times));
    Ok(figures)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people; bodies are far below 2^52 bytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

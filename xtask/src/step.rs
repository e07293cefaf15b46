//! Progress: one line when a step begins, one when it took long enough to be asked about.
//!
//! Progress goes to standard error, so that standard output holds results only.

use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result};

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Does a named piece of work and tells when it began, how long it took and, in its error, its name.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let (since, start) = (BEGAN.elapsed().as_secs(), Instant::now());
    eprintln!("[{since:>4} s] {name}");
    let result = work().with_context(|| name.to_owned());
    let took = start.elapsed().as_secs_f32();
    match &result {
        Err(_) => eprintln!("         {name}: failed after {took:.1} s"),
        Ok(_) if took >= 1.0 => eprintln!("         {name}: {took:.1} s"),
        Ok(_) => {}
    }
    result
}

/// Says something that must not be overlooked.
pub fn warn(message: &str) {
    eprintln!("\n!!!!!!! {message}\n");
}

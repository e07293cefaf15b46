//! `cargo xtask`: everything that is done to the workspace, in one place and without shell scripts.
//!
//! Each command is one file; each installs what it misses, or names the one line that mends it.
//! Invariant: a command run twice on unchanged inputs does its work once.

mod app;
mod bench;
mod bundle;
mod check;
mod fuzz;
mod interrupt;
mod place;
mod prerequisites;
mod process;
mod serve;
mod shots;
mod sim;
mod step;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask serve [--demo] [--port N] [--data DIR]   build the app and the server, start it
cargo xtask test [unit|api|clients|browser]          everything that can fail; no word: all of it, and `check`
cargo xtask test faults [--seed N] [--rounds N]      browsers under injected faults; more rounds take longer
cargo xtask check                                    format, clippy, tidy, walls between rooms
cargo xtask check deny                               licences and advisories of every dependency
cargo xtask bundle                                   build the app, show its sizes, compare with the budget
cargo xtask bench server                             what the server takes, in time, bytes and memory
cargo xtask bench sync                               records accepted a second, on both engines, beside the floor
cargo xtask bench media                              photos, films and a large library in a browser, beside the floor
cargo xtask sim [--seeds N] [--first SEED] [--devices D] [--steps S] [--seconds T]
                                                     histories of devices, people and accidents; nothing may be lost
cargo xtask fuzz [DECODER ...] [--seconds N] [--keep]
                                                     bytes that break a decoder; --keep: the corpus gets what was new
cargo xtask shots [DIR]                              pictures of every screen, from the demo";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    interrupt::take_everything_along();
    match obey(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", options @ ..] => serve::serve(&serve::Options::parse(options)?),
        ["test"] => test::everything(),
        ["test", "faults", options @ ..] => test::faults(&test::faults::Options::parse(options)?),
        ["test", suite] => test::one(suite),
        ["check"] => check::everything(),
        ["check", "tidy"] => check::tidy(),
        ["check", "deny"] => check::deny(),
        ["bundle"] => bundle::bundle(),
        ["bench", "server"] => bench::server(),
        ["bench", "sync"] => bench::sync(),
        ["bench", "media"] => bench::media(),
        ["sim", options @ ..] => sim::sim(options),
        ["fuzz", options @ ..] => fuzz::fuzz(&fuzz::Options::parse(options)?),
        ["shots"] => shots::shots("shots"),
        ["shots", dir] => shots::shots(dir),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("`{}` is not a command\n\n{USAGE}", other.join(" ")),
    }
}

//! `lantoa-simulation`: lives through many histories and says what became of them.

use lantoa_simulation::{Failure, Settings, live, tally::Tally};
use std::{
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const USAGE: &str =
    "lantoa-simulation [--seeds N] [--first SEED] [--devices D] [--steps S] [--seconds T] [--threads N]";
struct Options {
    seeds: u64,
    first: u64,
    seconds: u64,
    threads: usize,
    settings: Settings,
}

fn options() -> Option<Options> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let settings = Settings::default();
    let mut options = Options { seeds: 1_000, first: 1, seconds: u64::MAX, threads, settings };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value: u64 = words.next()?.parse().ok()?;
        let size = usize::try_from(value).ok()?;
        match word.as_str() {
            "--seeds" => options.seeds = value,
            "--first" => options.first = value,
            "--seconds" => options.seconds = value,
            "--threads" => options.threads = size.max(1),
            "--devices" => options.settings.devices = size.max(2),
            "--steps" => options.settings.steps = size,
            _ => return None,
        }
    }
    Some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    let begin = Instant::now();
    let (next, all) = (AtomicU64::new(options.first), Mutex::new(Found::default()));
    std::thread::scope(|scope| {
        for _ in 0..options.threads {
            scope.spawn(|| work(&options, begin, &next, &all));
        }
    });
    let mut found = all.into_inner().unwrap_or_default();
    found.failures.sort_unstable_by_key(|(seed, _)| *seed);
    report(&found, begin.elapsed());
    if found.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was found in many histories.
#[derive(Default)]
struct Found {
    tally: Tally,
    /// The sum of the hashes of all worlds in which they ended: the same for the same seeds, in whichever turn.
    hash: u64,
    failures: Vec<(u64, Failure)>,
}

/// Lives through each history twice; both times it must end in the same world.
fn work(options: &Options, begin: Instant, next: &AtomicU64, all: &Mutex<Found>) {
    let mut found = Found::default();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        let is_over = begin.elapsed() >= Duration::from_secs(options.seconds);
        if seed - options.first >= options.seeds || is_over {
            break;
        }
        let mut outcome = live(seed, options.settings);
        if outcome != live(seed, options.settings) {
            outcome = Err(Failure::Diverged("the same seed ended in another world".into()));
        }
        match outcome {
            Ok((counted, hash)) => {
                found.tally += counted;
                found.hash = found.hash.wrapping_add(hash);
            }
            Err(failure) => found.failures.push((seed, failure)),
        }
    }
    if let Ok(mut all) = all.lock() {
        all.tally += found.tally;
        all.hash = all.hash.wrapping_add(found.hash);
        all.failures.append(&mut found.failures);
    }
}

#[expect(clippy::cast_precision_loss, reason = "for reading")]
fn report(found: &Found, took: Duration) {
    let Found { tally, hash, failures } = found;
    let count = |which: fn(&Failure) -> bool| failures.iter().filter(|(_, it)| which(it)).count();
    let lines = [
        ("histories", tally.histories),
        ("ops", tally.ops),
        ("applied", tally.applied),
        ("clashes", tally.clashes),
        ("merged", tally.merged),
        ("parked", tally.parked),
        ("refused", tally.refused),
        ("quarantined", tally.quarantined),
        ("judged again", tally.again),
        ("set aside", tally.set_aside),
        ("evicted, unsent", tally.evicted),
        ("restores", tally.restores),
        ("devices stopped", tally.stops),
    ];
    for (name, value) in lines {
        println!("{name:>18}  {value}");
    }
    println!("{:>18}  {}", "lost", count(|it| matches!(it, Failure::Lost(_))));
    println!("{:>18}  {}", "diverged", count(|it| matches!(it, Failure::Diverged(_))));
    println!("{:>18}  {}", "stuck", count(|it| matches!(it, Failure::Stuck(_))));
    println!("{:>18}  {}", "leaked", count(|it| matches!(it, Failure::Leaked(_))));
    println!("{:>18}  {hash:016x}", "hash, twice");
    println!("{:>18}  {:.1}", "seconds", took.as_secs_f64());
    println!("{:>18}  {:.0}", "ops per second", tally.ops as f64 / took.as_secs_f64());
    for (seed, failure) in failures.iter().take(20) {
        println!("seed {seed}: {failure}");
    }
}

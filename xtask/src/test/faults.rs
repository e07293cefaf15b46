//! The suite of faults: real browsers while network, server, browser, storage and clock fail.
//!
//! All of it is asked for by name and draws its accidents anew each time; a part of it, always with the same seed, runs
//! with every other test.
//!
//! Seed and length are said at the beginning and at the end, with the line that runs the same again; what was found
//! is shown as a table, also when something failed.

use std::collections::BTreeMap;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::browser;
use super::tally::Tally;
use crate::place;
use crate::step::step;

/// Most of the time is spent waiting for what was made slow, so more run at once than there are processors.
const THREADS: &str = "4";

/// The stories that run with every other test: each kind of fault once, in the browser in which it tells most.
const ALWAYS: [&str; 15] = [
    "add_rows::a_row_added_on_a_bad_line_is_there_once::in_firefox",
    "clear_storage::whoever_s_store_is_thrown_away_while_typing_is_told_and_loses_nothing::in_chromium",
    "clear_storage::whoever_s_store_is_thrown_away_while_typing_is_told_and_loses_nothing::in_webkit",
    "cut_film::a_film_of_fifty_megabytes_on_a_line_cut_twenty_times_arrives_whole_and_is_sent_once::in_chromium",
    "cut_upload::a_file_on_a_line_that_is_cut_arrives_whole_and_nothing_is_sent_twice::in_chromium",
    "fill_storage::what_was_kept_goes_up_from_a_full_phone_and_with_room_the_rest_follows",
    "freeze_tab::beside_a_frozen_tab_typing_goes_on_and_thawed_it_shows_everything",
    "hold_store::a_tab_that_holds_an_older_store_is_named_and_the_app_goes_on_when_it_is_closed::in_chromium",
    "lose_browser::what_was_marked_as_saved_outlives_the_browser::in_chromium",
    "lose_network::what_is_typed_arrives_once_through_all_of_that_by_chance::in_webkit",
    "lose_server::what_goes_up_while_the_server_dies_is_there_once::in_firefox",
    "narrow_line::what_is_too_much_at_once_goes_in_parts_and_what_is_too_large_alone_waits_for_its_author::in_chromium",
    "open_tabs::of_two_tabs_that_ask_at_once_the_answer_that_comes_too_late_changes_nothing::in_chromium",
    "open_tabs::of_two_tabs_typed_into_at_once_one_sends_and_both_see_all::in_chromium",
    "restore_copy::what_an_older_copy_lacks_is_offered_again::in_chromium",
];

/// The seed of those.
const SEED: u64 = 71;

/// How long, and with which chance.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    seed: u64,
    rounds: u64,
}

impl Default for Options {
    /// A short run, with a seed that nobody had before.
    fn default() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { seed: u64::from(now.subsec_nanos()), rounds: 1 }
    }
}

impl Options {
    /// Reads the words after `test faults`.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || -> Result<u64> {
                let number = words.next().and_then(|it| it.parse().ok());
                number.with_context(|| format!("`{word}` needs a number"))
            };
            match *word {
                "--seed" => options.seed = number()?,
                "--rounds" => options.rounds = number()?.max(1),
                other => bail!("`test faults` does not know `{other}`"),
            }
        }
        Ok(options)
    }
}

/// The part of the suite that runs with every other test.
pub fn always(tally: &mut Tally) -> Result<()> {
    run(tally, &Options { seed: SEED, rounds: 1 }, &ALWAYS)
}

/// Installs, builds, runs all of it, and shows what was found.
pub fn suite(tally: &mut Tally, options: &Options) -> Result<()> {
    run(tally, options, &[])
}

/// Runs the stories of these names; without a name, all.
fn run(tally: &mut Tally, options: &Options, stories: &[&str]) -> Result<()> {
    let Options { seed, rounds } = options;
    browser::ready()?;
    let rows = place::fault_rows();
    if rows.exists() {
        fs::remove_file(&rows)?;
    }
    let target = ["--test".to_owned(), "faults".to_owned()];
    let (told_seed, told_rounds) = (seed.to_string(), rounds.to_string());
    let variables =
        [("LANTOA_FAULTS_SEED", told_seed.as_str()), ("LANTOA_FAULTS_ROUNDS", told_rounds.as_str())];
    let before = tally.passed + tally.failed;
    let words: Vec<&str> =
        ["--test-threads", THREADS, "--exact"].into_iter().chain(stories.iter().copied()).collect();
    let words = if stories.is_empty() { &words[..2] } else { &words[..] };
    let ran = step(&format!("browsers under faults, seed {seed}, rounds {rounds}"), || {
        super::cargo_test(tally, &target, words, &variables)
    });
    // A story that was given another name would no longer run, and nobody would notice.
    let n_told = tally.passed + tally.failed - before;
    if ran.is_ok() && n_told < stories.len() {
        bail!("of {} stories that are to run always, {n_told} are there", stories.len());
    }
    println!("{}", table(&fs::read_to_string(&rows).unwrap_or_default()));
    println!("again: cargo xtask test faults --seed {seed} --rounds {rounds}");
    ran
}

/// One line of the table: rows of one fault in one browser, added up.
#[derive(Default)]
struct Line {
    rounds: u64,
    typed: u64,
    arrived: u64,
    lost: u64,
    seconds: f64,
}

/// The rows that the tests left, each a line of JSON, as a table with a sum.
fn table(rows: &str) -> String {
    let mut lines: BTreeMap<(String, String), Line> = BTreeMap::new();
    let mut sum = Line::default();
    for row in rows.lines().filter_map(|row| serde_json::from_str::<Value>(row).ok()) {
        let name = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let line = lines.entry((name("fault"), name("browser"))).or_default();
        for line in [line, &mut sum] {
            let number = |key: &str| row[key].as_u64().unwrap_or_default();
            line.rounds += number("rounds");
            line.typed += number("typed");
            line.arrived += number("arrived");
            line.lost += number("lost");
            line.seconds += row["seconds"].as_f64().unwrap_or_default();
        }
    }
    let mut text = format!(
        "\n{:<34} {:<9} {:>6} {:>6} {:>7} {:>5} {:>8}\n",
        "fault", "browser", "rounds", "typed", "arrived", "lost", "seconds"
    );
    let all = ("all".to_owned(), String::new());
    for ((fault, browser), line) in lines.iter().chain([(&all, &sum)]) {
        let Line { rounds, typed, arrived, lost, seconds } = line;
        text += &format!(
            "{fault:<34} {browser:<9} {rounds:>6} {typed:>6} {arrived:>7} {lost:>5} {seconds:>8.1}\n"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seed_and_rounds_are_read_and_anything_else_is_told() {
        let read = Options::parse(&["--seed", "7", "--rounds", "20"]).unwrap();
        assert_eq!(read, Options { seed: 7, rounds: 20 });
        assert_eq!(Options::parse(&["--rounds", "0"]).unwrap().rounds, 1);
        assert!(Options::parse(&["--seed"]).is_err());
        assert!(Options::parse(&["--quick"]).is_err());
    }

    #[test]
    fn rows_of_one_fault_in_one_browser_are_one_line() {
        let row =
            r#"{"fault":"cut","browser":"Firefox","rounds":1,"typed":3,"arrived":2,"lost":1,"seconds":1.5}"#;
        let table = table(&format!("{row}\n{row}\nhalf a ro"));
        let line = table.lines().find(|line| line.starts_with("cut")).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words, ["cut", "Firefox", "2", "6", "4", "2", "3.0"]);
        assert!(table.lines().any(|line| line.starts_with("all")), "{table}");
    }
}

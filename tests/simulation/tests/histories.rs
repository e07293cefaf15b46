//! Some hundred histories in which nothing is lost, and four worlds that are broken on purpose and found out.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_simulation::{Failure, Mutation, Settings, live};

/// The first failure among this many seeds.
fn first_failure(seeds: u64, settings: Settings) -> Option<(u64, Failure)> {
    (1..=seeds).find_map(|seed| Some((seed, live(seed, settings).err()?)))
}

fn broken(mutation: Mutation) -> Failure {
    let settings = Settings { mutation: Some(mutation), ..Settings::default() };
    let (_, failure) = first_failure(300, settings).expect("three hundred histories find the fault");
    failure
}

#[test]
fn in_a_hundred_histories_nothing_is_lost_and_nothing_diverges() {
    assert_eq!(first_failure(100, Settings::default()), None);
}

#[test]
fn many_devices_of_few_people_lose_nothing_either() {
    let settings = Settings { devices: 16, steps: 900, mutation: None };
    assert_eq!(first_failure(20, settings), None);
}

#[test]
fn the_same_seed_ends_in_the_same_world() {
    for seed in 1..=20 {
        let once = live(seed, Settings::default()).unwrap();
        assert_eq!(live(seed, Settings::default()).unwrap(), once);
    }
}

#[test]
fn a_centre_at_which_the_last_writer_wins_is_found_out() {
    assert!(matches!(broken(Mutation::LastWriterWins), Failure::Lost(_)));
}

#[test]
fn a_device_that_forgets_what_was_not_taken_is_found_out() {
    assert!(matches!(broken(Mutation::CheckpointPastRefusal), Failure::Lost(_)));
}

#[test]
fn a_device_that_promises_before_it_writes_is_found_out() {
    assert!(matches!(broken(Mutation::AckBeforeOutbox), Failure::Lost(_)));
}

#[test]
fn a_feed_whose_rows_are_seen_after_later_ones_is_found_out() {
    assert!(matches!(broken(Mutation::BareSequence), Failure::Diverged(_)));
}

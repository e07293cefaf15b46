//! Some hundred histories in which nothing is lost, and five worlds that are broken on purpose and found out.

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

/// Seeds that failed once, and what it was. Whoever changes what befalls the world tells other histories under these
/// numbers; the pieces are tested one by one in `shared/tests/sync_anew.rs` and `sync_pieces.rs`.
const FAILED: [(u64, &str); 28] = [
    (567, "after a restore a copy's op took the number of one that its device offered again later"),
    (1382, "the same"),
    (1547, "the same, and the ops named each other"),
    (2055, "the same"),
    (2459, "the same"),
    (15_453, "the same"),
    (15_571, "the same"),
    (17_877, "the same"),
    (18_857, "the same"),
    (23_027, "the same"),
    (23_091, "the same"),
    (26_427, "the same"),
    (46_886, "the same"),
    (59_622, "the same"),
    (
        15_686,
        "an op whose verdict changed because it was sent again counted as covered by a backup made before",
    ),
    (50_346, "the same"),
    (299, "an op of a copy took the other's off the lists, because both bear one number"),
    (580, "whoever got a role later did not see what had waited for it"),
    (315, "what a copy sent was shown to nobody after its device was gone"),
    (1942, "what came under another epoch was shown to nobody after its device was gone"),
    (1476, "of two ops left behind under two epochs each was taken for the other come anew"),
    (56_800, "a device never stopped talking"),
    (8, "a device began a long bucket anew at every page, because what was gone had been forgotten"),
    (44, "the same"),
    (8276, "a step that a reviewer took on a stolen phone was shown to nobody"),
    (11_417, "the same"),
    (14_024, "a device forgot an op that was taken later, though the backup still had it waiting"),
    (1165, "two ops of one moment could not be told apart: the check was wrong"),
];

#[test]
fn what_failed_once_does_not_fail_again() {
    for (seed, what_it_was) in FAILED {
        let outcome = live(seed, Settings::default());
        assert!(outcome.is_ok(), "seed {seed} ({what_it_was}): {outcome:?}");
    }
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
    let failure = broken(Mutation::CheckpointPastRefusal);
    assert!(matches!(failure, Failure::Lost(_) | Failure::Diverged(_) | Failure::Stuck(_)), "{failure}");
}

#[test]
fn a_device_that_promises_before_it_writes_is_found_out() {
    assert!(matches!(broken(Mutation::AckBeforeOutbox), Failure::Lost(_)));
}

#[test]
fn a_device_that_stores_what_it_shows_apart_from_what_was_done_is_found_out() {
    assert!(matches!(broken(Mutation::TwoTransactions), Failure::Diverged(_)));
}

#[test]
fn a_feed_whose_rows_are_seen_after_later_ones_is_found_out() {
    assert!(matches!(broken(Mutation::BareSequence), Failure::Diverged(_)));
}

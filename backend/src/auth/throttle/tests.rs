//! The brake holds guessing back and lets the honest through.

use super::*;
use std::net::Ipv4Addr;

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[test]
fn after_too_many_failures_an_account_waits_until_the_window_is_over() {
    let throttle = Throttle::default();
    for _ in 0..PER_ACCOUNT {
        assert_eq!(throttle.begin("truong", HOME, 0), Ok(()));
    }
    assert_eq!(throttle.begin("truong", HOME, 60_000), Err(841));
    assert_eq!(throttle.begin("truong", HOME, WINDOW_MS), Ok(()));
}

#[test]
fn another_account_at_the_same_address_is_not_held_up_by_one_that_is() {
    let throttle = Throttle::default();
    for _ in 0..PER_ACCOUNT {
        assert_eq!(throttle.begin("truong", HOME, 0), Ok(()));
    }
    assert_eq!(throttle.begin("hieutruong", HOME, 0), Ok(()));
}

#[test]
fn an_address_that_tries_many_accounts_waits() {
    let throttle = Throttle::default();
    for attempt in 0..PER_ADDRESS {
        assert_eq!(throttle.begin(&format!("account {attempt}"), HOME, 0), Ok(()));
    }
    assert!(throttle.begin("one more", HOME, 0).is_err());
}

#[test]
fn success_starts_the_account_anew() {
    let throttle = Throttle::default();
    for _ in 0..10 * PER_ADDRESS {
        assert_eq!(throttle.begin("truong", HOME, 0), Ok(()));
        throttle.succeeded("truong", HOME);
    }
}

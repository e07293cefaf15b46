//! The phone's half of the sync: one request at a time, patience without a network, and no op left behind.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::sync::device::{Device, Input, Step};
use lantoa_shared::sync::outbox::{OutboxRow, compose_push};
use lantoa_shared::wire::v1::{MAX_OPS, MAX_PUSH_BYTES};
use proptest::prelude::*;

#[test]
fn it_sends_first_and_then_asks() {
    let mut device = Device::new();
    assert_eq!(device.on(Input::Wake, 0), Step::Push);
    assert_eq!(device.on(Input::Typed, 0), Step::Continue);
    assert_eq!(device.on(Input::Pushed { unsent: 1 }, 0), Step::Push);
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
    assert!(matches!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Pause(_)));
    assert_eq!(device.on(Input::Poked, 0), Step::Pull);
}

#[test]
fn between_two_parts_of_a_file_it_sends_what_was_typed_and_asks_what_is_new() {
    let mut device = Device::new();
    assert_eq!(device.on(Input::Wake, 0), Step::Push);
    assert_eq!(device.on(Input::Typed, 0), Step::Continue);
    assert_eq!(device.on(Input::PartUp, 0), Step::Pull);
    assert_eq!(device.on(Input::Pulled { more: true, frees: false }, 0), Step::Pull);
    assert_eq!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Push, "and on with the file");
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
    assert!(matches!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Pause(_)));
}

#[test]
fn a_file_that_waited_for_ops_goes_on_as_soon_as_they_have_left() {
    let mut device = Device::new();
    assert_eq!(device.on(Input::Wake, 0), Step::Push);
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
    assert_eq!(device.on(Input::Pulled { more: true, frees: true }, 0), Step::Pull, "first what is new");
    assert_eq!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Push);
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
    assert!(matches!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Pause(_)));
}

#[test]
fn what_is_typed_while_a_push_is_under_way_is_sent_next() {
    let mut device = Device::new();
    device.on(Input::Wake, 0);
    device.on(Input::Typed, 0);
    assert_eq!(device.on(Input::Pushed { unsent: 1 }, 0), Step::Push);
}

#[test]
fn what_is_typed_during_the_pull_is_sent_after_it() {
    let mut device = Device::new();
    device.on(Input::Wake, 0);
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
    assert_eq!(device.on(Input::Typed, 0), Step::Continue);
    assert_eq!(device.on(Input::Pulled { more: false, frees: false }, 0), Step::Push);
}

#[test]
fn typing_gathers_a_moment_and_nothing_that_comes_between_makes_it_wait_longer() {
    let mut device = Device::new();
    device.on(Input::Wake, 0);
    device.on(Input::Pushed { unsent: 0 }, 0);
    device.on(Input::Pulled { more: false, frees: false }, 0);
    let gathering = device.on(Input::Typed, 0);
    assert!(matches!(gathering, Step::Pause(pause) if pause < 5_000), "{gathering:?}");
    assert_eq!(device.on(Input::Poked, 0), Step::Push, "a hint comes first, and takes what was typed along");
    device.on(Input::Pushed { unsent: 0 }, 0);
    device.on(Input::Pulled { more: false, frees: false }, 0);
    device.on(Input::Typed, 0);
    assert_eq!(device.on(Input::PauseOver { unsent: true }, 0), Step::Push);
    assert_eq!(device.on(Input::Pushed { unsent: 0 }, 0), Step::Pull);
}

#[test]
fn without_a_network_it_tries_ever_more_rarely_and_at_once_when_woken() {
    let mut device = Device::new();
    device.on(Input::Wake, 0);
    let mut pauses = Vec::new();
    for _ in 0..12 {
        let Step::Pause(pause) = device.on(Input::Failed, 0) else { panic!("no pause after a failure") };
        pauses.push(pause);
        assert_eq!(device.on(Input::PauseOver { unsent: false }, 0), Step::Push);
    }
    assert!(pauses.is_sorted(), "{pauses:?}");
    assert_eq!(pauses.last(), Some(&10_000));
    device.on(Input::Failed, 0);
    assert!(device.is_cut_off());
    assert!(matches!(device.on(Input::Typed, 0), Step::Pause(_)));
    assert_eq!(device.on(Input::Wake, 0), Step::Push);
}

#[test]
fn signed_out_it_waits_and_goes_on_after_signing_in() {
    let mut device = Device::new();
    device.on(Input::Wake, 0);
    assert_eq!(device.on(Input::SignedOut, 0), Step::AwaitSignIn);
    assert_eq!(device.on(Input::Typed, 0), Step::AwaitSignIn);
    assert_eq!(device.on(Input::SignedIn, 0), Step::Push);
}

/// Anything may happen in any order, except that only a request under way can be answered.
fn happenings() -> impl Strategy<Value = Vec<(u8, u32)>> {
    prop::collection::vec((0..8_u8, any::<u32>()), 0..200)
}

proptest! {
    #[test]
    fn never_two_requests_at_once_and_every_quiet_end_has_nothing_unsent(happenings in happenings()) {
        let mut device = Device::new();
        let (mut under_way, mut unsent, mut sending) = (None::<Step>, 0_usize, 0_usize);
        let mut play = |device: &mut Device, what: u8, jitter: u32, under_way: &mut Option<Step>| {
            let input = match (what, *under_way) {
                (0, _) => Input::Wake,
                (1, _) => { unsent += 1; Input::Typed }
                (2, _) => Input::Poked,
                (3, _) => Input::PauseOver { unsent: unsent > 0 },
                (4, Some(_)) => { *under_way = None; Input::Failed }
                (5, Some(_)) => { *under_way = None; Input::SignedOut }
                (6, None) => Input::SignedIn,
                (_, Some(Step::Push)) => { *under_way = None; unsent -= sending; Input::Pushed { unsent } }
                (_, Some(_)) => { *under_way = None; Input::Pulled { more: false, frees: false } }
                (_, None) => Input::PauseOver { unsent: unsent > 0 },
            };
            let step = device.on(input, jitter);
            if matches!(step, Step::Push | Step::Pull) {
                assert!(under_way.is_none(), "a second request while one is under way");
                *under_way = Some(step);
                sending = unsent;
            }
            if let Step::Pause(pause) = step {
                assert!(unsent == 0 || pause <= 20_000, "{unsent} unsent ops wait as if all were quiet");
            }
            (step, unsent)
        };
        for (what, jitter) in happenings {
            play(&mut device, what, jitter, &mut under_way);
        }
        // From anywhere: sign in, wake, and let every request succeed; it comes to rest with nothing unsent.
        if under_way.is_none() { play(&mut device, 6, 0, &mut under_way); }
        play(&mut device, 0, 0, &mut under_way);
        let mut rest = None;
        for _ in 0..10 {
            let (step, left) = play(&mut device, if under_way.is_some() { 7 } else { 6 }, 0, &mut under_way);
            if matches!(step, Step::Pause(_)) { rest = Some(left); break; }
        }
        prop_assert_eq!(rest, Some(0));
    }

    #[test]
    fn a_push_takes_the_oldest_and_always_at_least_one(lengths in prop::collection::vec(1..200_000_usize, 1..300)) {
        let row = |(length, n): (&usize, u64)| OutboxRow { n, ..OutboxRow::new("an", "x".repeat(*length)) };
        let (push, sent) = compose_push("e", "d", lengths.iter().zip(1..).map(row).collect());
        prop_assert_eq!(push.ops.len(), sent.len());
        prop_assert!(!push.ops.is_empty() && push.ops.len() <= MAX_OPS);
        prop_assert!(push.ops.iter().map(|op| op.n).eq(1..=push.ops.len() as u64));
        let bytes: usize = push.ops.iter().map(|op| op.body.len()).sum();
        prop_assert!(push.ops.len() == 1 || bytes <= MAX_PUSH_BYTES);
    }
}

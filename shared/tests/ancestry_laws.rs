//! The op that two answers grew out of, against a search that reads everything.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    merge::{Ancestry, Origin},
    op::Dot,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn dot(n: usize) -> Dot {
    Dot::new("d", n as u64)
}

/// Where two answers come from, by the places of their ops in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Op(usize),
    Nothing,
    Unclear,
}

/// What the search finds in a history where each op names earlier ones, and how many ops it read. `places` are those
/// in the journal.
fn search(bases: &[Vec<usize>], places: &[u64], one: usize, other: usize) -> (Found, usize) {
    let mut ancestry = Ancestry::of(&dot(one), &dot(other));
    let mut n_read = 0;
    while let Some(asked) = ancestry.next_unread() {
        n_read += 1;
        let n = asked.n as usize;
        ancestry.read(&asked, places[n], bases[n].iter().copied().map(dot).collect());
    }
    let found = match ancestry.found() {
        Origin::Op(dot) => Found::Op(dot.n as usize),
        Origin::Nothing => Found::Nothing,
        Origin::Unclear => Found::Unclear,
    };
    (found, n_read)
}

/// An op and all that it grew out of.
fn all_below(bases: &[Vec<usize>], of: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([of]);
    let mut open = vec![of];
    while let Some(n) = open.pop() {
        open.extend(bases[n].iter().filter(|n| found.insert(**n)));
    }
    found
}

fn expected(bases: &[Vec<usize>], one: usize, other: usize) -> Found {
    let both: BTreeSet<usize> =
        all_below(bases, one).intersection(&all_below(bases, other)).copied().collect();
    let is_newest =
        |n: &&usize| !both.iter().any(|other| other != *n && all_below(bases, *other).contains(*n));
    let newest: Vec<usize> = both.iter().filter(is_newest).copied().collect();
    match newest.as_slice() {
        [one] => Found::Op(*one),
        [] => Found::Nothing,
        _ => Found::Unclear,
    }
}

fn history() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let bases = prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..3), 2..40);
    bases.prop_map(|bases| {
        let earlier = |(n, bases): (usize, Vec<prop::sample::Index>)| match n {
            0 => Vec::new(),
            // Mostly the ops just before, as it is where several people type.
            _ => bases.iter().map(|base| n - 1 - base.index(n.min(4))).collect(),
        };
        bases.into_iter().enumerate().map(earlier).collect()
    })
}

proptest! {
    #[test]
    fn what_is_found_is_the_newest_op_that_both_texts_grew_out_of(
        bases in history(),
        pair in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let (one, other) = (pair.0.index(bases.len()), pair.1.index(bases.len()));
        let places: Vec<u64> = (0..bases.len() as u64).collect();
        let (found, _) = search(&bases, &places, one, other);
        prop_assert_eq!(found, expected(&bases, one, other));
        prop_assert_eq!(search(&bases, &places, other, one).0, found);
    }

    #[test]
    fn ops_that_came_in_another_order_than_they_were_made_lead_to_the_same_text(
        bases in history(),
        keys in prop::collection::vec(any::<u32>(), 40),
        pair in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        // The search trusts the order in the journal only to read little: with another it finds the same, or nothing
        // where it would have to guess.
        let (one, other) = (pair.0.index(bases.len()), pair.1.index(bases.len()));
        let places: Vec<u64> = keys.iter().map(|key| u64::from(*key)).collect();
        let (found, _) = search(&bases, &places, one, other);
        prop_assert!(found == Found::Unclear || found == expected(&bases, one, other));
    }
}

#[test]
fn only_what_came_after_the_parting_is_read() {
    // A long history, then two chains of five.
    let mut bases: Vec<Vec<usize>> =
        (0..500).map(|n: usize| n.checked_sub(1).into_iter().collect()).collect();
    for _ in 0..5 {
        let n = bases.len();
        let (one, other) = if n == 500 { (499, 499) } else { (n - 2, n - 1) };
        bases.push(vec![one]);
        bases.push(vec![other]);
    }
    let places: Vec<u64> = (0..bases.len() as u64).collect();
    let (found, n_read) = search(&bases, &places, bases.len() - 2, bases.len() - 1);
    assert_eq!(found, Found::Op(499));
    assert!(n_read <= 12, "{n_read}");
}

#[test]
fn what_was_parted_a_thousand_ops_ago_is_left_to_a_person() {
    let mut bases: Vec<Vec<usize>> =
        (0..2_000).map(|n: usize| n.checked_sub(1).into_iter().collect()).collect();
    bases.push(vec![0]);
    let places: Vec<u64> = (0..bases.len() as u64).collect();
    let (found, n_read) = search(&bases, &places, 1_999, 2_000);
    assert_eq!(found, Found::Unclear);
    assert_eq!(n_read, 1_000);
}

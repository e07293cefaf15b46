//! Lists of files of two people, put together: nothing that somebody added is missing, nothing that somebody took out
//! is back.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::{
    merge::{files, merge},
    value::{FileRef, Value},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn file(n: u8) -> FileRef {
    FileRef {
        sha256: format!("{n:064}"),
        name: format!("Ảnh {n}.jpg"),
        size: u64::from(n) + 1,
        mime: "image/jpeg".into(),
        seconds: None,
        location_removed: n.is_multiple_of(2),
        poster: None,
    }
}

fn list(numbers: &BTreeSet<u8>) -> Vec<FileRef> {
    numbers.iter().copied().map(file).collect()
}

fn numbers(range: std::ops::Range<u8>) -> impl Strategy<Value = BTreeSet<u8>> {
    prop::collection::btree_set(range, 0..12)
}

proptest! {
    #[test]
    fn what_either_added_is_there_and_what_either_took_out_is_not(
        base in numbers(0..20),
        (gone_here, gone_there) in (numbers(0..20), numbers(0..20)),
        // Both may add the same photo: it is one.
        (new_here, new_there) in (numbers(20..40), numbers(30..50)),
    ) {
        let side = |gone: &BTreeSet<u8>, new: &BTreeSet<u8>| -> BTreeSet<u8> {
            base.difference(gone).chain(new).copied().collect()
        };
        let (one, other) = (side(&gone_here, &new_here), side(&gone_there, &new_there));
        let merged = files::merge(&list(&base), &list(&one), &list(&other));
        prop_assert_eq!(&files::merge(&list(&base), &list(&other), &list(&one)), &merged);
        let names: BTreeSet<&str> = merged.iter().map(|file| file.sha256.as_str()).collect();
        prop_assert_eq!(names.len(), merged.len(), "each once");
        let left: BTreeSet<u8> = base.difference(&gone_here).copied().collect();
        let expected: BTreeSet<u8> =
            left.difference(&gone_there).chain(&new_here).chain(&new_there).copied().collect();
        prop_assert_eq!(merged.iter().cloned().collect::<BTreeSet<_>>(), list(&expected).into_iter().collect());
    }

    #[test]
    fn a_side_that_changed_nothing_has_no_say(base in numbers(0..20), other in numbers(0..40)) {
        let (base, other) = (list(&base), list(&other));
        let merged = files::merge(&base, &base, &other);
        // What stayed keeps the order it was given, whoever gave it.
        prop_assert_eq!(merged.iter().collect::<BTreeSet<_>>(), other.iter().collect());
    }
}

#[test]
fn a_first_photo_on_each_of_two_phones_makes_two_photos() {
    let (one, other) = (Value::Files(vec![file(1)]), Value::Files(vec![file(2)]));
    assert_eq!(merge(None, Some(&one), Some(&other)), Some(Value::Files(vec![file(1), file(2)])));
}

#[test]
fn the_one_photo_taken_out_here_while_another_came_there_leaves_the_other() {
    let (base, other) = (Value::Files(vec![file(1)]), Value::Files(vec![file(1), file(2)]));
    assert_eq!(merge(Some(&base), None, Some(&other)), Some(Value::Files(vec![file(2)])));
}

#[test]
fn whether_nothing_is_to_stay_is_left_to_a_person() {
    let base = Value::Files(vec![file(1), file(2)]);
    let (one, other) = (Value::Files(vec![file(1)]), Value::Files(vec![file(2)]));
    assert_eq!(merge(Some(&base), Some(&one), Some(&other)), None);
}

#[test]
fn choices_and_single_files_are_never_put_together() {
    let (one, other) = (Value::Choices(vec!["a".into()]), Value::Choices(vec!["b".into()]));
    assert_eq!(merge(None, Some(&one), Some(&other)), None);
    assert_eq!(merge(None, Some(&Value::File(file(1))), Some(&Value::File(file(2)))), None);
    assert_eq!(merge(None, Some(&Value::Files(vec![file(1)])), Some(&Value::Text("x".into()))), None);
}

fn film(poster: Option<u8>) -> FileRef {
    let poster = poster.map(|n| format!("{n:064}"));
    FileRef { name: "Phim.mp4".into(), mime: "video/mp4".into(), poster, ..file(1) }
}

#[test]
fn a_film_keeps_its_poster_whichever_side_does_not_know_of_it() {
    let (bare, drawn) = (film(None), film(Some(7)));
    let both = vec![drawn.clone(), file(2)];
    // An app of before there were posters wrote one side, or both.
    for (base, one, other) in [
        (&drawn, &drawn, &bare),
        (&drawn, &bare, &drawn),
        (&drawn, &bare, &bare),
        (&bare, &bare, &drawn),
        (&bare, &drawn, &bare),
    ] {
        let with = |film: &FileRef| vec![film.clone(), file(2)];
        assert_eq!(files::merge(std::slice::from_ref(base), &with(one), std::slice::from_ref(other)), both);
        assert_eq!(files::merge(std::slice::from_ref(base), std::slice::from_ref(other), &with(one)), both);
    }
    // Two devices drew it: one of both, whoever is asked first.
    let (one, other) = ([film(Some(7))], [film(Some(8))]);
    assert_eq!(files::merge(&[], &one, &other), files::merge(&[], &other, &one));
    assert_eq!(files::merge(&[], &one, &other).len(), 1);
    // What is gone takes its poster along.
    assert_eq!(files::merge(std::slice::from_ref(&drawn), &[], std::slice::from_ref(&drawn)), []);
}

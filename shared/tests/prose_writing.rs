//! The buttons above an article: what each does to a text and to what is selected.

use lantoa_shared::prose::{
    pictures, read,
    writing::{Change, Mark, press},
};
use proptest::prelude::*;

/// Presses a button in a text where `‹` and `›` stand around what is selected, and tells the same of what comes out.
fn pressed(text: &str, mark: &Mark) -> String {
    let units = |text: &str| text.encode_utf16().count();
    let (before, rest) = text.split_once('‹').unwrap_or((text, "›"));
    let (within, behind) = rest.split_once('›').unwrap_or((rest, ""));
    let text = [before, within, behind].concat();
    let selected = units(before)..units(before) + units(within);
    let (after, selected) = after(&text, press(&text, selected, mark, "chữ"));
    let units: Vec<u16> = after.encode_utf16().collect();
    let part = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap_or_default();
    let (from, to) = (selected.start, selected.end);
    format!("{}‹{}›{}", part(0, from), part(from, to), part(to, units.len()))
}

/// The text afterwards, as a browser makes it.
fn after(text: &str, change: Change) -> (String, std::ops::Range<usize>) {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    units.splice(change.place, change.text.encode_utf16());
    (String::from_utf16(&units).expect("signs are never cut"), change.selected)
}

#[track_caller]
fn check(mark: &Mark, text: &str, expected: &str) {
    assert_eq!(pressed(text, mark), expected);
}

#[test]
fn words_become_bold_and_plain_again() {
    check(&Mark::Bold, "một ‹hai› ba", "một **‹hai›** ba");
    check(&Mark::Bold, "một **‹hai›** ba", "một ‹hai› ba");
    check(&Mark::Bold, "một ‹**hai**› ba", "một ‹hai› ba");
    check(&Mark::Bold, "một‹ hai ›ba", "một **‹hai›** ba");
    check(&Mark::Bold, "một ‹›", "một **‹chữ›**");
    check(&Mark::Bold, "‹một\n\nhai›", "‹**một**\n\n**hai**›");
    check(&Mark::Italic, "𝒳 ‹hai›", "𝒳 *‹hai›*");
    check(&Mark::Italic, "**‹hai›**", "***‹hai›***");
    check(&Mark::Italic, "***‹hai›***", "**‹hai›**");
}

#[test]
fn lines_become_headings_of_two_sizes_and_plain_again() {
    check(&Mark::Heading, "một\nh‹a›i\nba", "một\n## h‹a›i\nba");
    check(&Mark::Heading, "## h‹a›i", "### h‹a›i");
    check(&Mark::Heading, "### h‹a›i", "h‹a›i");
    check(&Mark::Heading, "- h‹›ai", "## h‹›ai");
    check(&Mark::Heading, "‹›", "## ‹›");
    check(&Mark::Heading, "‹#›# hai", "#‹#›# hai");
}

#[test]
fn lines_become_lists_and_quotations_and_plain_again() {
    check(&Mark::Bullets, "‹một\n\nhai›", "‹- một\n\n- hai›");
    check(&Mark::Bullets, "‹- một\n- hai›", "‹một\nhai›");
    check(&Mark::Numbers, "‹một\nhai\n›ba", "‹1. một\n2. hai›\n\nba");
    check(&Mark::Numbers, "‹- một\n- hai›", "‹1. một\n2. hai›");
    check(&Mark::Quote, "‹một\nhai›\n\nba", "‹> một\n> hai›\n\nba");
    check(&Mark::Quote, "‹> một\n> hai›", "‹một\nhai›");
    check(&Mark::Bullets, "một\n‹›", "một\n- ‹›");
    check(&Mark::Bullets, "một‹›\n- hai", "- một‹›\n- hai");
}

#[test]
fn a_link_waits_for_its_address_or_for_its_words() {
    check(&Mark::Link, "xem ‹Sở› nhé", "xem [Sở](https://‹›) nhé");
    check(&Mark::Link, "xem ‹›", "xem [chữ](https://‹›)");
    check(&Mark::Link, "xem ‹https://hue.vn/a(b)›", "xem [‹chữ›](<https://hue.vn/a(b)>)");
}

#[test]
fn a_picture_stands_by_itself() {
    let plain = Mark::Picture("anh-1.jpg".into());
    check(&plain, "‹›", "![‹chữ›](anh-1.jpg)\n\n");
    check(&plain, "m‹›ột\nhai", "một\n\n![‹chữ›](anh-1.jpg)\n\nhai");
    check(&plain, "một\n\n‹›\n\nhai", "một\n\n![‹chữ›](anh-1.jpg)\n\nhai");
    let odd = Mark::Picture("nhịp <cầu> (1).jpg".into());
    check(&odd, "‹›", "![‹chữ›](<nhịp \\<cầu\\> (1).jpg>)\n\n");
    let sign = Mark::Picture("a&amp;b&c.jpg".into());
    check(&sign, "‹›", "![‹chữ›](<a\\&amp;b&c.jpg>)\n\n");
    let text = "![](<a\\&amp;b&c.jpg>)";
    assert_eq!(pictures(&read(text, &|name| name == "a&amp;b&c.jpg")), ["a&amp;b&c.jpg"]);
}

proptest! {
    #[test]
    fn a_button_takes_no_letter_away(
        text in "[a-cà \n#*>0-9.\\-𝒳\\[\\]]{0,40}",
        (from, length) in (0_usize..50, 0_usize..20),
        mark in 0_usize..8,
    ) {
        let marks = [
            Mark::Heading, Mark::Bold, Mark::Italic, Mark::Bullets, Mark::Numbers, Mark::Quote, Mark::Link,
            Mark::Picture("x y.jpg".into()),
        ];
        let change = press(&text, from..from + length, &marks[mark], "");
        let (after, selected) = after(&text, change);
        prop_assert!(selected.start <= selected.end && selected.end <= after.encode_utf16().count());
        let letters = |text: &str| text.chars().filter(|char| char.is_alphabetic()).collect::<String>();
        let after = after.replace("https", "").replace("x y.jpg", "");
        prop_assert_eq!(letters(&text), letters(&after));
    }
}

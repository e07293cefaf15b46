//! Numbers, days and Vietnamese text: what is shown reads back the same, and nothing typed is lost.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::date::date;
use lantoa_shared::{
    definition::FieldType,
    language::Language,
    period::Windows,
    text::{day, fold, number, read, show},
    value::{Decimal, Exact, Value},
};
use proptest::prelude::*;

#[test]
fn numbers_are_read_as_people_here_write_them() {
    let whole = |text| read(FieldType::Int, text);
    for (text, expected) in
        [("1234", 1234), ("1.234", 1234), ("1 234", 1234), (" 12 ", 12), ("-5", -5), ("1.234.567", 1_234_567)]
    {
        assert_eq!(whole(text), Some(Value::Int(expected)), "{text}");
    }
    for text in ["1,5", "12.34", "mười", "1.2345", "1..2", "1,", "--1", "12a", "99999999999999999999"] {
        assert_eq!(whole(text), Some(Value::Unparsed(text.into())), "{text}");
    }
    let decimal = |text| number::read(text).map(|number| number.machine_text());
    for (text, expected) in [
        ("1.234,5", "1234.5"),
        ("0,05", "0.05"),
        ("1.5", "1.5"),
        ("0.125", "0.125"),
        ("-1.234,50", "-1234.5"),
    ] {
        assert_eq!(decimal(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn days_are_read_in_every_usual_way() {
    for text in ["5/6/2026", "05/06/2026", "5-6-2026", "05.06.2026", "05062026", "5/6/26"] {
        assert_eq!(day::read(text), Some(date(2026, 6, 5)), "{text}");
    }
    for text in ["31/2/2026", "6/2026", "2026-06-05", "5/6/202", "abc", "00/01/2026"] {
        assert_eq!(read(FieldType::Date, text), Some(Value::Unparsed(text.into())), "{text}");
    }
    assert_eq!(day::official(date(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
    assert_eq!(day::official(date(2026, 6, 15)), "ngày 15 tháng 6 năm 2026");
    let first_half = "2026-h1".parse().expect("a period");
    assert_eq!(
        day::window(Windows::default().start(first_half), Windows::default().end(first_half)),
        "15/12/2025–14/06/2026"
    );
}

#[test]
fn the_day_is_the_day_in_viet_nam() {
    let just_before_midnight_utc = 1_795_391_999_000;
    assert_eq!(day::of_moment(just_before_midnight_utc), date(2026, 11, 23));
    assert_eq!(day::show_moment(just_before_midnight_utc), "23/11/2026 06:59");
    assert_eq!(day::days_left(date(2026, 12, 13), date(2026, 12, 16), Language::Vi), "còn 3 ngày");
    assert_eq!(day::days_left(date(2026, 12, 17), date(2026, 12, 16), Language::En), "1 day overdue");
}

#[test]
fn a_share_below_its_threshold_never_reads_as_if_it_reached_it() {
    assert_eq!(number::share(Exact::new(400, 7)), "57,1\u{a0}%");
    assert_eq!(number::share(Exact::new(99_999, 1_000)), "99,9\u{a0}%");
    assert_eq!(number::share(Exact::new(200, 3)), "66,7\u{a0}%");
    assert_eq!(number::share_against(Exact::new(6_999, 100), Exact::from_integer(70)), "69,9\u{a0}%");
    assert_eq!(number::share(Exact::from_integer(100)), "100,0\u{a0}%");
}

#[test]
fn sorting_follows_the_vietnamese_alphabet() {
    let mut names = vec![
        "Hương Trà",
        "Đan Điền",
        "A Lưới 10",
        "Phú Xuân",
        "Dương Nỗ",
        "A Lưới 2",
        "Hương Thủy",
        "Hóa Châu",
        "Hưng Lộc",
        "Hương An",
    ];
    names.sort_by_key(|name| fold::sort_key(name));
    assert_eq!(
        names,
        [
            "A Lưới 2",
            "A Lưới 10",
            "Dương Nỗ",
            "Đan Điền",
            "Hóa Châu",
            "Hưng Lộc",
            "Hương An",
            "Hương Thủy",
            "Hương Trà",
            "Phú Xuân"
        ]
    );
}

#[test]
fn searching_needs_no_marks_and_honours_them() {
    assert_eq!(fold::without_marks("Phường Dương Nỗ"), "phuong duong no");
    assert_eq!(fold::matches("Đường Đan Điền", "dan dien"), 1);
    assert_eq!(fold::matches("Đường Đan Điền", "đan điền"), 2);
    assert_eq!(fold::matches("Đường Đan Điền", "phú"), 0);
}

proptest! {
    #[test]
    fn what_is_shown_reads_back_the_same(units in any::<i64>(), scale in 0..6_u8) {
        let decimal = Value::Decimal(Decimal::new(units / 2, scale));
        let Value::Decimal(number) = decimal else { unreachable!() };
        // `1.234` must be one thousand …, so a shown decimal never relies on a dot.
        prop_assert_eq!(number::read(&show(&Value::Decimal(number))), Some(number));
        let whole = Value::Int(units);
        prop_assert_eq!(read(FieldType::Int, &show(&whole)), Some(whole));
    }

    #[test]
    fn every_day_reads_back_the_same(days in 0..60_000_i32) {
        let day = date(1950, 1, 1).plus(days).unwrap();
        prop_assert_eq!(read(FieldType::Date, &show(&Value::Date(day))), Some(Value::Date(day)));
    }

    #[test]
    fn whatever_is_typed_is_kept(text in "\\PC{1,30}") {
        for kind in [FieldType::Int, FieldType::Dec, FieldType::Date, FieldType::Text, FieldType::Long, FieldType::Url] {
            match read(kind, &text) {
                None => prop_assert!(text.trim().is_empty()),
                Some(Value::Unparsed(kept) | Value::Text(kept)) => {
                    use unicode_normalization::UnicodeNormalization as _;
                    prop_assert_eq!(kept, text.nfc().collect::<String>());
                }
                Some(value) => prop_assert_eq!(read(kind, &show(&value)), Some(value)),
            }
        }
    }

    #[test]
    fn folding_never_fails(text in "\\PC{0,40}") {
        let _ = (fold::without_marks(&text), fold::sort_key(&text), fold::matches(&text, "a"));
    }
}

//! The calendar of ours against that of a library, and its own laws.

use lantoa_shared::date::Date;
use proptest::prelude::*;

#[test]
fn every_day_of_four_centuries_is_the_library_s_day() {
    let mut theirs = jiff::civil::date(1799, 12, 31);
    let mut ours = Date::new(1799, 12, 31).unwrap();
    while theirs.year() < 2201 {
        assert_eq!(ours.to_string(), theirs.to_string());
        assert_eq!(ours.to_string().parse(), Ok(ours));
        let weekend =
            matches!(theirs.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
        assert_eq!(ours.is_weekend(), weekend, "{ours}");
        theirs = theirs.tomorrow().unwrap();
        let next = ours.plus(1).unwrap();
        assert!(next > ours, "{ours}");
        ours = next;
    }
}

#[test]
fn years_end_where_they_are_said_to() {
    assert_eq!(Date::new(0, 1, 1).unwrap().plus(-1), None);
    assert_eq!(Date::new(9999, 12, 31).unwrap().plus(1), None);
    assert_eq!(Date::new(9999, 12, 31).unwrap().plus(i32::MAX), None);
    assert_eq!(Date::of_millis(i64::MIN), None);
    assert_eq!(Date::of_millis(i64::MAX), None);
}

proptest! {
    #[test]
    fn three_numbers_are_a_day_exactly_where_the_library_says_so(year in -10..10_010_i16, month in 0..14_u8, day in 0..33_u8) {
        let ours = Date::new(year, month, day);
        let theirs = jiff::civil::Date::new(year, i8::try_from(month).unwrap(), i8::try_from(day).unwrap());
        prop_assert_eq!(ours.is_some(), theirs.is_ok() && (0..=9999).contains(&year));
    }

    #[test]
    fn a_moment_falls_on_the_library_s_day(millis in -60_000_000_000_000..250_000_000_000_000_i64) {
        let moment = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_millisecond(millis).unwrap());
        let (day, minute) = Date::of_millis(millis).unwrap();
        prop_assert_eq!(day.to_string(), moment.date().to_string());
        prop_assert_eq!(i32::from(minute), i32::from(moment.hour()) * 60 + i32::from(moment.minute()));
    }

    #[test]
    fn any_text_is_read_or_refused_but_never_panics(text in "\\PC{0,12}") {
        let _ = text.parse::<Date>();
    }

    #[test]
    fn days_there_and_back(days in -700_000..2_900_000_i32) {
        if let Some(day) = Date::from_1970(days) {
            prop_assert_eq!(day.since_1970(), days);
        }
    }
}

//! Days as dd/mm/yyyy, and the longer forms official text uses.

use crate::{
    date::{Date, date},
    language::Language,
};

/// Milliseconds by which Việt Nam is ahead of UTC: 7 hours, without summer time since 1975.
const VIET_NAM: i64 = 7 * 3_600_000;

/// Reads `5/6/2026`, `05/06/2026`, `5-6-2026`, `5.6.2026`, `05062026` or `5/6/26`.
pub fn read(text: &str) -> Option<Date> {
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&text[..2], &text[2..4], &text[4..]]
    } else {
        text.split(['/', '-', '.', ' ']).collect()
    };
    let [day, month, year] = parts.as_slice() else { return None };
    let year: i16 = match year.len() {
        2 => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    if year < 1900 {
        return None;
    }
    Date::new(year, month.parse().ok()?, day.parse().ok()?)
}

/// `05/06/2026`.
pub fn show(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// The days of a period, as they stand beside whatever happened within it: `15/12/2025–14/06/2026`.
pub fn window(from: Date, to: Date) -> String {
    format!("{}–{}", show(from), show(to))
}

/// `ngày 05 tháng 6 năm 2026` (Decree 30/2020: two digits for days below 10 and months 1 and 2).
pub fn official(day: Date) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `05/06/2026 08:00` in Việt Nam, from milliseconds since 1970.
pub fn show_moment(millis: i64) -> String {
    let Some((day, minute)) = Date::of_millis(millis.saturating_add(VIET_NAM)) else { return String::new() };
    format!("{} {:02}:{:02}", show(day), minute / 60, minute % 60)
}

/// The day in Việt Nam at a moment given in milliseconds since 1970; 1 January 1970 for moments no calendar has.
pub fn of_moment(millis: i64) -> Date {
    const BEGINNING: Date = date(1970, 1, 1);
    Date::of_millis(millis.saturating_add(VIET_NAM)).map_or(BEGINNING, |(day, _)| day)
}

/// When a day begins in Việt Nam, in milliseconds since 1970.
pub fn begin(day: Date) -> i64 {
    i64::from(day.since_1970()) * 86_400_000 - VIET_NAM
}

/// Whole days from one day to another; negative if the other is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    to.since_1970() - from.since_1970()
}

/// How long until a day, in words.
pub fn days_left(today: Date, due: Date, language: Language) -> String {
    let days = days_between(today, due);
    match (language, days) {
        (Language::Vi, 0) => "hạn hôm nay".to_owned(),
        (Language::En, 0) => "due today".to_owned(),
        (Language::Vi, 1..) => format!("còn {days} ngày"),
        (Language::En, 1) => "1 day left".to_owned(),
        (Language::En, 2..) => format!("{days} days left"),
        (Language::Vi, _) => format!("quá hạn {} ngày", -days),
        (Language::En, -1) => "1 day overdue".to_owned(),
        (Language::En, _) => format!("{} days overdue", -days),
    }
}

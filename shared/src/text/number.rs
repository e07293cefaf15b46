//! Numbers as 1.234.567,5: a dot between thousands, a comma before decimals (rules.md section 6).
//!
//! `1.234` is one thousand two hundred and thirty-four, `1.5` one and a half: a dot counts as a
//! thousands mark only where three digits follow it.

use crate::value::{Decimal, Exact};
use num_traits::CheckedMul as _;

/// Reads a number with or without decimals.
pub fn read(text: &str) -> Option<Decimal> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text),
    };
    let (whole, fraction) = match digits.split_once(',') {
        Some((whole, fraction)) => (ungroup(whole)?, fraction),
        None => match ungroup(digits) {
            Some(whole) => (whole, ""),
            // A dot that cannot stand between thousands is a decimal sign of another habit.
            None => {
                let (whole, fraction) = digits.split_once('.')?;
                (whole.to_owned(), fraction)
            }
        },
    };
    if digits.ends_with(',') || digits.ends_with('.') {
        return None;
    }
    let machine =
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    Decimal::from_machine_text(&machine)
}

/// Reads a whole number.
pub fn read_whole(text: &str) -> Option<i64> {
    read(text)?.machine_text().parse().ok()
}

/// Takes the marks between thousands out; `None` if they do not stand there rightly.
fn ungroup(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', ' ', '\u{a0}', '\u{202f}']).collect();
    let rightly = parts.len() == 1
        || (!parts[0].is_empty()
            && parts[0].len() <= 3
            && !parts[0].starts_with('0')
            && parts[1..].iter().all(|part| part.len() == 3));
    let digits = parts.concat();
    (rightly && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Shows a decimal in full.
pub fn show(number: Decimal) -> String {
    let machine = number.machine_text();
    let (sign, digits) = machine.strip_prefix('-').map_or(("", machine.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{fraction}", group(whole))
}

/// Shows an exact number: in full if its decimals end within six places, else with one decimal.
pub fn exact(number: Exact) -> String {
    let millionths = number.checked_mul(&Exact::from_integer(1_000_000)).filter(Exact::is_integer);
    match millionths.and_then(|millionths| i64::try_from(millionths.to_integer()).ok()) {
        Some(millionths) => show(Decimal::new(millionths, 6)),
        None if number.is_integer() => group_signed(&number.to_integer().to_string()),
        None => one_decimal(number),
    }
}

/// Shows a share of a hundred as `57,1 %`; less than 100 never reads as 100.
pub fn share(number: Exact) -> String {
    share_against(number, Exact::from_integer(100))
}

/// Shows a share beside its threshold. It is rounded, but a share below the threshold never reads
/// as if it had reached it (R18): then it is cut.
pub fn share_against(number: Exact, threshold: Exact) -> String {
    let rounded = number.checked_mul(&Exact::from_integer(10)).map(|tenths| tenths.round());
    let reads_as_reached = rounded.is_some_and(|tenths| tenths >= threshold * Exact::from_integer(10));
    let shown = if number < threshold && reads_as_reached { cut(number) } else { one_decimal(number) };
    format!("{shown}\u{a0}%")
}

fn one_decimal(number: Exact) -> String {
    tenths(number, |tenths| tenths.round())
}

fn cut(number: Exact) -> String {
    tenths(number, |tenths| tenths.trunc())
}

fn tenths(number: Exact, whole: impl Fn(Exact) -> Exact) -> String {
    let Some(tenths) = number.checked_mul(&Exact::from_integer(10)) else {
        return group_signed(&number.to_integer().to_string());
    };
    let tenths = whole(tenths).to_integer();
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{},{}", group(&(tenths / 10).to_string()), tenths % 10)
}

fn group_signed(digits: &str) -> String {
    match digits.strip_prefix('-') {
        Some(rest) => format!("-{}", group(rest)),
        None => group(digits),
    }
}

fn group(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

//! Buttons that work on whole lines: headings, lists, quotations.

use super::{Change, Mark};
use std::ops::Range;

/// What a line begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Heading(usize),
    Bullet,
    Number,
    Quote,
}

/// What a button does to the lines that are touched by what is selected. Empty lines stay empty.
pub(super) fn press(text: &str, selected: Range<usize>, mark: &Mark) -> Change {
    let from = text[..selected.start].rfind('\n').map_or(0, |end| end + 1);
    // A line that is touched at its beginning only is not meant.
    let last = if selected.len() > 1 && text[..selected.end].ends_with('\n') {
        selected.end - 1
    } else {
        selected.end
    };
    let to = text[last..].find('\n').map_or(text.len(), |end| last + end);
    let place = from..to;
    let lines: Vec<&str> = text[place.clone()].split('\n').collect();
    let is_only = lines.len() == 1;
    let is_meant = |line: &&&str| is_only || !line.trim().is_empty();
    let found: Vec<Sign> = lines.iter().filter(is_meant).map(|line| sign(line).0).collect();
    let all = |wanted: fn(Sign) -> bool| !found.is_empty() && found.iter().all(|sign| wanted(*sign));
    let wanted = match mark {
        Mark::Heading if all(|sign| sign == Sign::Heading(2)) => Sign::Heading(3),
        Mark::Heading if all(|sign| matches!(sign, Sign::Heading(_))) => Sign::None,
        Mark::Heading => Sign::Heading(2),
        Mark::Bullets if all(|sign| sign == Sign::Bullet) => Sign::None,
        Mark::Bullets => Sign::Bullet,
        Mark::Numbers if all(|sign| sign == Sign::Number) => Sign::None,
        Mark::Numbers => Sign::Number,
        _ if all(|sign| sign == Sign::Quote) => Sign::None,
        _ => Sign::Quote,
    };
    let (mut number, mut new) = (0, Vec::new());
    for line in &lines {
        if !is_meant(&line) {
            new.push((*line).to_owned());
            continue;
        }
        number += 1;
        let bare = &line[sign(line).1..];
        new.push(match wanted {
            Sign::None => bare.to_owned(),
            Sign::Heading(level) => format!("{} {bare}", "#".repeat(level)),
            Sign::Bullet => format!("- {bare}"),
            Sign::Number => format!("{number}. {bare}"),
            // Lists may be quoted, headings too.
            Sign::Quote => format!("> {line}"),
        });
    }
    let mut new = new.join("\n");
    let selected = match is_only {
        // As if the sign had been typed: one goes on writing where one was.
        true => {
            let behind = text.len().min(place.end) - selected.end.min(place.end);
            let end = (place.start + new.len()).saturating_sub(behind).max(place.start);
            let within = selected.end.min(place.end).saturating_sub(selected.start);
            let length = within.min(end - place.start);
            end - length..end
        }
        false => place.start..place.start + new.len(),
    };
    // A line right below would go on with the last item.
    let below = text[place.end..].strip_prefix('\n').and_then(|rest| rest.lines().next());
    let goes_on = matches!(wanted, Sign::Bullet | Sign::Number | Sign::Quote)
        && below.is_some_and(|line| !line.trim().is_empty() && sign(line).0 == Sign::None);
    if goes_on {
        new.push('\n');
    }
    Change { place, text: new, selected }
}

/// With which sign a line begins, and how long it is.
fn sign(line: &str) -> (Sign, usize) {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level) && line[level..].starts_with(' ') {
        return (Sign::Heading(level.clamp(2, 3)), level + 1);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") ")) {
        return (Sign::Number, digits + 2);
    }
    match line.get(..2) {
        Some("- " | "* " | "+ ") => (Sign::Bullet, 2),
        Some("> ") => (Sign::Quote, 2),
        _ => (Sign::None, 0),
    }
}

//! Vietnamese text for searching and sorting (rules.md sections 6 and 8).

use super::normal::{composed, decomposed};

/// Folds text for a search without marks: `Phường Dương Nỗ` → `phuong duong no`.
pub fn without_marks(text: &str) -> String {
    decomposed(text)
        .chars()
        .filter(|char| !is_combining_mark(*char))
        .flat_map(char::to_lowercase)
        .map(|char| if char == 'đ' { 'd' } else { char })
        .collect()
}

/// How well `text` answers a search: 0 not at all, 1 without regard to marks, 2 with its marks.
pub fn matches(text: &str, query: &str) -> u8 {
    let query = query.trim();
    if query.is_empty() {
        return 1;
    }
    let lower = |text: &str| composed(text).to_lowercase();
    if lower(text).contains(&lower(query)) {
        2
    } else {
        u8::from(without_marks(text).contains(&without_marks(query)))
    }
}

/// The order of letters, then the order of tones: none, huyền, hỏi, ngã, sắc, nặng.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key that sorts text as Vietnamese dictionaries do: by letters first (a ă â b … d đ e ê …),
/// numbers by their value, then by tones.
pub fn sort_key(text: &str) -> (Vec<u32>, Vec<u8>) {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    let mut number: Option<u32> = None;
    for char in decomposed(text).chars().flat_map(char::to_lowercase) {
        if let Some(digit) = char.to_digit(10) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        if let Some(number) = number.take() {
            letters.push(0x1000 + number.min(0xF_FFFF));
        }
        match (char, letters.last_mut()) {
            ('\u{300}' | '\u{309}' | '\u{303}' | '\u{301}' | '\u{323}', _) => {
                let tone = "\u{300}\u{309}\u{303}\u{301}\u{323}".chars().position(|tone| tone == char);
                if let Some(last) = tones.last_mut() {
                    *last = u8::try_from(tone.map_or(0, |tone| tone + 1)).unwrap_or(0);
                }
                continue;
            }
            ('\u{306}' | '\u{302}' | '\u{31b}', Some(last)) => {
                *last = with_mark(*last, char);
                continue;
            }
            _ => {}
        }
        let order = LETTERS.chars().position(|letter| letter == char);
        letters.push(match order {
            Some(order) => 0x20_0000 + u32::try_from(order).unwrap_or(0),
            None if char.is_whitespace() => 0,
            None => u32::from(char) % 0x1000,
        });
        tones.push(0);
    }
    if let Some(number) = number {
        letters.push(0x1000 + number.min(0xF_FFFF));
    }
    (letters, tones)
}

fn with_mark(letter: u32, mark: char) -> u32 {
    let base = letter.checked_sub(0x20_0000).and_then(|order| LETTERS.chars().nth(order as usize));
    let marked = match (base, mark) {
        (Some('a'), '\u{306}') => 'ă',
        (Some('a'), '\u{302}') => 'â',
        (Some('e'), '\u{302}') => 'ê',
        (Some('o'), '\u{302}') => 'ô',
        (Some('o'), '\u{31b}') => 'ơ',
        (Some('u'), '\u{31b}') => 'ư',
        _ => return letter,
    };
    let order = LETTERS.chars().position(|letter| letter == marked).unwrap_or(0);
    0x20_0000 + u32::try_from(order).unwrap_or(0)
}

/// The marks that Vietnamese letters bear, apart from their letters.
fn is_combining_mark(char: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&char)
}

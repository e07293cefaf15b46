//! Two versions of one long text, put together sentence by sentence where they do not touch.
//!
//! Only texts that grew out of one common text are merged, and only if no sentence was changed on both sides.
//! Invariant: the order of the two sides does not matter.

/// Shorter texts are names and titles: putting two of them together makes a third that nobody wrote.
const SHORTEST: usize = 80;

/// Stands for a line break inside a sentence while lines stand for sentences. A text that has it is not merged.
const BREAK: char = '\u{e000}';

/// Puts two texts together that were both made from `base`; `None` if they touch.
pub fn merge(base: &str, one: &str, other: &str) -> Option<String> {
    if [base, one, other].iter().any(|text| text.contains(BREAK)) || base.chars().count() < SHORTEST {
        return None;
    }
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    let lines = |text: &str| {
        let sentences: Vec<String> =
            sentences(text).map(|sentence| sentence.replace('\n', &BREAK.to_string())).collect();
        sentences.join("\n") + "\n"
    };
    let merged = diffy::merge(&lines(base), &lines(one), &lines(other)).ok()?;
    Some(merged.replace('\n', "").replace(BREAK, "\n"))
}

/// The sentences of a text and what lies between them, each by itself: so no sentence is another because something was
/// written before or behind it.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let is_gap = |letter: char| matches!(letter, ' ' | '\n');
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with(is_gap) {
            rest.find(|letter| !is_gap(letter))
        } else {
            let mut before = ' ';
            rest.char_indices().find_map(|(at, letter)| {
                let ends = letter == '\n' || (matches!(before, '.' | '!' | '?' | '…' | ';') && letter == ' ');
                before = letter;
                ends.then_some(at)
            })
        };
        let (sentence, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        Some(sentence)
    })
}

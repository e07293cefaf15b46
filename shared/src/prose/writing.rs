//! What the buttons above an article do to its text.
//!
//! A button says which part of the text gives way to what, as a person who types it would, so that the browser can take
//! it back as it takes back typing. Invariant: what was selected is still there afterwards; only signs come and go.
//! Places are counted in units of UTF-16, as browsers count them.

mod lines;

use std::ops::Range;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The lines are headings; pressed again, smaller ones; once more, none.
    Heading,
    /// The words are of weight.
    Bold,
    /// The words are stressed.
    Italic,
    /// The lines are items of a list.
    Bullets,
    /// The lines are numbered.
    Numbers,
    /// The lines are what somebody else said.
    Quote,
    /// The words lead to an address, which is to be typed.
    Link,
    /// A picture of this file name, in a paragraph of its own.
    Picture(String),
}

/// What becomes of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What gives way.
    pub place: Range<usize>,
    /// What comes there.
    pub text: String,
    /// What is selected afterwards.
    pub selected: Range<usize>,
}

/// What an address begins with that is to be typed.
const ADDRESS: &str = "https://";

/// What a button does where so much of a text is selected. `filler` stands where words are still to be typed.
pub fn press(text: &str, selected: Range<usize>, mark: &Mark, filler: &str) -> Change {
    let (from, to) = (byte(text, selected.start), byte(text, selected.end));
    let selected = from..to.max(from);
    let change = match mark {
        Mark::Bold => around(text, selected, "**", filler),
        Mark::Italic => around(text, selected, "*", filler),
        Mark::Link => link(text, selected, filler),
        Mark::Picture(file) => picture(text, &selected, file, filler),
        Mark::Heading | Mark::Bullets | Mark::Numbers | Mark::Quote => lines::press(text, selected, mark),
    };
    in_units(text, change)
}

/// The place of a unit in bytes, at a whole sign.
fn byte(text: &str, unit: usize) -> usize {
    let mut units = 0;
    for (at, char) in text.char_indices() {
        if units >= unit {
            return at;
        }
        units += char.len_utf16();
    }
    text.len()
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A change told in bytes (what is selected: of the text afterwards) as browsers count.
fn in_units(text: &str, change: Change) -> Change {
    let Change { place, text: new, selected } = change;
    let after = [&text[..place.start], &new, &text[place.end..]].concat();
    let selected = units(&after[..selected.start])..units(&after[..selected.end]);
    Change { place: units(&text[..place.start])..units(&text[..place.end]), text: new, selected }
}

/// Without the blanks at both ends: signs beside blanks mean nothing.
fn trimmed(text: &str, selected: &Range<usize>) -> Range<usize> {
    let whole = &text[selected.clone()];
    let from = selected.start + (whole.len() - whole.trim_start().len());
    from..(selected.start + whole.trim_end().len()).max(from)
}

/// Puts signs around the words, or takes them away.
fn around(text: &str, selected: Range<usize>, sign: &str, filler: &str) -> Change {
    let place = trimmed(text, &selected);
    let n = sign.len();
    let words = &text[place.clone()];
    if words.is_empty() {
        let at = selected.start;
        let new = format!("{sign}{filler}{sign}");
        return Change { place: selected, text: new, selected: at + n..at + n + filler.len() };
    }
    // Outside of what is selected, or at its ends.
    let before = stars(text[..place.start].chars().rev());
    let behind = stars(text[place.end..].chars());
    if bears(before.min(behind), n) {
        let place = place.start - n..place.end + n;
        let selected = place.start..place.start + words.len();
        return Change { text: words.to_owned(), place, selected };
    }
    let within = stars(words.chars()).min(stars(words.chars().rev()));
    if bears(within, n) && words.len() > 2 * n {
        let bare = words[n..words.len() - n].to_owned();
        let selected = place.start..place.start + bare.len();
        return Change { place, text: bare, selected };
    }
    // Signs do not reach over the end of a paragraph: each line bears its own.
    let signed = |line: &str| match line.trim() {
        "" => line.to_owned(),
        bare => line.replacen(bare, &format!("{sign}{bare}{sign}"), 1),
    };
    let new = words.split('\n').map(signed).collect::<Vec<_>>().join("\n");
    let is_line = !words.contains('\n');
    let selected = if is_line {
        place.start + n..place.start + n + words.len()
    } else {
        place.start..place.start + new.len()
    };
    Change { place, text: new, selected }
}

fn stars(signs: impl Iterator<Item = char>) -> usize {
    signs.take_while(|sign| *sign == '*').count()
}

/// Whether among so many stars are those of a sign with this many.
fn bears(stars: usize, sign: usize) -> bool {
    if sign == 2 { stars >= 2 } else { stars == 1 || stars >= 3 }
}

fn link(text: &str, selected: Range<usize>, filler: &str) -> Change {
    let place = if text[selected.clone()].trim().is_empty() { selected } else { trimmed(text, &selected) };
    let words = &text[place.clone()];
    let at = place.start + 1;
    if words.starts_with(ADDRESS) && !words.contains(char::is_whitespace) {
        // An address was selected: its words are missing.
        let new = format!("[{filler}]({})", target(words));
        return Change { place, text: new, selected: at..at + filler.len() };
    }
    let words = if words.trim().is_empty() { filler } else { words };
    let words = words.replace('\n', " ");
    let address = at + words.len() + 2 + ADDRESS.len();
    Change { place, text: format!("[{words}]({ADDRESS})"), selected: address..address }
}

fn picture(text: &str, selected: &Range<usize>, file: &str, filler: &str) -> Change {
    let at = text[selected.end..].find('\n').map_or(text.len(), |end| selected.end + end);
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    // On an empty line it takes its place.
    let at = if text[line..at].trim().is_empty() { line } else { at };
    let before = match &text[..at] {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let behind = match &text[at..] {
        rest if rest.starts_with("\n\n") => "",
        "" => "\n\n",
        rest if rest.starts_with('\n') => "\n",
        _ => "\n\n",
    };
    let begin = at + before.len() + 2;
    let new = format!("{before}![{filler}]({}){behind}", target(file));
    Change { place: at..at, text: new, selected: begin..begin + filler.len() }
}

/// Whether a text begins like the name of a sign, `&amp;`.
fn is_name_of_sign(text: &str) -> bool {
    let name = text.strip_prefix('&').and_then(|rest| rest.split_once(';'));
    name.is_some_and(|(name, _)| name.chars().all(|char| char.is_ascii_alphanumeric() || char == '#'))
}

/// An address or a file name as it stands in brackets.
fn target(name: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_.~:/?#@!$&'+,;=%".contains(char);
    let is_sign = |at: usize| is_name_of_sign(&name[at..]);
    if name.char_indices().all(|(at, char)| is_plain(char) && !is_sign(at)) {
        return name.to_owned();
    }
    let mut written = String::from("<");
    for (at, char) in name.char_indices() {
        if matches!(char, '<' | '>' | '\\') || is_sign(at) {
            written.push('\\');
        }
        written.push(char);
    }
    written + ">"
}

//! What is written in a document: the words of office documents, PDF and plain text, so that it is found by them.
//!
//! What was sent is hostile. Nothing here is trusted but the bytes, which are not more than [`MOST_BYTES`]: neither
//! name nor type. Invariant: what cannot be read whole says nothing; what is given back is at most [`MOST_TEXT`]
//! long, and holds no signs but those of a text. How much memory and time reading takes besides is bounded from
//! outside (`texts`): it is done in a process of its own.

mod office;
mod pdf;

/// Larger documents are not read, in bytes (forms.md section 9: a document has at most 30 MB).
pub const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// How much of what is written is kept, in bytes.
pub const MOST_TEXT: usize = 200_000;

/// What is written in a document, a paragraph a line; `None` if it is nothing that we can read, or nothing is written
/// in it. PDF that is a photo of paper has no words.
pub fn text_of(bytes: &[u8]) -> Option<String> {
    let mut text = Text::default();
    if bytes.starts_with(b"PK\x03\x04") {
        office::read(bytes, &mut text)?;
    } else if bytes.starts_with(b"%PDF-") {
        pdf::read(bytes, &mut text)?;
    } else {
        text.write(&plain(bytes)?);
    }
    Some(text.end()).filter(|text| !text.is_empty())
}

/// A text as it was typed: UTF-8, or UTF-16 that says so. What has zeros is none.
fn plain(bytes: &[u8]) -> Option<String> {
    let of_pairs = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, odd) = rest.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
        odd.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => of_pairs(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => of_pairs(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok()?.to_owned(),
        all => std::str::from_utf8(all).ok()?.to_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

/// A text that is put together from what is found, with one blank between words and one break between lines.
#[derive(Debug, Default)]
pub struct Text {
    written: String,
    /// What stands between what is written and what comes next.
    gap: Option<char>,
}

impl Text {
    /// Whether nothing more is kept.
    pub fn is_full(&self) -> bool {
        self.written.len() >= MOST_TEXT
    }

    /// Writes on. Whatever is no letter, digit or other sign of a text is a blank.
    pub fn write(&mut self, text: &str) {
        for sign in text.chars() {
            match sign {
                '\n' => self.end_line(),
                _ if sign.is_whitespace() || sign.is_control() => self.space(),
                // What a font could not name says nothing.
                '\u{FFFD}' | '\u{FEFF}' | '\u{AD}' => {}
                // Letters that are printed as one.
                '\u{FB00}'..='\u{FB04}' => {
                    self.write(["ff", "fi", "fl", "ffi", "ffl"][sign as usize - 0xFB00]);
                }
                _ if self.is_full() => return,
                _ => {
                    self.written.extend(self.gap.take().filter(|_| !self.written.is_empty()));
                    self.written.push(sign);
                }
            }
        }
    }

    /// The next word stands apart.
    pub fn space(&mut self) {
        self.gap = self.gap.or(Some(' '));
    }

    /// The next word stands in another line.
    pub fn end_line(&mut self) {
        self.gap = Some('\n');
    }

    fn end(mut self) -> String {
        while self.written.len() > MOST_TEXT {
            self.written.pop();
        }
        self.written
    }
}

#[cfg(test)]
mod tests;

//! Office documents: packed XML, of Microsoft's kind (DOCX, XLSX, PPTX) or OASIS's (ODT, ODS, ODP).
//!
//! Only what everybody sees who opens the document: no remarks, nothing that was struck out, no speaker's notes. What
//! unpacks to more than [`MOST_XML`] was made to do harm.

use super::Text;
use quick_xml::{
    Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, Event},
};
use std::io::{BufRead, BufReader, Cursor, Read as _};
use zip::ZipArchive;

/// Most bytes that the parts of one document may unpack to.
const MOST_XML: u64 = 64 * 1024 * 1024;
/// Most parts of one document.
const MOST_PARTS: usize = 10_000;

/// Where in a kind of XML the words stand, by the names of elements without their prefixes.
#[derive(Clone, Copy)]
struct Grammar {
    /// Words stand only inside of these.
    words: &'static [&'static str],
    /// After these another line begins.
    lines: &'static [&'static str],
    /// These stand for a blank.
    blanks: &'static [&'static str],
    /// What is inside of these nobody is shown.
    hidden: &'static [&'static str],
}

const WORD: Grammar =
    Grammar { words: &["t"], lines: &["p"], blanks: &["tab", "br", "cr"], hidden: &["del", "moveFrom"] };
const SHEET: Grammar = Grammar { words: &["t"], lines: &["si", "is"], blanks: &[], hidden: &["rPh"] };
const SLIDE: Grammar = Grammar { words: &["t"], lines: &["p"], blanks: &["br"], hidden: &[] };
const OPEN: Grammar = Grammar {
    words: &["p", "h"],
    lines: &["p", "h"],
    blanks: &["s", "tab", "line-break"],
    hidden: &["tracked-changes", "annotation", "notes"],
};

/// The parts of a document that hold its words, in the order in which they are read.
fn parts(archive: &ZipArchive<Cursor<&[u8]>>) -> Vec<(String, Grammar)> {
    let of = |name: &str| {
        let number = |before: &str| {
            let number = name.strip_prefix(before)?.strip_suffix(".xml")?;
            number.parse::<u32>().ok()
        };
        Some(match name {
            "word/document.xml" => ((0, 0), WORD),
            "word/footnotes.xml" => ((1, 0), WORD),
            "word/endnotes.xml" => ((2, 0), WORD),
            "xl/sharedStrings.xml" => ((0, 0), SHEET),
            "content.xml" => ((0, 0), OPEN),
            _ if let Some(number) = number("xl/worksheets/sheet") => ((1, number), SHEET),
            _ => ((0, number("ppt/slides/slide")?), SLIDE),
        })
    };
    let mut parts: Vec<_> = archive
        .file_names()
        .filter_map(|name| {
            let name = name.ok()?;
            of(&name).map(|(place, grammar)| (place, name.into_owned(), grammar))
        })
        .collect();
    parts.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    parts.into_iter().map(|(_, name, grammar)| (name, grammar)).collect()
}

/// Writes down what is written in a document; `None` if it is none, or cannot be read.
pub fn read(bytes: &[u8], text: &mut Text) -> Option<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MOST_PARTS {
        return None;
    }
    let mut left = MOST_XML;
    for (name, grammar) in parts(&archive) {
        // A part with a password is an error here.
        let part = archive.by_name(&name).ok()?;
        let mut xml = BufReader::new(part.take(left));
        draw(&mut xml, grammar, text)?;
        left = xml.get_ref().limit();
        if text.is_full() {
            break;
        }
        if left == 0 {
            return None;
        }
        text.end_line();
    }
    Some(())
}

/// Writes down the words of one part.
fn draw(xml: &mut impl BufRead, grammar: Grammar, text: &mut Text) -> Option<()> {
    let mut reader = Reader::from_reader(xml);
    let (mut buffer, mut words, mut hidden) = (Vec::new(), 0_usize, 0_usize);
    let holds = |names: &[&str], name: &[u8]| names.iter().any(|its| its.as_bytes() == name);
    while !text.is_full() {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(begun) => {
                let name = begun.local_name();
                words += usize::from(holds(grammar.words, name.as_ref()));
                hidden += usize::from(holds(grammar.hidden, name.as_ref()));
                if holds(grammar.blanks, name.as_ref()) {
                    text.space();
                }
            }
            Event::Empty(alone) if holds(grammar.blanks, alone.local_name().as_ref()) => text.space(),
            Event::End(ended) => {
                let name = ended.local_name();
                words = words.saturating_sub(usize::from(holds(grammar.words, name.as_ref())));
                hidden = hidden.saturating_sub(usize::from(holds(grammar.hidden, name.as_ref())));
                if holds(grammar.lines, name.as_ref()) {
                    text.end_line();
                }
            }
            Event::Text(written) if words > 0 && hidden == 0 => text.write(&written.decode().ok()?),
            Event::CData(written) if words > 0 && hidden == 0 => text.write(&written.decode().ok()?),
            Event::GeneralRef(sign) if words > 0 && hidden == 0 => text.write(&named(&sign)?),
            Event::Eof => break,
            _ => {}
        }
    }
    Some(())
}

/// The sign that stands for `&amp;` or `&#7871;`. Names of the document's own are not followed: they were made to grow.
fn named(sign: &BytesRef<'_>) -> Option<String> {
    if let Some(sign) = sign.resolve_char_ref().ok()? {
        return Some(sign.to_string());
    }
    Some(resolve_xml_entity(&sign.decode().ok()?).unwrap_or_default().to_owned())
}

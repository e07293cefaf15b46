//! From what the parser of Markdown tells to our tree.
//!
//! Invariant: what the tree has no place for goes into it as it was written, signs and all.

use super::{Block, Inline, Item, Level, Words};
use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use std::ops::Range;

/// What a link may begin with.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Reads a text into blocks that are at most `room` deep.
pub(super) fn read(text: &str, is_picture: &dyn Fn(&str) -> bool, room: usize) -> Vec<Block> {
    let Some(without) = without_definitions(text) else { return read_shown(text, is_picture, room) };
    match without_definitions(&without) {
        None => read_shown(&without, is_picture, room),
        // Of several with one name the parser tells the first only.
        Some(_) => read_shown(&text.replace("]:", "]\\:"), is_picture, room),
    }
}

/// The text with its lines that say where links lead as ordinary words, if it has any: nobody sees such lines, and here
/// nothing is hidden.
fn without_definitions(text: &str) -> Option<String> {
    let parser = Parser::new_ext(text, Options::empty());
    let mut places: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    places.sort_by_key(|place| place.start);
    let mut shown = String::new();
    let mut at = 0;
    for place in &places {
        shown += text.get(at..place.start)?;
        shown += &text.get(place.clone())?.replace("]:", "]\\:");
        at = place.end;
    }
    shown += &text[at..];
    (!places.is_empty()).then_some(shown)
}

fn read_shown(text: &str, is_picture: &dyn Fn(&str) -> bool, room: usize) -> Vec<Block> {
    let events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    let mut reader = Reader { text, is_picture, room, ..Reader::default() };
    reader.take(events);
    reader.blocks()
}

/// What is open, from the outside in.
enum Frame {
    Quote(Vec<Block>),
    List { is_numbered: bool, items: Vec<Item> },
    Item(Item),
}

/// A link whose end has not come.
struct OpenLink {
    to: String,
    words: Vec<Words>,
}

struct Reader<'a> {
    text: &'a str,
    is_picture: &'a dyn Fn(&str) -> bool,
    room: usize,
    done: Vec<Block>,
    frames: Vec<Frame>,
    /// How many blocks are open that found no room; what is in them stands where they would.
    too_deep: usize,
    line: Vec<Inline>,
    link: Option<OpenLink>,
    heading: Option<Level>,
    bold: usize,
    italic: usize,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            text: "",
            is_picture: &|_| false,
            room: 0,
            done: Vec::new(),
            frames: Vec::new(),
            too_deep: 0,
            line: Vec::new(),
            link: None,
            heading: None,
            bold: 0,
            italic: 0,
        }
    }
}

impl Reader<'_> {
    fn take(&mut self, mut events: OffsetIter<'_>) {
        while let Some((event, place)) = events.next() {
            match event {
                Event::Start(tag) => self.start(tag, place, &mut events),
                Event::End(tag) => self.end(tag, place),
                Event::Text(text) => self.say(as_written(&text, &self.text[place.clone()])),
                Event::SoftBreak | Event::HardBreak => self.end_line(),
                Event::Rule => {
                    self.flush();
                    self.verbatim(place);
                    self.flush();
                }
                // Code, tags of HTML, and whatever else there is.
                _ => self.verbatim(place),
            }
        }
        self.flush();
    }

    fn start(&mut self, tag: Tag<'_>, place: Range<usize>, events: &mut OffsetIter<'_>) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                let level = if level <= HeadingLevel::H2 { Level::Two } else { Level::Three };
                // A line under a line makes no heading: in plain texts it stands for itself.
                self.heading = self.text[place].trim_start().starts_with('#').then_some(level);
            }
            Tag::BlockQuote(_) => self.open(1, "", || Frame::Quote(Vec::new())),
            Tag::List(first) => {
                self.open(2, "", || Frame::List { is_numbered: first.is_some(), items: Vec::new() });
            }
            Tag::Item => {
                let number = number(&self.text[place]);
                let mark = number.map_or_else(|| "– ".to_owned(), |number| format!("{number}. "));
                self.open(1, &mark, || Frame::Item(Item { number, blocks: Vec::new() }));
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link { link_type, dest_url, title, .. } => {
                let to = if link_type == LinkType::Email && !dest_url.starts_with("mailto:") {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                // An address that reads otherwise than it is written would hide what was written.
                let is_plain = title.is_empty() && self.text[place.clone()].contains(&*dest_url);
                if is_plain && leads_out(&to) && self.link.is_none() {
                    self.link = Some(OpenLink { to, words: Vec::new() });
                } else {
                    self.pass_over(events);
                    self.verbatim(place);
                }
            }
            Tag::Image { dest_url, title, .. } => {
                let caption = caption(events, self.text);
                let may_stand = self.link.is_none() && self.heading.is_none() && title.is_empty();
                match caption {
                    Some(caption) if may_stand && (self.is_picture)(&dest_url) => {
                        self.flush();
                        self.push(Block::Picture { file: dest_url.to_string(), caption });
                    }
                    _ => self.verbatim(place),
                }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => self.indented(events),
            _ => {
                self.flush();
                self.pass_over(events);
                self.verbatim(place);
                self.flush();
            }
        }
    }

    fn end(&mut self, tag: TagEnd, place: Range<usize>) {
        match tag {
            TagEnd::Heading(_) if self.heading.is_none() => {
                let signs = |char: char| matches!(char, '=' | '-' | ' ' | '\t');
                let whole = self.text[place].trim_end();
                let words = whole.trim_end_matches(signs);
                self.end_line();
                self.say(whole[words.len()..].trim());
                self.flush();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link => {
                if let Some(OpenLink { to, mut words }) = self.link.take() {
                    if words.iter().all(|words| words.text.trim().is_empty()) {
                        words = vec![Words::plain(&to)];
                    }
                    self.line.push(Inline::Link { to, words });
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            _ => {}
        }
    }

    /// Opens a block that needs so much room; without it, what is in it follows after `mark`.
    fn open(&mut self, needs: usize, mark: &str, frame: impl FnOnce() -> Frame) {
        self.flush();
        // An item comes with its list.
        let is_full = needs > 1 || !matches!(self.frames.last(), Some(Frame::List { .. }));
        if self.too_deep > 0 || is_full && self.frames.len() + needs > self.room {
            self.too_deep += 1;
            self.say(mark);
        } else {
            self.frames.push(frame());
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.frames.pop() {
            Some(Frame::Quote(blocks)) if !blocks.is_empty() => self.push(Block::Quote(blocks)),
            Some(Frame::List { is_numbered, items }) if !items.is_empty() => {
                self.push(Block::List { is_numbered, items });
            }
            Some(Frame::Item(item)) => {
                if let Some(Frame::List { items, .. }) = self.frames.last_mut() {
                    items.push(item);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            Some(Frame::Quote(blocks) | Frame::Item(Item { blocks, .. })) => blocks.push(block),
            Some(Frame::List { items, .. }) => items.push(Item { number: None, blocks: vec![block] }),
            None => self.done.push(block),
        }
    }

    fn say(&mut self, text: &str) {
        let (is_bold, is_italic) = (self.bold > 0, self.italic > 0);
        let words = match (&mut self.link, self.line.last_mut()) {
            (Some(link), _) => link.words.last_mut(),
            (None, Some(Inline::Words(words))) => Some(words),
            _ => None,
        };
        match words {
            Some(words) if (words.is_bold, words.is_italic) == (is_bold, is_italic) => words.text += text,
            _ if text.is_empty() => {}
            _ => {
                let words = Words { text: text.to_owned(), is_bold, is_italic };
                match &mut self.link {
                    Some(link) => link.words.push(words),
                    None => self.line.push(Inline::Words(words)),
                }
            }
        }
    }

    fn end_line(&mut self) {
        if self.link.is_some() {
            self.say(" ");
        } else {
            self.line.push(Inline::Break);
        }
    }

    /// What was written there, line by line.
    fn verbatim(&mut self, place: Range<usize>) {
        let text = self.text;
        for (at, line) in text[place].trim_end().split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.say(line.trim_end());
        }
    }

    /// Lines that begin with blanks: the first line of a paragraph is set in by many.
    fn indented(&mut self, events: &mut OffsetIter<'_>) {
        self.flush();
        let mut inner = String::new();
        for (event, _) in events {
            match event {
                Event::Text(text) => inner += &text,
                _ => break,
            }
        }
        let room = self.room.saturating_sub(self.frames.len() + 1);
        let lines = inner.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        if room > 0 {
            read(&lines, self.is_picture, room).into_iter().for_each(|block| self.push(block));
            return;
        }
        for line in lines.lines() {
            self.say(line);
            self.end_line();
        }
        self.flush();
    }

    /// Leaves out what is told of what is inside, up to its end.
    fn pass_over(&self, events: &mut OffsetIter<'_>) {
        let mut open = 1_usize;
        while open > 0 {
            match events.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Ends the paragraph or heading that is open, if there is anything in it.
    fn flush(&mut self) {
        let is_blank = |inline: &Inline| match inline {
            Inline::Break => true,
            Inline::Words(words) => words.text.trim().is_empty(),
            Inline::Link { .. } => false,
        };
        let mut line = std::mem::take(&mut self.line);
        while line.last().is_some_and(is_blank) {
            line.pop();
        }
        let begin = line.iter().position(|inline| !is_blank(inline)).unwrap_or(line.len());
        line.drain(..begin);
        if !line.is_empty() {
            let block = match self.heading {
                Some(level) => Block::Heading(level, line),
                None => Block::Paragraph(line),
            };
            self.push(block);
        }
    }

    fn blocks(mut self) -> Vec<Block> {
        self.flush();
        while !self.frames.is_empty() {
            self.close();
        }
        self.done
    }
}

/// A sign that was written by its name (`&amp;`) stays as it was written: whoever typed it saw its name.
fn as_written<'a>(told: &'a str, written: &'a str) -> &'a str {
    if written.starts_with('&') && written.ends_with(';') { written } else { told }
}

/// The number at the beginning of an item.
fn number(item: &str) -> Option<u32> {
    let item = item.trim_start();
    let end = item.find(|char: char| !char.is_ascii_digit())?;
    item[..end].parse().ok()
}

/// Whether an address may be followed.
fn leads_out(to: &str) -> bool {
    let is_sound = !to.chars().any(|char| char.is_control() || char.is_whitespace());
    let rest = SCHEMES.iter().find_map(|scheme| {
        let begin = to.get(..scheme.len())?;
        begin.eq_ignore_ascii_case(scheme).then(|| &to[scheme.len()..])
    });
    is_sound && rest.is_some_and(|rest| rest.starts_with(|char: char| char.is_alphanumeric()))
}

/// The words of a picture, if there is nothing else in them.
fn caption(events: &mut OffsetIter<'_>, whole: &str) -> Option<String> {
    let (mut caption, mut open) = (Some(String::new()), 1_usize);
    while open > 0 {
        let (event, place) = events.next()?;
        let told = match &event {
            Event::Text(text) => as_written(text, &whole[place]),
            Event::SoftBreak | Event::HardBreak => " ",
            Event::End(_) => {
                open -= 1;
                continue;
            }
            Event::Start(_) => {
                open += 1;
                caption = None;
                continue;
            }
            _ => {
                caption = None;
                continue;
            }
        };
        if let Some(caption) = &mut caption {
            *caption += told;
        }
    }
    caption.map(|caption| caption.trim().to_owned())
}

//! The outline of a bucket: which version of each row is held, and the little that lists need of it.
//!
//! Lists need a line of each record, not its hundred fields. Lines are written as they come, one text a page of the
//! bucket, and folded when they are read: a thousand rows cost one write here, not a thousand.
//! Invariant: an outline changes in the transaction that changes the rows; of two lines for one row the later holds.

use super::{
    Store, StoreTrouble,
    base::{queue_rows, range, texts},
    rows::{key, name},
    schema::OUTLINES,
    transaction::{Change, Purpose, put},
};
use crate::json::{self, Unread};
use lantoa_shared::{
    map::Map,
    sync::replica::STALE,
    wire::v1::{Row, RowKind},
};
use std::fmt::Write as _;

/// An outline of more pages is written anew, as one.
const MOST_PAGES: u64 = 24;

/// What is known of a row: which version is held – [`STALE`] if that is not known to be current – and what lists need
/// of it. As on the wire, a row without a body is gone.
pub type Line = Row<Unread>;

/// What stands for the body of a row of which lists need nothing, or everything.
pub const HELD: &str = "0";

/// The rows of a bucket.
#[derive(Debug, Default)]
pub struct Outline {
    lines: Map<String, Line>,
    n_pages: u64,
    /// Up to where it was folded, while more pages of the bucket are to come.
    pub cursor: u64,
}

impl Outline {
    /// Folds a stored page in.
    fn read(&mut self, text: &str) {
        self.n_pages += 1;
        self.take(json::read(text).unwrap_or_default());
    }

    /// Takes in what became of rows.
    pub fn take(&mut self, lines: Vec<Line>) {
        let is_any_gone = lines.iter().any(|line| line.body.is_none());
        self.lines.extend(lines.into_iter().map(|line| (place(line.kind, &line.id), line)));
        if is_any_gone {
            self.lines.retain(|_, line| line.body.is_some());
        }
    }

    /// The held version of a row, stale or not.
    pub fn version(&self, kind: RowKind, id: &str) -> Option<u64> {
        self.lines.get(&place(kind, id)).map(|line| line.seq)
    }

    /// Nothing that is held is known to be current.
    pub fn make_stale(&mut self) {
        self.lines.iter_mut().for_each(|(_, line)| line.seq = STALE);
    }

    /// Takes out what is still stale, and returns it.
    pub fn sweep(&mut self) -> Vec<Line> {
        let stale = self.lines.values().filter(|line| line.seq == STALE).cloned().collect();
        self.lines.retain(|_, line| line.seq != STALE);
        stale
    }

    /// The lines, by kind and id.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    /// Takes lines in and puts them down: as a page of their own, or with all others as one.
    pub fn write(&mut self, bucket: &str, lines: Vec<Line>, is_whole: bool, changes: &mut Vec<Change>) {
        if is_whole || self.n_pages >= MOST_PAGES {
            self.take(lines);
            return self.write_whole(bucket, changes);
        }
        changes.push(put(OUTLINES, &page_key(bucket, self.n_pages), &written(&mut lines.iter())));
        self.n_pages += 1;
        self.take(lines);
    }

    /// Puts all lines down as one page, in the place of all pages.
    pub fn write_whole(&mut self, bucket: &str, changes: &mut Vec<Change>) {
        changes.push((OUTLINES, range(&prefix(bucket)), None));
        changes.push(put(OUTLINES, &page_key(bucket, 0), &written(&mut self.lines.values())));
        self.n_pages = 1;
    }
}

/// The text of a page.
fn written(lines: &mut dyn Iterator<Item = &Line>) -> String {
    let mut text = String::from("[");
    for Line { kind, id, seq, body } in lines {
        if text.len() > 1 {
            text.push(',');
        }
        let id = json::write(id);
        let _ = write!(text, r#"{{"kind":"{}","id":{id},"seq":{seq}"#, name(*kind));
        if let Some(Unread(body)) = body {
            let _ = write!(text, r#","body":{body}"#);
        }
        text.push('}');
    }
    text + "]"
}

/// The key of a page; pages sort as they were written.
fn page_key(bucket: &str, page: u64) -> String {
    format!("{}{page:016}", prefix(bucket))
}

/// What the keys of a bucket's pages begin with.
pub fn prefix(bucket: &str) -> String {
    format!("{bucket}|")
}

/// Folds all stored pages, by bucket.
pub fn fold(pages: Vec<(String, String)>) -> Map<String, Outline> {
    let mut outlines: Map<String, Outline> = Map::new();
    for (key, text) in pages {
        let bucket = key.rsplit_once('|').map_or("", |(bucket, _)| bucket);
        outlines.get_or_insert_with(bucket.to_owned(), Outline::default).read(&text);
    }
    outlines
}

fn place(kind: RowKind, id: &str) -> String {
    key(kind, "", id)
}

impl Store {
    /// Reads the outline of a bucket.
    pub async fn outline(&self, bucket: &str) -> Result<Outline, StoreTrouble> {
        let prefix = prefix(bucket);
        let requests = self
            .run(&[OUTLINES], Purpose::Read, &|tx| {
                Ok(queue_rows(&tx.object_store(OUTLINES)?, &prefix)?.into())
            })
            .await?;
        Ok(fold(texts(&requests)).into_iter().next().map(|(_, outline)| outline).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, seq: u64, body: &str) -> Line {
        Line { kind: RowKind::Record, id: id.to_owned(), seq, body: Some(Unread(body.to_owned())) }
    }

    /// Pages as a store keeps them, with what an outline puts down.
    fn stored(pages: &[Vec<Line>]) -> Vec<(String, String)> {
        let text = |(n, lines): (usize, &Vec<Line>)| {
            (page_key("unit:TH-0001", n as u64), written(&mut lines.iter()))
        };
        pages.iter().enumerate().map(text).collect()
    }

    #[test]
    fn of_two_lines_for_one_row_the_later_holds_and_what_is_gone_has_none() {
        let gone = Line { body: None, ..line("c", 9, HELD) };
        let pages = stored(&[
            vec![line("a", 1, r#"{"n":1.0}"#), line("b", 2, HELD), line("c", 3, HELD)],
            vec![line("a", 8, r#"{"n": 2}"#), gone],
        ]);
        let outline = fold(pages).remove("unit:TH-0001").unwrap();
        assert_eq!(outline.version(RowKind::Record, "a"), Some(8));
        assert_eq!(outline.version(RowKind::Duty, "a"), None);
        let lines: Vec<Line> = outline.lines().cloned().collect();
        assert_eq!(lines, [line("a", 8, r#"{"n": 2}"#), line("b", 2, HELD)]);
    }

    #[test]
    fn what_did_not_come_anew_is_swept() {
        let mut outline = Outline::default();
        outline.take(vec![line("a", 1, HELD), line("b", 2, HELD)]);
        outline.make_stale();
        outline.take(vec![line("b", 5, HELD)]);
        assert_eq!(outline.sweep(), [line("a", STALE, HELD)]);
        assert_eq!(outline.lines().cloned().collect::<Vec<_>>(), [line("b", 5, HELD)]);
    }

    #[test]
    fn an_id_with_every_sign_is_read_back() {
        let odd = line("a|\"\\\u{1}é", 1, HELD);
        let outline = fold(stored(&[vec![odd.clone()]])).remove("unit:TH-0001").unwrap();
        assert_eq!(outline.lines().cloned().collect::<Vec<_>>(), [odd]);
    }
}

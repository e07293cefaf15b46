//! `GET /api/v1/library`: what every unit may use again, as lists show it.

pub mod facet;

use crate::{
    date::Date,
    language::Bilingual,
    op::Path,
    record::{Record, State},
    value::{FileRef, Value},
};
use serde::{Deserialize, Serialize};

/// The permitted uses that let an item out of its line (list `licence`, forms.md section 14).
pub const OPEN_LICENCES: [&str; 3] = ["city", "press", "public"];

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LibraryAnswer {
    /// The items of the page, the newest first.
    pub items: Vec<LibraryItem>,
    /// How many there are in all.
    pub total: u64,
    /// By which choices it can be narrowed, or what is chosen exchanged; with the first page only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<facet::Choices>,
    /// Of items that were not found by their own words: where one of the words is written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_files: Vec<InFile>,
}

/// A word in a file of an item, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InFile {
    /// The item's id.
    pub item: String,
    /// What the file is called.
    pub file: String,
    /// What stands before the word.
    pub before: String,
    /// The word, as it is written.
    pub word: String,
    /// What stands after it.
    pub after: String,
}

/// `GET /api/v1/library/{id}`: an item, with what is read in it. Consents and remarks stay with its unit and its
/// recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryDetail {
    /// The item.
    pub item: LibraryItem,
    /// The article, if it is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// Whether the article is in the markup of [`crate::prose`]; one of an older form is plain lines.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_prose: bool,
    /// What is said in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub transcript: String,
    /// Code of the unit that took it in, and says what all devices have.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recipient: String,
}

/// The body of a row of kind `pin`: an item that every device is to have, with or without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// What the item is called.
    pub title: String,
    /// How many bytes its files have.
    pub size: u64,
    /// Under which heading it is listed; empty if under none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub collection: String,
    /// When it was pinned, in milliseconds since 1970.
    pub at: i64,
}

/// `PUT /api/v1/library/{id}/pin`: every device is to have the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRequest {
    /// The heading, at most [`MAX_COLLECTION`] letters; none if it is empty.
    #[serde(default)]
    pub collection: String,
}

/// How many letters the heading of a collection may have.
pub const MAX_COLLECTION: usize = 80;

/// A media item that was approved for use beyond its line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryItem {
    /// The record's id.
    pub id: String,
    /// Code of the unit that made it.
    pub unit: String,
    /// That unit's name: a phone does not hold all schools.
    pub unit_name: Bilingual,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Code of its kind.
    pub kind: String,
    /// Code of the permitted use.
    pub licence: String,
    /// Code of its language.
    pub language: String,
    /// Codes of its topics.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Who made it.
    pub authors: String,
    /// The line that whoever publishes it again keeps.
    pub credit: String,
    /// What is on its picture, for those who cannot see it.
    #[serde(default)]
    pub alt: String,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_on: Option<Date>,
    /// Before this day it is not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargo_until: Option<Date>,
    /// When it was approved, in milliseconds since 1970.
    pub approved_at: i64,
    /// Its files; of an article its pictures.
    #[serde(default)]
    pub files: Vec<FileRef>,
}

impl LibraryItem {
    /// An item as it stands in the library; `None` if it does not.
    pub fn of(record: &Record, unit: &str, unit_name: &Bilingual) -> Option<Self> {
        let licence = text(record, "licence");
        let approved = record.last_event().filter(|_| record.state == State::Accepted)?;
        OPEN_LICENCES.contains(&licence.as_str()).then_some(())?;
        let topics = match record.value(&Path::field("topics")) {
            Some(Value::Choices(topics)) => topics.clone(),
            _ => Vec::new(),
        };
        let day = |code| match record.value(&Path::field(code)) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        Some(Self {
            id: record.id.clone(),
            unit: unit.to_owned(),
            unit_name: unit_name.clone(),
            title: text(record, "title"),
            summary: text(record, "summary"),
            kind: text(record, "media_kind"),
            licence,
            language: text(record, "language"),
            topics,
            authors: text(record, "authors"),
            credit: text(record, "credit_line"),
            alt: text(record, "alt_text"),
            made_on: day("made_on"),
            embargo_until: day("embargo_until"),
            approved_at: approved.came_at(),
            files: files(record).to_vec(),
        })
    }

    /// How many bytes its files have.
    pub fn size(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.size))
    }

    /// The hash of what is drawn of it: the first picture among its files, else the poster of its first film.
    pub fn picture(&self) -> Option<&str> {
        let picture = self.files.iter().find(|file| file.mime.starts_with("image/"));
        let poster = || self.files.iter().find_map(|file| file.poster.as_deref());
        picture.map(|file| file.sha256.as_str()).or_else(poster)
    }

    /// The film whose poster is what is drawn of it.
    pub fn film(&self) -> Option<&FileRef> {
        let shown = self.picture()?;
        self.files.iter().find(|file| file.poster.as_deref() == Some(shown))
    }
}

/// The files that an item shares; of an article its pictures. What was attached before it became an article, or before
/// it became something else, is not meant; neither are forms of consent.
pub fn files(record: &Record) -> &[FileRef] {
    let field = if text(record, "media_kind") == "article" { "pictures" } else { "files" };
    match record.value(&Path::field(field)) {
        Some(Value::Files(files)) => files,
        _ => &[],
    }
}

/// What is read in an item: its article, and what is said in it. What was written before it became something else is
/// not meant.
pub fn read_in(record: &Record) -> (String, String) {
    let kind = text(record, "media_kind");
    let of = |kinds: &[&str], field| {
        if kinds.contains(&kind.as_str()) { text(record, field) } else { String::new() }
    };
    (of(&["article"], "body"), of(&["video", "audio"], "transcript"))
}

/// What a field says in words or as a choice; nothing if it is not answered.
pub fn text(record: &Record, code: &str) -> String {
    match record.value(&Path::field(code)) {
        Some(Value::Text(told) | Value::Choice(told)) => told.clone(),
        _ => String::new(),
    }
}

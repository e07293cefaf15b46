//! What a file that arrived really is, by its bytes: neither its name nor what a device said of it counts.
//!
//! Invariant: what cannot be read is not said to be clean. Files are looked at one at a time, away from the threads
//! that answer, and never held whole but for pictures.

use crate::files::{Original, Reader};
use lantoa_shared::{
    media::{self, OVERLAP, clean_picture, names_place, survey::Survey},
    value::FileRef,
};
use std::{
    io::{self, Read as _, Seek as _, SeekFrom},
    ops::Range,
};
use tokio::sync::Semaphore;

/// How many bytes from its beginning show what a file is.
const HEAD: u64 = 8 * 1024;
/// Larger pictures are not held to be looked at, in bytes.
const LARGEST_PICTURE: u64 = 32 * 1024 * 1024;
/// How much of a sound or film without boxes is read at once, in bytes.
const PIECE: u64 = 256 * 1024;

static TURN: Semaphore = Semaphore::const_new(1);

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A picture.
    Picture,
    /// A film or a sound.
    Playing,
    /// Something to read, a table, or several of them packed.
    Document,
    /// Something that a machine would run.
    Program,
    /// Nothing that we know.
    Unknown,
}

impl Content {
    const CODES: [(Self, &str); 5] = [
        (Self::Picture, "picture"),
        (Self::Playing, "playing"),
        (Self::Document, "document"),
        (Self::Program, "program"),
        (Self::Unknown, "unknown"),
    ];

    /// The code under which it is kept.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(content, _)| *content == self).map_or("unknown", |(_, code)| code)
    }

    /// What is kept under a code.
    pub fn of_code(code: &str) -> Self {
        Self::CODES.iter().find(|(_, its)| *its == code).map_or(Self::Unknown, |(content, _)| *content)
    }

    /// What the first bytes of a file show.
    fn of(head: &[u8]) -> Self {
        use infer::MatcherType::{App, Archive, Audio, Book, Doc, Image, Text, Video};
        match infer::get(head).map(|kind| kind.matcher_type()) {
            Some(Image) => Self::Picture,
            Some(Audio | Video) => Self::Playing,
            Some(Archive | Book | Doc | Text) => Self::Document,
            Some(App) => Self::Program,
            // A table or a text as it was typed, in whatever letters: it has no zeros, or says that it writes two
            // bytes each.
            None if !head.contains(&0)
                || [[0xFF, 0xFE], [0xFE, 0xFF]].iter().any(|it| head.starts_with(it)) =>
            {
                Self::Document
            }
            _ => Self::Unknown,
        }
    }

    /// What a file of this name is to be; `None` if the name does not say.
    fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "webp" | "gif" | "heic" | "heif" | "avif" => Self::Picture,
            "mp4" | "m4v" | "mov" | "webm" | "mkv" | "3gp" | "mp3" | "m4a" | "aac" | "ogg" | "opus"
            | "wav" => Self::Playing,
            "pdf" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "odt" | "ods" | "odp" | "csv"
            | "txt" => Self::Document,
            _ => return None,
        })
    }
}

/// What was found of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub content: Content,
    /// Whether nothing in it tells where and with which device it was made.
    pub is_clean: bool,
}

impl Finding {
    /// Whether the file is what somebody says it is, by its name and by what was taken out of it.
    pub fn fits(self, said: &FileRef) -> bool {
        let is_named_so = match (self.content, Content::of_name(&said.name)) {
            (Content::Program, _) => false,
            // Old phones write sounds that nobody can tell by their beginning.
            (Content::Unknown, Some(Content::Playing)) | (_, None) => true,
            (content, Some(named)) => content == named,
        };
        let may_tell = matches!(self.content, Content::Picture | Content::Playing);
        is_named_so && (self.is_clean || !said.location_removed || !may_tell)
    }

    /// Whether a file of that many bytes may stand for a film: a small picture that tells of no place.
    pub fn fits_poster(self, size: u64) -> bool {
        self.content == Content::Picture && self.is_clean && size <= FileRef::LARGEST_POSTER
    }
}

/// Looks into a file.
///
/// # Errors
/// If the disk or the bucket fails.
pub async fn inspect(original: Original) -> io::Result<Finding> {
    let Ok(_turn) = TURN.acquire().await else { return Err(io::Error::other("the server stops")) };
    tokio::task::spawn_blocking(move || look(&mut original.open()?)).await.map_err(io::Error::other)?
}

fn look(file: &mut Reader) -> io::Result<Finding> {
    let size = file.size()?;
    let head = part(file, 0..size.min(HEAD))?;
    let is_clean = match media::kind(&head) {
        Some(media::Kind::Film) => is_clean_film(file, size)?,
        Some(media::Kind::Webm) => !names_any_place(file, size)?,
        Some(_) if size <= LARGEST_PICTURE => {
            let picture = part(file, 0..size)?;
            clean_picture(&picture).is_some_and(|clean| clean == picture)
        }
        _ => false,
    };
    Ok(Finding { content: Content::of(&head), is_clean })
}

/// Whether everything that would be overwritten in a film stands as it would be written.
fn is_clean_film(file: &mut Reader, size: u64) -> io::Result<bool> {
    let mut survey = Survey::of(size);
    while let Some(wanted) = survey.wanted() {
        if survey.read(part(file, wanted)?).is_none() {
            return Ok(false);
        }
    }
    let Some(patches) = survey.patches() else { return Ok(false) };
    for (begin, patch) in patches {
        if part(file, begin..begin + patch.len() as u64)? != patch {
            return Ok(false);
        }
    }
    Ok(true)
}

fn names_any_place(file: &mut Reader, size: u64) -> io::Result<bool> {
    let mut at = 0;
    while at < size {
        let end = at.saturating_add(PIECE).min(size);
        if names_place(&part(file, at.saturating_sub(OVERLAP.into())..end)?) {
            return Ok(true);
        }
        at = end;
    }
    Ok(false)
}

fn part(file: &mut Reader, place: Range<u64>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(place.start))?;
    file.take(place.end.saturating_sub(place.start)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

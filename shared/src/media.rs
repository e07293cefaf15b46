//! Files of media items: what they are by their bytes, and what in them tells where and with which device they were
//! made, taken out (R73; a picture of a child must not say where the child lives).
//!
//! Nothing that is seen or heard changes: pictures are copied part by part without the parts that only tell about them,
//! in films these are marked as free space. Invariant: what was cleaned once comes out the same when it is cleaned
//! again, and whatever is broken or unknown gives `None`, never a guess.

pub mod film;
pub mod frame;
mod jpeg;
mod png;
pub mod survey;
mod webp;

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// An MP4 or QuickTime film.
    Film,
    /// A WebM film or sound.
    Webm,
}

/// How many bytes of a file [`kind`] looks at.
pub const HEAD: usize = 16;

/// What a file is; `None` if it is none of those we know.
pub fn kind(head: &[u8]) -> Option<Kind> {
    let at = |place: usize, bytes: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(bytes));
    // Pictures of the HEIF family begin like films; what they are is said behind that.
    let is_film = at(4, b"ftyp") && !film::PICTURES.iter().any(|brand| at(8, brand));
    match () {
        () if at(0, &[0xFF, 0xD8, 0xFF]) => Some(Kind::Jpeg),
        () if at(0, png::SIGNATURE) => Some(Kind::Png),
        () if at(0, b"RIFF") && at(8, b"WEBP") => Some(Kind::Webp),
        () if is_film => Some(Kind::Film),
        () if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) => Some(Kind::Webm),
        () => None,
    }
}

/// Whether a picture moves: drawn anew it would stand still.
pub fn is_animated(picture: &[u8]) -> bool {
    match kind(picture) {
        // The head of the extended format says so.
        Some(Kind::Webp) => {
            picture.get(12..16) == Some(b"VP8X") && picture.get(20).is_some_and(|told| told & 0b10 != 0)
        }
        // The chunk that says so stands before the first data.
        Some(Kind::Png) => picture[..picture.len().min(256)].windows(4).any(|name| name == b"acTL"),
        _ => false,
    }
}

/// Whether some of a WebM file names a place: what puts films together copies it from the phone's own.
pub fn names_place(part: &[u8]) -> bool {
    PLACE_NAMES.iter().any(|name| part.windows(name.len()).any(|it| it.eq_ignore_ascii_case(name)))
}

/// What a place is called among the tags of a film.
const PLACE_NAMES: [&[u8]; 2] = [b"LOCATION", b"ISO6709"];
/// How many bytes of the part before are looked at again with the next: a name may lie across.
pub const OVERLAP: u32 = 8;

/// A picture without what tells of its making; which way is up stays. `None` if it is no picture, or broken.
pub fn clean_picture(picture: &[u8]) -> Option<Vec<u8>> {
    match kind(picture)? {
        Kind::Jpeg => jpeg::clean(picture),
        Kind::Png => png::clean(picture),
        Kind::Webp => webp::clean(picture),
        Kind::Film | Kind::Webm => None,
    }
}

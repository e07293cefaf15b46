//! MP4 and QuickTime: boxes inside boxes. What tells of the making is marked as free space, so that nothing moves: the
//! film's own tables say where its pictures lie, counted from the beginning of the file. What stood there is
//! overwritten.
//!
//! A film is too large for a phone's memory. Whoever has it goes from head to head of the outermost boxes ([`Head`]),
//! marks those that [`Head::tells`], and brings the one that says how the film is made here, whole ([`clean_index`]).

use std::ops::Range;

/// What pictures of the HEIF family say they are, in the box in which films say that, too: those are no films.
pub const PICTURES: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];

/// What stands in the place of a box that tells too much.
pub const FREE: &[u8; 4] = b"free";
/// How many bytes the head of a box takes at most.
pub const LONGEST_HEAD: usize = 16;
/// Boxes that tell of places, people and devices, wherever they are.
const TELLING: [&[u8; 4]; 4] = [b"udta", b"meta", b"uuid", b"loci"];
/// Boxes in which others lie, on the way to those.
const AROUND: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];
/// Boxes inside boxes: more is no film.
const DEEPEST: usize = 8;

/// The head of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: [u8; 4],
    /// How many bytes the head itself takes.
    pub length: u64,
    /// How many bytes it takes with all that is in it; `None` if it reaches to the end of the file.
    pub size: Option<u64>,
}

impl Head {
    /// Reads the head of a box from the first bytes of it.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let size = u32::from_be_bytes(*bytes.first_chunk()?);
        let name = *bytes.get(4..8)?.first_chunk()?;
        let (length, size) = match size {
            0 => (8, None),
            1 => (16, Some(u64::from_be_bytes(*bytes.get(8..16)?.first_chunk()?))),
            size => (8, Some(u64::from(size))),
        };
        Some(Self { name, length, size }).filter(|head| head.size.is_none_or(|size| size >= head.length))
    }

    /// Whether the box tells of places, people or devices.
    pub fn tells(&self) -> bool {
        TELLING.contains(&&self.name)
    }

    /// Whether it holds a fragment of a film that is written as it is made.
    pub fn is_fragment(&self) -> bool {
        &self.name == b"moof"
    }

    /// Whether it says how the film is made.
    pub fn is_index(&self) -> bool {
        &self.name == b"moov"
    }
}

/// What was taken out of a film's index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// The places of the file where tracks lie that are neither seen nor heard nor read – cameras put their places
    /// there, second by second –, to be overwritten.
    pub told: Vec<Range<u64>>,
    /// Whether there was such a track. Of a film in fragments ([`Head::is_fragment`]) its parts lie anywhere.
    pub had_hidden_track: bool,
}

/// Marks what tells too much inside the box that says how a film is made. `None` if it is broken, or if it cannot be
/// found out where a hidden track lies.
pub fn clean_index(index: &mut [u8]) -> Option<Taken> {
    let head = Head::read(index).filter(Head::is_index)?;
    let (begin, mut taken) = (usize::try_from(head.length).ok()?, Taken::default());
    inside(index.get_mut(begin..)?, 1, &mut taken)?;
    Some(taken)
}

fn inside(boxes: &mut [u8], depth: usize, taken: &mut Taken) -> Option<()> {
    let mut at = 0;
    while at < boxes.len() {
        let rest = boxes.get_mut(at..)?;
        let (head, size) = bounded(rest)?;
        let own = rest.get_mut(..size)?;
        let body = usize::try_from(head.length).ok()?;
        if &head.name == b"trak" && !is_for_people(own.get(body..)?) {
            taken.told.extend(samples(own.get(body..)?)?);
            taken.had_hidden_track = true;
            set_free(own, body)?;
        } else if head.tells() {
            set_free(own, body)?;
        } else if AROUND.contains(&&head.name) && depth < DEEPEST {
            inside(own.get_mut(body..)?, depth + 1, taken)?;
        }
        at += size;
    }
    Some(())
}

/// Empties a box.
fn set_free(own: &mut [u8], body: usize) -> Option<()> {
    own.get_mut(4..8)?.copy_from_slice(FREE);
    own.get_mut(body..)?.fill(0);
    Some(())
}

/// The head of the first box, and how many of the bytes it takes.
fn bounded(bytes: &[u8]) -> Option<(Head, usize)> {
    let head = Head::read(bytes)?;
    let size = head.size.map_or(Some(bytes.len()), |size| usize::try_from(size).ok())?;
    (size <= bytes.len()).then_some((head, size))
}

/// What is in a box, by the names on the way to it.
fn find<'a>(mut boxes: &'a [u8], way: &[&[u8; 4]]) -> Option<&'a [u8]> {
    for name in way {
        loop {
            let (head, size) = bounded(boxes)?;
            if head.name == **name {
                boxes = boxes.get(usize::try_from(head.length).ok()?..size)?;
                break;
            }
            boxes = boxes.get(size..)?;
        }
    }
    Some(boxes)
}

/// Whether a track is seen, heard or read.
fn is_for_people(track: &[u8]) -> bool {
    // Version, flags and a word of old, then what the track is.
    let kind = find(track, &[b"mdia", b"hdlr"]).and_then(|handler| handler.get(8..12));
    let known = [b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd"];
    kind.is_some_and(|kind| known.iter().any(|known| known.as_slice() == kind))
}

/// Where in the file the samples of a track lie, chunk by chunk.
fn samples(track: &[u8]) -> Option<Vec<Range<u64>>> {
    let long = |bytes: &[u8], at: usize| {
        Some(u32::from_be_bytes(*bytes.get(at..at.checked_add(4)?)?.first_chunk()?))
    };
    let table = find(track, &[b"mdia", b"minf", b"stbl"])?;
    let (sizes, runs) = (find(table, &[b"stsz"])?, find(table, &[b"stsc"])?);
    let (offsets, width) = match find(table, &[b"stco"]) {
        Some(offsets) => (offsets, 4),
        None => (find(table, &[b"co64"])?, 8),
    };
    // Beyond the end of the table there are no more, however many it says there are.
    let offset = |chunk: usize| {
        let at = 8 + width * chunk;
        match width {
            4 => long(offsets, at).map(u64::from),
            _ => Some(u64::from_be_bytes(*offsets.get(at..at + 8)?.first_chunk()?)),
        }
    };
    let same = long(sizes, 4)?;
    let size = |sample: usize| long(sizes, 12 + 4 * sample);
    let (mut sample, mut run, mut chunks) = (0, 0, Vec::new());
    for chunk in 0..long(offsets, 4)? as usize {
        let Some(begin) = offset(chunk) else { break };
        // The runs say from which chunk on, counted from 1, each has so many samples.
        while long(runs, 8 + 12 * (run + 1)).is_some_and(|first| first as usize <= chunk + 1) {
            run += 1;
        }
        let count = long(runs, 8 + 12 * run + 4)?;
        let mut length = u64::from(same) * u64::from(count);
        for _ in 0..if same == 0 { count } else { 0 } {
            let Some(size) = size(sample) else { break };
            length += u64::from(size);
            sample += 1;
        }
        chunks.push(begin..begin.saturating_add(length));
    }
    Some(chunks)
}

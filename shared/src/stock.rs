//! The part of the library that lies on a device, to be read and played without a network: what is fetched next, and
//! what gives way when there is too much.
//!
//! Three wishes keep an item here. What the person asked for stays until the person lets it go. What is pinned for all
//! units is fetched as far as the room for the library goes. What nobody wishes any more stays while there is room.
//! Invariant: what stays depends on the wishes and the room alone, not on what happens to lie here, so that nothing is
//! fetched and thrown away in turns; and what the person asked for is never taken away here.

use crate::{
    map::{self, Map},
    wire::v1::library::{LibraryDetail, Pin},
};
use serde::{Deserialize, Serialize};

/// How often an item may come damaged, or find no room, before it is left alone.
pub const MOST_FAILURES: u8 = 3;

/// An item of the library on a device.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Stocked {
    /// The item, with what is read in it; `None` until that came. Read from the `body` by whoever reads the note.
    #[serde(skip)]
    pub detail: Option<LibraryDetail>,
    /// The same, as the text that came; empty until then.
    pub body: String,
    /// Its small picture, those of its films, and its files, as far as they came.
    pub parts: Vec<Part>,
    /// Whether the person asked for it.
    pub is_own: bool,
    /// Whether the person does not want it here, though it is pinned for all units.
    pub is_let_go: bool,
    /// Whether it may come over a line that is paid for by the byte.
    pub by_any_line: bool,
    /// When it was last opened, in milliseconds since 1970.
    pub opened_at: i64,
    /// How often it came damaged, or found no room.
    pub failures: u8,
}

/// One run of bytes of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// The SHA-256 of the file.
    pub sha256: String,
    /// Whether it is the small picture of the file, and not the file.
    pub is_small: bool,
    /// How many bytes there are; of a small picture 0, until it came.
    pub size: u64,
    /// How many of them are here, from the first one on.
    pub got: u64,
    /// Whether it is here as it should be.
    pub is_whole: bool,
}

impl Part {
    /// What it is called among the bytes of its item.
    pub fn name(&self) -> String {
        if self.is_small { format!("{}-small", self.sha256) } else { self.sha256.clone() }
    }
}

impl Stocked {
    /// Takes in what the item consists of, and the text that says so. What is here of files that it no longer has is
    /// not counted any more.
    pub fn describe(&mut self, detail: LibraryDetail, body: String) {
        let part = |sha256: &str, is_small, size| Part {
            sha256: sha256.to_owned(),
            is_small,
            size,
            ..Part::default()
        };
        let mut parts: Vec<Part> =
            detail.item.picture().map(|sha256| part(sha256, true, 0)).into_iter().collect();
        for file in &detail.item.files {
            let poster = file
                .poster
                .as_ref()
                .filter(|poster| parts.iter().all(|it| !it.is_small || it.sha256 != **poster));
            parts.extend(poster.map(|poster| part(poster, true, 0)));
            // The same file twice is one.
            if parts.iter().all(|it| it.is_small || it.sha256 != file.sha256) {
                parts.push(part(&file.sha256, false, file.size));
            }
        }
        for part in &mut parts {
            let before = self.parts.iter().find(|it| it.name() == part.name());
            if let Some(before) = before.filter(|it| part.is_small || it.size == part.size) {
                part.clone_from(before);
            }
        }
        self.parts = parts;
        (self.detail, self.body) = (Some(detail), body);
    }

    /// Whether everything of it is here.
    pub fn is_whole(&self) -> bool {
        self.detail.is_some() && self.parts.iter().all(|part| part.is_whole)
    }

    /// How many bytes of it are here.
    pub fn got(&self) -> u64 {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.got))
    }

    /// How many bytes it has, as far as that is known.
    pub fn size(&self) -> u64 {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.size))
    }

    /// Whether its bytes are left alone: they came damaged, or found no room, too often.
    pub fn is_given_up(&self) -> bool {
        self.failures >= MOST_FAILURES
    }

    /// Whether a file of it is here as it should be.
    pub fn has(&self, sha256: &str, is_small: bool) -> bool {
        self.parts.iter().any(|part| part.is_whole && part.is_small == is_small && part.sha256 == sha256)
    }

    /// Forgets the bytes, and keeps the wishes.
    pub fn empty(&mut self) {
        for part in &mut self.parts {
            (part.got, part.is_whole) = (0, false);
        }
    }
}

/// Who wishes an item to be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// The person who uses the device.
    Own,
    /// The unit that pins for all.
    Pinned,
    /// Nobody any more.
    Nobody,
}

/// How much there may be, and by which line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// How many bytes of the library may lie here.
    pub budget: u64,
    /// Whether the line is paid for by the byte.
    pub is_line_dear: bool,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The bytes of an item go.
    Evict(String),
    /// What is read in an item is to be fetched.
    Describe(String),
    /// The rest of a part, by its place among the parts of its item, is to be fetched.
    Fetch(String, usize),
    /// Nothing, with this line and this room.
    Rest,
}

/// Who wishes an item to be here.
pub fn wish(stocked: Option<&Stocked>, pin: Option<&Pin>) -> Wish {
    match (stocked, pin) {
        (Some(stocked), _) if stocked.is_own => Wish::Own,
        (Some(stocked), Some(_)) if stocked.is_let_go => Wish::Nobody,
        (_, Some(_)) => Wish::Pinned,
        _ => Wish::Nobody,
    }
}

/// An item that is here, or is wished to be.
struct Candidate<'a> {
    id: &'a str,
    wish: Wish,
    /// When anybody last cared for it, in milliseconds since 1970.
    at: i64,
    size: u64,
}

/// All of them, in the order in which they get the room.
fn candidates<'a>(held: &'a Map<String, Stocked>, pins: &'a Map<String, Pin>) -> Vec<Candidate<'a>> {
    let others = pins.keys().filter(|id| !held.contains_key(*id));
    let all: Vec<Candidate<'a>> = held
        .keys()
        .chain(others)
        .map(|id| {
            let (stocked, pin) = (held.get(id), pins.get(id));
            let (opened_at, pinned_at) = (stocked.map(|it| it.opened_at), pin.map(|pin| pin.at));
            let known = stocked.filter(|it| it.detail.is_some()).map(Stocked::size);
            Candidate {
                id,
                wish: wish(stocked, pin),
                at: opened_at.max(pinned_at).unwrap_or_default(),
                size: known.or(pin.map(|pin| pin.size)).unwrap_or_default(),
            }
        })
        .collect();
    let order = map::in_order(all.len(), &|one, other| {
        let key = |at: usize| (all[at].wish, std::cmp::Reverse(all[at].at), all[at].id);
        key(one).cmp(&key(other))
    });
    let mut all: Vec<Option<Candidate<'a>>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| all[place].take()).collect()
}

/// The ids of the items that stay or are to come, those with the best claim first. What nobody wishes is among them
/// only while it is whole.
pub fn staying<'a>(held: &'a Map<String, Stocked>, pins: &'a Map<String, Pin>, budget: u64) -> Vec<&'a str> {
    let (mut used, mut staying) = (0_u64, Vec::new());
    for Candidate { id, wish, size, .. } in candidates(held, pins) {
        let stocked = held.get(id);
        let stays = match wish {
            Wish::Own => true,
            Wish::Pinned => used.saturating_add(size) <= budget && !stocked.is_some_and(Stocked::is_given_up),
            Wish::Nobody => stocked.is_some_and(Stocked::is_whole) && used.saturating_add(size) <= budget,
        };
        if stays {
            used = used.saturating_add(size);
            staying.push(id);
        }
    }
    staying
}

/// Whether the person may ask for an item of that size besides what the person asked for before.
pub fn fits(held: &Map<String, Stocked>, id: &str, size: u64, budget: u64) -> bool {
    let others = held.iter().filter(|(its, stocked)| *its != id && stocked.is_own);
    let used = others.fold(size, |sum, (_, stocked)| sum.saturating_add(stocked.size()));
    used <= budget
}

/// What is to be done next.
pub fn next(held: &Map<String, Stocked>, pins: &Map<String, Pin>, room: Room) -> Step {
    let staying = staying(held, pins, room.budget);
    for (id, stocked) in held.iter() {
        let is_idle = wish(Some(stocked), pins.get(id)) == Wish::Nobody && !stocked.is_let_go;
        if (stocked.got() > 0 || is_idle) && !staying.contains(&id.as_str()) {
            return Step::Evict(id.clone());
        }
    }
    let wanted = || {
        staying.iter().copied().filter(|id| {
            let stocked = held.get(*id);
            let may_come = !room.is_line_dear || stocked.is_some_and(|it| it.by_any_line);
            let is_wished = wish(stocked, pins.get(*id)) != Wish::Nobody;
            may_come && is_wished && !stocked.is_some_and(Stocked::is_given_up)
        })
    };
    let is_bare = |id: &&str| held.get(*id).is_none_or(|it| it.detail.is_none());
    if let Some(id) = wanted().find(is_bare) {
        return Step::Describe(id.to_owned());
    }
    // What the person asked for before the rest; and of that, what is soon here.
    let parts = wanted().filter_map(|id| Some((id, held.get(id)?))).flat_map(|(id, stocked)| {
        let open = stocked.parts.iter().enumerate().filter(|(_, part)| !part.is_whole);
        open.map(move |(at, part)| {
            ((!stocked.is_own, !part.is_small, part.size.saturating_sub(part.got)), id, at)
        })
    });
    match parts.min() {
        Some((_, id, at)) => Step::Fetch(id.to_owned(), at),
        None => Step::Rest,
    }
}

/// The items whose bytes go when the disk is full: all that the person did not ask for.
pub fn to_free(held: &Map<String, Stocked>) -> impl Iterator<Item = &str> {
    held.iter().filter(|(_, stocked)| !stocked.is_own && stocked.got() > 0).map(|(id, _)| id.as_str())
}

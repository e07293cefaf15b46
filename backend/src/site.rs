//! The public pages of media items: what everybody may read, without an account and without scripts.
//!
//! Everything here is a pure function from what was read to markup, in Vietnamese or English; who may see what was
//! decided before ([`crate::store::items::public`]). Invariant: text is text. Whatever a person typed goes through the
//! escaping of its format (HTML, XML, JSON) and through [`clean`], never around it.

pub mod address;
pub mod columns;
pub mod data;
pub mod embed;
pub mod feeds;
pub mod frame;
pub mod item;
pub mod list;
pub mod lost;
pub mod nature;
pub mod press;
pub mod prose;
pub mod sitemap;
pub mod style;

use crate::programme::Programme;
use lantoa_shared::{language::Language, text::day, value::FileRef, wire::v1::library::LibraryItem};
use maud::{Markup, html};

/// For whom a page is drawn, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The site's address, `https://host`, without a slash at its end.
    pub origin: &'a str,
    /// The language of everything around the items.
    pub language: Language,
    /// Names of the programme, of kinds and of topics.
    pub programme: &'a Programme,
}

/// A public item in a list.
#[derive(Debug, Clone)]
pub struct Card {
    /// The item.
    pub item: LibraryItem,
    /// Since when it can be seen, in milliseconds since 1970.
    pub shown_at: i64,
    /// Its picture, if one can be drawn.
    pub picture: Option<Picture>,
}

/// A picture that is drawn here from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The hash of the file.
    pub sha256: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A file of an item, with what its bytes say.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The file.
    pub file: FileRef,
    /// Its media type by its content; [`nature::UNKNOWN`] where it is not one that is shown here.
    pub nature: &'static str,
    /// It as a large picture, if it is one.
    pub picture: Option<Picture>,
    /// What is shown of it before it plays, large, if it is a film that has such a picture.
    pub poster: Option<Picture>,
}

impl Attached {
    /// What is drawn of it: itself, or its poster.
    pub fn drawn(&self) -> Option<&Picture> {
        self.picture.as_ref().or(self.poster.as_ref())
    }
}

impl<'a> Site<'a> {
    /// The wording in the language of the page.
    pub fn say<'b>(&self, vi: &'b str, en: &'b str) -> &'b str {
        match self.language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// What a list calls a code; the code itself where the list has none such.
    pub fn label<'b>(&'b self, list: &str, code: &'b str) -> &'b str {
        let choice = self.programme.choices(list).iter().find(|choice| choice.code == code);
        choice.map_or(code, |choice| choice.label.get(self.language))
    }

    /// The name of the whole.
    pub fn name(&self) -> &'a str {
        self.programme.name().get(self.language)
    }

    /// A day as it is read, and as a program reads it.
    pub fn day(&self, moment: i64) -> Markup {
        let day = day::of_moment(moment);
        html! { time datetime=(day) { (day::show(day)) } }
    }
}

/// A language as HTML calls it.
pub const fn tag(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi",
        Language::En => "en",
    }
}

/// The language of an item as HTML calls it, where that is not the page's; `None` also where it has no one name.
pub fn other_tag(site: &Site<'_>, item: &LibraryItem) -> Option<String> {
    let code = item.language.as_str();
    (code != "other" && code != tag(site.language) && !code.is_empty()).then(|| code.to_owned())
}

/// Without the signs that XML cannot hold and that no page shows: a text may have come from anywhere.
pub fn clean(text: &str) -> String {
    let is_shown = |char: &char| {
        !char.is_control() && !matches!(char, '\u{fffe}' | '\u{ffff}') || *char == '\n' || *char == '\t'
    };
    text.chars().filter(is_shown).collect()
}

/// A length in bytes as it is read.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes.saturating_mul(10).saturating_add(unit / 2)) / unit;
    let (tenths, unit) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => (tenths(1_000), "kB"),
        1_000_000..1_000_000_000 => (tenths(1_000_000), "MB"),
        _ => (tenths(1_000_000_000), "GB"),
    };
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {unit}"),
        (whole, _) if whole >= 100 => format!("{whole} {unit}"),
        (whole, tenth) => format!("{whole},{tenth} {unit}"),
    }
}

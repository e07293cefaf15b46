//! Addresses of the public pages, and what is read out of them.
//!
//! Invariant: an address is made of lower-case letters without marks, digits, dashes and dots, and of unit and topic
//! codes as they stand, so it needs no escaping anywhere. What finds an item is its UUID; the words before it are for
//! people, and wrong ones lead to the right ones.

use super::Site;
use lantoa_shared::{
    duty::EntryId, language::Language, text::fold, value::FileRef, wire::v1::library::LibraryItem,
};

/// Under which all pages stand.
pub const ROOT: &str = "/truyen-thong";
/// Before the pages in English.
pub const ENGLISH: &str = "/en";
/// Under which files stand, apart from everything that has an account.
pub const FILES: &str = "/tep";
/// The name of a file's small picture.
pub const SMALL: &str = "anh.jpg";
/// The name of a file's large picture.
pub const LARGE: &str = "anh-lon.jpg";

/// Longest name made of words, in characters.
const LONGEST: usize = 80;
/// Length of a UUID in writing.
const UUID: usize = 36;

/// A text as a part of an address: `Tờ gấp số 71` becomes `to-gap-so-71`. Nothing of it may be left.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for char in fold::without_marks(text).chars() {
        if slug.len() == LONGEST {
            break;
        }
        if char.is_ascii_alphanumeric() {
            slug.push(char.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The last part of an item's address.
pub fn item_name(item: &LibraryItem) -> String {
    let entry = EntryId::read(&item.id).map_or("", |id| id.entry);
    match slug(&item.title) {
        empty if empty.is_empty() => entry.to_owned(),
        slug => format!("{slug}-{entry}"),
    }
}

/// The UUID at the end of the last part of an address.
pub fn entry(name: &str) -> Option<&str> {
    let at = name.len().checked_sub(UUID)?;
    let (words, entry) = (name.get(..at)?, name.get(at..)?);
    let is_uuid = entry.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    });
    (is_uuid && (words.is_empty() || words.ends_with('-'))).then_some(entry)
}

/// The name under which a file is given: never one that means a picture drawn here.
pub fn file_name(file: &FileRef) -> String {
    let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let stem = match slug(stem) {
        empty if empty.is_empty() => "tep".to_owned(),
        stem => stem,
    };
    let extension = slug(extension);
    let name = if (1..=5).contains(&extension.len()) { format!("{stem}.{extension}") } else { stem };
    if name == SMALL || name == LARGE { format!("tep-{name}") } else { name }
}

/// The path of a file.
pub fn file(file: &FileRef) -> String {
    format!("{FILES}/{}/{}", file.sha256, file_name(file))
}

/// The path of a picture drawn of a file.
pub fn picture(sha256: &str, name: &str) -> String {
    format!("{FILES}/{sha256}/{name}")
}

impl Site<'_> {
    /// The path of a page: `rest` is what comes after the root, with its slash, in either language.
    pub fn page(&self, rest: &str) -> String {
        page_in(self.language, rest)
    }

    /// The path of an item.
    pub fn item(&self, item: &LibraryItem) -> String {
        self.page(&format!("/{}", item_name(item)))
    }

    /// The path of a unit's column.
    pub fn unit(&self, code: &str) -> String {
        self.page(&format!("/don-vi/{code}"))
    }

    /// The path of a topic.
    pub fn topic(&self, code: &str) -> String {
        self.page(&format!("/chu-de/{code}"))
    }

    /// A path with the site before it.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// The path of a page in a language.
pub fn page_in(language: Language, rest: &str) -> String {
    match language {
        Language::Vi => format!("{ROOT}{rest}"),
        Language::En => format!("{ENGLISH}{ROOT}{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_parts_of_addresses() {
        for (text, expected) in [
            ("Tờ gấp tuyên truyền Nghị quyết 71", "to-gap-tuyen-truyen-nghi-quyet-71"),
            ("  Đường – đến / trường?! ", "duong-den-truong"),
            ("../../etc/passwd", "etc-passwd"),
            ("図書館", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_eq!(slug(&"ế".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn an_item_is_found_by_the_uuid_at_the_end_of_its_address() {
        let uuid = "0193f0a0-0000-7000-8000-0123456789ab";
        for name in [uuid.to_owned(), format!("to-gap-{uuid}"), format!("khác-{uuid}")] {
            assert_eq!(entry(&name), Some(uuid), "{name}");
        }
        for name in
            ["", "to-gap", &format!("to-gap{uuid}"), &uuid[1..], &uuid.to_uppercase(), &"ế".repeat(20)]
        {
            assert_eq!(entry(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_has_a_harmless_name_that_is_never_that_of_a_drawn_picture() {
        let named = |name: &str| {
            file_name(&FileRef {
                sha256: String::new(),
                name: name.to_owned(),
                size: 0,
                mime: String::new(),
                seconds: None,
                location_removed: false,
                poster: None,
            })
        };
        for (name, expected) in [
            ("Tờ gấp.PDF", "to-gap.pdf"),
            ("../../../x/y.JPG", "x-y.jpg"),
            ("ảnh.jpg", "tep-anh.jpg"),
            ("a\"\r\nSet-Cookie: b.html", "a-set-cookie-b.html"),
            (".jpg", "tep.jpg"),
            ("không đuôi", "khong-duoi"),
            ("a.tar-gz-và-gì-nữa", "a"),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }
}

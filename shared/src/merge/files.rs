//! Two lists of files that were made from one, put together: what either added is there, what either took out is not.
//!
//! A file is its bytes: under another name it is the same. Nothing touches here, so two lists always go together.
//! Invariant: the order of the two sides does not matter, and a poster stays with its film: an app of before there
//! were any writes the list anew without them, and means nothing by it.

use crate::value::{FileRef, Value};

/// The files of an answer; `None` if it is an answer of another kind. An empty field is an empty list.
pub fn of(value: Option<&Value>) -> Option<&[FileRef]> {
    match value {
        None => Some(&[]),
        Some(Value::Files(files)) => Some(files),
        Some(_) => None,
    }
}

/// Puts two lists together that were both made from `base`. What was there stays in its order, what came stands behind.
pub fn merge(base: &[FileRef], one: &[FileRef], other: &[FileRef]) -> Vec<FileRef> {
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    let has = |list: &[FileRef], file: &FileRef| list.iter().any(|it| it.sha256 == file.sha256);
    let stays = one.iter().filter(|file| has(other, file) || !has(base, file));
    let came = other.iter().filter(|file| !has(one, file) && !has(base, file));
    let mut merged: Vec<FileRef> = stays.chain(came).cloned().collect();
    keep_posters(&mut merged, &mut one.iter().chain(other).chain(base));
    merged
}

/// Gives films the posters that they have in lists that stood before; those that have one keep it.
pub fn keep_posters(files: &mut [FileRef], before: &mut dyn Iterator<Item = &FileRef>) {
    for known in before.filter(|known| known.poster.is_some()) {
        for file in files.iter_mut().filter(|file| file.poster.is_none() && file.sha256 == known.sha256) {
            file.poster.clone_from(&known.poster);
        }
    }
}

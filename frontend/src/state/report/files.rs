//! Files: the bytes are kept on the disk first, then the field names them by their hash.

use super::core::Core;
use crate::{
    browser,
    state::engine::Engine,
    sync::{KEEPS_ORIGINALS, Readiness, attach},
};
use lantoa_shared::{
    definition::FieldType,
    op::Path,
    value::{FileRef, Value},
};
use leptos::task::spawn_local;
use std::rc::Rc;
use web_sys::File;

/// A megabyte, in bytes.
const MEGABYTE: f64 = 1024.0 * 1024.0;
/// Largest file of a report, and largest photo of a media item, in megabytes (forms.md section 9).
const LARGEST: u32 = 20;
/// Largest photo that is made smaller, in megabytes: what a phone can still draw.
const LARGEST_SHRUNK: u32 = 60;
/// Largest files of a media item besides, by the beginnings of their types; the last is for all others.
const LARGEST_MEDIA: [(&str, u32); 4] = [("image/", LARGEST), ("video/", 500), ("audio/", 100), ("", 30)];

/// Why a file that was chosen does not stand at its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unattached {
    /// It is larger than so many megabytes.
    TooLarge(u32),
    /// There is nothing in it.
    Empty,
    /// It cannot be read.
    Unreadable,
    /// The device could not keep it; why is said above the page.
    NotKept,
}

impl Core {
    /// Attaches a file.
    pub fn attach(self: &Rc<Self>, path: &Path, file: File) {
        let (core, path) = (Rc::clone(self), path.clone());
        self.pending.update(|pending| pending.insert(path.clone()));
        spawn_local(async move {
            let is_media = core.background.duty.entry.is_some();
            let readiness = if is_media { Readiness::Raw } else { Readiness::AsItIs };
            match core.engine.keep_file(file, &core.person.id, readiness).await {
                Ok(reference) => {
                    core.add_file(&path, reference);
                }
                Err(reason) => {
                    core.unattached.set(Some((path.clone(), reason)));
                    core.failed.update(|failed| failed.insert(path.clone()));
                    core.pending.update(|pending| pending.remove(&path));
                }
            }
        });
    }

    /// Names a file that is kept at its field, beside those that stand there.
    pub fn add_file(self: &Rc<Self>, path: &Path, file: FileRef) {
        self.unattached.set(None);
        self.failed.update(|failed| failed.remove(path));
        let value = self.with_file(path, file);
        self.set(path, Some(value));
    }

    /// Takes a file out of the field.
    pub fn detach(self: &Rc<Self>, path: &Path, sha256: &str) {
        let (gone, files): (Vec<FileRef>, Vec<FileRef>) =
            self.files(path).into_iter().partition(|file| file.sha256 == sha256);
        self.set(path, (!files.is_empty()).then_some(Value::Files(files)));
        let (core, path) = (Rc::clone(self), path.clone());
        spawn_local(async move {
            for sha256 in gone.iter().flat_map(FileRef::hashes) {
                core.let_go(&path, sha256).await;
            }
        });
    }

    /// Names a file in the place of another; beside the others, if that one was taken out meanwhile.
    pub async fn exchange(self: &Rc<Self>, path: &Path, old: &str, new: FileRef) {
        self.let_go(path, old).await;
        let mut files = self.files(path);
        let value = match files.iter_mut().find(|file| file.sha256 == old) {
            Some(file) if !self.is_single(path) => {
                *file = new;
                Value::Files(files)
            }
            _ => self.with_file(path, new),
        };
        self.set(path, Some(value));
    }

    /// Bytes that are not up and that nothing names in the end are to stay here.
    async fn let_go(&self, path: &Path, sha256: &str) {
        // Where that cannot be noted, they go up and nobody is shown them.
        let _ = self.engine.store.let_go(sha256, &self.id, path).await;
    }

    /// Whether the field holds one file and no list.
    fn is_single(&self, path: &Path) -> bool {
        self.form.field(&path.code()).is_some_and(|field| field.definition.kind == FieldType::File)
    }

    fn with_file(&self, path: &Path, file: FileRef) -> Value {
        if self.is_single(path) {
            return Value::File(file);
        }
        let mut files = self.files(path);
        add(&mut files, file);
        Value::Files(files)
    }

    /// The files that stand at a place, those on their way into the queue included.
    fn files(&self, path: &Path) -> Vec<FileRef> {
        let shown = || self.view.try_with_untracked(|record| record.value(path).cloned());
        // Of a record whose page is gone nothing is shown: what stands there now is not to be replaced unseen.
        let value = self
            .queued(path)
            .unwrap_or_else(|| shown().unwrap_or_else(|| self.last_view().value(path).cloned()));
        match value {
            Some(Value::Files(files)) => files,
            Some(Value::File(file)) => vec![file],
            _ => Vec::new(),
        }
    }
}

impl Engine {
    /// Keeps the bytes of a file that is for a person's report, or media item.
    ///
    /// # Errors
    /// Why they are not kept.
    pub async fn keep_file(
        &self,
        file: File,
        person: &str,
        readiness: Readiness,
    ) -> Result<FileRef, Unattached> {
        let kind = file.type_();
        // A photo that will be made smaller may come larger.
        let is_shrunk = readiness == Readiness::Raw
            && kind.starts_with("image/")
            && browser::preference(KEEPS_ORIGINALS).is_none();
        let of_kind = || LARGEST_MEDIA.iter().find(|(begin, _)| kind.starts_with(begin));
        let is_media = readiness != Readiness::AsItIs;
        let of_media = || of_kind().filter(|_| is_media).map_or(LARGEST, |(_, largest)| *largest);
        let largest = if is_shrunk { LARGEST_SHRUNK } else { of_media() };
        if file.size() > f64::from(largest) * MEGABYTE {
            return Err(Unattached::TooLarge(largest));
        }
        if file.size() == 0.0 {
            return Err(Unattached::Empty);
        }
        match attach(&self.store, file, person, readiness).await {
            Ok(kept) => {
                let kept = kept.ok_or(Unattached::Unreadable)?;
                for sha256 in kept.hashes() {
                    self.outbox.borrow_mut().add_file(sha256, person);
                }
                Ok(kept)
            }
            Err(trouble) => {
                self.trouble.set(Some(trouble));
                Err(Unattached::NotKept)
            }
        }
    }
}

/// Adds a file to others: the same bytes under another name are the same file. A film that comes again brings its
/// poster anew: the bytes of the one before may be lost.
pub fn add(files: &mut Vec<FileRef>, file: FileRef) {
    match files.iter_mut().find(|other| other.sha256 == file.sha256) {
        Some(known) => known.poster = file.poster.or(known.poster.take()),
        None => files.push(file),
    }
}

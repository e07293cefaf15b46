//! Files: the bytes are kept on the disk first, then the field names them by their hash.

use super::core::Core;
use crate::sync::attach;
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
const LARGEST: f64 = 20.0;
/// Largest files of a media item besides, by the beginnings of their types; the last is for all others.
const LARGEST_MEDIA: [(&str, f64); 4] =
    [("image/", LARGEST), ("video/", 500.0), ("audio/", 100.0), ("", 30.0)];

impl Core {
    /// Attaches a file.
    pub fn attach(self: &Rc<Self>, path: &Path, file: File) {
        let (core, path) = (Rc::clone(self), path.clone());
        self.pending.update(|pending| pending.insert(path.clone()));
        spawn_local(async move {
            match core.keep_file(file).await {
                Some(reference) => {
                    core.failed.update(|failed| failed.remove(&path));
                    let value = core.with_file(&path, reference);
                    core.set(&path, Some(value));
                }
                None => {
                    core.failed.update(|failed| failed.insert(path.clone()));
                    core.pending.update(|pending| pending.remove(&path));
                }
            }
        });
    }

    /// Takes a file out of the field.
    pub fn detach(self: &Rc<Self>, path: &Path, sha256: &str) {
        let files: Vec<FileRef> = self.files(path).into_iter().filter(|file| file.sha256 != sha256).collect();
        self.set(path, (!files.is_empty()).then_some(Value::Files(files)));
    }

    /// Keeps the bytes of a file; `None` if it is too large or the phone cannot.
    async fn keep_file(&self, file: File) -> Option<FileRef> {
        let (is_media, kind) = (self.background.duty.entry.is_some(), file.type_());
        let of_kind = || LARGEST_MEDIA.iter().find(|(begin, _)| kind.starts_with(begin));
        let largest = of_kind().filter(|_| is_media).map_or(LARGEST, |(_, largest)| *largest);
        if file.size() > largest * MEGABYTE {
            return None;
        }
        match attach(&self.engine.store, file, &self.person.id, is_media).await {
            Ok(kept) => {
                let kept = kept?;
                self.engine.outbox.borrow_mut().add_file(&kept.sha256, &self.person.id);
                Some(kept)
            }
            Err(trouble) => {
                self.engine.trouble.set(Some(trouble));
                None
            }
        }
    }

    fn with_file(&self, path: &Path, file: FileRef) -> Value {
        let is_single =
            self.form.field(&path.code()).is_some_and(|field| field.definition.kind == FieldType::File);
        if is_single {
            return Value::File(file);
        }
        let mut files = self.files(path);
        files.retain(|other| other.sha256 != file.sha256);
        files.push(file);
        Value::Files(files)
    }

    /// The files that stand at a place, those on their way into the queue included.
    fn files(&self, path: &Path) -> Vec<FileRef> {
        let value = self
            .queued(path)
            .unwrap_or_else(|| self.view.try_with_untracked(|record| record.value(path).cloned()).flatten());
        match value {
            Some(Value::Files(files)) => files,
            Some(Value::File(file)) => vec![file],
            _ => Vec::new(),
        }
    }
}

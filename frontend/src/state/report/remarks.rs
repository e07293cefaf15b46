//! What a person says about a report before the step is taken: about the whole, and about single fields.
//!
//! It exists nowhere else until then, so every change is written to the disk as answers are; the step that
//! carries it to the centre takes it away from here.

use super::core::Core;
use crate::store::remarks_key;
use lantoa_shared::{
    map::Map,
    op::{FieldNote, Path},
};
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is written and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remarks {
    /// About the whole.
    #[serde(default)]
    pub note: String,
    /// About single fields.
    #[serde(default)]
    pub fields: Map<Path, String>,
}

/// Nothing written, as it lies in the store.
const NOTHING: &str = r#"{"note":"","fields":{}}"#;

/// Whether anything is written, by the text in the store: counted at every start, so nothing is parsed for it.
pub fn are_written(text: &str) -> bool {
    text != NOTHING
}

impl Remarks {
    /// How many there are.
    pub fn count(&self) -> usize {
        usize::from(!self.note.trim().is_empty()) + self.field_notes().len()
    }

    /// These and others, as they were written elsewhere: of two that differ both stand, one below the other.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        let join = |own: &mut String, other: String| {
            if !own.contains(&other) {
                *own = if own.is_empty() { other } else { format!("{own}\n{other}") };
            }
        };
        join(&mut self.note, others.note);
        for (path, note) in others.fields {
            join(self.fields.get_or_insert_with(path, String::new), note);
        }
        self
    }

    /// Those on single fields as the step takes them along.
    pub fn field_notes(&self) -> Vec<FieldNote> {
        let written = self.fields.iter().filter(|(_, note)| !note.trim().is_empty());
        written.map(|(path, note)| FieldNote { path: path.clone(), note: note.trim().to_owned() }).collect()
    }
}

impl Core {
    /// Reads what was kept, and keeps every change from now on.
    pub async fn open_remarks(self: &Rc<Self>) {
        let kept = self.engine.store.remarks::<Remarks>(&self.person.id, &self.id).await;
        let kept = kept.ok().flatten().unwrap_or_default();
        *self.remarks.borrow_mut() = kept.clone();
        self.remarks_shown.set(kept);
    }

    /// Changes what is written.
    pub fn remark(self: &Rc<Self>, change: impl FnOnce(&mut Remarks)) {
        change(&mut self.remarks.borrow_mut());
        self.remarks_shown.set(self.remarks.borrow().clone());
        let key = remarks_key(&self.person.id, &self.id);
        self.engine.outbox.borrow_mut().remarks.insert(key, self.has_remarks());
        self.engine.count();
        self.are_remarks_kept.set(false);
        self.keep_remarks();
    }

    /// Whether anything is written.
    pub fn has_remarks(&self) -> bool {
        *self.remarks.borrow() != Remarks::default()
    }

    /// Writes what is written about the report, until what is on the disk is what is on screen.
    pub fn keep_remarks(self: &Rc<Self>) {
        if self.is_keeping_remarks.replace(true) {
            return;
        }
        let core = Rc::clone(self);
        spawn_local(async move {
            let mut written = None;
            loop {
                // What is typed while one text is being written is in the next, also when the page is gone.
                let remarks = core.remarks.borrow().clone();
                if written.as_ref() == Some(&remarks) {
                    core.are_remarks_kept.set(true);
                    break;
                }
                if let Err(trouble) = core.engine.store.set_remarks(&core.person.id, &core.id, &remarks).await
                {
                    core.engine.trouble.set(Some(trouble));
                    break;
                }
                written = Some(remarks);
            }
            core.is_keeping_remarks.set(false);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_the_store_says_whether_anything_is_written() {
        assert!(!are_written(&serde_json::to_string(&Remarks::default()).unwrap()));
        let remarks = Remarks { note: "Thiếu số liệu".into(), ..Remarks::default() };
        assert!(are_written(&serde_json::to_string(&remarks).unwrap()));
    }
}

//! From raw text to a value in the queue: waits while somebody types, and not a moment longer when
//! they leave the field or the app.

use super::core::Core;
use crate::browser;
use gloo_timers::callback::Timeout;
use lantoa_shared::{definition::FieldType, op::Path, text, value::Value};
use std::rc::Rc;

/// How long typing must pause before it is saved, in milliseconds.
const PAUSE: u32 = 300;

/// What is being typed.
pub struct Typing {
    raw: String,
    /// Cancelled when it is dropped.
    _timer: Timeout,
}

impl Core {
    /// Takes in what stands in a text control. From the first stroke on the control no longer follows the record,
    /// so what the person has seen there is what stood there then.
    pub fn typing(self: &Rc<Self>, path: &Path, raw: String) {
        self.left.borrow_mut().remove(path);
        if let Some(base) = self.view.try_with_untracked(|view| view.base(path)) {
            self.seen.borrow_mut().get_or_insert_with(path.clone(), || base);
        }
        self.pending.update(|pending| pending.insert(path.clone()));
        let (core, place) = (Rc::clone(self), path.clone());
        let timer = Timeout::new(PAUSE, move || core.save(&place));
        self.typing.borrow_mut().insert(path.clone(), Typing { raw, _timer: timer });
        if !browser::is_visible() {
            // A browser hardly wakes what nobody sees: no waiting for a pause.
            self.save(path);
        }
    }

    /// The person left the control, which follows the record again once what was typed is kept.
    pub fn leave(self: &Rc<Self>, path: &Path) {
        self.save(path);
        if self.pending.with_untracked(|pending| pending.contains(path)) {
            self.left.borrow_mut().insert(path.clone());
        } else {
            self.seen.borrow_mut().remove(path);
        }
    }

    /// Saves what was typed at a place.
    fn save(self: &Rc<Self>, path: &Path) {
        let typed = self.typing.borrow_mut().remove(path);
        if let Some(typed) = typed {
            self.enqueue(path.clone(), text::read(self.kind(path), &typed.raw));
        }
    }

    /// Saves everything that was typed.
    pub fn save_typing(self: &Rc<Self>) {
        let places: Vec<Path> = self.typing.borrow().keys().cloned().collect();
        places.iter().for_each(|path| self.save(path));
    }

    /// Saves a value.
    pub fn set(self: &Rc<Self>, path: &Path, value: Option<Value>) {
        self.typing.borrow_mut().remove(path);
        self.enqueue(path.clone(), value);
    }

    /// What is being typed or written and is not in the view yet.
    pub fn raw(&self, path: &Path) -> Option<String> {
        if let Some(typing) = self.typing.borrow().get(path) {
            return Some(typing.raw.clone());
        }
        let field = self.form.field(&path.code());
        let shown = |value: &Value| {
            field.map_or_else(|| text::show(value), |it| text::show_in(&it.definition, value))
        };
        self.queued(path).map(|value| value.as_ref().map(shown).unwrap_or_default())
    }

    /// Adds a row to a group.
    pub fn add_row(self: &Rc<Self>, group: &str) -> String {
        let row = browser::id_in_time(browser::now());
        self.enqueue(Path::row(group, &row), Some(Value::Bool(true)));
        row
    }

    /// Takes a row away.
    pub fn remove_row(self: &Rc<Self>, group: &str, row: &str) {
        let place = Path::row(group, row);
        let prefix = format!("{place}/");
        self.typing.borrow_mut().retain(|path, _| !path.0.starts_with(&prefix));
        self.unqueue_row(&place);
        self.enqueue(place, None);
    }

    fn kind(&self, path: &Path) -> FieldType {
        if path.is_note() {
            return FieldType::Long;
        }
        self.form.field(&path.code()).map_or(FieldType::Text, |field| field.definition.kind)
    }
}

//! What the disk did not take of a report whose page is gone. It stays in memory: shown when the report is opened
//! again, tried again, and in the rescue file.

use super::core::Core;
use lantoa_shared::{
    op::{Act, Path},
    record::Record,
    value::Value,
};

impl Core {
    /// The act by which a place gets a value.
    pub(super) fn act(&self, view: &Record, (path, value): &(Path, Option<Value>)) -> Act {
        let base = self.seen.borrow().get(path).cloned().unwrap_or_else(|| view.base(path));
        Act::Set { path: path.clone(), base, value: value.clone() }
    }

    /// Whether the disk did not take something of it.
    pub fn has_unkept(&self) -> bool {
        !self.unkept.borrow().is_empty()
    }

    /// Shows what the disk did not take when this record was on screen before; it is tried again with whatever is
    /// written next.
    pub(super) fn take_stranded(&self) {
        let mut stranded = self.engine.stranded.borrow_mut();
        for (person, record, act) in std::mem::take(&mut *stranded) {
            match act {
                Act::Set { path, base, value } if person == self.person.id && record == self.id => {
                    self.seen.borrow_mut().insert(path.clone(), base);
                    self.left.borrow_mut().insert(path.clone());
                    self.failed.update(|failed| failed.insert(path.clone()));
                    self.unkept.borrow_mut().push((path, value));
                }
                act => stranded.push((person, record, act)),
            }
        }
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        let unkept = std::mem::take(self.unkept.get_mut());
        if !unkept.is_empty() {
            let view = self.last_view();
            let acts = unkept.iter().map(|it| (self.person.id.clone(), self.id.clone(), self.act(&view, it)));
            self.engine.stranded.borrow_mut().extend(acts);
        }
    }
}

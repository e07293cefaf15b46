//! Whether the browser threw the store away, since the last visit or under the open page.
//!
//! An open page still holds in memory what was not settled, and puts it into the new store.
//!
//! A small mark of the store's device lies where browsers clear at other times: in a cookie and among the
//! preferences. A mark of another device than the store's means that the store it belonged to is gone. It
//! stays until the person has read that, so that closing the page does not swallow the news.

use super::engine::Engine;
use crate::{
    browser,
    store::{Holder, Identity, Remembered, remarks_key},
    sync::Happened,
};
use lantoa_shared::person::Person;
use leptos::task::spawn_local;
use std::rc::Rc;

/// The name of the mark.
const MARK: &str = "lantoa.device";

/// What went with a store that the browser threw away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// How many unsent things are gone.
    pub gone: usize,
    /// How many the open page still had and kept anew; `None` if no page was open.
    pub kept_anew: Option<usize>,
}

impl Holder for Engine {
    fn remembered(self: Rc<Self>) -> Option<Remembered> {
        let device = browser::random_id();
        let mut outbox = self.outbox.borrow_mut();
        if outbox.device.is_empty() {
            return None;
        }
        let on_screen = self.on_screen();
        let is_on_screen =
            |key: &String| on_screen.iter().any(|report| *key == remarks_key(&report.person.id, &report.id));
        // The bytes of files and recordings are in no memory, nor are remarks on what is not on screen.
        let before = self.lost.with_untracked(|lost| lost.map_or(0, |it| it.gone));
        let was = outbox.n_unsent();
        outbox.files.clear();
        outbox.recorders.clear();
        outbox.remarks.retain(|key, _| is_on_screen(key));
        let kept_anew = outbox.n_unsent();
        let gone = before + was - kept_anew;
        browser::set_mark(MARK, &mark(&outbox.device, gone));
        let rows = outbox.rename(&device);
        drop(outbox);
        self.lost.set(Some(Loss { gone, kept_anew: Some(kept_anew) }));
        let person = self.person().map(|person| Person::clone(&person));
        spawn_local(async move {
            for report in on_screen.iter().filter(|report| report.has_remarks()) {
                report.keep_remarks();
            }
            self.reload_outbox().await;
            self.sync().session_changed(self.person().is_some());
        });
        Some(Remembered { identity: Identity { device, person, was: None }, rows })
    }

    fn store_is_back(self: Rc<Self>) {
        self.happened(Happened::Session);
    }
}

impl Engine {
    /// Looks for the mark of a store that is gone. Called once the device of this store is known.
    /// `was` is the id it had before, if it took another.
    pub(super) fn look_for_loss(&self, was: Option<&str>) {
        let device = self.outbox.borrow().device.clone();
        let gone = browser::mark(MARK).and_then(|mark| {
            lost(&mark, &device).filter(|_| was.is_none_or(|was| lost(&mark, was).is_some()))
        });
        // Whoever saw it happen knows more.
        if self.lost.with_untracked(|lost| lost.map(|it| it.gone)) != gone {
            self.lost.set(gone.map(|gone| Loss { gone, kept_anew: None }));
        }
    }

    /// Marks that this device holds something, and how much of it is nowhere else.
    pub(super) fn mark_device(&self) {
        if self.lost.get_untracked().is_none() {
            let outbox = self.outbox.borrow();
            browser::set_mark(MARK, &mark(&outbox.device, outbox.n_unsent()));
        }
    }

    /// The person has read that the store was thrown away.
    pub fn dismiss_loss(&self) {
        self.lost.set(None);
        self.mark_device();
    }
}

fn mark(device: &str, n_unsent: usize) -> String {
    format!("{device}.{n_unsent}")
}

/// How many unsent ops went with the store that the mark belongs to; `None` if that store is this one.
fn lost(mark: &str, device: &str) -> Option<usize> {
    let (marked, n_unsent) = mark.split_once('.')?;
    (marked != device).then(|| n_unsent.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_another_store_tells_what_was_lost_with_it() {
        assert_eq!(lost(&mark("old", 12), "new"), Some(12));
        assert_eq!(lost(&mark("old", 0), "new"), Some(0));
    }

    #[test]
    fn the_mark_of_this_store_or_a_strange_one_tells_of_no_loss() {
        assert_eq!(lost(&mark("own", 12), "own"), None);
        assert_eq!(lost("", "own"), None);
        assert_eq!(lost("old.many", "own"), None);
    }
}

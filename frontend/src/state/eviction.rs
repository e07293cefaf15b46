//! Whether the browser threw the store away since the last visit.
//!
//! A small mark of the store's device lies where browsers clear at other times: in a cookie and among the
//! preferences. A mark of another device than the store's means that the store it belonged to is gone. It
//! stays until the person has read that, so that closing the page does not swallow the news.

use super::engine::Engine;
use crate::browser;

/// The name of the mark.
const MARK: &str = "lantoa.device";

impl Engine {
    /// Looks for the mark of a store that is gone. Called once the device of this store is known.
    /// `was` is the id it had before, if it took another.
    pub(super) fn look_for_loss(&self, was: Option<&str>) {
        let device = self.outbox.borrow().device.clone();
        let lost = browser::mark(MARK).and_then(|mark| {
            lost(&mark, &device).filter(|_| was.is_none_or(|was| lost(&mark, was).is_some()))
        });
        if self.lost.get_untracked() != lost {
            self.lost.set(lost);
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

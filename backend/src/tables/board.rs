//! Figures in memory, so that a table does not read six hundred reports again because one changed.
//!
//! The store numbers every change of a figure; the board asks only for what changed after the last
//! number it knows, in the reader's own transaction. It never shows less than that transaction sees.

use crate::store::{self, figures::Change};
use lantoa_shared::{consolidation::Contribution, period::Period};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The figures of the forms and periods that were asked for.
#[derive(Debug, Default)]
pub struct Board {
    pages: Mutex<HashMap<(String, Period), Page>>,
}

/// One form and period.
#[derive(Debug, Default)]
struct Page {
    /// The last change that is in.
    revision: i64,
    /// The revision of each record.
    revisions: BTreeMap<String, i64>,
    /// What is there of them.
    sent: Sent,
}

/// What the units sent for a form and period.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// The submitted and accepted reports, ordered by record.
    pub contributions: Arc<Vec<Contribution>>,
    /// The units whose first report was sent back and is being corrected.
    pub correcting: Arc<BTreeSet<String>>,
}

impl Board {
    /// What was sent for a form and period, over all units.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sent(
        &self,
        tx: &mut store::Connection,
        form: &str,
        period: Period,
    ) -> Result<Sent, store::Error> {
        let key = (form.to_owned(), period);
        let known = self.lock().get(&key).map_or(0, |page| page.revision);
        let changes = store::figures::changed_after(tx, form, period, known).await?;
        let mut pages = self.lock();
        let page = pages.entry(key).or_default();
        if !changes.is_empty() {
            page.take_in(changes);
        }
        Ok(page.sent.clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(String, Period), Page>> {
        // Nothing panics while the lock is held; if it ever did, whole reports are left behind.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    fn take_in(&mut self, changes: Vec<Change>) {
        let contributions = Arc::make_mut(&mut self.sent.contributions);
        let correcting = Arc::make_mut(&mut self.sent.correcting);
        let mut last = self.revision;
        for Change { record, unit, revision, reported } in changes {
            last = last.max(revision);
            let before = self.revisions.entry(record.clone()).or_default();
            // A reader with an older view of the store comes too late.
            if *before >= revision {
                continue;
            }
            *before = revision;
            if reported.is_none() {
                correcting.insert(unit);
            } else {
                correcting.remove(&unit);
            }
            let place = contributions.binary_search_by(|of| of.record.as_str().cmp(&record));
            let contribution = reported.map(|reported| Contribution {
                name: None,
                unit: reported.unit,
                record: reported.record,
                is_accepted: reported.accepted,
                figures: reported.figures,
            });
            match (place, contribution) {
                (Ok(at), Some(contribution)) => contributions[at] = contribution,
                (Err(at), Some(contribution)) => contributions.insert(at, contribution),
                (Ok(at), None) => {
                    contributions.remove(at);
                }
                (Err(_), None) => {}
            }
        }
        self.revision = last;
    }
}

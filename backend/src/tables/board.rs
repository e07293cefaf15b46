//! Figures in memory, so that a table does not read six hundred reports again because one changed.
//!
//! The store numbers every change of a figure; the board asks only for what changed after the last
//! number it knows, in the reader's own transaction. It never shows less than that transaction sees.

use crate::store;
use lantoa_shared::{consolidation::Contribution, period::Period};
use std::{
    collections::{BTreeMap, HashMap},
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
    /// Ordered by record.
    contributions: Arc<Vec<Contribution>>,
}

impl Board {
    /// The submitted and accepted reports of a form and period, over all units.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn contributions(
        &self,
        tx: &mut store::Connection,
        form: &str,
        period: Period,
    ) -> Result<Arc<Vec<Contribution>>, store::Error> {
        let key = (form.to_owned(), period);
        let known = self.lock().get(&key).map_or(0, |page| page.revision);
        let changes = store::figures::changed_after(tx, form, period, known).await?;
        let mut pages = self.lock();
        let page = pages.entry(key).or_default();
        if !changes.is_empty() {
            page.take_in(changes);
        }
        Ok(Arc::clone(&page.contributions))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(String, Period), Page>> {
        // Nothing panics while the lock is held; if it ever did, whole reports are left behind.
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    fn take_in(&mut self, changes: Vec<(String, i64, Option<store::figures::Reported>)>) {
        let contributions = Arc::make_mut(&mut self.contributions);
        let mut last = self.revision;
        for (record, revision, reported) in changes {
            last = last.max(revision);
            let before = self.revisions.entry(record.clone()).or_default();
            // A reader with an older view of the store comes too late.
            if *before >= revision {
                continue;
            }
            *before = revision;
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

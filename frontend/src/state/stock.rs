//! What of the library lies on this device, and what the person wishes to have there.
//!
//! A wish is a note in the store; the conversation fetches and lets go (`sync::stocking`).

use super::App;
use crate::{
    api::{self, Trouble},
    browser::{self, parts::Parts},
    prelude::*,
    store::{Stock, Store, StoreTrouble, set_stock_due},
    sync,
};
use lantoa_shared::stock::{Part, Stocked, fits};
use leptos::task::spawn_local;
use std::{cell::Cell, rc::Rc, sync::Arc};
use web_sys::Url;

thread_local! {
    static HEARS: Cell<bool> = const { Cell::new(false) };
}

/// How much of the library lies here, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StockRoom {
    /// What lies here.
    pub used: u64,
    /// How many items there are.
    pub count: usize,
    /// How much may lie here.
    pub budget: u64,
}

impl App {
    /// What lies here of the library and what is pinned for all units, read anew when any of it changes; `None` until
    /// it was read.
    pub fn stock(&self) -> Signal<Option<Arc<Stock>>> {
        let (stock, engine, told) = (RwSignal::new(None), self.engine(), self.hear_of_stock());
        let changes = engine.changes;
        effect(move || {
            told.track();
            changes.track();
            let engine = Rc::clone(&engine);
            spawn_local(async move {
                // Where the store fails, what was shown stays.
                if let Ok(now) = engine.store.stock().await
                    && stock.try_with_untracked(|was: &Option<Arc<Stock>>| was.as_deref() != Some(&now))
                        == Some(true)
                {
                    stock.set(Some(Arc::new(now)));
                }
            });
        });
        stock.into()
    }

    /// Changes whenever something changed in what lies here of the library, or was opened of it.
    pub(super) fn hear_of_stock(&self) -> RwSignal<u32> {
        let told = self.engine().stock;
        if !HEARS.replace(true) {
            browser::on_window(sync::TOLD, move |_| told.update(|count| *count += 1));
        }
        told
    }

    /// Has an item whose files are so large kept on this device. Returns whether there is room for it in what may be
    /// used for the library.
    pub async fn keep_item(self, id: &str, size: u64, by_any_line: bool) -> Result<bool, StoreTrouble> {
        let store = self.engine().store.clone();
        let held = store.stock().await?.held;
        if !fits(&held, id, size, sync::budget().await) {
            return Ok(false);
        }
        let mut stocked = held.get(id).cloned().unwrap_or_default();
        (stocked.is_own, stocked.is_let_go, stocked.failures) = (true, false, 0);
        (stocked.by_any_line, stocked.opened_at) = (by_any_line, browser::now());
        store.set_stocked(id, &stocked).await?;
        self.tend(&store).await;
        if !browser::is_persisted().await {
            // There is something to keep now.
            spawn_local(async { _ = browser::ask_to_persist().await });
        }
        Ok(true)
    }

    /// Lets go of an item; what is pinned for all units is not fetched again by itself.
    pub async fn let_item_go(self, id: &str) -> Result<(), StoreTrouble> {
        let store = self.engine().store.clone();
        let mut stocked = store.stocked(id).await?.unwrap_or_default();
        let is_pinned = store.is_pinned(id).await?;
        stocked.empty();
        (stocked.is_own, stocked.is_let_go, stocked.by_any_line) = (false, true, false);
        store.empty_stock(id, None, is_pinned.then_some(&stocked)).await?;
        self.tend(&store).await;
        Ok(())
    }

    /// Notes that an item was opened: what was opened lately gives way last.
    pub async fn note_item_opened(self, id: &str) {
        let store = self.engine().store.clone();
        if let Ok(Some(mut stocked)) = store.stocked(id).await {
            stocked.opened_at = browser::now();
            // Only an order depends on it.
            let _ = store.set_stocked(id, &stocked).await;
        }
    }

    /// Forgets an item that the centre does not give any more.
    pub async fn forget_item(self, id: &str) {
        let store = self.engine().store.clone();
        if store.stocked(id).await.is_ok_and(|stocked| stocked.is_some()) {
            // Should it fail, the centre says it again.
            let _ = store.empty_stock(id, None, None).await;
            browser::announce(sync::TOLD);
        }
    }

    async fn tend(&self, store: &Store) {
        browser::announce(sync::TOLD);
        // Without anything new at the centre: what is wished is fetched now.
        let store = store.clone();
        spawn_local(async move { sync::tend_stock(&store).await });
    }

    /// An address, in this page, of bytes that lie here, as what they are; `None` if they do not lie here. It is to be
    /// given back ([`give_back`]).
    pub async fn stocked_address(self, id: &str, part: &Part, kind: &str) -> Option<String> {
        let store = self.engine().store.clone();
        let parts = Parts::default();
        for key in store.stock_keys(id, part).await.ok()? {
            parts.add(&store.stock_bytes(&key).await.ok()??)?;
        }
        parts.address(kind)
    }

    /// Says that every device is to have an item, under a heading or none.
    pub async fn pin_item(self, id: &str, collection: &str) -> Result<(), Trouble> {
        api::pin(id, collection).await?;
        self.sync_now();
        Ok(())
    }

    /// Takes that back.
    pub async fn unpin_item(self, id: &str) -> Result<(), Trouble> {
        api::unpin(id).await?;
        self.sync_now();
        Ok(())
    }

    /// How much of the library lies here, and how much may.
    pub async fn stock_room(self) -> StockRoom {
        let held = self.engine().store.stock().await.unwrap_or_default().held;
        let used = held.values().fold(0, |sum: u64, stocked| sum.saturating_add(stocked.got()));
        let count = held.values().filter(|stocked| stocked.got() > 0 || stocked.detail.is_some()).count();
        StockRoom { used, count, budget: sync::budget().await }
    }

    /// Says how many megabytes of the library may lie here.
    pub async fn set_stock_budget(self, megabytes: u64) {
        browser::set_preference(sync::BUDGET, &megabytes.to_string());
        let store = self.engine().store.clone();
        set_stock_due(true);
        sync::tend_stock(&store).await;
    }
}

/// The part of an item with a file, or its small picture.
pub fn part_of<'a>(stocked: &'a Stocked, sha256: &str, is_small: bool) -> Option<&'a Part> {
    stocked.parts.iter().find(|part| part.is_whole && part.is_small == is_small && part.sha256 == sha256)
}

/// Gives an address of [`App::stocked_address`] back: its bytes are not needed in this page any more.
pub fn give_back(address: &str) {
    let _ = Url::revoke_object_url(address);
}

/// Whether the person pays for the line by the byte.
pub fn is_line_dear() -> bool {
    browser::is_line_dear()
}

/// Hands bytes at an address out under a name.
pub fn hand_out(address: &str, name: &str) {
    browser::hand_out_from(address, name);
}

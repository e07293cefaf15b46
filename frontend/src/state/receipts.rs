//! What a person has not opened yet of what is pinned for all units; and for whoever pins, how far that spread.

use super::{
    App,
    fetched::{Fetched, fetch},
};
use crate::{api, prelude::*, sync};
use lantoa_shared::{set::Set, wire::v1::receipts::ReceiptsAnswer};
use leptos::task::spawn_local;
use std::rc::Rc;

impl App {
    /// How many items that are pinned for all units the person has not opened.
    pub fn unread(&self) -> Signal<usize> {
        let (session, told) = (self.session(), self.hear_of_stock());
        memo(move || {
            told.track();
            session.with(|session| session.person().map_or(0, |person| sync::unread(&person.id)))
        })
        .into()
    }

    /// Which items the person has opened; `None` until that was read.
    pub fn opened_items(&self) -> Signal<Option<Set<String>>> {
        let (opened, engine, told) = (RwSignal::new(None), self.engine(), self.hear_of_stock());
        effect(move || {
            told.track();
            let Some(person) = engine.person() else { return };
            let engine = Rc::clone(&engine);
            spawn_local(async move {
                if let Ok(receipts) = engine.store.receipts(&person.id).await {
                    let mut ids = Set::new();
                    let those = receipts.iter().filter(|(_, noted)| noted.opened_at.is_some());
                    ids.extend(those.map(|(item, _)| item.clone()));
                    let _ = opened.try_set(Some(ids));
                }
            });
        });
        opened.into()
    }

    /// Notes that the person has an item before the eyes, if it is pinned for all units.
    pub async fn note_item_read(self, id: &str) {
        let (engine, Some(person)) = (self.engine(), self.engine().person()) else { return };
        let store = engine.store.clone();
        if store.is_pinned(id).await == Ok(true)
            // What cannot be noted is noted when it is opened the next time.
            && sync::note_opened(&store, &person.id, id).await == Ok(true)
        {
            sync::tend_stock(&store).await;
        }
    }

    /// How far an item spread, by unit.
    pub fn receipts(&self, id: &str) -> Signal<Fetched<ReceiptsAnswer>> {
        fetch(&self.engine(), api::receipts_question(id))
    }
}

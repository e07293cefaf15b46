//! Tells the centre what the person has and has opened of what is pinned for all units (R5, R36), and counts what is
//! not opened yet. Opened without a network, it is told at the next contact.

use crate::{
    api, browser,
    store::{Noted, Stock, Store, StoreTrouble, set_stock_due},
};
use lantoa_shared::wire::v1::receipts::MAX_RECEIPTS;

/// The name of the preference that says who has not opened how many items: a page that is opened asks for no more.
const UNREAD: &str = "lantoa.unread";

/// How many items that are pinned for all units this person has not opened.
pub fn unread(person: &str) -> usize {
    let counted = browser::preference(UNREAD);
    let count = counted.as_deref().and_then(|counted| counted.strip_prefix(person)?.trim().parse().ok());
    count.unwrap_or_default()
}

/// Notes what came, counts what is not opened, and tells what was not told. Returns whether there is nothing left to
/// tell.
pub async fn tell(store: &Store, stock: &Stock) -> Result<bool, StoreTrouble> {
    let Some(person) = store.identity().await?.person.map(|person| person.id) else { return Ok(true) };
    let (mut receipts, epoch) = (store.receipts(&person).await?, store.contact().await?.epoch);
    let (mut came, mut n_unread) = (Vec::new(), 0);
    for item in stock.pins.keys() {
        let noted = receipts.get_or_insert_with(item.clone(), Noted::default);
        if noted.here_at.is_none() && stock.held.get(item).is_some_and(|stocked| stocked.is_whole()) {
            *noted = Noted { here_at: Some(browser::now()), told: String::new(), ..noted.clone() };
            came.push((item.clone(), noted.clone()));
        }
        n_unread += usize::from(noted.opened_at.is_none());
    }
    if !came.is_empty() {
        store.note_receipts(&person, &came).await?;
    }
    browser::set_preference(UNREAD, &format!("{person} {n_unread}"));
    let is_news =
        |noted: &Noted| (noted.here_at.is_some() || noted.opened_at.is_some()) && noted.told != epoch;
    let untold: Vec<(String, Noted)> = receipts.into_iter().filter(|(_, noted)| is_news(noted)).collect();
    let mut is_all = true;
    for untold in untold.chunks(MAX_RECEIPTS) {
        // Somebody else may have signed in meanwhile, who would tell it as own.
        if store.identity().await?.person.is_none_or(|now| now.id != person) {
            return Ok(false);
        }
        let told = untold.iter().map(|(item, noted)| noted.receipt(item)).collect();
        if let Err(trouble) = api::tell_receipts(told).await {
            super::remember(trouble.code());
            return Ok(false);
        }
        // What was opened meanwhile is told the next time.
        let now = store.receipts(&person).await?;
        let unchanged = untold.iter().filter(|(item, noted)| now.get(item) == Some(noted));
        let told =
            unchanged.map(|(item, noted)| (item.clone(), Noted { told: epoch.clone(), ..noted.clone() }));
        let told: Vec<(String, Noted)> = told.collect();
        is_all &= told.len() == untold.len();
        store.note_receipts(&person, &told).await?;
    }
    Ok(is_all)
}

/// Notes that a person opened an item; the first time counts. Returns whether it was that.
pub async fn note_opened(store: &Store, person: &str, item: &str) -> Result<bool, StoreTrouble> {
    let noted = store.receipts(person).await?.remove(item).unwrap_or_default();
    if noted.opened_at.is_some() {
        return Ok(false);
    }
    let noted = Noted { opened_at: Some(browser::now()), told: String::new(), ..noted };
    store.note_receipts(person, &[(item.to_owned(), noted)]).await?;
    set_stock_due(true);
    Ok(true)
}

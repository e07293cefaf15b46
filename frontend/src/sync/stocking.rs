//! Fetches what is to lie here of the library, and lets go of what gives way (`lantoa_shared::stock` decides).
//!
//! One run of bytes at a time, kept as it comes, so that a cut costs no more than that; a file counts as here only when
//! its bytes have its hash. Own work goes first: nothing is fetched while anything waits to go up. In the
//! end the centre is told what came ([`telling`]).

use super::{telling, upload_rule::UploadRule};
use crate::{
    api::{self, Trouble},
    browser, json,
    store::{Store, StoreTrouble, set_stock_due},
};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::{
    stock::{Room, Step, Stocked, next},
    sync::outbox,
    wire::v1::library::LibraryDetail,
};
use sha2::{Digest as _, Sha256};
use std::cell::Cell;

/// The most bytes that are fetched, and lie under one key.
const MOST: u64 = 1024 * 1024;
/// The fewest that are fetched at once, over the weakest line.
const LEAST: u64 = 64 * 1024;
/// The name of the preference that says how many megabytes of the library may lie here.
pub const BUDGET: &str = "lantoa.library-mb";
/// A megabyte as storage is counted for people, in bytes.
pub const MEGABYTE: u64 = 1_000_000;
/// The most that is used unless the person says otherwise, in bytes; never more than a tenth of what the browser
/// grants.
const USUAL: u64 = 500 * MEGABYTE;
/// Between two pieces, in milliseconds: what the person does meanwhile goes first.
const BREATH: u32 = 20;

thread_local! {
    static IS_AT_WORK: Cell<bool> = const { Cell::new(false) };
    /// How many bytes are fetched at once.
    static AT_ONCE: Cell<u64> = const { Cell::new(MOST) };
}

/// What told the page that something changed in what lies here.
pub const TOLD: &str = "lantoa-stock";

/// How many bytes of the library may lie here.
pub async fn budget() -> u64 {
    let chosen = browser::preference(BUDGET).and_then(|chosen| chosen.parse::<u64>().ok());
    match chosen {
        Some(megabytes) => megabytes.saturating_mul(MEGABYTE),
        None => browser::storage().await.map_or(USUAL, |(_, granted)| (granted / 10).min(USUAL)),
    }
}

/// Does whatever is to be done, until there is nothing or something else goes first.
pub async fn tend(store: Store) {
    if IS_AT_WORK.replace(true) {
        return;
    }
    if work(&store).await.is_err() {
        // It is tried again at the next contact.
        super::remember("library: store");
    }
    IS_AT_WORK.set(false);
    browser::announce(TOLD);
}

async fn work(store: &Store) -> Result<(), StoreTrouble> {
    let budget = budget().await;
    loop {
        let stock = store.stock().await?;
        let room = Room { budget, is_line_dear: browser::is_line_dear() };
        let step = next(&stock.held, &stock.pins, room);
        if !matches!(step, Step::Evict(_) | Step::Rest) && is_busy(store).await? {
            return Ok(());
        }
        let whose = match &step {
            Step::Describe(id) | Step::Fetch(id, _) => id.clone(),
            Step::Evict(_) | Step::Rest => String::new(),
        };
        let done = match step {
            Step::Rest => {
                // What waits for another line is looked for again.
                let is_all =
                    next(&stock.held, &stock.pins, Room { is_line_dear: false, ..room }) == Step::Rest;
                set_stock_due(!is_all);
                if !telling::tell(store, &stock).await? {
                    set_stock_due(true);
                }
                return Ok(());
            }
            Step::Evict(id) => evict(store, &id).await.map(|()| true),
            Step::Describe(id) => describe(store, &id).await,
            Step::Fetch(id, at) => fetch(store, &id, at).await,
        };
        match done {
            Ok(true) => browser::announce(TOLD),
            Ok(false) => return Ok(()),
            Err(StoreTrouble::Full) => {
                super::remember("library: store full");
                if !store.free_stock().await? {
                    no_room_for(store, &whose).await?;
                }
                return Ok(());
            }
            Err(trouble) => return Err(trouble),
        }
        TimeoutFuture::new(BREATH).await;
    }
}

/// Whether own work waits to go up; what the person holds back does not wait.
async fn is_busy(store: &Store) -> Result<bool, StoreTrouble> {
    let identity = store.identity().await?;
    let Some(person) = identity.person else { return Ok(true) };
    let unsent = outbox::unsent(store.outbox().await?, &person.id, |_| false);
    let are_held = UploadRule::chosen().holds();
    let waits = |uploads: Vec<(String, String)>| uploads.iter().any(|(_, of)| *of == person.id);
    Ok(!unsent.is_empty() || (!are_held && waits(store.uploads().await?)))
}

async fn evict(store: &Store, id: &str) -> Result<(), StoreTrouble> {
    let mut stocked = store.stocked(id).await?.unwrap_or_default();
    stocked.empty();
    let is_kept = stocked.is_let_go || store.is_pinned(id).await?;
    store.empty_stock(id, None, is_kept.then_some(&stocked)).await
}

/// Fetches what is read in an item. Returns whether to go on.
async fn describe(store: &Store, id: &str) -> Result<bool, StoreTrouble> {
    match api::ask(&api::item_question(id)).await {
        Ok(body) => {
            let Ok(detail) = json::read::<LibraryDetail>(&body) else { return Ok(false) };
            let mut stocked = store.stocked(id).await?.unwrap_or_default();
            stocked.describe(detail, body);
            store.set_stocked(id, &stocked).await.map(|()| true)
        }
        Err(trouble) => give_way(store, id, &trouble).await,
    }
}

/// Fetches the next bytes of a part. Returns whether to go on.
async fn fetch(store: &Store, id: &str, at: usize) -> Result<bool, StoreTrouble> {
    let Some(mut stocked) = store.stocked(id).await? else { return Ok(true) };
    let Some(part) = stocked.parts.get(at).cloned() else { return Ok(true) };
    if part.got >= part.size && part.size > 0 {
        return verify(store, id, at, stocked).await;
    }
    let address =
        if part.is_small { api::small_address(&part.sha256) } else { api::file_address(&part.sha256) };
    let at_once = AT_ONCE.get();
    let answer = api::file_bytes(&address, part.got, at_once).await;
    let (bytes, size) = match answer {
        Ok(answer) => answer,
        Err(trouble) => {
            // A line that does not carry so much in its time may carry less.
            AT_ONCE.set((at_once / 4).max(LEAST));
            return give_way(store, id, &trouble).await;
        }
    };
    AT_ONCE.set((at_once * 2).min(MOST));
    // A file that is longer or shorter than its item says is not this file.
    let is_other = bytes.length() == 0 || (!part.is_small && size != part.size);
    // Somebody may have let it go meanwhile.
    let Some(now) = store.stocked(id).await? else { return Ok(true) };
    stocked = now;
    if is_other {
        return damaged(store, id, at, stocked).await;
    }
    let Some(its) = stocked.parts.get_mut(at).filter(|its| its.name() == part.name() && its.got == part.got)
    else {
        return Ok(true);
    };
    its.got += u64::from(bytes.length());
    its.size = size;
    // Its hash is that of the whole file; the centre draws it anew at any time.
    its.is_whole = its.is_small && its.got >= size;
    store.add_stock(id, &part.name(), part.got, &bytes, &stocked).await.map(|_| true)
}

/// Looks whether the bytes of a file are those of its hash.
async fn verify(store: &Store, id: &str, at: usize, mut stocked: Stocked) -> Result<bool, StoreTrouble> {
    let part = stocked.parts[at].clone();
    let (mut hash, mut length) = (Sha256::new(), 0);
    for key in store.stock_keys(id, &part).await? {
        let Some(bytes) = store.stock_bytes(&key).await? else { break };
        hash.update(bytes.to_vec());
        length += u64::from(bytes.length());
    }
    if length != part.size || hex::encode(hash.finalize()) != part.sha256 {
        return damaged(store, id, at, stocked).await;
    }
    stocked.parts[at].is_whole = true;
    if store.stocked(id).await?.is_some() {
        store.set_stocked(id, &stocked).await?;
    }
    Ok(true)
}

/// The bytes of a part are not those of its file: they go, and are fetched anew at another time.
async fn damaged(store: &Store, id: &str, at: usize, mut stocked: Stocked) -> Result<bool, StoreTrouble> {
    super::remember("library: damaged");
    let part = stocked.parts[at].clone();
    (stocked.parts[at].got, stocked.parts[at].is_whole) = (0, false);
    stocked.failures = stocked.failures.saturating_add(1);
    store.empty_stock(id, Some(&part), Some(&stocked)).await.map(|()| false)
}

/// The device has no room for an item, whatever else of the library went: after some attempts it is left alone.
async fn no_room_for(store: &Store, id: &str) -> Result<(), StoreTrouble> {
    let Some(mut stocked) = store.stocked(id).await? else { return Ok(()) };
    stocked.empty();
    stocked.failures = stocked.failures.saturating_add(1);
    store.empty_stock(id, None, Some(&stocked)).await
}

/// Nothing came. What is not there any more goes from here; everything else is tried again at the next contact.
async fn give_way(store: &Store, id: &str, trouble: &Trouble) -> Result<bool, StoreTrouble> {
    super::remember(trouble.code());
    let is_gone = matches!(trouble, Trouble::Refused { code, .. } if code == "not_found");
    if is_gone {
        store.empty_stock(id, None, None).await?;
    }
    Ok(is_gone)
}

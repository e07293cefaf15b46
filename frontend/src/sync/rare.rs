//! What never happens before something was entered, or hardly ever: ops are settled, the centre was restored from a
//! copy, this store turns out to be a copy of another. Its code is a piece of its own (see `app::later`); without it
//! everything stays where it is, and the phone asks again.

use super::settling::settle;
use crate::store::{Contact, Identity, Store, StoreTrouble};
use std::{future::Future, pin::Pin};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What happened.
pub enum Rare {
    /// Ops may be settled, or a backup may cover them.
    Settling,
    /// Another database of the centre answers.
    Epoch(Contact),
    /// This device takes another id.
    Rotation(Identity, String),
    /// There is no room left.
    Full,
}

type Done = Pin<Box<dyn Future<Output = Result<bool, StoreTrouble>>>>;

#[wasm_split(rare, fallible)]
fn prepare(store: Store, what: Rare) -> Result<Done, SplitLoaderError> {
    Ok(Box::pin(async move {
        match what {
            Rare::Settling => settle(&store).await,
            Rare::Epoch(contact) => store.enter_epoch(&contact).await.map(|()| true),
            Rare::Rotation(identity, device) => store.rotate(identity, device).await.map(|()| true),
            Rare::Full => store.make_room().await.map(|()| true),
        }
    }))
}

/// Does what is to be done then. Returns whether that changed anything: not if its code could not be fetched.
pub async fn happen(store: &Store, what: Rare) -> Result<bool, StoreTrouble> {
    match prepare(store.clone(), what).await {
        Ok(done) => done.await,
        Err(_) => Ok(false),
    }
}

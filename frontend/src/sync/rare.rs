//! What never happens before something was entered, or hardly ever: ops are settled, files go up, the centre was
//! restored from a copy, this store turns out to be a copy of another, or is full. Its code is a piece of its own (see
//! `app::later`); without it everything stays where it is, and the phone asks again.

use super::{
    attaching::{self, Chosen},
    settling::settle,
    stocking, uploading,
};
use crate::store::{Contact, Identity, OutboxRow, Store, StoreTrouble, is_stock_due};
use lantoa_shared::sync::{
    device::Input,
    verdict::{Refusal, Verdict},
};
use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What happened.
pub enum Rare {
    /// Ops may be settled, or a backup may cover them, or something of the library is to be fetched.
    Settling {
        /// Whether something was wiped: bytes of files that are up go, too.
        is_wiped: bool,
    },
    /// Another database of the centre answers.
    Epoch {
        /// What is known of it.
        contact: Contact,
        /// The id of this device when it was found.
        device: String,
    },
    /// The centre said that this store is a copy, or carries ops of one.
    Copy,
    /// There is no room left.
    Full,
    /// These are more than the way to the centre lets through.
    TooLarge {
        /// What was sent.
        rows: Vec<OutboxRow>,
        /// Under which id of this device.
        device: String,
    },
    /// A person chose a file.
    Attaching(Rc<Chosen>),
    /// Something of the library may be to be fetched, or to be let go.
    Stock,
    /// Files are to go up.
    Files {
        /// Whose.
        of: Identity,
        /// What ended that early, if anything did.
        ended: Rc<Cell<Option<Input>>>,
    },
}

type Done = Pin<Box<dyn Future<Output = Result<bool, StoreTrouble>>>>;

#[wasm_split(rare, fallible)]
fn prepare(store: Store, what: Rare) -> Result<Done, SplitLoaderError> {
    Ok(Box::pin(async move {
        match what {
            Rare::Settling { is_wiped } => {
                let is_any = settle(&store).await?;
                if is_wiped {
                    store.free_room().await?;
                }
                if is_stock_due() {
                    // Beside the conversation: a film takes its time.
                    wasm_bindgen_futures::spawn_local(stocking::tend(store));
                }
                Ok(is_any)
            }
            Rare::Epoch { contact, device } => store.enter_epoch(&contact, &device).await.map(|()| true),
            Rare::Copy => store.rotate().await,
            Rare::Full => store.make_room().await,
            Rare::TooLarge { rows, device } => {
                super::remember("too_large");
                let verdict = Some(Verdict::refused(Refusal::TooLarge));
                let rows: Vec<_> = rows.into_iter().map(|row| OutboxRow { verdict, ..row }).collect();
                store.note_verdicts(&rows, &device).await.map(|()| true)
            }
            Rare::Stock => {
                stocking::tend(store).await;
                Ok(true)
            }
            Rare::Attaching(chosen) => attaching::keep(&store, &chosen).await,
            Rare::Files { of, ended } => uploading::send_files(&store, &of, &ended).await,
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

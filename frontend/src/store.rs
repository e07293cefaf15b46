//! What the phone keeps: IndexedDB, and nothing else knows it; beside it the tray of what other apps handed over.
//!
//! "Store" always means durable. What a person entered goes into the outbox in one strict
//! transaction; its success is told only after the transaction is complete. All that came from the
//! centre can be fetched again and may be cleared; the outbox and the bytes of own files may not.

mod base;
mod chunks;
mod connection;
mod intake;
mod kept;
mod letting_go;
mod meta;
mod outbox;
mod outline;
mod receipts;
mod recordings;
mod rows;
mod schema;
mod seen;
mod stock;
mod transaction;
mod tray;
mod upgrade;
mod views;

pub use base::{HeldProgramme, HeldWork};
pub use chunks::{PIECE, Pieces};
pub use lantoa_shared::sync::outbox::OutboxRow;
pub use meta::{Contact, Identity, remarks_key, seen_key};
pub use outline::Outline;
pub use receipts::Noted;
pub use recordings::{Recorded, Recording};
pub use rows::{Brief, HeldRow};
pub use seen::Records;
pub use stock::{Stock, is_stock_due, set_stock_due};
pub use tray::{Handed, file_of, handed_over, take_out};
pub use views::View;

use connection::Connection;
use intake::Unfinished;
use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

/// The phone's store. Copies share one connection.
#[derive(Clone)]
pub struct Store {
    connection: Rc<Connection>,
    unfinished: Rc<RefCell<Unfinished>>,
}

impl Store {
    /// A store that opens at its first use.
    pub fn new() -> Self {
        Self { connection: Rc::default(), unfinished: Rc::default() }
    }

    /// Names whom it works for.
    pub fn work_for(&self, holder: Weak<dyn Holder>) {
        let _ = self.connection.holder.set(holder);
    }

    /// Lets go of the database until it is needed again.
    pub fn rest(&self) {
        self.connection.forget();
    }
}

/// What a page knows of a store that the browser threw away under it.
pub struct Remembered {
    /// Who uses this device, which is another one from now on.
    pub identity: Identity,
    /// All that was not settled, under its numbers.
    pub rows: Vec<OutboxRow>,
}

/// Whom a store works for.
pub trait Holder {
    /// The store is made anew: what was in the one before, if there was one. It is kept together with the new store.
    fn remembered(self: Rc<Self>) -> Option<Remembered>;

    /// The store can be used, after it was said that it cannot.
    fn store_is_back(self: Rc<Self>);
}

/// Why the phone could not keep or read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreTrouble {
    /// The device has no room left.
    Full,
    /// The browser does not let this page keep anything.
    Forbidden,
    /// Another tab runs an older version and holds the store.
    Blocked,
    /// The browser did not answer in time, several times in a row.
    Late,
    /// The browser broke off, several times in a row.
    Broken,
    /// What was entered is larger than anything the centre takes.
    TooLong,
}

//! What an operator does beside the server, from the command line: registering units, keeping accounts, shutting
//! devices out.
//!
//! An errand is one transaction: it is done whole or not at all. It may be run while the server runs; accounts
//! count at once, units and what waited for a role or a device after some seconds.

pub mod accounts;
pub mod csv;
pub mod devices;
pub mod units;

use crate::{
    not_done::NotDone,
    store::{self, Place},
};
use lantoa_shared::person::Membership;
use std::{io, path::PathBuf};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Register the units of a CSV file, which may rest on those of a programme.
    ImportUnits {
        /// The CSV file.
        file: PathBuf,
        /// The programme's definition files.
        programme: PathBuf,
    },
    /// Make an account; its password is read from standard input.
    AddAccount {
        /// What one signs in with.
        account: String,
        /// The person's full name.
        name: String,
        /// The roles held.
        roles: Vec<Membership>,
    },
    /// Give an account other roles.
    SetRoles {
        /// The account.
        account: String,
        /// All roles held from now on.
        roles: Vec<Membership>,
    },
    /// Give an account another password, read from standard input; its sessions end.
    SetPassword(String),
    /// Close an account; its sessions end.
    CloseAccount(String),
    /// Let a closed account in again.
    ReopenAccount(String),
    /// List all accounts.
    ListAccounts,
    /// List all devices.
    ListDevices,
    /// Shut a device out.
    RevokeDevice(String),
    /// Let a device in again.
    AllowDevice(String),
}

/// Does an errand on the database at `place`. `password` is asked only where one is needed. Returns what to
/// tell the operator.
///
/// # Errors
/// Why it was not done.
pub async fn run(
    place: &Place,
    errand: Errand,
    password: impl FnOnce() -> io::Result<String>,
) -> Result<String, NotDone> {
    let makes_it = matches!(errand, Errand::ImportUnits { .. });
    if let Place::Directory(data) = place {
        if makes_it {
            std::fs::create_dir_all(data).map_err(|error| NotDone::Io("making the data directory", error))?;
        } else if place.file().is_none_or(|file| !file.exists()) {
            return Err(nothing_there(&format!("there is no database in {}", data.display())));
        }
    }
    let store = store::Store::open(place).await?;
    let done = if makes_it || store::units::any(&mut *store.read().await?).await? {
        in_store(&store, errand, password).await
    } else {
        Err(nothing_there("the database is empty"))
    };
    store.close().await;
    done
}

/// A mistyped place must not become a second, empty database.
fn nothing_there(what: &str) -> NotDone {
    NotDone::wrong(format!("{what}: start the server on it once, or import units"))
}

async fn in_store(
    store: &store::Store,
    errand: Errand,
    password: impl FnOnce() -> io::Result<String>,
) -> Result<String, NotDone> {
    // Asked for before the transaction begins: nobody waits for somebody who types.
    let hash = match &errand {
        Errand::AddAccount { .. } | Errand::SetPassword(_) => accounts::hash(password)?,
        _ => String::new(),
    };
    let mut tx = store.write().await?;
    let changes_rights =
        matches!(errand, Errand::SetRoles { .. } | Errand::RevokeDevice(_) | Errand::AllowDevice(_));
    let told = match errand {
        Errand::ImportUnits { file, programme } => units::import(&mut tx, &file, &programme).await?,
        Errand::AddAccount { account, name, roles } => {
            accounts::add(&mut tx, account, name, roles, &hash).await?
        }
        Errand::SetRoles { account, roles } => accounts::set_roles(&mut tx, &account, roles).await?,
        Errand::SetPassword(account) => accounts::set_password(&mut tx, &account, &hash).await?,
        Errand::CloseAccount(account) => accounts::close(&mut tx, &account).await?,
        Errand::ReopenAccount(account) => accounts::reopen(&mut tx, &account).await?,
        Errand::ListAccounts => accounts::list(&mut tx).await?,
        Errand::ListDevices => devices::list(&mut tx).await?,
        Errand::RevokeDevice(id) => devices::revoke(&mut tx, &id).await?,
        Errand::AllowDevice(id) => devices::allow(&mut tx, &id).await?,
    };
    if changes_rights {
        store::facts::count(&mut tx, store::facts::RIGHTS).await?;
    }
    tx.commit().await.map_err(store::Error::from)?;
    Ok(told)
}

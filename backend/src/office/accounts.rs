//! Accounts: made, given roles and passwords, closed and opened again.
//!
//! A person's id is drawn once and never used again, and nobody is ever deleted: what was done keeps its name.

use crate::not_done::NotDone;
use crate::{
    auth::{password, token},
    clock, store,
};
use lantoa_shared::person::{Membership, Person};
use std::io;

/// Fewest letters of a password. Length is what holds guessing back; nothing else is asked of it (NIST SP 800-63B).
const FEWEST_LETTERS: usize = 8;

/// Asks for a password and hashes it.
///
/// # Errors
/// If it cannot be read, or is too short or too long.
pub fn hash(ask: impl FnOnce() -> io::Result<String>) -> Result<String, NotDone> {
    let typed = ask().map_err(|error| NotDone::Io("reading the password from standard input", error))?;
    let password = typed.trim_end_matches(['\r', '\n']);
    if password.chars().count() < FEWEST_LETTERS {
        return Err(NotDone::wrong(format!("the password has fewer than {FEWEST_LETTERS} characters")));
    }
    if password.len() > password::MAX_BYTES {
        return Err(NotDone::wrong(format!("the password has more than {} bytes", password::MAX_BYTES)));
    }
    Ok(password::hash(password))
}

/// Makes an account.
///
/// # Errors
/// If the account exists or cannot be written, there is no role, or a unit is unknown.
pub async fn add(
    tx: &mut store::Connection,
    account: String,
    name: String,
    roles: Vec<Membership>,
    hash: &str,
) -> Result<String, NotDone> {
    // Signing in makes what is typed small and cuts blanks off: an account with others could never be used.
    let usable = !account.is_empty()
        && account.len() <= 100
        && account == account.to_lowercase()
        && !account.contains(char::is_whitespace);
    if !usable {
        return Err(NotDone::wrong(format!(
            "\"{account}\" must be small letters, without blanks, up to 100"
        )));
    }
    if name.trim().is_empty() {
        return Err(NotDone::wrong("--name is empty; write the person's full name"));
    }
    if store::people::id_of(tx, &account).await?.is_some() {
        return Err(NotDone::wrong(format!("{account} exists already; see: account list")));
    }
    check_roles(tx, &roles).await?;
    let person = Person { id: token::random_hex::<12>(), account, name, memberships: roles };
    store::people::put(tx, &person, hash).await?;
    Ok(format!("{} can sign in: {}", person.account, roles_of(&person)))
}

/// Gives an account other roles than it had.
///
/// # Errors
/// If the account or a unit is unknown, or there is no role.
pub async fn set_roles(
    tx: &mut store::Connection,
    account: &str,
    roles: Vec<Membership>,
) -> Result<String, NotDone> {
    let id = known(tx, account).await?;
    check_roles(tx, &roles).await?;
    store::people::set_roles(tx, &id, &roles).await?;
    Ok(format!("{account} has other roles from now on"))
}

/// Gives an account another password and ends its sessions.
///
/// # Errors
/// If the account is unknown.
pub async fn set_password(tx: &mut store::Connection, account: &str, hash: &str) -> Result<String, NotDone> {
    let id = known(tx, account).await?;
    store::people::set_password(tx, &id, hash).await?;
    store::sessions::remove_all(tx, &id).await?;
    Ok(format!("{account} has another password; its sessions ended"))
}

/// Closes an account and ends its sessions; what the person did stays, under the same name.
///
/// # Errors
/// If the account is unknown.
pub async fn close(tx: &mut store::Connection, account: &str) -> Result<String, NotDone> {
    let id = known(tx, account).await?;
    store::people::close(tx, &id, Some(clock::now())).await?;
    store::sessions::remove_all(tx, &id).await?;
    Ok(format!("{account} is closed and its sessions ended; what was done with it stays"))
}

/// Lets a closed account in again, with the roles and the password it had.
///
/// # Errors
/// If the account is unknown.
pub async fn reopen(tx: &mut store::Connection, account: &str) -> Result<String, NotDone> {
    let id = known(tx, account).await?;
    store::people::close(tx, &id, None).await?;
    Ok(format!("{account} can sign in again"))
}

/// All accounts, a line each.
///
/// # Errors
/// If the store fails.
pub async fn list(tx: &mut store::Connection) -> Result<String, NotDone> {
    let mut lines = Vec::new();
    for (id, is_closed) in store::people::all(tx).await? {
        let Some(person) = store::people::by_id(tx, &id).await? else { continue };
        let closed = if is_closed { "  (closed)" } else { "" };
        lines.push(format!("{}  {}  {}{closed}", person.account, person.name, roles_of(&person)));
    }
    Ok(if lines.is_empty() { "no accounts".into() } else { lines.join("\n") })
}

async fn known(tx: &mut store::Connection, account: &str) -> Result<String, NotDone> {
    let id = store::people::id_of(tx, account).await?;
    id.ok_or_else(|| NotDone::wrong(format!("there is no account {account}; see: account list")))
}

async fn check_roles(tx: &mut store::Connection, roles: &[Membership]) -> Result<(), NotDone> {
    if roles.is_empty() {
        return Err(NotDone::wrong("--role is missing; write --role UNIT:ROLE"));
    }
    let mut wrong = Vec::new();
    for Membership { unit, .. } in roles {
        if !store::units::exists(tx, unit).await? {
            wrong.push(format!("there is no unit {unit}; import it first, or start the server once"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(NotDone::Wrong(wrong)) }
}

/// `XP-19753:head SO-GDDT:reader`.
fn roles_of(person: &Person) -> String {
    let role = |held: &Membership| {
        store::word("role", &held.role)
            .map_or_else(|_| held.unit.clone(), |role| format!("{}:{role}", held.unit))
    };
    person.memberships.iter().map(role).collect::<Vec<_>>().join(" ")
}

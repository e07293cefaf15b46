//! The demo: invented schools, accounts, reports and media items on the real units, the same on every machine.
//!
//! Reports are made as people would make them: answers folded op by op, checked by the form, then
//! approved and accepted. Nothing is written where a database already has people in it.

pub mod accounts;
pub mod answers;
pub mod chance;
pub mod items;
pub mod pen;
pub mod reports;
pub mod schools;
mod texts;
mod works;

use crate::{auth::password, programme::Programme, store};

/// The commune of the worked example (forms.md section 15), with exactly the schools A, B and C.
pub const EXAMPLE_COMMUNE: &str = "XP-20161";
/// School A of the worked example: the demo's school.
pub const EXAMPLE_SCHOOL: &str = "TH-0001";

/// Adds invented schools and the accounts, if nobody has an account yet. Returns whether it did.
///
/// # Errors
/// If the store fails.
pub async fn populate(
    tx: &mut store::Connection,
    programme: &Programme,
    count: usize,
) -> Result<bool, store::Error> {
    if store::people::any(tx).await? {
        return Ok(false);
    }
    for school in schools::make(programme.units(), count) {
        store::units::put(tx, &school).await?;
    }
    // One hash for all: hashing nine times would only make the start slower.
    let hash = password::hash(accounts::PASSWORD);
    for account in &accounts::ACCOUNTS {
        store::people::put(tx, &account.person(), &hash).await?;
    }
    Ok(true)
}

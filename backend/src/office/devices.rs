//! The devices from which people sync: shutting one out that was lost, and letting it in again.

use crate::not_done::NotDone;
use crate::{clock, store};
use lantoa_shared::text::day;
use std::collections::BTreeSet;

/// All devices, a line each, those heard of last first.
///
/// # Errors
/// If the store fails.
pub async fn list(tx: &mut store::Connection) -> Result<String, NotDone> {
    let mut lines = Vec::new();
    for device in store::devices::all(tx).await? {
        let person = store::people::by_id(tx, &device.person).await?;
        let account = person.map_or(device.person, |person| person.account);
        let closed = if device.revoked_at.is_some() { "  (shut out)" } else { "" };
        lines.push(format!("{}  {account}  {}{closed}", device.id, day::show_moment(device.last_seen)));
    }
    Ok(if lines.is_empty() { "no devices".into() } else { lines.join("\n") })
}

/// Shuts a device out: it may still deliver what was done on it, and what it holds is wiped at its next contact.
///
/// # Errors
/// If the device is unknown.
pub async fn revoke(tx: &mut store::Connection, id: &str) -> Result<String, NotDone> {
    if !store::devices::revoke(tx, id, clock::now()).await? {
        return Err(unknown(id));
    }
    Ok(format!("{id} is shut out; what it still delivers waits for its unit"))
}

/// Lets a device in again: what it delivered meanwhile is judged within seconds.
///
/// # Errors
/// If the device is unknown.
pub async fn allow(tx: &mut store::Connection, id: &str) -> Result<String, NotDone> {
    if !store::devices::allow(tx, id, clock::now()).await? {
        return Err(unknown(id));
    }
    let mut told = format!("{id} syncs again; what it delivered meanwhile is judged within seconds");
    // The same phone under another id stays shut out with its session.
    let all = store::devices::all(tx).await?;
    let people: BTreeSet<&String> = all.iter().filter(|it| it.id == id).map(|it| &it.person).collect();
    let others =
        all.iter().filter(|it| it.id != id && it.revoked_at.is_some() && people.contains(&it.person));
    let others: BTreeSet<&str> = others.map(|it| it.id.as_str()).collect();
    if !others.is_empty() {
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        told += &format!(
            "\nstill shut out, of the same people: {others}\n\
             a phone whose store was cleared, or that took another id after a restore, has one of these: let it in, too"
        );
    }
    Ok(told)
}

fn unknown(id: &str) -> NotDone {
    NotDone::wrong(format!("there is no device {id}; see: device list"))
}

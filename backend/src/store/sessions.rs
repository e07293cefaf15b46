//! Sessions, by the hash of their token.

use super::{Connection, Result, devices, from_word};
use lantoa_shared::person::{Membership, Person};
use sqlx::Row as _;

/// Keeps a new session, and forgets those that ran out.
///
/// # Errors
/// If the database fails.
pub async fn add(
    tx: &mut Connection,
    token_hash: &str,
    person: &str,
    now: i64,
    expires_at: i64,
) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO sessions (token_hash, person, expires_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(person)
        .bind(expires_at)
        .execute(&mut *tx)
        .await?;
    Ok(())
}

/// A session that did not run out.
#[derive(Debug, Clone)]
pub struct Session {
    /// The hash under which it is kept.
    pub token_hash: String,
    /// When it runs out, in milliseconds since 1970.
    pub expires_at: i64,
    /// The device that syncs in it, once one does.
    pub device: Option<String>,
    /// Whether that device was shut out.
    pub is_shut_out: bool,
    /// When this person was last heard of from it, in milliseconds since 1970.
    pub last_seen: Option<i64>,
}

impl Session {
    /// Whether it was noted not long before `now` that this person syncs from this device.
    pub fn has_noted(&self, device: &str, now: i64) -> bool {
        let is_recent = self.last_seen.is_some_and(|at| now - at <= devices::PRECISION_MS);
        self.device.as_deref() == Some(device) && is_recent
    }
}

/// Whose session it is, with the roles held right now; `None` if it ran out. One question, because it is asked with
/// every request.
///
/// # Errors
/// If the database fails or a stored role is unknown.
pub async fn find(tx: &mut Connection, token_hash: &str, now: i64) -> Result<Option<(Person, Session)>> {
    let rows = sqlx::query(
        "SELECT people.id, account, name, expires_at, device, unit, role,
           (SELECT max(revoked_at) FROM devices WHERE devices.id = sessions.device) AS revoked_at,
           (SELECT last_seen FROM devices
            WHERE devices.id = sessions.device AND devices.person = sessions.person) AS last_seen
         FROM sessions
         JOIN people ON people.id = sessions.person
         LEFT JOIN memberships ON memberships.person = people.id
         WHERE token_hash = $1 AND expires_at > $2 ORDER BY unit, role",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_all(&mut *tx)
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut memberships = Vec::new();
    for row in &rows {
        let (unit, role): (Option<String>, Option<String>) = (row.get("unit"), row.get("role"));
        if let (Some(unit), Some(role)) = (unit, role) {
            memberships.push(Membership { unit, role: from_word("role", role)? });
        }
    }
    let (id, account, name) = (first.get("id"), first.get("account"), first.get("name"));
    let session = Session {
        token_hash: token_hash.to_owned(),
        expires_at: first.get("expires_at"),
        device: first.get("device"),
        is_shut_out: first.get::<Option<i64>, _>("revoked_at").is_some(),
        last_seen: first.get("last_seen"),
    };
    Ok(Some((Person { id, account, name, memberships }, session)))
}

/// Notes which device syncs in a session.
///
/// # Errors
/// If the database fails.
pub async fn bind(tx: &mut Connection, token_hash: &str, device: &str) -> Result<()> {
    sqlx::query("UPDATE sessions SET device = $1 WHERE token_hash = $2")
        .bind(device)
        .bind(token_hash)
        .execute(tx)
        .await?;
    Ok(())
}

/// Moves the end of a session.
///
/// # Errors
/// If the database fails.
pub async fn extend(tx: &mut Connection, token_hash: &str, expires_at: i64) -> Result<()> {
    sqlx::query("UPDATE sessions SET expires_at = $1 WHERE token_hash = $2")
        .bind(expires_at)
        .bind(token_hash)
        .execute(&mut *tx)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// If the database fails.
pub async fn remove(tx: &mut Connection, token_hash: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(&mut *tx).await?;
    Ok(())
}

/// Ends all sessions of a person.
///
/// # Errors
/// If the database fails.
pub async fn remove_all(tx: &mut Connection, person: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE person = $1").bind(person).execute(&mut *tx).await?;
    Ok(())
}

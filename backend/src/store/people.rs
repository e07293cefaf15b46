//! People, their passwords' hashes and their roles in units.

use super::{AT_ONCE, Connection, Result, from_word, places, word};
use lantoa_shared::{
    map::Map,
    person::{Membership, Person},
};
use sqlx::{AssertSqlSafe, Row as _};

/// Adds a person, or renews name, password and roles of the one with the same id.
///
/// # Errors
/// If the database fails, the account belongs to another person, or a unit is unknown.
pub async fn put(tx: &mut Connection, person: &Person, password_hash: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO people (id, account, name, password_hash) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET account = $2, name = $3, password_hash = $4",
    )
    .bind(&person.id)
    .bind(&person.account)
    .bind(&person.name)
    .bind(password_hash)
    .execute(&mut *tx)
    .await?;
    set_roles(tx, &person.id, &person.memberships).await
}

/// Gives a person these roles and no others.
///
/// # Errors
/// If the database fails or a unit is unknown.
pub async fn set_roles(tx: &mut Connection, id: &str, memberships: &[Membership]) -> Result<()> {
    sqlx::query(
        "INSERT INTO former_memberships (person, unit, until)
         SELECT DISTINCT person, unit, CAST($2 AS BIGINT) FROM memberships WHERE person = $1
         ON CONFLICT (person, unit) DO UPDATE SET until = excluded.until",
    )
    .bind(id)
    .bind(crate::clock::now())
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM memberships WHERE person = $1").bind(id).execute(&mut *tx).await?;
    for membership in memberships {
        sqlx::query(
            "INSERT INTO memberships (person, unit, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(&membership.unit)
        .bind(word("role", &membership.role)?)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Whether a person works in a unit or did before.
///
/// # Errors
/// If the database fails.
pub async fn has_been_in(tx: &mut Connection, id: &str, unit: &str) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 FROM memberships WHERE person = $1 AND unit = $2
         UNION ALL SELECT 1 FROM former_memberships WHERE person = $1 AND unit = $2 LIMIT 1",
    )
    .bind(id)
    .bind(unit)
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

/// Gives a person another password.
///
/// # Errors
/// If the database fails.
pub async fn set_password(tx: &mut Connection, id: &str, hash: &str) -> Result<()> {
    sqlx::query("UPDATE people SET password_hash = $1 WHERE id = $2").bind(hash).bind(id).execute(tx).await?;
    Ok(())
}

/// Closes a person's account, or opens it again.
///
/// # Errors
/// If the database fails.
pub async fn close(tx: &mut Connection, id: &str, closed_at: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE people SET closed_at = $1 WHERE id = $2")
        .bind(closed_at)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}

/// Whose account it is, closed or not.
///
/// # Errors
/// If the database fails.
pub async fn id_of(tx: &mut Connection, account: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("SELECT id FROM people WHERE account = $1")
        .bind(account)
        .fetch_optional(tx)
        .await?)
}

/// The ids of all people in the order of their accounts, and whether each is closed.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<(String, bool)>> {
    let rows = sqlx::query("SELECT id, closed_at FROM people ORDER BY account");
    Ok(rows
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(|row| (row.get("id"), row.get::<Option<i64>, _>("closed_at").is_some()))
        .collect())
}

/// The person with this id.
///
/// # Errors
/// If the database fails.
pub async fn by_id(tx: &mut Connection, id: &str) -> Result<Option<Person>> {
    let row = sqlx::query("SELECT id, account, name FROM people WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let memberships = sqlx::query("SELECT unit, role FROM memberships WHERE person = $1 ORDER BY unit, role")
        .bind(id)
        .fetch_all(&mut *tx)
        .await?
        .into_iter()
        .map(|row| Ok(Membership { unit: row.get("unit"), role: from_word("role", row.get("role"))? }))
        .collect::<Result<_>>()?;
    Ok(Some(Person { id: row.get("id"), account: row.get("account"), name: row.get("name"), memberships }))
}

/// The names of those people who are known, by their ids.
///
/// # Errors
/// If the database fails.
pub async fn names(
    tx: &mut Connection,
    ids: impl IntoIterator<Item = String>,
) -> Result<Map<String, String>> {
    let ids: Vec<String> = ids.into_iter().collect();
    let mut names = Map::new();
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!("SELECT id, name FROM people WHERE id IN {}", places(1, ids.len()));
        let query = ids.iter().fold(sqlx::query_as(AssertSqlSafe(sql)), |query, id| query.bind(id));
        let found: Vec<(String, String)> = query.fetch_all(&mut *tx).await?;
        names.extend(found);
    }
    Ok(names)
}

/// Id and password hash of an account that is not closed.
///
/// # Errors
/// If the database fails.
pub async fn credentials(tx: &mut Connection, account: &str) -> Result<Option<(String, String)>> {
    let row = sqlx::query("SELECT id, password_hash FROM people WHERE account = $1 AND closed_at IS NULL")
        .bind(account)
        .fetch_optional(&mut *tx)
        .await?;
    Ok(row.map(|row| (row.get("id"), row.get("password_hash"))))
}

/// Whether anybody has an account.
///
/// # Errors
/// If the database fails.
pub async fn any(tx: &mut Connection) -> Result<bool> {
    Ok(sqlx::query("SELECT 1 FROM people LIMIT 1").fetch_optional(&mut *tx).await?.is_some())
}

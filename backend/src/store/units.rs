//! The registry of units.

use super::{Connection, Result, body, text};
use lantoa_shared::unit::Unit;

/// Adds a unit or renews the one with the same code.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, unit: &Unit) -> Result<()> {
    sqlx::query(
        "INSERT INTO units (code, kind, parent, recipient, body) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (code) DO UPDATE SET kind = $2, parent = $3, recipient = $4, body = $5",
    )
    .bind(&unit.code)
    .bind(&unit.kind)
    .bind(&unit.parent)
    .bind(&unit.recipient)
    .bind(text("unit", unit)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// All units, by code.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Unit>> {
    let bodies: Vec<String> =
        sqlx::query_scalar("SELECT body FROM units ORDER BY code").fetch_all(tx).await?;
    bodies.iter().map(|text| body("unit", text)).collect()
}

/// Whether there is a unit with this code.
///
/// # Errors
/// If the database fails.
pub async fn exists(tx: &mut Connection, code: &str) -> Result<bool> {
    Ok(sqlx::query("SELECT 1 FROM units WHERE code = $1").bind(code).fetch_optional(tx).await?.is_some())
}

/// Whether there is any unit.
///
/// # Errors
/// If the database fails.
pub async fn any(tx: &mut Connection) -> Result<bool> {
    Ok(sqlx::query("SELECT 1 FROM units LIMIT 1").fetch_optional(tx).await?.is_some())
}

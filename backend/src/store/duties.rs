//! Duties: which unit owes which form for which period. The frames of register entries lie among them, and are found
//! by their id alone: nobody owes them, so no list of what is owed has them.

use super::{Connection, Error, Result};
use lantoa_shared::{duty::Duty, period::Period};
use sqlx::{Row as _, any::AnyRow};

/// Adds a duty, or moves the due date and the recipient of one that exists. The form's version
/// stays as it was when the duty was made.
///
/// # Errors
/// If the database fails or a unit is unknown.
pub async fn put(tx: &mut Connection, duty: &Duty) -> Result<()> {
    sqlx::query(
        "INSERT INTO duties (id, unit, form, form_version, period, due, recipient, entry)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET due = $6, recipient = $7",
    )
    .bind(duty.id())
    .bind(&duty.unit)
    .bind(&duty.form)
    .bind(i64::from(duty.form_version))
    .bind(duty.period.to_string())
    .bind(duty.due.to_string())
    .bind(&duty.recipient)
    .bind(&duty.entry)
    .execute(tx)
    .await?;
    Ok(())
}

/// The duty with this id.
///
/// # Errors
/// If the database fails.
pub async fn by_id(tx: &mut Connection, id: &str) -> Result<Option<Duty>> {
    sqlx::query("SELECT * FROM duties WHERE id = $1").bind(id).fetch_optional(tx).await?.map(duty).transpose()
}

/// All duties.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Duty>> {
    sqlx::query("SELECT * FROM duties WHERE entry IS NULL ORDER BY id")
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(duty)
        .collect()
}

/// The duties of one form and period.
///
/// # Errors
/// If the database fails.
pub async fn of_form(tx: &mut Connection, form: &str, period: Period) -> Result<Vec<Duty>> {
    sqlx::query("SELECT * FROM duties WHERE form = $1 AND period = $2 AND entry IS NULL ORDER BY unit")
        .bind(form)
        .bind(period.to_string())
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(duty)
        .collect()
}

/// The duties of one period.
///
/// # Errors
/// If the database fails.
pub async fn of_period(tx: &mut Connection, period: Period) -> Result<Vec<Duty>> {
    sqlx::query("SELECT * FROM duties WHERE period = $1 AND entry IS NULL ORDER BY id")
        .bind(period.to_string())
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(duty)
        .collect()
}

/// The duties of one unit, with every form and period.
///
/// # Errors
/// If the database fails.
pub async fn of_unit(tx: &mut Connection, unit: &str) -> Result<Vec<Duty>> {
    sqlx::query("SELECT * FROM duties WHERE unit = $1 AND entry IS NULL ORDER BY id")
        .bind(unit)
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(duty)
        .collect()
}

/// How many duties of a period are owed to a unit.
///
/// # Errors
/// If the database fails.
pub async fn count_owed_to(tx: &mut Connection, recipient: &str, period: Period) -> Result<u32> {
    let query = sqlx::query_scalar(
        "SELECT count(*) FROM duties WHERE recipient = $1 AND period = $2 AND entry IS NULL",
    );
    number(query.bind(recipient).bind(period.to_string()).fetch_one(tx).await?)
}

/// Every version of a form that some record is made with, with the number of those.
///
/// # Errors
/// If the database fails.
pub async fn versions(tx: &mut Connection) -> Result<Vec<(String, u32, u32)>> {
    let rows: Vec<(String, i64, i64)> =
        sqlx::query_as("SELECT form, form_version, count(*) FROM duties GROUP BY form, form_version")
            .fetch_all(tx)
            .await?;
    rows.into_iter().map(|(form, version, count)| Ok((form, number(version)?, number(count)?))).collect()
}

/// The newest version of a form that is in use in a period.
///
/// # Errors
/// If the database fails.
pub async fn newest_version(tx: &mut Connection, form: &str, period: Period) -> Result<Option<u32>> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(form_version) FROM duties WHERE form = $1 AND period = $2")
            .bind(form)
            .bind(period.to_string())
            .fetch_one(tx)
            .await?;
    newest.map(number).transpose()
}

/// Both engines count in 64 bits.
fn number(stored: i64) -> Result<u32> {
    u32::try_from(stored).map_err(|_| Error::Word("number"))
}

pub(super) fn duty(row: AnyRow) -> Result<Duty> {
    let (period, due): (String, String) = (row.get("period"), row.get("due"));
    Ok(Duty {
        unit: row.get("unit"),
        form: row.get("form"),
        form_version: number(row.get("form_version"))?,
        period: period.parse().map_err(|_| Error::Word("period"))?,
        due: due.parse().map_err(|_| Error::Word("due date"))?,
        recipient: row.get("recipient"),
        entry: row.get("entry"),
    })
}

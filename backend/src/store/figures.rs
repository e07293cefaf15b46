//! Figures of submitted and accepted reports, computed once when the step was taken.

use super::{Connection, Error, Result, body, feed, text};
use futures::TryStreamExt as _;
use lantoa_shared::{background::Figures, duty::Duty, period::Period, record::State};
use sqlx::{Row as _, any::AnyRow};

/// The figures of one report.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The record.
    pub record: String,
    /// The unit that filed it.
    pub unit: String,
    /// Its form.
    pub form: String,
    /// Its period.
    pub period: Period,
    /// Accepted, or only submitted and so provisional.
    pub accepted: bool,
    /// The values.
    pub figures: Figures,
}

/// Keeps the figures of a report that was submitted or accepted. What was accepted goes on counting until the
/// next revision is accepted, too.
///
/// # Errors
/// If the database fails.
pub async fn put(tx: &mut Connection, duty: &Duty, state: State, figures: &Figures) -> Result<()> {
    let revision = feed::next_seq(tx).await?;
    sqlx::query(
        "INSERT INTO figures (record, unit, form, period, state, revision, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (record) DO UPDATE SET state = $5, revision = $6, body = $7
         WHERE figures.state <> 'accepted' OR $5 = 'accepted'",
    )
    .bind(duty.id())
    .bind(&duty.unit)
    .bind(&duty.form)
    .bind(duty.period.to_string())
    .bind(state.code())
    .bind(revision)
    .bind(text("figures", figures)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the figures of a report that was sent back, unless they were accepted before: those stand until
/// the next revision is accepted.
///
/// # Errors
/// If the database fails.
pub async fn withdraw(tx: &mut Connection, record: &str) -> Result<()> {
    let revision = feed::next_seq(tx).await?;
    sqlx::query(
        "UPDATE figures SET state = 'withdrawn', revision = $1, body = '{}'
         WHERE record = $2 AND state <> 'accepted'",
    )
    .bind(revision)
    .bind(record)
    .execute(tx)
    .await?;
    Ok(())
}

/// All figures.
///
/// # Errors
/// If the database fails.
pub async fn all(tx: &mut Connection) -> Result<Vec<Reported>> {
    sqlx::query("SELECT * FROM figures WHERE state <> 'withdrawn' ORDER BY record")
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(reported)
        .collect()
}

/// What became of the figures of one report.
#[derive(Debug, Clone)]
pub struct Change {
    /// The record.
    pub record: String,
    /// The unit that filed it.
    pub unit: String,
    /// The number of the change.
    pub revision: i64,
    /// The newest figures; `None` where they were withdrawn, because the report was sent back.
    pub reported: Option<Reported>,
}

/// What changed in one form and period after a revision.
///
/// # Errors
/// If the database fails.
pub async fn changed_after(
    tx: &mut Connection,
    form: &str,
    period: Period,
    revision: i64,
) -> Result<Vec<Change>> {
    // Row by row: the texts of a whole city at once would be megabytes for a moment.
    let mut rows = sqlx::query("SELECT * FROM figures WHERE form = $1 AND period = $2 AND revision > $3")
        .bind(form)
        .bind(period.to_string())
        .bind(revision)
        .fetch(tx);
    let mut changes = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let is_there = row.get::<String, _>("state") != "withdrawn";
        changes.push(Change {
            record: row.get("record"),
            unit: row.get("unit"),
            revision: row.get("revision"),
            reported: is_there.then(|| reported(row)).transpose()?,
        });
    }
    Ok(changes)
}

/// The forms and periods whose figures changed last.
///
/// # Errors
/// If the database fails.
pub async fn changed_last(tx: &mut Connection, most: u32) -> Result<Vec<(String, Period)>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT form, period FROM figures GROUP BY form, period ORDER BY max(revision) DESC LIMIT $1",
    )
    .bind(i64::from(most))
    .fetch_all(tx)
    .await?;
    let read = |(form, period): (String, String)| match period.parse() {
        Ok(period) => Ok((form, period)),
        Err(_) => Err(Error::Word("period")),
    };
    rows.into_iter().map(read).collect()
}

/// The figures of one unit, over all forms and periods.
///
/// # Errors
/// If the database fails.
pub async fn of_unit(tx: &mut Connection, unit: &str) -> Result<Vec<Reported>> {
    sqlx::query("SELECT * FROM figures WHERE unit = $1 AND state <> 'withdrawn' ORDER BY record")
        .bind(unit)
        .fetch_all(tx)
        .await?
        .into_iter()
        .map(reported)
        .collect()
}

/// The figures of a period's reports that are owed to a unit.
///
/// # Errors
/// If the database fails.
pub async fn owed_to(tx: &mut Connection, recipient: &str, period: Period) -> Result<Vec<Reported>> {
    sqlx::query(
        "SELECT figures.* FROM figures JOIN duties ON duties.id = figures.record
         WHERE duties.recipient = $1 AND duties.period = $2 AND figures.state <> 'withdrawn'
         ORDER BY figures.unit",
    )
    .bind(recipient)
    .bind(period.to_string())
    .fetch_all(tx)
    .await?
    .into_iter()
    .map(reported)
    .collect()
}

fn reported(row: AnyRow) -> Result<Reported> {
    let period: String = row.get("period");
    let state: String = row.get("state");
    Ok(Reported {
        record: row.get("record"),
        unit: row.get("unit"),
        form: row.get("form"),
        period: period.parse().map_err(|_| Error::Word("period"))?,
        accepted: state == State::Accepted.code(),
        figures: body("figures", &row.get::<String, _>("body"))?,
    })
}

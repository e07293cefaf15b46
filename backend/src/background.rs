//! Composes what the rules of a record look at besides it, and sends it down with the duty.
//!
//! A background changes when a report it rests on is accepted or sent back: then the rows of the
//! unit's other duties, and of the duties of the unit that received it, are written anew. That of a
//! report that went up is sealed: what was approved and accepted is what everybody sees from then on.

use crate::{app::App, programme::Programme, registry::Registry, store, store::figures::Reported};
use lantoa_shared::map::Map;
use lantoa_shared::{
    background::{Background, Figures, Schools},
    duty::Duty,
    period::PeriodKind,
    sync::bucket,
    value::{Datum, Exact},
    wire::v1::RowKind,
};
use std::collections::BTreeSet;

/// What a background rests on.
pub struct Sources<'a> {
    /// Forms and settings.
    pub programme: &'a Programme,
    /// The units.
    pub registry: &'a Registry,
    /// The figures of the filing unit, over all forms and periods.
    pub own: &'a [&'a Reported],
    /// How many duties of the same period are owed to the filing unit.
    pub due_below: u32,
    /// The accepted figures of those.
    pub below: &'a [&'a Reported],
}

/// Composes the background of a duty; `None` if its unit is not in the registry.
pub fn compose(duty: &Duty, sources: &Sources<'_>) -> Option<Background> {
    let accepted = |reported: &&&Reported| reported.accepted && reported.form == duty.form;
    let end = |period| sources.programme.windows().end(period);
    let previous = sources
        .own
        .iter()
        .filter(accepted)
        .filter(|reported| end(reported.period) < end(duty.period))
        .max_by_key(|reported| end(reported.period));
    let h1 = sources
        .own
        .iter()
        .filter(accepted)
        .find(|reported| duty.period.kind == PeriodKind::Year && reported.period == duty.period.h1());
    let figures = |reported: Option<&&Reported>| reported.map(|it| it.figures.clone()).unwrap_or_default();
    let documents = sources
        .own
        .iter()
        .filter(|reported| reported.record != duty.id())
        .filter_map(|reported| document_number(&reported.figures))
        .collect();
    let receives = !sources.registry.reporting_to(&duty.unit).is_empty();
    Some(Background {
        duty: duty.clone(),
        unit: sources.registry.unit(&duty.unit)?.clone(),
        previous: figures(previous),
        h1: figures(h1),
        schools: receives.then(|| add_up(sources.due_below, sources.below)),
        counts: Map::new(),
        documents,
        settings: sources.programme.settings().clone(),
        windows: *sources.programme.windows(),
    })
}

/// Adds the accepted reports below a unit up, field by field.
fn add_up(due: u32, below: &[&Reported]) -> Schools {
    let mut schools = Schools { due, ..Schools::default() };
    let mut sums: Map<&str, Exact> = Map::new();
    for reported in below.iter().filter(|reported| reported.accepted) {
        schools.reported += 1;
        for (code, datum) in &reported.figures {
            match datum {
                Datum::Number(number) => *sums.get_or_insert_with(code, Exact::default) += number,
                Datum::Bool(true) => *schools.trues.get_or_insert_with(code.clone(), || 0) += 1,
                _ => {}
            }
        }
    }
    // Numbers inside repeating rows are added by their field, not by the place of the row.
    schools.sums = sums
        .into_iter()
        .filter(|(code, _)| !code.contains('/'))
        .map(|(code, sum)| (code.to_owned(), Datum::Number(sum)))
        .collect();
    schools.trues.retain(|code, _| !code.contains('/'));
    schools
}

/// `number/symbol/year` of a report that bears one.
fn document_number(figures: &Figures) -> Option<String> {
    let Some(Datum::Number(number)) = figures.get("hdr_doc_number") else { return None };
    let Some(Datum::Text(symbol)) = figures.get("hdr_doc_symbol") else { return None };
    let Some(Datum::Date(day)) = figures.get("hdr_doc_date") else { return None };
    Some(format!("{number}/{symbol}/{}", day.year()))
}

/// Reads what a duty's background rests on, and composes it; once its report went up, what it was then.
///
/// # Errors
/// If the store fails.
pub async fn load(
    tx: &mut store::Connection,
    app: &App,
    duty: &Duty,
) -> Result<Option<Background>, store::Error> {
    match store::records::sealed(tx, &duty.id()).await? {
        Some(sealed) => Ok(Some(now_owed(duty, sealed))),
        None => load_open(tx, app, duty).await,
    }
}

/// The same for a duty whose report did not go up, or is open again.
///
/// # Errors
/// If the store fails.
pub async fn load_open(
    tx: &mut store::Connection,
    app: &App,
    duty: &Duty,
) -> Result<Option<Background>, store::Error> {
    let own = store::figures::of_unit(tx, &duty.unit).await?;
    let (mut due_below, mut below) = (0, Vec::new());
    if !app.registry().reporting_to(&duty.unit).is_empty() {
        due_below = store::duties::count_owed_to(tx, &duty.unit, duty.period).await?;
        below = store::figures::owed_to(tx, &duty.unit, duty.period).await?;
    }
    let sources = Sources {
        programme: &app.programme,
        registry: &app.registry(),
        own: &own.iter().collect::<Vec<_>>(),
        due_below,
        below: &below.iter().collect::<Vec<_>>(),
    };
    Ok(compose(duty, &sources))
}

/// The duty and its unit alone, for what asks for no more; `None` if its unit is not in the registry.
pub fn bare(programme: &Programme, registry: &Registry, duty: &Duty) -> Option<Background> {
    compose(duty, &Sources { programme, registry, own: &[], due_below: 0, below: &[] })
}

/// A sealed background for the duty as it is now: the report may have got another recipient meanwhile.
pub fn now_owed(duty: &Duty, sealed: Background) -> Background {
    Background { duty: duty.clone(), ..sealed }
}

/// Writes the backgrounds anew that rest on the report of `duty`.
///
/// # Errors
/// If the store fails.
pub async fn renew_around(
    tx: &mut store::Connection,
    app: &App,
    duty: &Duty,
    news: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    let own = store::duties::of_unit(tx, &duty.unit).await?;
    let above = store::duties::of_unit(tx, &duty.recipient).await?;
    let same_unit = own.iter().filter(|other| other.form == duty.form || other.period == duty.period);
    let receiving = above.iter().filter(|other| other.period == duty.period);
    for other in same_unit.chain(receiving) {
        if let Some(background) = load(tx, app, other).await? {
            publish(tx, &background, news).await?;
        }
    }
    Ok(())
}

/// Puts a duty with its background into the bucket of its unit, and into that of its recipient, who
/// sees from it who owes what. Earlier figures go along only once a report was sent: until then the
/// recipient has nothing to compare with them.
///
/// # Errors
/// If the store fails.
pub async fn publish(
    tx: &mut store::Connection,
    background: &Background,
    news: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    let id = background.duty.id();
    let own = bucket::of_unit(&background.duty.unit);
    put(tx, own, &id, background, news).await?;
    let area = bucket::of_area(&background.duty.recipient);
    if store::feed::has(tx, &area, RowKind::Record, &id).await? {
        return put(tx, area, &id, background, news).await;
    }
    let bare = Background {
        previous: Figures::new(),
        h1: Figures::new(),
        schools: None,
        documents: Vec::new(),
        ..background.clone()
    };
    put(tx, area, &id, &bare, news).await
}

async fn put(
    tx: &mut store::Connection,
    bucket: String,
    id: &str,
    background: &Background,
    news: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    let body = store::text("background", background)?;
    if store::feed::put(tx, &bucket, RowKind::Duty, id, Some(&body)).await? {
        news.insert(bucket);
    }
    Ok(())
}

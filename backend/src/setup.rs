//! Brings the store in line with the programme at every start: units, public rows, duties and
//! their backgrounds. Running it again changes nothing; a changed programme changes what it must.

pub mod moves;

use crate::{
    app::App,
    background::{self, Sources},
    clock,
    programme::Programme,
    registry::Registry,
    shelf,
    store::{self, figures::Reported},
    sweeping::sweep,
};
use lantoa_shared::{
    date::Date,
    definition::{FieldDefinition, FormDefinition, SectionDefinition},
    duty::{Duty, EntryId},
    programme::Fault,
    sync::bucket,
    unit::Unit,
    value::Datum,
    wire::v1::RowKind,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How often the calendar is looked at.
const AN_HOUR: Duration = Duration::from_secs(3600);

/// How often it is looked whether units were registered.
const A_WHILE: Duration = Duration::from_secs(5);

/// How long a device may be away and still be told what is gone, in milliseconds: 400 days. After that it reads its
/// buckets anew.
const TOMBSTONES_STAY_MS: i64 = 400 * 24 * 3_600_000;

/// The type of units whose rows do not go to everybody: there are hundreds.
pub(crate) const SCHOOL: &str = "SCHOOL";

/// The versions of forms that duties were made with and that the programme no longer has. Without them
/// reports could not be read any more, so a server must not start on such a programme.
///
/// # Errors
/// If the store fails.
pub async fn missing_versions(
    tx: &mut store::Connection,
    programme: &Programme,
) -> Result<Vec<Fault>, store::Error> {
    let used = store::duties::versions(tx).await?;
    let missing = used.into_iter().filter(|(form, version, _)| programme.form(form, *version).is_none());
    Ok(missing
        .map(|(form, version, count)| Fault {
            place: "programme.json".to_owned(),
            message: format!("form {form}.{version} is missing, but {count} reports were begun with it"),
        })
        .collect())
}

/// The versions of forms that were published with another content. Reports are under way with what was
/// published, so a server must not start on such a programme.
///
/// # Errors
/// If the store fails.
pub async fn edited_versions(
    tx: &mut store::Connection,
    programme: &Programme,
) -> Result<Vec<Fault>, store::Error> {
    let mut faults = Vec::new();
    for now in programme.definitions() {
        let id = format!("{}.{}", now.code, now.version);
        let published = store::feed::read(tx, bucket::PUB, RowKind::Form, &id).await?;
        let Some(published) = published.filter(|published: &FormDefinition| published != now) else {
            continue;
        };
        let next = format!("{}.{}", now.code, now.version + 1);
        faults.push(Fault {
            place: format!("forms/{id}.json"),
            message: format!(
                "form {id} was published with another {}; put that back and make the change in a new version, \
                 forms/{next}.json",
                difference(&published, now)
            ),
        });
    }
    Ok(faults)
}

/// Where two contents of a form part first.
fn difference(published: &FormDefinition, now: &FormDefinition) -> String {
    let fields = |form: &FormDefinition| -> BTreeMap<String, FieldDefinition> {
        let of = |section: &SectionDefinition| {
            let code = section.code.clone();
            section
                .fields
                .clone()
                .into_iter()
                .map(move |field| (format!("{code}, field {}", field.code), field))
        };
        form.sections.iter().flat_map(of).collect()
    };
    let (before, after) = (fields(published), fields(now));
    let parts = |place: &&String| before.get(*place) != after.get(*place);
    before
        .keys()
        .chain(after.keys())
        .find(parts)
        .map_or_else(|| "title, order or headings".to_owned(), |place| format!("content of section {place}"))
}

/// Puts the programme's own rows and units into the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn publish_programme(
    tx: &mut store::Connection,
    programme: &Programme,
) -> Result<(), store::Error> {
    let rows = programme.rows()?;
    for kind in [RowKind::Programme, RowKind::Choices, RowKind::Form, RowKind::Target] {
        for id in store::feed::ids(tx, bucket::PUB, kind).await? {
            if !rows.iter().any(|row| row.kind == kind && row.id == id) {
                store::feed::put(tx, bucket::PUB, kind, &id, None).await?;
            }
        }
    }
    for row in rows {
        store::feed::put(tx, bucket::PUB, row.kind, &row.id, Some(&row.body)).await?;
    }
    for unit in programme.units() {
        store::units::put(tx, unit).await?;
    }
    Ok(())
}

/// Puts every unit into the buckets in which it belongs: a school in its own and its recipient's,
/// every other unit in the public one; with it goes whether other units report to it.
///
/// # Errors
/// If the store fails.
pub async fn publish_units(tx: &mut store::Connection, registry: &Registry) -> Result<(), store::Error> {
    for unit in registry.units() {
        let mut shown = unit.clone();
        if !registry.reporting_to(&unit.code).is_empty() {
            // A phone does not hold all schools, so it could not tell.
            shown.facts.insert("receives".to_owned(), true.into());
        }
        let body = store::text("unit", &shown)?;
        let mut buckets = vec![bucket::of_unit(&unit.code)];
        if unit.kind != SCHOOL {
            buckets = vec![bucket::PUB.to_owned()];
        } else if let Some(recipient) = &unit.recipient {
            buckets.push(bucket::of_area(recipient));
        }
        for bucket in buckets {
            store::feed::put(tx, &bucket, RowKind::Unit, &unit.code, Some(&body)).await?;
        }
    }
    for (area, id) in store::feed::under(tx, &bucket::of_area(""), RowKind::Entry).await? {
        if let (Some(recipient), Some(id)) = (area.strip_prefix(&bucket::of_area("")), EntryId::read(&id)) {
            publish_unit(tx, registry, id.unit, recipient).await?;
        }
    }
    Ok(())
}

/// Puts a unit into the area of whoever receives its entries.
///
/// # Errors
/// If the store fails.
pub async fn publish_unit(
    tx: &mut store::Connection,
    registry: &Registry,
    code: &str,
    recipient: &str,
) -> Result<(), store::Error> {
    if let Some(unit) = registry.unit(code).filter(|unit| unit.kind == SCHOOL) {
        let body = store::text("unit", unit)?;
        store::feed::put(tx, &bucket::of_area(recipient), RowKind::Unit, code, Some(&body)).await?;
    }
    Ok(())
}

/// Makes the duties of all units, for the periods in which they exist.
///
/// # Errors
/// If the store fails.
pub async fn make_duties(
    tx: &mut store::Connection,
    programme: &Programme,
    registry: &Registry,
) -> Result<(), store::Error> {
    for duty in programme.duties(registry, clock::today()) {
        if registry.unit(&duty.unit).is_some_and(|unit| is_there(unit, programme.windows().end(duty.period)))
        {
            store::duties::put(tx, &duty).await?;
        }
    }
    Ok(())
}

/// Whether the unit exists on the last day of a duty's period: whoever was closed before it ends has
/// nobody left who could report, and what was owed and filed before stays.
fn is_there(unit: &Unit, end: Date) -> bool {
    let (from, to) = (unit.fact("active_from"), unit.fact("active_to"));
    let begun = !matches!(from, Datum::Date(from) if from > end);
    let ended = matches!(to, Datum::Date(to) if to < end);
    begun && !ended
}

/// Writes the backgrounds of all duties. Returns the buckets that have something new.
///
/// # Errors
/// If the store fails.
pub async fn publish_duties(
    tx: &mut store::Connection,
    programme: &Programme,
    registry: &Registry,
) -> Result<BTreeSet<String>, store::Error> {
    let duties = store::duties::all(tx).await?;
    let figures = store::figures::all(tx).await?;
    let mut sealed = store::records::all_sealed(tx).await?;
    let mut news = BTreeSet::new();
    for background in compose_all(programme, registry, &duties, &figures) {
        let background = match sealed.remove(&background.duty.id()) {
            Some(sealed) => background::now_owed(&background.duty, sealed),
            None => background,
        };
        background::publish(tx, &background, &mut news).await?;
    }
    Ok(news)
}

/// Makes the duties of periods that begin while the server runs (on 15 December); looks once an hour
/// and ends with the server.
pub async fn follow_the_calendar(app: App) {
    let mut stopping = app.stopping.clone();
    let mut day = clock::today();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(AN_HOUR) => {}
        }
        let today = clock::today();
        if today != day {
            match renew_duties(&app).await {
                Ok(()) => {
                    day = today;
                    if let Err(error) = sweep(&app.store, &app.files, &app.pictures).await {
                        // Tomorrow is another day.
                        tracing::error!(?error, "files that no record names could not be swept");
                    }
                }
                // Tried again in an hour; the duties that are there stay.
                Err(error) => tracing::error!(?error, "the duties of a new day could not be made"),
            }
        }
    }
}

async fn renew_duties(app: &App) -> Result<(), store::Error> {
    let registry = app.registry();
    let mut tx = app.store.write().await?;
    make_duties(&mut tx, &app.programme, &registry).await?;
    let mut news = publish_duties(&mut tx, &app.programme, &registry).await?;
    if shelf::take_off_ended(&mut tx, clock::today()).await? {
        news.insert(bucket::PUB.to_owned());
    }
    store::buckets::forget_gone(&mut tx, clock::now() - TOMBSTONES_STAY_MS).await?;
    app.commit(tx, news).await
}

/// Looks every few seconds whether another process registered units, and takes them in; ends with the server. `known`
/// is the state of the units with which the server began.
pub async fn follow_units(app: App, mut known: i64) {
    let mut stopping = app.stopping.clone();
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            () = tokio::time::sleep(A_WHILE) => {}
        }
        match renew_units(&app, known).await {
            Ok(now) => known = now,
            // Tried again; the units that are there stay.
            Err(error) => tracing::error!(?error, "units that were registered could not be taken in"),
        }
    }
}

async fn renew_units(app: &App, known: i64) -> Result<i64, store::Error> {
    if store::facts::number(&mut *app.store.read().await?, store::facts::UNITS).await? == known {
        return Ok(known);
    }
    let mut tx = app.store.write().await?;
    let now = store::facts::number(&mut tx, store::facts::UNITS).await?;
    let registry = Registry::new(store::units::all(&mut tx).await?);
    publish_units(&mut tx, &registry).await?;
    make_duties(&mut tx, &app.programme, &registry).await?;
    moves::follow_recipients(&mut tx, &registry).await?;
    publish_duties(&mut tx, &app.programme, &registry).await?;
    tx.commit().await?;
    app.current.replace(registry);
    // Every process finds out by itself.
    app.news.announce_everything();
    Ok(now)
}

/// Composes the backgrounds of many duties from figures already read.
pub fn compose_all<'a>(
    programme: &'a Programme,
    registry: &'a Registry,
    duties: &'a [Duty],
    figures: &'a [Reported],
) -> impl Iterator<Item = lantoa_shared::background::Background> + 'a {
    let mut by_unit: BTreeMap<&str, Vec<&Reported>> = BTreeMap::new();
    for reported in figures {
        by_unit.entry(&reported.unit).or_default().push(reported);
    }
    let mut due: BTreeMap<(&str, String), u32> = BTreeMap::new();
    for duty in duties {
        *due.entry((&duty.recipient, duty.period.to_string())).or_default() += 1;
    }
    let nothing: Vec<&Reported> = Vec::new();
    duties.iter().filter_map(move |duty| {
        let below: Vec<&Reported> = registry
            .reporting_to(&duty.unit)
            .iter()
            .filter_map(|unit| by_unit.get(unit.as_str()))
            .flatten()
            .filter(|reported| reported.period == duty.period)
            .copied()
            .collect();
        background::compose(
            duty,
            &Sources {
                programme,
                registry,
                own: by_unit.get(duty.unit.as_str()).unwrap_or(&nothing),
                due_below: due.get(&(duty.unit.as_str(), duty.period.to_string())).copied().unwrap_or(0),
                below: &below,
            },
        )
    })
}

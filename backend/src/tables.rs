//! Tables: who may see which, and which reports take part in one.
//!
//! The arithmetic is `lantoa_shared::consolidation`; here the figures of an area's reports are
//! gathered. A unit's area is every unit that reports to it, over any number of steps, without the
//! unit itself.

pub mod board;

use crate::{app::App, store};
use board::Sent;
use lantoa_shared::{
    background::Figures,
    consolidation::{Contribution, Table, consolidate},
    form::{Consolidation, Field, Form},
    period::Period,
    person::{Person, Role},
    target::{Measure, Reports, Target, measures, reports_behind},
};

/// Whether the person may see the figures of a unit's area: with a role that receives, in the unit
/// or in one above it.
pub fn may_see(app: &App, person: &Person, unit: &str) -> bool {
    person.memberships.iter().any(|membership| {
        matches!(membership.role, Role::Consolidator | Role::Reviewer | Role::Head | Role::Reader)
            && app.registry().is_within(unit, &membership.unit)
    })
}

/// The version of a form that a period's table shows: the newest in which anybody reports for it. Fields
/// keep their codes from version to version, so older reports stand in the same table.
///
/// # Errors
/// If the store fails.
pub async fn form<'a>(app: &'a App, code: &str, period: Period) -> Result<Option<&'a Form>, store::Error> {
    let mut tx = app.store.read().await?;
    Ok(match store::duties::newest_version(&mut tx, code, period).await? {
        Some(version) => app.programme.form(code, version),
        None => app.programme.newest_form(code),
    })
}

/// The table of one form and period over a unit's area, with the targets that the form feeds.
///
/// # Errors
/// If the store fails.
pub async fn read(app: &App, unit: &str, form: &Form, period: Period) -> Result<Table, store::Error> {
    let mut tx = app.store.read().await?;
    let mut gathered = vec![gather(&mut tx, app, unit, &form.code, period).await?];
    for code in targets_fed_by(app, &form.code).flat_map(|target| &target.forms) {
        if !gathered.iter().any(|of| of.form == *code) {
            gathered.push(gather(&mut tx, app, unit, code, period).await?);
        }
    }
    drop(tx);
    let (app, unit, form) = (app.clone(), unit.to_owned(), form.clone());
    // Adding a city up takes long enough to hold up the phones that push meanwhile.
    let added = tokio::task::spawn_blocking(move || add_up(&app, &unit, &form, period, &gathered)).await;
    Ok(added.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())))
}

/// Reads what is asked for first after a start, so that nobody waits for it.
pub async fn warm(app: App) {
    let read = async {
        let mut tx = app.store.read().await?;
        for (form, period) in store::figures::changed_last(&mut tx, 2).await? {
            app.board.sent(&mut tx, &form, period).await?;
        }
        Ok::<_, store::Error>(())
    };
    if let Err(error) = read.await {
        // Whoever asks for a table reads it again, and hears of it if that fails, too.
        tracing::warn!(?error, "the tables could not be read ahead");
    }
}

fn targets_fed_by<'a>(app: &'a App, form: &'a str) -> impl Iterator<Item = &'a Target> {
    app.programme.targets().iter().filter(move |target| target.forms.iter().any(|of| of == form))
}

/// The first of `gathered` are the reports of the form itself.
fn add_up(app: &App, unit: &str, form: &Form, period: Period, gathered: &[Gathered]) -> Table {
    let mut table = consolidate(form, unit, period, &gathered[0].due, &gathered[0].sent.contributions);
    let reports: Vec<Reports<'_>> = gathered.iter().map(Gathered::reports).collect();
    table.targets = targets_fed_by(app, &form.code).flat_map(|target| measures(target, &reports)).collect();
    table.coverage.name_apart(|unit| gathered[0].sent.correcting.contains(unit));
    for measure in &mut table.targets {
        measure.name_apart(|unit| gathered.iter().any(|of| of.sent.correcting.contains(unit)));
    }
    let of_measure = |it: &Measure| [it.silent.clone(), it.correcting.clone(), it.failing.clone()].concat();
    let mentioned = table.targets.iter().flat_map(of_measure).chain(table.coverage.silent.iter().cloned());
    let mentioned = mentioned.chain(table.coverage.correcting.iter().cloned());
    let registry = app.registry();
    let units = mentioned.filter_map(|code| registry.unit(&code));
    table.names = units.map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    table
}

/// The reports behind one field of a table, each with the figures that the field rests on.
///
/// # Errors
/// If the store fails.
pub async fn read_contributions(
    app: &App,
    unit: &str,
    form: &Form,
    field: &Field,
    period: Period,
) -> Result<Vec<Contribution>, store::Error> {
    let mut tx = app.store.read().await?;
    let gathered = gather(&mut tx, app, unit, &form.code, period).await?;
    let mut codes = vec![field.code()];
    if let Consolidation::Ratio(of, over) = &field.consolidation {
        codes.extend([of.as_str(), over.as_str()]);
    }
    Ok(behind(app, &gathered.reports(), &codes))
}

/// The reports behind a target, each with the figures that it rests on: of all forms of the target, or of
/// `form` alone where each is measured by itself.
///
/// # Errors
/// If the store fails.
pub async fn read_target(
    app: &App,
    unit: &str,
    form: &Form,
    target: &Target,
    period: Period,
) -> Result<Vec<Contribution>, store::Error> {
    let mut tx = app.store.read().await?;
    let mut gathered = Vec::new();
    for code in &target.forms {
        gathered.push(gather(&mut tx, app, unit, code, period).await?);
    }
    let reports: Vec<Reports<'_>> = gathered.iter().map(Gathered::reports).collect();
    let behind = |of: Reports<'_>| behind(app, &of, &target.measure.fields());
    Ok(reports_behind(target, &reports, &form.code).into_iter().flat_map(behind).collect())
}

/// What the units that owe it reported, as far as `codes` say.
fn behind(app: &App, reports: &Reports<'_>, codes: &[&str]) -> Vec<Contribution> {
    let rests_on = |figures: &Figures| -> Figures {
        let ours = figures.iter().filter(|(place, _)| codes.contains(&code_of(place).as_str()));
        ours.map(|(place, datum)| (place.clone(), datum.clone())).collect()
    };
    let registry = app.registry();
    let of_area = reports.contributions.iter().filter(|of| reports.due.contains(&of.unit));
    of_area
        .map(|of| Contribution {
            unit: of.unit.clone(),
            record: of.record.clone(),
            is_accepted: of.is_accepted,
            figures: rests_on(&of.figures),
            name: registry.unit(&of.unit).map(|unit| unit.name.clone()),
        })
        .collect()
}

/// The field a figure belongs to: `group/3/member` → `group.member`.
fn code_of(place: &str) -> String {
    match place.split_once('/') {
        Some((group, rest)) => format!("{group}.{}", rest.rsplit('/').next().unwrap_or_default()),
        None => place.to_owned(),
    }
}

/// Who owes a form in an area, and what all units sent.
struct Gathered {
    form: String,
    due: Vec<String>,
    sent: Sent,
}

impl Gathered {
    fn reports(&self) -> Reports<'_> {
        Reports { form: &self.form, due: &self.due, contributions: &self.sent.contributions }
    }
}

async fn gather(
    tx: &mut store::Connection,
    app: &App,
    unit: &str,
    form: &str,
    period: Period,
) -> Result<Gathered, store::Error> {
    let registry = app.registry();
    let due: Vec<String> = store::duties::of_form(tx, form, period)
        .await?
        .into_iter()
        .filter(|duty| registry.line(&duty.unit).iter().any(|above| above == unit))
        .map(|duty| duty.unit)
        .collect();
    let sent = app.board.sent(tx, form, period).await?;
    Ok(Gathered { form: form.to_owned(), due, sent })
}

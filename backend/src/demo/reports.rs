//! The reports of the last period: most accepted, some only submitted, some units silent.

use super::{
    EXAMPLE_COMMUNE, EXAMPLE_SCHOOL,
    answers::{Answers, commune, school, school::Profile},
    chance::Chance,
    pen::{Pen, received_at},
};
use crate::{
    background, feed,
    programme::Programme,
    registry::Registry,
    setup,
    store::{self, figures::Reported},
};
use lantoa_shared::date::Date;
use lantoa_shared::{
    background::{Background, Figures},
    definition::Severity,
    duty::Duty,
    op::Command,
    period::{Period, PeriodKind},
    record::{Record, State},
    report::FilledForm,
    sheet::Problem,
    sync::bucket,
    unit::Fact,
    value::Value,
    wire::v1::RowKind,
};
use std::collections::BTreeSet;

/// The period that is over.
const LAST: Period = Period { year: 2026, kind: PeriodKind::H1 };
/// School B of the worked example.
const EXAMPLE_B: &str = "TH-0002";
/// School C of the worked example, which did not report.
const EXAMPLE_C: &str = "TH-0003";

/// Files the reports of the last period.
///
/// # Errors
/// If the store fails.
pub async fn file(
    tx: &mut store::Connection,
    programme: &Programme,
    registry: &Registry,
) -> Result<(), store::Error> {
    let mut figures = Vec::new();
    // Communes after their schools: what they see rests on what the schools sent.
    for form in ["FA", "FB"] {
        let all = store::duties::of_period(tx, LAST).await?;
        let backgrounds: Vec<Background> = setup::compose_all(programme, registry, &all, &figures)
            .filter(|background| background.duty.form == form)
            .collect();
        for background in &backgrounds {
            if let Some(reported) = file_one(tx, programme, registry, background).await? {
                figures.push(reported);
            }
        }
    }
    Ok(())
}

/// How a unit met its duty.
fn fate(duty: &Duty) -> Option<State> {
    if [EXAMPLE_SCHOOL, EXAMPLE_B, EXAMPLE_COMMUNE].contains(&duty.unit.as_str()) {
        return Some(State::Accepted);
    }
    if duty.unit == EXAMPLE_C {
        return None;
    }
    let accepted = if duty.form == "FB" { 90 } else { 85 };
    match Chance::of(&format!("fate of {}", duty.id())).between(0, 99) {
        lot if lot < accepted => Some(State::Accepted),
        lot if lot < accepted + 5 => Some(State::Submitted),
        _ => None,
    }
}

async fn file_one(
    tx: &mut store::Connection,
    programme: &Programme,
    registry: &Registry,
    background: &Background,
) -> Result<Option<Reported>, store::Error> {
    let duty = &background.duty;
    let mut chance = Chance::of(&duty.id());
    let Some(state) = fate(duty) else { return Ok(None) };
    let answers = match duty.form.as_str() {
        "FB" => commune::report(&mut chance, background),
        _ => school_answers(&mut chance, background, registry),
    };
    let Some(form) = programme.fill(background, duty.due) else { return Ok(None) };
    let (record, figures) = match fill(&form, &answers, state, &mut chance) {
        Ok(filled) => filled,
        Err(problem) => {
            tracing::warn!(
                duty = duty.id(),
                place = problem.path.0,
                message = problem.message.en,
                "an invented report does not pass its checks and is left out"
            );
            return Ok(None);
        }
    };
    let row = feed::record_row(tx, duty, record).await?;
    let body = store::text("record row", &row)?;
    store::records::put(tx, &row.record, received_at(&row.record)).await?;
    for bucket in [bucket::of_unit(&duty.unit), bucket::of_area(&duty.recipient)] {
        store::feed::put(tx, &bucket, RowKind::Record, &row.record.id, Some(&body)).await?;
    }
    store::records::seal(tx, &row.record.id, Some(background)).await?;
    background::publish(tx, background, &mut BTreeSet::new()).await?;
    store::figures::put(tx, duty, state, &figures).await?;
    Ok(Some(Reported {
        record: duty.id(),
        unit: duty.unit.clone(),
        form: duty.form.clone(),
        period: duty.period,
        accepted: state == State::Accepted,
        figures,
    }))
}

fn school_answers(chance: &mut Chance, background: &Background, registry: &Registry) -> Answers {
    let unit = &background.duty.unit;
    let levels: Vec<String> = registry
        .unit(unit)
        .and_then(|unit| unit.facts.get("school_levels"))
        .and_then(|levels| if let Fact::Texts(levels) = levels { Some(levels.clone()) } else { None })
        .unwrap_or_default();
    let profile = match unit.as_str() {
        EXAMPLE_SCHOOL => Profile::example_a(),
        EXAMPLE_B => Profile::example_b(),
        _ => Profile::invent(chance, &levels),
    };
    school::report(chance, background, &levels, &profile)
}

/// Folds the answers that the form asks for, answers warnings with a note, and takes the steps up to
/// `state`.
///
/// # Errors
/// The first problem that stands in the way.
fn fill(
    form: &FilledForm<'_>,
    answers: &Answers,
    state: State,
    chance: &mut Chance,
) -> Result<(Record, Figures), Problem> {
    let mut pen = Pen::new(form.background, morning_after(form.background.end(), chance));
    pen.answer(form, answers);
    for problem in form.sheet(&pen.record).problems {
        if problem.severity == Severity::Warning {
            let note = Value::Text("Đã rà soát, số liệu đúng thực tế của đơn vị.".into());
            pen.write(&problem.path.note(), note);
        }
    }
    if let Some(problem) = form.sheet(&pen.record).problems.into_iter().find(Problem::is_open) {
        return Err(problem);
    }
    pen.step(Command::Approve, "");
    if state == State::Accepted {
        pen.step(Command::Accept, "");
    }
    let figures = form.figures(&pen.record);
    Ok((pen.record, figures))
}

/// Some time in the morning of one of the first days after a period, in milliseconds since 1970.
fn morning_after(end: Date, chance: &mut Chance) -> i64 {
    let days = i64::from(end.since_1970());
    (days + chance.between(1, 2)) * 86_400_000 + chance.between(60, 240) * 60_000
}

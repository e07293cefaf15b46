//! The last step of the walk: what is still open, all answers at a glance, and the step that hands it on.

use super::{
    address,
    commands::Commands,
    reading::{Reader, Reading},
    walk::Way,
};
use crate::components::live::live;
use crate::pages::sync::attention;
use crate::prelude::*;
use crate::{
    browser,
    components::{
        answers::{Answer, answers},
        field::Telling,
        icon::icon,
        notice::{Kind, notice},
        pill,
        problem_summary::{Complaint, problem_summary},
        timeline::timeline,
    },
    i18n::{Say, walk},
    state::{App, Report},
};
use lantoa_shared::{
    definition::Severity,
    op::Command,
    person::Action,
    record::{Record, State},
    sheet::{Problem, ProblemKind},
};
use std::sync::Arc;

/// The steps of those who file.
const STEPS: &[Command] =
    &[Command::Withdraw, Command::Discard, Command::TakeBack, Command::HandOver, Command::Approve];

/// The page.
pub fn check(way: &Way) -> AnyView {
    let say = Say::from_context();
    let report = way.report;
    let (sheet, state, record) = (report.sheet(), report.state(), report.record());
    let n_open = memo(move || sheet.with(|sheet| sheet.problems.iter().filter(|it| it.is_open()).count()));
    let revision = memo(move || record.with(|record| record.revision));
    let is_here_only = memo(move || record.with(has_unsent_step));
    let history = {
        let (form, people) = (way.form.clone(), report.people());
        move || {
            let name = |code: &str| {
                form.field(code).map_or_else(|| code.to_owned(), |it| say.both(&it.definition.label))
            };
            record.with(|record| people.with(|people| timeline(say, &record.history, &name, people)))
        }
    };
    let (reason, box_id) = (RwSignal::new(String::new()), "withdraw-reason");
    let may_withdraw = memo(move || report.can(Action::Take(Command::Withdraw)));
    let reason_box = move || {
        may_withdraw.get().then(|| {
            view! {
                <section class="card no-print">
                    <div class="field">
                        <label class="field-label" for=box_id>{say.of(walk::WITHDRAW_REASON)}</label>
                        <p class="field-hint" id="withdraw-hint">{say.of(walk::WITHDRAW_HINT)}</p>
                        <textarea
                            class="input"
                            id=box_id
                            aria-describedby="withdraw-hint"
                            on:input=move |event| reason.set(event_target_value(&event))
                        ></textarea>
                    </div>
                </section>
            }
        })
    };
    view! {
        <div class="stack loose">
            <div class="cluster">{live(move || pill::state_pill(say, state.get(), revision.get(), is_here_only.get()))}</div>
            <p class="soft">{say.of(walk::CHECK_LEDE)}</p>
            {attention::steps(App::from_context(), say, report.id())}
            {open_problems(way, say)}
            {all_answers(way, say)}
            <section class="card">
                <header class="card-head"><h2 class="card-title">{say.of(walk::HISTORY)}</h2></header>
                {live(history)}
            </section>
            {live(reason_box)}
            <Commands
                report
                steps=STEPS
                n_open
                note=reason
                field_notes=Signal::stored(Vec::new())
                on_note_missing=Callback::new(move |()| browser::focus(box_id.to_owned()))
            />
        </div>
    }
    .into_any()
}

/// Whether the centre does not have the last step.
pub(crate) fn has_unsent_step(record: &Arc<Record>) -> bool {
    record.last_event().is_some_and(|event| event.received_at.is_none())
}

/// Errors, missing answers and warnings, each with its link.
fn open_problems(way: &Way, say: Say) -> AnyView {
    let (way, sheet) = (way.clone(), way.report.sheet());
    let open = memo(move || {
        sheet.with(|sheet| sheet.problems.iter().filter(|it| it.is_open()).cloned().collect::<Vec<_>>())
    });
    live(move || {
        let open = open.get();
        if open.is_empty() {
            let (title, sentence) = (say.text(walk::ALL_WELL), say.text(walk::ALL_WELL_NOTE));
            return notice(Kind::Success, title.to_owned(), sentence.to_owned(), ().into_any());
        }
        let complaints = |wanted: &dyn Fn(&Problem) -> bool| -> Vec<Complaint> {
            open.iter().filter(|it| wanted(it)).filter_map(|it| complaint(&way, say, it)).collect()
        };
        let wrong = complaints(&|it| it.severity == Severity::Error && it.kind != ProblemKind::Missing);
        let missing = complaints(&|it| it.kind == ProblemKind::Missing);
        let doubtful = complaints(&|it| it.severity == Severity::Warning);
        let title = |text, all: &[Complaint]| say.with(text, &[&all.len().to_string()]);
        let missing = (!missing.is_empty()).then(|| {
            let title = title(walk::MISSING, &missing);
            let missing = missing.into_iter().map(|it| Complaint { message: String::new(), ..it }).collect();
            problem_summary("missing-title", "error", title, missing)
        });
        let summary = |id, level, text, all: Vec<Complaint>| {
            (!all.is_empty()).then(|| problem_summary(id, level, title(text, &all), all))
        };
        view! {
            {summary("errors-title", "error", walk::ERRORS, wrong)}
            {summary("warnings-title", "warning", walk::WARNINGS, doubtful)}
            {missing}
        }
        .into_any()
    })
}

fn complaint(way: &Way, say: Say, problem: &Problem) -> Option<Complaint> {
    let field = way.form.field(&problem.path.code())?;
    let section = &way.form.sections[field.section];
    Some(Complaint {
        href: format!("{}#f-{}", address(&way.report.id(), &section.code), problem.path),
        label: say.both(&field.definition.label),
        message: say.both(&problem.message),
        section: say.both(&section.title),
    })
}

/// Every section with its answers.
fn all_answers(way: &Way, say: Say) -> AnyView {
    let (way, app) = (way.clone(), App::from_context());
    let report = way.report;
    let (sheet, record, background) = (way.report.sheet(), way.report.record(), way.report.background());
    live(move || {
        let (sheet, record) = (sheet.get(), record.get());
        let (people, device) = (way.report.people(), way.report.device());
        let telling = Telling { units: app.units(), people, device };
        let language = say.language();
        let reader = Reader {
            form: &way.form,
            record: &record,
            sheet: &sheet,
            background: &background,
            telling,
            language,
        };
        // Whoever approves looks at what it is; before that the bytes may be on their way.
        let shows_pictures = background.duty.entry.is_some() && record.state != State::Draft;
        let sections = way.form.sections.iter().enumerate().map(|(at, section)| {
            let href = address(&way.report.id(), &section.code);
            let deed = view! { <a class="link no-print" href=href>{say.of(walk::CHANGE)}</a> }.into_any();
            let readings = reader.section(at).into_iter();
            let readings = readings.map(|it| answer(report, say, it, shows_pictures)).collect();
            answers(say.both(&section.title).into_any(), deed, readings)
        });
        view! { <div class="stack">{sections.collect_view()}</div> }
    })
}

fn answer(report: Report, say: Say, reading: Reading, shows_pictures: bool) -> Answer {
    let is_long = reading.is_long();
    let problem = reading.problem();
    let note = (!reading.note.is_empty()).then(|| {
        view! { <span class="soft small">{icon("note")}" "{reading.note.clone()}</span> }
    });
    let unsettled = unsettled(say, &reading);
    let notes = (note.is_some() || unsettled.is_some()).then(|| view! { {unsettled}{note} }.into_any());
    let drawn = reading.drawn(report);
    let pictures = if shows_pictures { reading.pictures() } else { Vec::new() };
    Answer {
        code: reading.question.definition.code.clone(),
        label: label(say, &reading),
        told: if reading.told.is_empty() {
            Err(say.text(crate::i18n::common::NO_ANSWER))
        } else {
            Ok(reading.told)
        },
        drawn,
        pictures,
        files: reading.files,
        is_long,
        problem,
        notes,
    }
}

/// That several answers stand there, or one that nobody has read yet.
pub(crate) fn unsettled(say: Say, reading: &Reading) -> Option<AnyView> {
    let told = match (reading.n_answers, reading.is_merged) {
        (2.., _) => say.with(walk::ANSWERS_STAND, &[&reading.n_answers.to_string()]),
        (_, true) => say.text(walk::MERGED_UNREAD).to_owned(),
        _ => return None,
    };
    Some(
        view! { <p class="problem" data-level="warning">{icon("warning")}<span>{told}</span></p> }.into_any(),
    )
}

/// The question, with the number of its row.
pub(crate) fn label(say: Say, reading: &Reading) -> AnyView {
    let words = say.both(&reading.question.definition.label);
    match reading.row {
        Some(row) => format!("{} · {words}", say.with(walk::ROW, &[&row.to_string()])).into_any(),
        None => words.into_any(),
    }
}

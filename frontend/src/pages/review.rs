//! A report to be judged by its recipient: answers with last time's values, complaints and explanations,
//! a remark per field, and the step.

mod alike;

use super::{
    name_page,
    report::{
        check::{has_unsent_step, unsettled},
        commands::Commands,
        reading::{Reader, Reading},
    },
    sync::{attention, parked},
    unknown::no_report,
};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        answers::{Answer, answers},
        field::Telling,
        icon::icon,
        notice::skeleton,
        pill,
        timeline::timeline,
    },
    i18n::{Say, common, desk, walk},
    state::{App, Opening, Remarks, Report, Units},
};
use lantoa_shared::{
    definition::Severity,
    op::{Command, Path},
    person::{Action, Role},
    sync::clock::Timeliness,
    text::{self, day},
};
use leptos::{html, task::spawn_local};
use std::sync::Arc;

/// The steps of those who receive.
const STEPS: &[Command] = &[Command::Withdraw, Command::Reopen, Command::Return, Command::Accept];

/// The page of a report that was received – or, for those above its recipient, of one that the centre shows.
pub fn page(id: String) -> AnyView {
    let app = App::from_context();
    let opening = app.report(id.clone());
    let from_centre = move || {
        let sent = app.sent_report(&id);
        live(move || opened(sent.get(), no_report))
    };
    live(move || opened(opening.get(), &from_centre))
}

fn opened(opening: Opening, missing: impl Fn() -> AnyView) -> AnyView {
    match opening {
        Opening::Loading => skeleton(Say::from_context()),
        Opening::Missing => missing(),
        Opening::Open(report) => with_remarks(report),
    }
}

/// The report, once what was written about it the last time is read.
fn with_remarks(report: Report) -> AnyView {
    let say = Say::from_context();
    let is_read = RwSignal::new(false);
    spawn_local(async move {
        report.open_remarks().await;
        is_read.set(true);
    });
    live(move || if is_read.get() { review(report) } else { skeleton(say) })
}

fn review(report: Report) -> AnyView {
    let app = App::from_context();
    let say = Say::from_context();
    let duty = report.duty();
    let name = {
        let unit = duty.unit.clone();
        let own = report.background().unit.name.clone();
        move || {
            if app.units().with(|units| units.contains_key(&unit)) {
                app.unit_name(&unit)
            } else {
                say.both(&own)
            }
        }
    };
    let title = {
        let title =
            report.record().with_untracked(|record| record.value(&Path::field("title")).map(text::show));
        title.filter(|_| duty.entry.is_some())
    };
    let lede_name = name.clone();
    let heading = move || title.clone().unwrap_or_else(&name);
    name_page(heading.clone());
    let (state, record, due) = (report.state(), report.record(), duty.due);
    let remarks = report.remarks();
    let is_kept = report.are_remarks_kept();
    let note_node = NodeRef::<html::Textarea>::new();
    let note = Signal::derive(move || remarks.with(|remarks| remarks.note.clone()));
    let field_notes = Signal::derive(move || remarks.with(Remarks::field_notes));
    let may_judge = memo(move || STEPS.iter().any(|step| report.can(Action::Take(*step))));
    let revision = memo(move || record.with(|record| record.revision));
    let is_here_only = memo(move || record.with(has_unsent_step));
    let form = report.form();
    let history = {
        let (form, people) = (form.clone(), report.people());
        move || {
            let name = |code: &str| {
                form.field(code).map_or_else(|| code.to_owned(), |it| say.both(&it.definition.label))
            };
            record.with(|record| people.with(|people| timeline(say, &record.history, &name, people)))
        }
    };
    let sent = move || {
        record.with(|record| match record.approvals() {
            Some((first, last)) => {
                let tag = match Timeliness::of(due, first.made_at, Some(first.came_at())) {
                    Timeliness::InTime => "",
                    Timeliness::MadeInTime => say.text(walk::MADE_IN_TIME),
                    Timeliness::Late => say.text(desk::SENT_AFTER_DUE),
                };
                let moment = day::show_moment(last.came_at());
                if tag.is_empty() { moment } else { format!("{moment} · {tag}") }
            }
            None => "–".to_owned(),
        })
    };
    let receives = app.session().with_untracked(|session| {
        session.person().is_some_and(|person| person.holds(&duty.recipient, &[Role::Reviewer]))
    });
    let back = match (duty.entry.is_some(), receives) {
        (true, _) => ("/media", common::MEDIA),
        (false, true) => ("/inbox", common::INBOX),
        (false, false) => ("/figures", common::FIGURES),
    };
    let period = duty.entry.is_none().then_some(duty.period);
    let form_code = duty.form.clone();
    let recipient = duty.recipient.clone();
    let note_box = move || {
        may_judge.get().then(|| {
            view! {
                <section class="card">
                    <div class="field">
                        <label class="field-label" for="review-note">{say.of(desk::OVERALL_NOTE)}</label>
                        <p class="field-hint" id="review-note-hint">{say.of(desk::OVERALL_NOTE_HINT)}</p>
                        <textarea
                            class="input area"
                            id="review-note"
                            name="note"
                            rows="3"
                            aria-describedby="review-note-hint"
                            node_ref=note_node
                            prop:value=remarks.with_untracked(|remarks| remarks.note.clone())
                            on:input=move |event| report.remark(|remarks| remarks.note = event_target_value(&event))
                        ></textarea>
                        <p class="soft small" role="status">{live(move || {
                            let count = field_notes.with(Vec::len);
                            (count > 0).then(|| say.with(desk::REMARKS, &[&count.to_string()]))
                        })}</p>
                        {live(move || is_kept.get().then(|| view! {
                            <p class="saved" data-state="saved" data-test="remarks-kept">{icon("check")}{say.of(walk::SAVED)}</p>
                        }))}
                    </div>
                </section>
            }
        })
    };
    // Of an item, who made it; of a report, which it is.
    let lede = move || match period {
        None => format!("{} · {}", super::record_name(app, say, &form_code, None), lede_name()),
        period => super::record_name(app, say, &form_code, period),
    };
    let focus_note = Callback::new(move |()| {
        if let Some(area) = note_node.get_untracked() {
            let _ = area.focus();
        }
    });
    view! {
        <header class="page-head">
            <a class="back" href=back.0>{icon("chevron-left")}{say.of(back.1)}</a>
            <div class="page-head-main">
                <h1 class="page-title">{words(heading)}</h1>
                <p class="page-lede">{words(lede)}</p>
            </div>
        </header>
        {attention::steps(app, say, report.id())}
        {parked::parked(app, say, Some(report.id()))}
        <div class="review">
            <div class="review-main">{alike::alike(report, app, say)}{answers_of(report, say, may_judge)}</div>
            <aside class="review-side">
                <section class="card">
                    <div class="cluster">{live(move || pill::state_pill(say, state.get(), revision.get(), is_here_only.get()))}</div>
                    <dl class="facts">
                        <div><dt>{say.of(common::FORM)}</dt><dd>{duty.form.clone()}</dd></div>
                        <div><dt>{say.of(desk::SENT)}</dt><dd>{words(sent)}</dd></div>
                        {period.map(|_| view! { <div><dt>{say.of(desk::DUE)}</dt><dd>{day::show(duty.due)}</dd></div> })}
                        <div><dt>{say.of(desk::RECIPIENT)}</dt><dd>{words(move || app.unit_name(&recipient))}</dd></div>
                    </dl>
                </section>
                <section class="card">
                    <header class="card-head"><h2 class="card-title">{say.of(walk::HISTORY)}</h2></header>
                    {live(history)}
                </section>
                {live(note_box)}
            </aside>
        </div>
        <Commands
            report
            steps=STEPS
            n_open=Signal::stored(0)
            note=note
            field_notes
            on_note_missing=focus_note
        />
    }
    .into_any()
}

/// Every section with its answers.
fn answers_of(report: Report, say: Say, may_judge: Memo<bool>) -> AnyView {
    let app = App::from_context();
    let (form, background) = (report.form(), report.background());
    let (sheet, record) = (report.sheet(), report.record());
    // Those further up do not know the schools; this one comes with its report.
    let own = Arc::new(background.unit.clone());
    let units = memo(move || {
        let mut units = Units::clone(&app.units().get());
        units.get_or_insert_with(own.code.clone(), || Arc::clone(&own));
        Arc::new(units)
    });
    live(move || {
        let (sheet, record) = (sheet.get(), record.get());
        let telling = Telling { units: units.into(), people: report.people(), device: report.device() };
        let language = say.language();
        let reader = Reader {
            form: &form,
            record: &record,
            sheet: &sheet,
            background: &background,
            telling,
            language,
        };
        let sections = form.sections.iter().enumerate().map(|(at, section)| {
            let readings =
                reader.section(at).into_iter().map(|it| answer(report, say, it, may_judge)).collect();
            answers(say.both(&section.title).into_any(), ().into_any(), readings)
        });
        sections.collect_view()
    })
}

fn answer(report: Report, say: Say, reading: Reading, may_judge: Memo<bool>) -> Answer {
    let (is_long, problem) = (reading.is_long(), reading.problem());
    let question = &reading.question;
    let words = say.both(&question.definition.label);
    let label = match reading.row {
        Some(row) => format!("{} · {words}", say.with(walk::ROW, &[&row.to_string()])),
        None => words,
    };
    let previous = reading.previous.as_ref().map(|(told, change)| {
        let told = match change {
            Some(change) => say.with(desk::CHANGED_FROM, &[told, change]),
            None => say.with(desk::LAST_TIME, &[told]),
        };
        view! { <span class="soft small num">{told}</span> }
    });
    let complaints = reading.problems.iter().map(|it| {
        let level = if it.severity == Severity::Error { "error" } else { "warning" };
        view! { <p class="problem" data-level=level>{icon("warning")}<span>{say.both(&it.message)}</span></p> }
    });
    let explanation = (!reading.note.is_empty()).then(|| {
        view! {
            <blockquote class="quote"><p><b>{say.of(desk::EXPLANATION)}</b>" "{reading.note.clone()}</p></blockquote>
        }
    });
    let remark = (may_judge.get_untracked() && !question.is_automatic)
        .then(|| remark(report, say, question.path.clone(), label.clone()));
    let unread = (reading.is_merged && reading.n_answers == 0).then(|| unsettled(say, &reading));
    let notes = view! { {previous}{unread}{complaints.collect_view()}{explanation}{remark} }.into_any();
    let (pictures, drawn) = (reading.pictures(), reading.drawn(report));
    Answer {
        code: question.definition.code.clone(),
        label: label.into_any(),
        told: if reading.told.is_empty() { Err(say.text(common::NO_ANSWER)) } else { Ok(reading.told) },
        drawn,
        pictures,
        files: reading.files,
        is_long,
        problem,
        notes: Some(notes),
    }
}

/// A remark on one field: a small button that opens a box.
fn remark(report: Report, say: Say, path: Path, label: String) -> AnyView {
    let written =
        move |path: &Path| report.remarks().with_untracked(|remarks| remarks.fields.get(path).cloned());
    let before = written(&path).filter(|remark| !remark.is_empty());
    let is_open = RwSignal::new(before.is_some());
    let id = format!("remark-{path}");
    let name = move || say.with(desk::NOTE_FOR, &[&label]);
    live(move || {
        let (path, name, named) = (path.clone(), name.clone(), name.clone());
        if is_open.get() {
            let first = written(&path).unwrap_or_default();
            view! {
                <textarea
                    class="input area"
                    id=id.clone()
                    rows="2"
                    aria-label=name
                    placeholder=named
                    prop:value=first
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        report.remark(|remarks| drop(remarks.fields.insert(path.clone(), text)));
                    }
                ></textarea>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="link small no-print" aria-label=name on:click=move |_| is_open.set(true)>
                    {say.of(desk::ADD_NOTE)}
                </button>
            }
            .into_any()
        }
    })
}

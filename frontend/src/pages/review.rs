//! A report to be judged by its recipient: answers with last time's values, complaints and explanations,
//! a remark per field, and the step.

use super::{
    name_page,
    report::{
        commands::Commands,
        reading::{Reader, Reading},
    },
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
    state::{App, Opening, Report},
};
use lantoa_shared::map::Map;
use lantoa_shared::{
    definition::Severity,
    op::{Command, FieldNote, Path},
    person::Action,
    text::day,
};
use leptos::html;

/// The steps of those who receive.
const STEPS: &[Command] = &[Command::Reopen, Command::Return, Command::Accept];

/// Remarks on fields, as far as they are written.
type Remarks = RwSignal<Map<Path, String>>;

/// The page of a report that was received.
pub fn page(id: String) -> AnyView {
    let say = Say::from_context();
    let opening = App::from_context().report(id);
    live(move || match opening.get() {
        Opening::Loading => skeleton(say),
        Opening::Missing => no_report(),
        Opening::Open(report) => review(report),
    })
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
    name_page(name.clone());
    let (state, record) = (report.state(), report.record());
    let remarks: Remarks = RwSignal::new(Map::new());
    let note = RwSignal::new(String::new());
    let note_node = NodeRef::<html::Textarea>::new();
    let field_notes = Signal::derive(move || {
        remarks.with(|remarks| {
            let written = remarks.iter().filter(|(_, note)| !note.trim().is_empty());
            written
                .map(|(path, note)| FieldNote { path: path.clone(), note: note.trim().to_owned() })
                .collect()
        })
    });
    let may_judge = memo(move || STEPS.iter().any(|step| report.can(Action::Take(*step))));
    let revision = memo(move || record.with(|record| record.revision));
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
        let done = record.with(|record| {
            let approved = record.history.iter().rev().find(|event| event.command == Command::Approve);
            approved.map(|event| event.received_at.unwrap_or(event.made_at))
        });
        done.map(day::show_moment).unwrap_or_else(|| "–".to_owned())
    };
    let period = duty.period;
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
                            prop:value=note.get_untracked()
                            on:input=move |event| note.set(event_target_value(&event))
                        ></textarea>
                        <p class="soft small" role="status">{live(move || {
                            let count = field_notes.with(Vec::len);
                            (count > 0).then(|| say.with(desk::REMARKS, &[&count.to_string()]))
                        })}</p>
                    </div>
                </section>
            }
        })
    };
    let focus_note = Callback::new(move |()| {
        if let Some(area) = note_node.get_untracked() {
            let _ = area.focus();
        }
    });
    view! {
        <header class="page-head">
            <a class="back" href="/inbox">{icon("chevron-left")}{say.of(common::INBOX)}</a>
            <div class="page-head-main">
                <h1 class="page-title">{words(name)}</h1>
                <p class="page-lede">{words(move || say.with(common::REPORT_OF, &[&say.period(period)]))}</p>
            </div>
        </header>
        <div class="review">
            <div class="review-main">{answers_of(report, say, remarks, may_judge)}</div>
            <aside class="review-side">
                <section class="card">
                    <div class="cluster">{live(move || pill::state_pill(say, state.get(), revision.get()))}</div>
                    <dl class="facts">
                        <div><dt>{say.of(common::FORM)}</dt><dd>{duty.form.clone()}</dd></div>
                        <div><dt>{say.of(desk::SENT)}</dt><dd>{words(sent)}</dd></div>
                        <div><dt>{say.of(desk::DUE)}</dt><dd>{day::show(duty.due)}</dd></div>
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
fn answers_of(report: Report, say: Say, remarks: Remarks, may_judge: Memo<bool>) -> AnyView {
    let app = App::from_context();
    let (form, background) = (report.form(), report.background());
    let (sheet, record) = (report.sheet(), report.record());
    live(move || {
        let (sheet, record) = (sheet.get(), record.get());
        let telling = Telling { units: app.units(), people: report.people() };
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
                reader.section(at).into_iter().map(|it| answer(say, it, remarks, may_judge)).collect();
            answers(say.both(&section.title).into_any(), ().into_any(), readings)
        });
        sections.collect_view()
    })
}

fn answer(say: Say, reading: Reading, remarks: Remarks, may_judge: Memo<bool>) -> Answer {
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
        .then(|| remark(say, question.path.clone(), label.clone(), remarks));
    let notes = view! { {previous}{complaints.collect_view()}{explanation}{remark} }.into_any();
    Answer {
        code: question.definition.code.clone(),
        label: label.into_any(),
        told: if reading.told.is_empty() { Err(say.text(common::NO_ANSWER)) } else { Ok(reading.told) },
        files: reading.files,
        is_long,
        problem,
        notes: Some(notes),
    }
}

/// A remark on one field: a small button that opens a box.
fn remark(say: Say, path: Path, label: String, remarks: Remarks) -> AnyView {
    let written = remarks.with_untracked(|remarks| remarks.get(&path).cloned());
    let is_open = RwSignal::new(written.is_some());
    let id = format!("remark-{path}");
    let name = move || say.with(desk::NOTE_FOR, &[&label]);
    live(move || {
        let (path, name, named) = (path.clone(), name.clone(), name.clone());
        if is_open.get() {
            let first = remarks.with_untracked(|remarks| remarks.get(&path).cloned().unwrap_or_default());
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
                        remarks.update(|remarks| drop(remarks.insert(path.clone(), text)));
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

//! One question of a form: label, hint, control, last period's value, complaints, explanation.
//!
//! It gets what the engine knows of the field and gives back what the person did. A control's text
//! is never rewritten while it has the focus, so Vietnamese typing is never disturbed; what was typed
//! is told at every stroke, so nothing depends on leaving the field.

mod choice;
pub mod clash;
mod computed;
mod date;
mod files;
mod note;
mod question;
mod typed;
mod units;

pub use question::{FieldEvent, Question, Telling};

use super::icon::icon;
use crate::app::later;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    i18n::{Say, walk},
    state::{FieldView, SaveMark, Unattached},
};
use lantoa_shared::{
    definition::{FieldType, Severity},
    sheet::{Problem, ProblemKind},
    value::Datum,
};
use std::sync::Arc;

/// What a control needs: the question, what stands there, and whom to tell.
#[derive(Clone)]
pub struct Desk {
    /// The question.
    pub question: Arc<Question>,
    /// What the engine knows of the field.
    pub view: Memo<FieldView>,
    /// Whether it is kept.
    pub mark: Memo<SaveMark>,
    /// What was typed and not yet saved, when the control is drawn again.
    pub raw: Option<String>,
    /// Names for codes of units.
    pub telling: Telling,
    /// Told of everything the person does.
    pub on_event: Callback<FieldEvent>,
    /// The complaints on display.
    pub problems: Memo<Vec<Problem>>,
}

impl Desk {
    /// Whether the person may change it now.
    fn is_open(&self) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
        let view = self.view;
        move || view.with(|view| view.is_open)
    }

    /// Ids of what describes the control: hint and first complaint.
    fn described_by(&self) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
        let (question, problems) = (self.question.clone(), self.problems);
        move || {
            let hint = question.definition.hint.is_some().then(|| question.part("hint"));
            let problem = problems.with(|all| !all.is_empty()).then(|| question.part("problem"));
            let ids: Vec<String> = hint.into_iter().chain(problem).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    /// Whether an error stands at it.
    fn is_wrong(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
        let problems = self.problems;
        move || problems.with(|all| all.iter().any(|it| it.severity == Severity::Error)).then_some("true")
    }
}

/// The question on screen.
#[component]
pub fn FieldBlock(
    /// What is asked.
    question: Arc<Question>,
    /// What the engine knows of it.
    view: Memo<FieldView>,
    /// Whether it is kept.
    mark: Memo<SaveMark>,
    /// Whether an answer is owed.
    #[prop(into)]
    is_required: Signal<bool>,
    /// Whether missing answers are complained about yet.
    shows_missing: Signal<bool>,
    /// What was typed and not yet saved: answer and explanation.
    raw: (Option<String>, Option<String>),
    /// Names for codes.
    telling: Telling,
    /// Told of everything the person does.
    on_event: Callback<FieldEvent>,
    /// What stands above the control, where there is more to it than typing.
    tools: Option<AnyView>,
) -> impl IntoView {
    let say = Say::from_context();
    let problems = memo(move || {
        let mut problems = view.with(|view| view.problems.clone());
        problems.retain(|it| {
            it.kind != ProblemKind::Clash && (it.kind != ProblemKind::Missing || shows_missing.get())
        });
        problems
    });
    let is_lost = move || mark.get() == SaveMark::NotSaved;
    let level = move || {
        if is_lost() {
            return Some("error");
        }
        problems.with(|all| {
            all.iter().filter(|it| it.is_open()).map(|it| it.severity).max().map(|severity| match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            })
        })
    };
    let desk = Desk { question: question.clone(), view, mark, raw: raw.0, telling, on_event, problems };
    let path = question.path.clone();
    let is_saved = move || matches!(mark.get(), SaveMark::SavedHere | SaveMark::AtCentre);
    // Of answers that do not agree, none is done with.
    let is_done = move || is_saved() && !view.with(|view| view.is_clash);
    let kind = question.definition.kind;
    let is_automatic = question.is_automatic;
    let tick = live(move || is_done().then(|| view! { <span class="tick">{icon("check")}</span> }));
    view! {
        <div
            class=if question.is_line() { "field line" } else { "field" }
            data-field=question.definition.code.clone()
            data-path=path.0.clone()
            data-kind=kind_code(kind)
            data-readonly=is_automatic.then_some("")
            data-saved=move || is_saved().to_string()
            data-problem=level
            hidden=move || !view.with(|view| view.relevant)
            on:focusin=move |_| on_event.run(FieldEvent::Enter(path.clone()))
        >
            {(!is_automatic).then(|| label(say, &question, is_required))}
            {question.definition.hint.as_ref().map(|hint| {
                view! { <p class="field-hint" id=question.part("hint")>{say.follow(hint)}</p> }
            })}
            {tools}
            {control(&desk, tick)}
            {live(move || is_lost().then(|| view! {
                <p class="problem" data-level="error" role="alert">{icon("alert")}<span>{words(move || view.with(|view| not_saved(say, view)))}</span></p>
            }))}
            {previous(say, &desk)}
            {returned(say, view)}
            {complaints(say, &desk)}
            {clash_if_any(&desk)}
            {note::note_box(say, &desk, raw.1)}
        </div>
    }
}

/// Why something does not stand here for good.
fn not_saved(say: Say, view: &FieldView) -> String {
    unattached(say, view.unattached.as_ref().unwrap_or(&Unattached::NotKept))
}

/// Why a file does not stand here.
pub fn unattached(say: Say, reason: &Unattached) -> String {
    let words = match reason {
        Unattached::TooLarge(megabytes) => {
            return say.with(walk::FILE_TOO_LARGE, &[&megabytes.to_string()]);
        }
        Unattached::Empty => walk::FILE_EMPTY,
        Unattached::Unreadable => walk::FILE_UNREADABLE,
        Unattached::NotKept => walk::NOT_SAVED,
    };
    say.text(words).to_owned()
}

/// The choice between answers that did not see each other, where there are such.
fn clash_if_any(desk: &Desk) -> AnyView {
    let (view, desk) = (desk.view, desk.clone());
    let is_any = memo(move || {
        view.with(|view| view.is_clash || view.entries.iter().any(|entry| !entry.merged.is_empty()))
    });
    live(move || is_any.get().then(|| later::clash(&desk)))
}

/// The label; for groups of choices it is text that the group points to.
fn label(say: Say, question: &Arc<Question>, is_required: Signal<bool>) -> AnyView {
    let words = say.follow(&question.definition.label);
    let mark = move || {
        (!is_required.get()).then(|| view! { " " <span class="field-mark">{say.of(walk::OPTIONAL)}</span> })
    };
    let window = question.window.clone().map(|window| view! { " " <span class="field-mark">{window}</span> });
    if question.is_labelled_group() {
        view! { <p class="field-label" id=question.part("label")>{words}{live(mark)}{window}</p> }.into_any()
    } else {
        view! { <label class="field-label" for=question.id()>{words}{live(mark)}{window}</label> }.into_any()
    }
}

/// The control that fits the kind of answer.
fn control(desk: &Desk, tick: AnyView) -> AnyView {
    let question = &desk.question;
    if question.is_automatic {
        return computed::computed(desk);
    }
    match question.definition.kind {
        FieldType::Long => typed::area(desk),
        FieldType::Bool => choice::yes_or_no(desk),
        FieldType::Enum if question.choices.len() <= 5 => choice::cards(desk),
        FieldType::Enum => choice::select(desk, tick),
        FieldType::Multi => choice::chips(desk),
        FieldType::Date | FieldType::Datetime => date::date(desk, tick),
        FieldType::File | FieldType::Files => files::files(desk),
        FieldType::Unit | FieldType::Units => units::units(desk),
        _ => typed::line(desk, tick),
    }
}

fn previous(say: Say, desk: &Desk) -> AnyView {
    let (question, telling) = (desk.question.clone(), desk.telling);
    let datum = desk.view.with_untracked(|view| view.previous.clone());
    let is_told = datum != Datum::Empty && (!question.is_automatic || question.is_measured());
    // A text may be long: it is one line until it is asked for.
    let is_words = is_told && !question.is_line() && !question.is_measured();
    is_told
        .then(|| {
            let told = move || telling.tell(&question, &datum, say.language());
            view! { <p class="field-previous" tabindex=is_words.then_some("0")>{say.of(walk::PREVIOUS_VALUE)}" "<b class="num">{words(told)}</b></p> }
        })
        .into_any()
}

fn returned(say: Say, view: Memo<FieldView>) -> AnyView {
    let remark = memo(move || view.with(|view| view.returned.clone()));
    live(move || {
        remark.get().map(|remark| {
            view! {
                <p class="problem" data-level="warning">
                    {icon("return")}
                    <span><b>{say.of(walk::RETURNED_HERE)}</b>" "{remark}</span>
                </p>
            }
        })
    })
}

fn complaints(say: Say, desk: &Desk) -> AnyView {
    let (problems, question) = (desk.problems, desk.question.clone());
    live(move || {
        let complaint = |at: usize, problem: Problem| {
            let (level, name) = match problem.severity {
                Severity::Error => ("error", "alert"),
                Severity::Warning => ("warning", "warning"),
            };
            view! {
                <p class="problem" id=(at == 0).then(|| question.part("problem")) data-level=level>
                    {icon(name)}
                    <span>{say.both(&problem.message)}</span>
                </p>
            }
        };
        problems.get().into_iter().enumerate().map(|(at, it)| complaint(at, it)).collect_view()
    })
}

/// The word for a kind of answer in `data-kind`.
fn kind_code(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Date | FieldType::Datetime => "date",
        FieldType::Int | FieldType::Dec | FieldType::Money => "number",
        FieldType::Group => "group",
        FieldType::File | FieldType::Files => "file",
        FieldType::Unit | FieldType::Units => "unit",
        _ => "other",
    }
}

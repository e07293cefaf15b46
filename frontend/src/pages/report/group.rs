//! Repeating rows: each a card with its own fields; one more at a press.

use super::field::{FieldDesk, field};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{confirm::Confirm, field::Question, icon::icon},
    i18n::{Say, walk},
};
use lantoa_shared::{
    definition::Severity,
    op::Path,
    person::Action,
    sheet::{Problem, ProblemKind},
};
use wasm_bindgen::JsCast as _;

/// The group at a place of the form.
pub fn group(desk: &FieldDesk, at: usize) -> AnyView {
    let group = &desk.form.fields[at];
    let say = Say::from_context();
    let report = desk.report;
    let code = group.code().to_owned();
    let path = Path::field(&code);
    let rows = report.rows(&code);
    let view = report.field(&path);
    let shows_missing = desk.shows_missing;
    let problems = memo(move || {
        let mut problems = view.with(|view| view.problems.clone());
        problems.retain(|it| it.kind != ProblemKind::Missing || shows_missing.get());
        problems
    });
    let doomed = RwSignal::new(None::<String>);
    let asks = RwSignal::new(false);
    let is_open = move || report.can(Action::Edit);
    let number =
        move |row: &str| rows.with(|rows| rows.iter().position(|it| it == row).map_or(0, |at| at + 1));
    let doomed_number = move || doomed.get().map(|row| number(&row).to_string()).unwrap_or_default();
    let cards = {
        let (desk, code) = (desk.clone(), code.clone());
        move |row: String| {
            let fields = desk
                .form
                .members(&code)
                .map(|member| field(&desk, member, Path::member(&code, &row, member.member())))
                .collect_view();
            let (name, remove, own) = (row.clone(), row.clone(), row.clone());
            view! {
                <article class="group-row" data-row=row>
                    <header class="group-row-head">
                        <b>{words(move || say.with(walk::ROW, &[&number(&name).to_string()]))}</b>
                        <button
                            type="button"
                            class="icon-button"
                            hidden=move || !is_open()
                            aria-label=move || say.with(walk::REMOVE_ROW, &[&number(&remove).to_string()])
                            on:click=move |_| {
                                doomed.set(Some(own.clone()));
                                asks.set(true);
                            }
                        >
                            {icon("trash")}
                        </button>
                    </header>
                    <div class="fields">{fields}</div>
                </article>
            }
        }
    };
    let (to_add, to_remove) = (code.clone(), code.clone());
    // The row is there once it is kept, which takes a slow phone longer than to paint.
    let added = RwSignal::new(None::<String>);
    effect(move || {
        let is_there = |row: &String| rows.with(|rows| rows.contains(row));
        if let Some(row) = added.get().filter(is_there) {
            added.set(None);
            focus_row(row);
        }
    });
    let add = move |_| added.set(Some(report.add_row(&to_add)));
    let remove = Callback::new(move |()| {
        if let Some(row) = doomed.get_untracked() {
            report.remove_row(&to_remove, &row);
            crate::browser::focus(format!("f-{to_remove}"));
        }
    });
    let complaints = move || problems.get().into_iter().map(|it| complaint(say, it)).collect_view();
    let level =
        move || problems.with(|all| if all.iter().any(Problem::is_open) { Some("error") } else { None });
    let title = format!("f-{path}-title");
    let window = Question::new(&desk.form, group, path.clone()).within(&report.background()).window;
    let window = window.map(|window| view! { " " <span class="field-mark">{window}</span> });
    view! {
        <section
            class="group"
            id=format!("f-{path}")
            tabindex="-1"
            data-field=group.code().to_owned()
            data-problem=level
            aria-labelledby=title.clone()
            hidden=move || !view.with(|view| view.relevant)
        >
            <header class="group-head">
                <h2 class="group-title" id=title.clone()>{say.follow(&group.definition.label)}{window}</h2>
                <span class="soft small">{words(move || say.with(walk::ROWS, &[&rows.with(Vec::len).to_string()]))}</span>
            </header>
            {group.definition.hint.as_ref().map(|hint| view! { <p class="field-hint">{say.follow(hint)}</p> })}
            {live(complaints)}
            <For each=move || rows.get() key=Clone::clone children=cards />
            <button type="button" class="button quiet wide" data-add-row=group.code().to_owned() hidden=move || !is_open() on:click=add>
                {icon("plus")}
                {say.of(walk::ADD_ROW)}
            </button>
            <Confirm
                is_open=asks
                title=Signal::derive(move || say.with(walk::REMOVE_ROW_QUESTION, &[&doomed_number()]))
                sentence=Signal::derive(move || say.text(walk::REMOVE_ROW_NOTE).to_owned())
                deed=Signal::derive(move || say.text(walk::DELETE).to_owned())
                is_grave=true
                on_yes=remove
            />
        </section>
    }
    .into_any()
}

fn complaint(say: Say, problem: Problem) -> AnyView {
    let (level, name) = match problem.severity {
        Severity::Error => ("error", "alert"),
        Severity::Warning => ("warning", "warning"),
    };
    view! { <p class="problem" data-level=level>{icon(name)}<span>{say.follow(&problem.message)}</span></p> }
        .into_any()
}

/// Puts the focus into a row that was just added.
fn focus_row(row: String) {
    crate::browser::after_paint(move || {
        let first = format!("[data-row='{row}'] :is(input, textarea, select)");
        if let Ok(Some(element)) = document().query_selector(&first)
            && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = element.focus();
        }
    });
}

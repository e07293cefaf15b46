//! One section of the form: its fields and its repeating rows.

use super::{field, recorder::Left, walk::Way};
use crate::app::{address::Address, later};
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{
        field::FieldEvent,
        notice::{Kind, notice},
    },
    i18n::{Say, Text, walk},
    state::App,
};
use lantoa_shared::{definition::FieldType, op::Path, person::Action, record::State};

/// The section.
pub(super) fn section(way: &Way, at: usize) -> AnyView {
    let say = Say::from_context();
    let form = way.form.clone();
    let desk = field::FieldDesk {
        report: way.report,
        form: form.clone(),
        // A link from the check leads here with a name; then missing answers are shown as well.
        shows_missing: {
            let address = Address::from_context();
            memo(move || !address.hash().is_empty()).into()
        },
        on_event: take_events(way, at),
    };
    let fields = form.sections[at].fields.clone().filter(|at| form.fields[*at].group.is_none()).map(|at| {
        let field = &form.fields[at];
        if field.is_group() {
            return later::group(&desk, at);
        }
        let path = Path::field(field.code());
        let takes_sounds = field.definition.kind == FieldType::Files && way.report.duty().entry.is_some();
        let left = takes_sounds.then(|| {
            later::recorded(&Left { report: way.report, path: path.clone(), recording: way.recording })
        });
        view! { {field::field(&desk, field, path)}{left} }.into_any()
    });
    let fields = fields.collect_view();
    // No control of one section may go on as a control of another, with what was typed into it.
    let form =
        view! { <form class="fields" novalidate on:submit=|event| event.prevent_default()>{fields}</form> };
    view! { {standing(way, say)}{form.anew()} }.into_any()
}

/// What the person does goes to the engine.
fn take_events(way: &Way, at: usize) -> Callback<FieldEvent> {
    let (report, touched, editing, recording) = (way.report, way.touched, way.editing, way.recording);
    let code = way.form.sections[at].code.clone();
    Callback::new(move |event| {
        let touch = |path: &Path| touched.set(Some(path.clone()));
        match event {
            FieldEvent::Enter(path) => report.set_place(&code, Some(&path)),
            FieldEvent::Typing(path, text) => {
                touch(&path);
                report.typing(&path, text);
            }
            FieldEvent::Leave(path) => report.leave(&path),
            FieldEvent::Set(path, value) => {
                touch(&path);
                report.set(&path, value);
            }
            FieldEvent::Attach(path, file) => {
                touch(&path);
                report.attach(&path, file);
            }
            FieldEvent::Detach(path, sha256) => {
                touch(&path);
                report.detach(&path, &sha256);
            }
            FieldEvent::Edit(path, file) => {
                touch(&path);
                editing.set(Some((path, file)));
            }
            FieldEvent::Record(path) => {
                touch(&path);
                recording.set(Some(path));
            }
        }
    })
}

/// Why the report came back, or why it cannot be changed.
fn standing(way: &Way, say: Say) -> AnyView {
    let (app, report) = (App::from_context(), way.report);
    let (state, record) = (report.state(), report.record());
    live(move || {
        let info = |text: Text| notice(Kind::Info, say.text(text).to_owned(), String::new(), ().into_any());
        match state.get() {
            State::Returned => {
                let note =
                    record.with(|record| record.last_event().map(|it| it.note.clone()).unwrap_or_default());
                let title = say.with(walk::RETURNED_BY, &[&app.unit_name(&report.duty().recipient)]);
                Some(notice(Kind::Warning, title, note, ().into_any()))
            }
            _ if !report.can(Action::Edit) => Some(info(walk::LOCKED)),
            State::Ready => Some(info(walk::LOCKED_READY)),
            _ => None,
        }
    })
}

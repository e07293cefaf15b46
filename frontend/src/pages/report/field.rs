//! Binds one field of the report to its block on screen.

use super::writer::Writing;
use crate::app::later;
use crate::prelude::*;
use crate::{
    components::field::{FieldBlock, FieldEvent, Question, Telling},
    state::{App, Report},
};
use lantoa_shared::{
    form::{Field, Form},
    op::Path,
};
use std::sync::Arc;

/// What all fields of a section share.
#[derive(Clone)]
pub struct FieldDesk {
    /// The report.
    pub report: Report,
    /// Its form.
    pub form: Arc<Form>,
    /// Whether missing answers are complained about yet.
    pub shows_missing: Signal<bool>,
    /// Where events go.
    pub on_event: Callback<FieldEvent>,
}

/// A field at a place.
pub(super) fn field(desk: &FieldDesk, field: &Field, path: Path) -> AnyView {
    let report = desk.report;
    let sheet = report.sheet();
    let is_required = {
        let path = path.clone();
        memo(move || sheet.with(|sheet| sheet.cell(&path).is_some_and(|cell| cell.is_required)))
    };
    let tools = field.definition.prose.as_ref().map(|pictures| {
        later::writer(&Writing { report, path: path.clone(), pictures: Path::field(pictures) })
    });
    let raw = (report.raw(&path), report.raw(&path.note()));
    let telling =
        Telling { units: App::from_context().units(), people: report.people(), device: report.device() };
    view! {
        <FieldBlock
            view=report.field(&path)
            mark=report.saved(&path)
            question=Arc::new(Question::new(&desk.form, field, path).within(&report.background()))
            is_required
            shows_missing=desk.shows_missing
            raw
            telling
            on_event=desk.on_event
            tools
        />
    }
    .into_any()
}

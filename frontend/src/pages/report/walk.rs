//! The walk through a report: one section at a time, with the way ahead in sight.

use super::{CHECK, address, check::has_unsent_step, picture::Edited, recorder::Listening, section};
use crate::app::{address::Address, later};
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::{
        contents::{Contents, Line, stage},
        icon::icon,
    },
    i18n::{Say, Text, common, walk},
    pages::{name_page, record_name},
    state::{App, Report, SaveMark},
};
use lantoa_shared::{form::Form, op::Path, value::FileRef};
use leptos::{ev, html};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;

/// What the parts of the walk share.
#[derive(Clone)]
pub struct Way {
    /// The report.
    pub report: Report,
    /// Its form.
    pub form: Arc<Form>,
    /// Where one stands: the number of the section, or the number of sections for the check.
    pub at: Memo<usize>,
    /// The field touched last, whose mark is shown at the top.
    pub touched: RwSignal<Option<Path>>,
    /// The picture that is edited, with the field it stands at.
    pub editing: RwSignal<Option<(Path, FileRef)>>,
    /// The field for which a sound is recorded.
    pub recording: RwSignal<Option<Path>>,
}

impl Way {
    /// The address of a step by its number.
    fn href(&self, at: usize) -> String {
        let step = self.form.sections.get(at).map_or(CHECK, |section| section.code.as_str());
        address(&self.report.id(), step)
    }

    /// What a step is called.
    fn name(&self, at: usize, say: Say) -> String {
        match self.form.sections.get(at) {
            Some(section) => say.both(&section.title),
            None => say.text(walk::CHECK).to_owned(),
        }
    }
}

/// The screen of a report at a step.
pub(super) fn walk(report: Report, step: Memo<Option<String>>) -> AnyView {
    let say = Say::from_context();
    let form = report.form();
    let at = {
        let form = form.clone();
        memo(move || {
            step.with(|step| {
                let is_here = |code: &str| step.as_deref() == Some(code);
                form.sections.iter().position(|it| is_here(&it.code)).unwrap_or(form.sections.len())
            })
        })
    };
    let (touched, editing, recording) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let way = Way { report, form, at, touched, editing, recording };
    let drawer = NodeRef::<html::Dialog>::new();
    let lines = lines(&way, say);
    let title = {
        let way = way.clone();
        move || way.name(way.at.get(), say)
    };
    name_page({
        let title = title.clone();
        move || title()
    });
    let heading = NodeRef::<html::H1>::new();
    arrive(&way, heading);
    let go = Callback::new(move |()| {
        if let Some(drawer) = drawer.get_untracked() {
            drawer.close();
        }
    });
    let body = {
        let way = way.clone();
        move || {
            let at = way.at.get();
            if at < way.form.sections.len() { section::section(&way, at) } else { later::last_step(&way) }
        }
    };
    let recorder = move || {
        let path = recording.get()?;
        let on_close = Callback::new(move |()| recording.set(None));
        Some(later::recorder(&Listening { report, path, on_close }))
    };
    let editor = move || {
        let (path, file) = editing.get()?;
        let on_close = Callback::new(move |()| editing.set(None));
        Some(later::editor(&Edited { report, path, file, on_close }))
    };
    view! {
        <div class="walk">
            <aside class="walk-aside">
                <nav class="contents" aria-label=say.of(walk::CONTENTS)><Contents lines on_go=go /></nav>
            </aside>
            <div class="walk-main">
                <header class="walk-head">
                    <div class="row">
                        <a class="back" href=report.home()>{icon("chevron-left")}{words(report_name(report, say))}</a>
                        {saved(&way, say)}
                    </div>
                    <p class="walk-step">{words(progress(&way, say))}</p>
                    <h1 class="walk-title" tabindex="-1" node_ref=heading>{words(title)}</h1>
                    {steps(&way)}
                </header>
                {live(body)}
                {bar(&way, say, drawer)}
            </div>
            {live(editor)}
            {live(recorder)}
            <dialog class="drawer" node_ref=drawer aria-label=say.of(walk::CONTENTS)>
                <header class="drawer-head">
                    <h2>{say.of(walk::CONTENTS)}</h2>
                    <button type="button" class="icon-button" aria-label=say.of(common::CLOSE) on:click=move |_| go.run(())>
                        {icon("close")}
                    </button>
                </header>
                <div class="drawer-body"><Contents lines on_go=go /></div>
            </dialog>
        </div>
    }
    .into_any()
}

fn report_name(report: Report, say: Say) -> impl Fn() -> String {
    let (app, duty) = (App::from_context(), report.duty());
    let period = duty.entry.is_none().then_some(duty.period);
    move || record_name(app, say, &duty.form, period)
}

fn progress(way: &Way, say: Say) -> impl Fn() -> String + use<> {
    let (at, total) = (way.at, way.form.sections.len());
    move || match at.get() {
        at if at < total => say.with(walk::STEP, &[&(at + 1).to_string(), &total.to_string()]),
        _ => say.text(walk::ANSWERS).to_owned(),
    }
}

/// The jump list: sections with how far they are, and the check at the end.
fn lines(way: &Way, say: Say) -> Signal<Vec<Line>> {
    let (way, sheet) = (way.clone(), way.report.sheet());
    memo(move || {
        let here = way.at.get();
        sheet.with(|sheet| {
            (0..=way.form.sections.len())
                .map(|at| Line {
                    href: way.href(at),
                    name: way.name(at, say),
                    progress: sheet.sections.get(at).copied(),
                    is_current: at == here,
                })
                .collect()
        })
    })
    .into()
}

/// The row of small marks, one per section.
fn steps(way: &Way) -> AnyView {
    let (at, sheet) = (way.at, way.report.sheet());
    let states = memo(move || {
        let here = at.get();
        sheet.with(|sheet| {
            let state = |(at, it)| if at == here { "current" } else { stage(it).0 };
            sheet.sections.iter().enumerate().map(state).collect::<Vec<_>>()
        })
    });
    let marks =
        move || states.get().into_iter().map(|state| view! { <i data-state=state></i> }).collect_view();
    view! { <div class="steps" aria-hidden="true">{marks}</div> }.into_any()
}

/// Whether the last thing typed is kept.
fn saved(way: &Way, say: Say) -> AnyView {
    let (report, touched) = (way.report, way.touched);
    let record = report.record();
    let mark = memo(move || match touched.get().map(|path| report.saved(&path).get()) {
        // Nothing is said to be at the centre above a step that is not.
        Some(SaveMark::AtCentre) if record.with(has_unsent_step) => Some(SaveMark::SavedHere),
        mark => mark,
    });
    let told = move || {
        let (state, name, words): (_, _, Text) = match mark.get() {
            None | Some(SaveMark::Untouched) => return None,
            Some(SaveMark::Saving) => ("saving", "clock", walk::SAVING),
            Some(SaveMark::SavedHere) => ("saved", "check", walk::SAVED),
            Some(SaveMark::AtCentre) => ("saved", "cloud-done", walk::AT_CENTRE),
            Some(SaveMark::NotSaved) => ("failed", "alert", walk::NOT_SAVED),
        };
        Some(view! { <span class="saved" data-state=state>{icon(name)}{say.of(words)}</span> })
    };
    view! { <span role="status">{live(told)}</span> }.into_any()
}

/// Back, contents, on. At the check the bottom belongs to the commands, so these stand above.
fn bar(way: &Way, say: Say, drawer: NodeRef<html::Dialog>) -> AnyView {
    let way = way.clone();
    let total = way.form.sections.len();
    live(move || {
        let at = way.at.get();
        let open = move |_: ev::MouseEvent| {
            if let Some(drawer) = drawer.get_untracked() {
                let _ = drawer.show_modal();
            }
        };
        let back = view! { {icon("chevron-left")}{say.of(walk::PREVIOUS)} };
        let back = match at.checked_sub(1) {
            Some(before) => view! { <a class="button quiet" data-test="previous" href=way.href(before)>{back}</a> }.into_any(),
            None => view! { <button type="button" class="button quiet" data-test="previous" disabled>{back}</button> }.into_any(),
        };
        let words = if at + 1 == total { walk::CHECK } else { walk::NEXT };
        let next = (at < total).then(|| {
            view! {
                <a class="button primary" data-test="next" href=way.href(at + 1)>{say.of(words)}{icon("chevron-right")}</a>
            }
        });
        view! {
            <nav class=if at < total { "walk-bar no-print" } else { "cluster no-print" } aria-label=say.of(walk::STEPS)>
                {back}
                <button type="button" class="button quiet" data-only="narrow" data-test="contents" on:click=open>
                    {icon("list")}
                    {say.of(walk::CONTENTS)}
                </button>
                {next}
            </nav>
        }
    })
}

/// Whether a control for typing has the focus.
fn is_typed_into() -> bool {
    let active = document().active_element();
    active.is_some_and(|it| matches!(it.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Where the eyes and the focus go at a new step: to the field a link named, to the field one was at
/// when the report was left, else to the heading.
fn arrive(way: &Way, heading: NodeRef<html::H1>) {
    let (way, place) = (way.clone(), Address::from_context());
    Effect::new(move |before: Option<usize>| {
        let at = way.at.get();
        let named = place.hash();
        let code = way.form.sections.get(at).map_or(CHECK, |section| section.code.as_str()).to_owned();
        let place = way.report.place();
        let left = if before.is_none() && place.section.as_deref() == Some(code.as_str()) {
            place.field
        } else {
            None
        };
        let target = if named.is_empty() { left.map(|path| format!("f-{path}")) } else { Some(named) };
        way.report.set_place(&code, None);
        crate::browser::after_paint(move || {
            // Whoever was quicker than the screen stays where they are.
            if before.is_none() && is_typed_into() {
                return;
            }
            let found = target.and_then(|id| document().get_element_by_id(&id));
            if let Some(element) = found {
                element.scroll_into_view_with_bool(true);
                if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
                    let _ = element.focus();
                }
            } else if before.is_some_and(|before| before != at) {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                if let Some(heading) = heading.try_get_untracked().flatten() {
                    let _ = heading.focus();
                }
            }
        });
        at
    });
}

//! The buttons above an article, and how it will look.
//!
//! A button types for the person, through the browser: the text goes the way of every stroke, and the browser's own
//! "undo" takes it back. Invariant: nothing here writes a record; only what stands in the text area is looked at.

use super::reading::article;
use crate::browser;
use crate::components::live::live;
use crate::prelude::*;
use crate::{
    components::{icon::icon, prose},
    i18n::{Say, Text, writer},
    state::Report,
};
use lantoa_shared::{
    op::Path,
    prose::writing::{Change, Mark, press},
    value::{FileRef, Value},
};
use leptos::ev;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// An article that is written.
#[derive(Clone)]
pub struct Writing {
    /// The record.
    pub report: Report,
    /// The field of the text.
    pub path: Path,
    /// The field of its pictures.
    pub pictures: Path,
}

/// What the buttons work on.
#[derive(Clone, Copy)]
struct Bench {
    say: Say,
    report: Report,
    path: StoredValue<Path>,
    pictures: Memo<Vec<FileRef>>,
    /// The text that is looked at, while it is looked at.
    looked_at: RwSignal<Option<String>>,
    /// Whether it is asked which picture is meant.
    asks: RwSignal<bool>,
    /// The button that the tabulator key leads to.
    reached: RwSignal<usize>,
}

impl Bench {
    fn area(self) -> Option<HtmlTextAreaElement> {
        let id = self.path.try_with_value(|path| format!("f-{path}"))?;
        browser::element(&id)?.dyn_into().ok()
    }

    /// Presses a button, as it were, in the text.
    fn press(self, mark: &Mark) {
        self.asks.set(false);
        let Some(area) = self.area().filter(|area| !area.read_only()) else { return };
        let filler =
            self.say.text(if matches!(mark, Mark::Picture(_)) { writer::CAPTION } else { writer::WORDS });
        let place = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or_default() as usize;
        let selected = place(area.selection_start())..place(area.selection_end());
        let change = press(&area.value(), selected, mark, filler);
        let _ = area.focus();
        select(&area, change.place.start, change.place.end);
        if !browser::type_in(&change.text) {
            self.write(&area, &change);
        }
        select(&area, change.selected.start, change.selected.end);
    }

    /// Where the browser does not type for others: the text is written, and told as if it had been typed.
    fn write(self, area: &HtmlTextAreaElement, change: &Change) {
        let (from, to) = (units(change.place.start), units(change.place.end));
        let _ = area.set_range_text_with_start_and_end(&change.text, from, to);
        let _ = self.path.try_with_value(|path| self.report.typing(path, area.value()));
    }

    /// Shows how it looks, or the text again.
    fn turn(self) {
        let Some(area) = self.area() else { return };
        let looked_at = self.looked_at.get_untracked().is_none().then(|| area.value());
        self.put_aside(&area, looked_at.is_some());
        self.asks.set(false);
        self.looked_at.set(looked_at);
    }

    /// The text area gives way to how the text looks. It is not gone: whoever is led to it (a complaint, its label) is
    /// at the text again.
    fn put_aside(self, area: &HtmlTextAreaElement, is_aside: bool) {
        let _ = area.toggle_attribute_with_force("data-aside", is_aside);
        area.set_tab_index(if is_aside { -1 } else { 0 });
    }
}

fn units(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn select(area: &HtmlTextAreaElement, from: usize, to: usize) {
    let _ = area.set_selection_range(units(from), units(to));
}

/// What a button shows: a sign of its own, or a drawing.
enum Sign {
    Letter(&'static str),
    Drawing(&'static str),
}

/// The buttons that change the text: code, name, sign, what they do (a picture is asked for first).
fn tools() -> [(&'static str, Text, Sign, Option<Mark>); 8] {
    use Sign::{Drawing, Letter};
    [
        ("heading", writer::HEADING, Letter("H"), Some(Mark::Heading)),
        ("bold", writer::BOLD, Letter("B"), Some(Mark::Bold)),
        ("italic", writer::ITALIC, Letter("I"), Some(Mark::Italic)),
        ("bullets", writer::BULLETS, Drawing("list"), Some(Mark::Bullets)),
        ("numbers", writer::NUMBERS, Letter("1."), Some(Mark::Numbers)),
        ("quote", writer::QUOTE, Drawing("quote"), Some(Mark::Quote)),
        ("link", writer::LINK, Drawing("link"), Some(Mark::Link)),
        ("picture", writer::PICTURE, Drawing("image"), None),
    ]
}

/// The buttons, and below them how it looks while that is wanted.
pub fn writer(writing: &Writing) -> AnyView {
    let say = Say::from_context();
    let Writing { report, path, pictures } = writing.clone();
    let (view, files) = (report.field(&path), report.field(&pictures));
    let pictures = memo(move || {
        files.with(|files| match &files.value {
            Some(Value::Files(files)) => {
                files.iter().filter(|file| file.mime.starts_with("image/")).cloned().collect()
            }
            _ => Vec::new(),
        })
    });
    let bench = Bench {
        say,
        report,
        path: StoredValue::new(path),
        pictures,
        looked_at: RwSignal::new(None),
        asks: RwSignal::new(false),
        reached: RwSignal::new(0),
    };
    listen(bench);
    on_cleanup(move || {
        if let Some(area) = bench.area() {
            bench.put_aside(&area, false);
        }
    });
    let is_looked_at = memo(move || bench.looked_at.with(Option::is_some));
    let is_open = memo(move || view.with(|view| view.is_open));
    let buttons = tools().into_iter().enumerate().map(|(at, tool)| button(bench, at, tool)).collect_view();
    let turn = view! {
        <button
            type="button"
            class="button quiet"
            data-test="preview"
            aria-pressed=move || is_looked_at.get().to_string()
            on:click=move |_| bench.turn()
        >
            {icon("eye")}
            {say.of(writer::PREVIEW)}
        </button>
    };
    view! {
        <div class="writer no-print">
            <div
                class="writer-tools"
                role="toolbar"
                aria-label=say.of(writer::TOOLS)
                hidden=move || is_looked_at.get() || !is_open.get()
                on:keydown=move |event| walk(bench, &event)
            >
                {buttons}
            </div>
            {turn}
        </div>
        {live(move || bench.asks.get().then(|| choice(bench)))}
        {live(move || bench.looked_at.get().map(|text| look(bench, text)))}
    }
    .into_any()
}

/// A button of the toolbar.
fn button(
    bench: Bench,
    at: usize,
    (code, name, sign, mark): (&'static str, Text, Sign, Option<Mark>),
) -> AnyView {
    let (say, reached) = (bench.say, bench.reached);
    let is_picture = mark.is_none();
    let press = move |_| match &mark {
        Some(mark) => bench.press(mark),
        None => bench.asks.update(|asks| *asks = !*asks),
    };
    let sign = match sign {
        Sign::Letter(letter) => view! { <b data-sign=code aria-hidden="true">{letter}</b> }.into_any(),
        Sign::Drawing(name) => icon(name),
    };
    let tabindex = move || if reached.get() == at { "0" } else { "-1" };
    let expanded = move || is_picture.then(|| bench.asks.get().to_string());
    view! {
        <button
            type="button"
            class="icon-button"
            data-test=code
            aria-label=say.of(name)
            title=say.of(name)
            aria-expanded=expanded
            tabindex=tabindex
            // The text keeps the focus, and with it what is selected.
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
            on:focus=move |_| reached.set(at)
            on:click=press
        >
            {sign}
        </button>
    }
    .into_any()
}

/// The arrow keys lead from button to button.
fn walk(bench: Bench, event: &ev::KeyboardEvent) {
    let last = tools().len() - 1;
    let at = bench.reached.get_untracked();
    let next = match event.key().as_str() {
        "ArrowRight" => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    let button = event.current_target().and_then(|bar| bar.dyn_into::<HtmlElement>().ok());
    let button = button.and_then(|bar| bar.query_selector_all("button").ok()?.get(units(next)));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// The keys that everybody knows, in the text itself; and the way back to it from how it looks.
fn listen(bench: Bench) {
    let is_in_text = move |event: &web_sys::Event| {
        let area = bench.area().map(web_sys::EventTarget::from);
        area.is_some() && event.target() == area
    };
    let keys = window_event_listener(ev::keydown, move |event| {
        let is_shortcut = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if !is_shortcut || !is_in_text(&event) {
            return;
        }
        let mark = match event.key().as_str() {
            "b" => Mark::Bold,
            "i" => Mark::Italic,
            "k" => Mark::Link,
            _ => return,
        };
        event.prevent_default();
        bench.press(&mark);
    });
    let focus = window_event_listener(ev::focusin, move |event| {
        if bench.looked_at.with_untracked(Option::is_some) && is_in_text(&event) {
            bench.turn();
        }
    });
    on_cleanup(move || {
        keys.remove();
        focus.remove();
    });
}

/// Which of the pictures goes in.
fn choice(bench: Bench) -> AnyView {
    let say = bench.say;
    let files = bench.pictures.get();
    if files.is_empty() {
        return view! { <p class="soft small" role="status">{say.of(writer::NO_PICTURE)}</p> }.into_any();
    }
    let button = |file: FileRef| {
        let name = file.name.clone();
        view! {
            <button
                type="button"
                class="button quiet"
                data-test="put-picture"
                on:mousedown=|event: ev::MouseEvent| event.prevent_default()
                on:click=move |_| bench.press(&Mark::Picture(name.clone()))
            >
                {icon("image")}
                <span class="file-name">{file.name}</span>
            </button>
        }
    };
    view! {
        <div class="writer-pictures" role="group" aria-label=say.of(writer::WHICH)>
            <span class="soft small">{say.of(writer::WHICH)}</span>
            {files.into_iter().map(button).collect_view()}
        </div>
    }
    .into_any()
}

/// How it will look.
fn look(bench: Bench, text: String) -> AnyView {
    if text.trim().is_empty() {
        return view! { <p class="soft" role="status">{bench.say.of(writer::EMPTY)}</p> }.into_any();
    }
    let drawn = prose::article(&article(bench.report, text, &bench.pictures.get()));
    view! { <div class="writer-look">{drawn}</div> }.into_any()
}

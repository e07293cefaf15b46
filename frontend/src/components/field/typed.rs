//! Controls one types into: a line, a number, a long text.
//!
//! The control owns its text while somebody types in it. Only outside of that is it written, so neither a
//! composition nor an unsaved answer is ever overwritten; and once it is left and what was typed is kept, it shows
//! what the record says, which may be somebody else's answer.

use super::{Desk, FieldEvent};
use crate::components::live::live;
use crate::i18n::Say;
use crate::prelude::*;
use crate::state::SaveMark;
use lantoa_shared::{definition::FieldType, op::Path, text};
use leptos::{ev, html};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

/// Something with a text: an input or a textarea.
pub(super) trait Typed: Clone + 'static {
    /// Its text.
    fn text(&self) -> String;
    /// Writes its text.
    fn write(&self, text: &str);
    /// Itself as an element.
    fn element(&self) -> &HtmlElement;
}

impl Typed for web_sys::HtmlInputElement {
    fn text(&self) -> String {
        self.value()
    }
    fn write(&self, text: &str) {
        self.set_value(text);
    }
    fn element(&self) -> &HtmlElement {
        self
    }
}

impl Typed for web_sys::HtmlTextAreaElement {
    fn text(&self) -> String {
        self.value()
    }
    fn write(&self, text: &str) {
        self.set_value(text);
    }
    fn element(&self) -> &HtmlElement {
        self
    }
}

/// Whether the person is in this control.
fn has_focus(element: &HtmlElement) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(element)))
}

/// The text a control shows: what was typed and not yet saved, else the value in its usual form.
pub(super) fn first_text(desk: &Desk) -> String {
    desk.raw.clone().or_else(|| shown(desk)).unwrap_or_default()
}

/// The value in its usual form; `None` if the control is no longer there.
fn shown(desk: &Desk) -> Option<String> {
    desk.view.try_with_untracked(|view| desk.question.shown(view.value.as_ref()))
}

/// Writes the control anew whenever the value changes while nobody types in it, and says that it did.
pub(super) fn follow_value<T: Typed>(
    hands: &Hands,
    node: impl Fn() -> Option<T> + 'static,
    written: impl Fn(&T) + 'static,
) {
    let (view, question) = (hands.desk.view, hands.desk.question.clone());
    let has_typed = Arc::clone(&hands.has_typed);
    let value = memo(move || view.with(|view| view.value.clone()));
    Effect::new(move |ran_before: Option<()>| {
        let text = value.with(|value| question.shown(value.as_ref()));
        // The first run finds the text the control was drawn with.
        if ran_before.is_some()
            && let Some(control) = node()
            && !(has_typed.load(Ordering::Relaxed) && has_focus(control.element()))
            && control.text() != text
        {
            control.write(&text);
            written(&control);
        }
    });
}

/// What to do at each event of a control one types into.
#[derive(Clone)]
pub(super) struct Hands {
    path: Path,
    desk: Desk,
    /// Whether anything was typed since the last time it was left. Outlives the control: a browser tells
    /// of the blur of an element that was just taken away.
    has_typed: Arc<AtomicBool>,
}

impl Hands {
    /// For the control of a field.
    pub(super) fn new(desk: &Desk) -> Self {
        Self { path: desk.question.path.clone(), desk: desk.clone(), has_typed: Arc::default() }
    }

    /// At every stroke, also inside a composition: the text is told, nothing is written back.
    pub(super) fn typed(&self, text: String) {
        self.has_typed.store(true, Ordering::Relaxed);
        let _ = self.desk.on_event.try_run(FieldEvent::Typing(self.path.clone(), text));
    }

    /// At leaving: told, then shown in its usual form if it was understood. What could not be kept stays as typed.
    pub(super) fn left(&self, control: &impl Typed) {
        let has_typed = self.has_typed.swap(false, Ordering::Relaxed);
        if has_typed {
            let _ = self.desk.on_event.try_run(FieldEvent::Leave(self.path.clone()));
        }
        let question = &self.desk.question;
        let own = || question.shown(text::read(question.definition.kind, &control.text()).as_ref());
        let mark = self.desk.mark.try_with_untracked(|mark| *mark);
        let text = match mark {
            Some(SaveMark::Saving | SaveMark::NotSaved) => has_typed.then(own),
            _ => shown(&self.desk),
        };
        if let Some(text) = text
            && control.text() != text
        {
            control.write(&text);
        }
    }

    /// At Enter outside a composition: to the next control, as in a table.
    pub(super) fn pressed(&self, event: &ev::KeyboardEvent, control: &HtmlElement) {
        if event.key() == "Enter" && !event.is_composing() && event.key_code() != 229 {
            event.prevent_default();
            focus_next(control);
        }
    }
}

/// Puts the focus on the control that follows in the same form.
fn focus_next(control: &HtmlElement) {
    let Ok(Some(form)) = control.closest("form") else { return };
    let Ok(all) = form.query_selector_all(
        "input:not([type=hidden]):not([tabindex='-1']):not(:disabled), textarea:not(:disabled), select:not(:disabled)",
    ) else {
        return;
    };
    let mut is_behind = false;
    for at in 0..all.length() {
        let Some(Ok(other)) = all.get(at).map(wasm_bindgen::JsCast::dyn_into::<HtmlElement>) else {
            continue;
        };
        if is_behind && other.offset_parent().is_some() {
            let _ = other.focus();
            return;
        }
        is_behind |= other.is_same_node(Some(control));
    }
    let _ = control.blur();
}

/// A line: text, number, address, telephone.
pub(super) fn line(desk: &Desk, tick: AnyView) -> AnyView {
    let say = Say::from_context();
    let definition = &desk.question.definition;
    let (kind, mode, is_number) = match definition.kind {
        FieldType::Int | FieldType::Money => ("text", "numeric", true),
        FieldType::Dec | FieldType::Pct => ("text", "decimal", true),
        FieldType::Url => ("url", "url", false),
        FieldType::Phone => ("tel", "tel", false),
        FieldType::Email => ("email", "email", false),
        _ => ("text", "text", false),
    };
    let node = NodeRef::<html::Input>::new();
    let hands = Hands::new(desk);
    follow_value(&hands, move || node.get_untracked(), |_| ());
    let (typed, composed, left, pressed) = (hands.clone(), hands.clone(), hands.clone(), hands);
    let is_open = desk.is_open();
    view! {
        <div class="control">
            <input
                class=if is_number { "input number" } else { "input" }
                id=desk.question.id()
                type=kind
                inputmode=mode
                autocomplete="off"
                aria-describedby=desk.described_by()
                aria-invalid=desk.is_wrong()
                readonly=move || !is_open()
                prop:value=first_text(desk)
                node_ref=node
                on:input=move |event| typed.typed(event_target_value(&event))
                on:compositionend=move |event| composed.typed(event_target_value(&event))
                on:blur=move |_| if let Some(input) = node.try_get_untracked().flatten() { left.left(&input) }
                on:keydown=move |event| if let Some(input) = node.try_get_untracked().flatten() { pressed.pressed(&event, &input) }
            />
            {definition.unit.as_ref().map(|unit| view! { <span class="suffix">{say.follow(unit)}</span> })}
            {tick}
        </div>
    }
    .into_any()
}

/// A long text that grows with what is in it.
pub(super) fn area(desk: &Desk) -> AnyView {
    let node = NodeRef::<html::Textarea>::new();
    let hands = Hands::new(desk);
    let is_open = desk.is_open();
    let first = first_text(desk);
    let length = RwSignal::new(first.trim().chars().count());
    let measure = move |area: &web_sys::HtmlTextAreaElement| {
        length.set(area.value().trim().chars().count());
        grow(area);
    };
    let most = desk.question.definition.range.and_then(|(_, most)| usize::try_from(most).ok());
    let counter = most.map(|most| {
        view! {
            <span class="counter" data-state=move || (length.get() > most).then_some("over") aria-hidden="true">
                {live(move || length.get())}" / "{most}
            </span>
        }
    });
    follow_value(&hands, move || node.get_untracked(), measure);
    effect(move || {
        if let Some(area) = node.get() {
            grow(&area);
        }
    });
    let (typed, composed, left) = (hands.clone(), hands.clone(), hands);
    let on_input = move |event: ev::Event| {
        if let Some(area) = node.get_untracked() {
            measure(&area);
        }
        typed.typed(event_target_value(&event));
    };
    let on_blur = move |_| {
        if let Some(area) = node.try_get_untracked().flatten() {
            left.left(&area);
            measure(&area);
        }
    };
    view! {
        <textarea
            class="input area"
            id=desk.question.id()
            rows="3"
            aria-describedby=desk.described_by()
            aria-invalid=desk.is_wrong()
            readonly=move || !is_open()
            prop:value=first
            node_ref=node
            on:input=on_input
            on:compositionend=move |event| composed.typed(event_target_value(&event))
            on:blur=on_blur
        ></textarea>
        {counter}
    }
    .into_any()
}

/// Makes a text area as high as its text, where the browser does not do so by itself (`field-sizing`).
pub(super) fn grow(area: &web_sys::HtmlTextAreaElement) {
    let knows =
        js_sys::Reflect::has(&HtmlElement::style(area), &JsValue::from_str("fieldSizing")).unwrap_or(false);
    if !knows {
        let style = HtmlElement::style(area);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", area.scroll_height() + 2));
    }
}

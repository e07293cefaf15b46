//! A picture of a media item before it goes to anybody: faces and names are hidden, it is cropped and turned, without a
//! network. What comes out is another file; the one before is named no more.
//!
//! One part is chosen at a time, by hand or by keys, and then hidden or kept. Invariant: nothing is kept until the person
//! says so, and then the bytes before the field.

mod deeds;

use crate::components::field::unattached;
use crate::components::live::{live, words};
use crate::prelude::*;
use crate::{
    components::icon::icon,
    i18n::{Say, Text, common, picture},
    state::{Report, Unattached},
};
use deeds::{Deed, Part, draw_anew};
use lantoa_shared::{op::Path, value::FileRef};
use leptos::{ev, html, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlImageElement};

/// How far a key moves a part, in parts of the picture.
const STEP: f64 = 0.02;
/// How near to a corner a finger takes hold of it, in pixels of the screen.
const NEAR: f64 = 28.0;
/// The part that is chosen at first.
const MIDDLE: Part = Part { left: 0.35, top: 0.3, width: 0.3, height: 0.3 };

/// What is being edited.
#[derive(Clone)]
pub struct Edited {
    /// The record.
    pub report: Report,
    /// The field.
    pub path: Path,
    /// The file.
    pub file: FileRef,
    /// Told when the person is done with it.
    pub on_close: Callback<()>,
}

/// What a finger does to the part.
#[derive(Clone, Copy)]
enum Hold {
    /// It draws a new one, or pulls a corner: this is the corner across.
    Pull((f64, f64)),
    /// It moves it: this is where it was last.
    Move((f64, f64)),
}

/// What the tools work on.
#[derive(Clone, Copy)]
struct Bench {
    canvas: NodeRef<html::Canvas>,
    picture: StoredValue<Option<HtmlImageElement>, LocalStorage>,
    deeds: RwSignal<Vec<Deed>>,
    part: RwSignal<Part>,
    failed: RwSignal<Option<Unattached>>,
}

impl Bench {
    /// Does one more thing, or shows again what was done so far.
    fn show(self) {
        let deeds = self.deeds.get_untracked();
        let drawn =
            self.canvas.get_untracked().zip(self.picture.get_value()).and_then(|(canvas, picture)| {
                let canvas: web_sys::HtmlCanvasElement = canvas.unchecked_into();
                draw_anew(&canvas, &picture, &deeds)
            });
        self.failed.set(drawn.is_none().then_some(Unattached::Unreadable));
    }

    fn act(self, deed: Deed) {
        self.deeds.update(|deeds| deeds.push(deed));
        self.show();
        if !matches!(deed, Deed::Hide(_)) {
            self.part.set(MIDDLE);
        }
    }

    fn undo(self) {
        self.deeds.update(Vec::pop);
        self.show();
    }
}

/// The dialog.
pub fn editor(edited: &Edited) -> AnyView {
    let say = Say::from_context();
    let Edited { report, path, file, on_close } = edited.clone();
    let node = NodeRef::<html::Dialog>::new();
    let bench = Bench {
        canvas: NodeRef::new(),
        picture: StoredValue::new_local(None),
        deeds: RwSignal::new(Vec::new()),
        part: RwSignal::new(MIDDLE),
        failed: RwSignal::new(None),
    };
    let (is_read, is_saving, asks) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    effect(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let before = file.clone();
    spawn_local(async move {
        match report.picture(&before).await {
            Some(read) => {
                bench.picture.set_value(Some(read));
                is_read.set(true);
                bench.show();
            }
            None => bench.failed.set(Some(Unattached::Unreadable)),
        }
    });
    // What was done is asked about once; nothing of it is kept yet.
    let leave = move || {
        if bench.deeds.with_untracked(Vec::is_empty) || asks.get_untracked() {
            on_close.run(());
        } else {
            asks.set(true);
        }
    };
    let name = file.name.clone();
    let save = move |_| {
        let Some(canvas) = bench.canvas.get_untracked() else { return };
        let canvas: web_sys::HtmlCanvasElement = canvas.unchecked_into();
        is_saving.set(true);
        let (path, file) = (path.clone(), file.clone());
        spawn_local(async move {
            match report.exchange(&path, &file, &canvas).await {
                Ok(()) => on_close.run(()),
                Err(reason) => bench.failed.set(Some(reason)),
            }
            if is_saving.try_get_untracked().is_some() {
                is_saving.set(false);
            }
        });
    };
    let n_hidden = memo(move || {
        bench.deeds.with(|deeds| deeds.iter().filter(|deed| matches!(deed, Deed::Hide(_))).count())
    });
    let is_idle = move || !is_read.get() || is_saving.get();
    let is_unchanged = move || is_idle() || bench.deeds.with(Vec::is_empty);
    let tool = move |sign: &'static str, code: &'static str, name: Text, deed: Callback<()>| {
        view! {
            <button type="button" class="button" data-test=code disabled=is_idle on:click=move |_| deed.run(())>
                {icon(sign)}
                {say.of(name)}
            </button>
        }
    };
    let hide = Callback::new(move |()| bench.act(Deed::Hide(bench.part.get_untracked())));
    let crop = Callback::new(move |()| bench.act(Deed::Crop(bench.part.get_untracked())));
    let turn = Callback::new(move |()| bench.act(Deed::Turn));
    let question = move || {
        asks.get().then(|| {
            view! {
                <p class="problem" data-level="warning" role="alert">
                    {icon("warning")}<span>{say.of(picture::LEAVE)}</span>
                </p>
            }
        })
    };
    let told = move || {
        let hidden = (n_hidden.get() > 0).then(|| say.with(picture::HIDDEN, &[&n_hidden.get().to_string()]));
        hidden.unwrap_or_else(|| say.text(picture::HINT).to_owned())
    };
    view! {
        <dialog
            class="dialog editor"
            node_ref=node
            aria-label=say.of(picture::TITLE)
            data-test="editor"
            on:close=move |_| {
                // The browser closed it, as the way back of a phone does.
                leave();
                if let Some(dialog) = node.try_get_untracked().flatten() {
                    let _ = dialog.show_modal();
                }
            }
        >
            <header class="editor-head">
                <h2 class="dialog-title">{say.of(picture::TITLE)}</h2>
                <span class="soft small">{name}</span>
            </header>
            {stage(say, bench)}
            <p class="soft small" role="status">{words(told)}</p>
            <div role="alert">
                {words(move || bench.failed.get().map(|it| unattached(say, &it)).unwrap_or_default())}
            </div>
            <div class="editor-tools">
                {tool("eye", "hide", picture::HIDE, hide)}
                {tool("image", "crop", picture::CROP, crop)}
                {tool("sync", "turn", picture::TURN, turn)}
                <button type="button" class="button plain" data-test="undo" disabled=is_unchanged on:click=move |_| bench.undo()>
                    {icon("return")}
                    {say.of(picture::UNDO)}
                </button>
            </div>
            {live(question)}
            <div class="dialog-actions">
                <button type="button" class="button" data-test="leave" on:click=move |_| leave()>
                    {say.of(common::CLOSE)}
                </button>
                <button type="button" class="button primary" data-test="keep-picture" disabled=is_unchanged on:click=save>
                    {say.of(picture::SAVE)}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

/// The picture with the part that is chosen, which hands and keys move.
fn stage(say: Say, bench: Bench) -> AnyView {
    let (stage, part) = (NodeRef::<html::Div>::new(), bench.part);
    let held = StoredValue::new(None::<Hold>);
    // Where on the picture, in parts of it, and how many of these a corner is wide.
    let place = move |event: &ev::PointerEvent| -> Option<((f64, f64), (f64, f64))> {
        let stage: Element = stage.get_untracked()?.unchecked_into();
        let shape = stage.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - shape.left(), f64::from(event.client_y()) - shape.top());
        let (wide, high) = (shape.width().max(1.0), shape.height().max(1.0));
        Some(((x / wide, y / high), (NEAR / wide, NEAR / high)))
    };
    let take = move |event: ev::PointerEvent| {
        let Some((at, near)) = place(&event) else { return };
        event.prevent_default();
        if let Some(stage) = stage.get_untracked() {
            let stage: Element = stage.unchecked_into();
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
        held.set_value(Some(hold(part.get_untracked(), at, near)));
    };
    let pull = move |event: ev::PointerEvent| {
        let (Some(hold), Some((at, _))) = (held.get_value(), place(&event)) else { return };
        match hold {
            Hold::Pull(across) => part.set(Part::between(across, at)),
            Hold::Move(from) => {
                part.update(|part| *part = part.moved(at.0 - from.0, at.1 - from.1));
                held.set_value(Some(Hold::Move(at)));
            }
        }
    };
    let let_go = move |_: ev::PointerEvent| held.set_value(None);
    let press = move |event: ev::KeyboardEvent| {
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            _ => return,
        };
        event.prevent_default();
        let is_sizing = event.shift_key();
        part.update(|part| *part = if is_sizing { part.resized(x, y) } else { part.moved(x, y) });
    };
    view! {
        <div
            class="editor-stage"
            node_ref=stage
            on:pointerdown=take
            on:pointermove=pull
            on:pointerup=let_go
            on:pointercancel=let_go
        >
            <canvas class="editor-canvas" node_ref=bench.canvas aria-hidden="true"></canvas>
            {selection(say, part, press)}
        </div>
    }
    .into_any()
}

fn selection(say: Say, part: RwSignal<Part>, press: impl Fn(ev::KeyboardEvent) + 'static) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    // By the object model: the policy of this site allows no style in the markup.
    effect(move || {
        let Part { left, top, width, height } = part.get();
        let Some(node) = node.get() else { return };
        let style = web_sys::HtmlElement::style(&node);
        for (name, length) in [("left", left), ("top", top), ("width", width), ("height", height)] {
            let _ = style.set_property(name, &percent(length));
        }
    });
    view! {
        <div
            class="editor-part"
            node_ref=node
            tabindex="0"
            role="application"
            aria-label=say.of(picture::PART)
            data-test="part"
            on:keydown=press
        >
            <i></i><i></i><i></i><i></i>
        </div>
    }
    .into_any()
}

/// What a finger at a point does.
fn hold(part: Part, at: (f64, f64), near: (f64, f64)) -> Hold {
    let Part { left, top, width, height } = part;
    let (right, bottom) = (left + width, top + height);
    for (corner, across) in [
        ((left, top), (right, bottom)),
        ((right, top), (left, bottom)),
        ((left, bottom), (right, top)),
        ((right, bottom), (left, top)),
    ] {
        if (at.0 - corner.0).abs() < near.0 && (at.1 - corner.1).abs() < near.1 {
            return Hold::Pull(across);
        }
    }
    let is_inside = (left..=right).contains(&at.0) && (top..=bottom).contains(&at.1);
    if is_inside { Hold::Move(at) } else { Hold::Pull(at) }
}

/// A length in parts of the whole, as a style says it: in hundredths of a percent, because writing fractions of floating
/// numbers would cost 15 kB.
fn percent(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 10 000")]
    let hundredths = (length * 10_000.0).round() as i32;
    format!("calc({hundredths}% / 100)")
}

//! A picture of a media item before it goes to anybody: faces and names are hidden, it is cropped and turned, without a
//! network. What comes out is another file; the one before is named no more.
//!
//! One part is chosen at a time, by hand or by keys, and then hidden or kept. Invariant: nothing is kept until the
//! person says so, and then the bytes before the field.

mod deeds;
mod stage;

use crate::browser;
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
use leptos::{html, task::spawn_local};
use stage::stage;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlImageElement;

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

/// What the tools work on.
#[derive(Clone, Copy)]
struct Bench {
    canvas: NodeRef<html::Canvas>,
    picture: StoredValue<Option<HtmlImageElement>, LocalStorage>,
    deeds: RwSignal<Vec<Deed>>,
    part: RwSignal<Part>,
    /// Whether the part that is chosen was hidden as it stands: what is drawn beside it is another one.
    is_hidden: RwSignal<bool>,
    /// Whether the person was asked about what is not saved, and did nothing since.
    asks: RwSignal<bool>,
    failed: RwSignal<Option<Failed>>,
}

/// Why it is not done.
#[derive(Clone)]
enum Failed {
    /// The picture is not on this device, and the centre did not give it.
    Absent,
    /// The device has no memory to draw it.
    Undrawn,
    /// It is not kept.
    Unattached(Unattached),
}

impl Failed {
    /// What happened, and what helps. What stands above the page is behind the dialog, so it is all said here.
    fn tell(&self, say: Say) -> String {
        match self {
            Self::Absent => say.text(picture::NOT_HERE).to_owned(),
            Self::Undrawn => say.text(picture::NOT_DRAWN).to_owned(),
            Self::Unattached(Unattached::NotKept) => say.text(picture::NOT_KEPT).to_owned(),
            Self::Unattached(reason) => unattached(say, reason),
        }
    }
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
        self.failed.set(drawn.is_none().then_some(Failed::Undrawn));
        self.asks.set(false);
    }

    fn act(self, deed: Deed) {
        self.deeds.update(|deeds| deeds.push(deed));
        self.show();
        let is_hidden = matches!(deed, Deed::Hide(_));
        if !is_hidden {
            self.part.set(MIDDLE);
        }
        self.is_hidden.set(is_hidden);
    }

    fn undo(self) {
        self.deeds.update(Vec::pop);
        self.show();
        self.is_hidden.set(false);
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
        is_hidden: RwSignal::new(false),
        asks: RwSignal::new(false),
        failed: RwSignal::new(None),
    };
    let (is_read, is_saving, asks) = (RwSignal::new(false), RwSignal::new(false), bench.asks);
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
            None => bench.failed.set(Some(Failed::Absent)),
        }
    });
    // The row of the picture is drawn anew, so the focus goes to what the row belongs to.
    let control = format!("f-{path}");
    let close = Callback::new(move |()| {
        on_close.run(());
        browser::focus(control.clone());
    });
    // What was done is asked about once; nothing of it is kept yet.
    let leave = move || {
        if is_saving.get_untracked() {
            return;
        }
        if bench.deeds.with_untracked(Vec::is_empty) || asks.get_untracked() {
            close.run(());
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
                Ok(()) => close.run(()),
                Err(reason) => bench.failed.set(Some(Failed::Unattached(reason))),
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
                {words(move || bench.failed.get().map(|it| it.tell(say)).unwrap_or_default())}
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
                <button type="button" class="button" data-test="leave" disabled=move || is_saving.get() on:click=move |_| leave()>
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

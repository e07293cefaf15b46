//! Recording a sound for a media item. The dialog also shows what was recorded before and not attached.
//!
//! Invariant: what was recorded is thrown away only by a button that says so and stands where no other stood; a dialog
//! that goes leaves it on the disk, and the microphone off.

mod bench;

use crate::browser;
use crate::components::live::{live, words};
use crate::components::notice::{Kind, notice};
use crate::prelude::*;
use crate::{
    i18n::{Say, Text, common, recorder},
    state::Report,
};
use bench::{Bench, Doomed, Stage};
use gloo_timers::callback::Interval;
use lantoa_shared::{op::Path, person::Action, text::length};
use leptos::{html, task::spawn_local};

/// How often the time on screen moves on, in milliseconds.
const TICK: u32 = 250;

/// What is recorded for.
#[derive(Clone)]
pub struct Listening {
    /// The record.
    pub report: Report,
    /// The field.
    pub path: Path,
    /// Told when the person is done with it.
    pub on_close: Callback<()>,
}

/// What was recorded for a field and not attached, if anything was.
#[derive(Clone)]
pub struct Left {
    /// The record.
    pub report: Report,
    /// The field.
    pub path: Path,
    /// Where the field goes for which the recorder is to be opened.
    pub recording: RwSignal<Option<Path>>,
}

/// The dialog.
pub fn recorder(listening: &Listening) -> AnyView {
    let say = Say::from_context();
    let Listening { report, path, on_close } = listening.clone();
    let node = NodeRef::<html::Dialog>::new();
    let control = format!("f-{path}");
    let bench = Bench {
        report,
        path: StoredValue::new(path),
        recorder: StoredValue::new_local(None),
        stage: RwSignal::new(Stage::Ending),
        rests: RwSignal::new(false),
        millis: RwSignal::new(0),
        left: RwSignal::new(Vec::new()),
        asks: RwSignal::new(None),
        told: RwSignal::new(None),
        on_close: Callback::new(move |()| {
            on_close.run(());
            browser::focus(control.clone());
        }),
    };
    effect(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let ticking = StoredValue::new_local(Some(Interval::new(TICK, move || bench.tick())));
    on_cleanup(move || {
        // Whatever goes on ends, and stays on the disk.
        drop(ticking.try_update_value(Option::take));
        drop(bench.recorder.try_update_value(Option::take));
    });
    spawn_local(bench.rest());
    // A recording is not to end because somebody pressed beside it.
    let leave = move || {
        if matches!(bench.stage.get_untracked(), Stage::Idle | Stage::Asking) {
            bench.on_close.run(());
        }
    };
    let state = move || {
        let text = match bench.stage.get() {
            Stage::Open if bench.rests.get() => recorder::RESTING,
            Stage::Open => recorder::RECORDING,
            Stage::Asking => recorder::ASKING,
            Stage::Ending => recorder::ENDING,
            Stage::Idle => return String::new(),
        };
        say.text(text).to_owned()
    };
    let is_live = move || (bench.stage.get() == Stage::Open && !bench.rests.get()).then_some("true");
    let has_no_time = move || bench.stage.get() != Stage::Open;
    view! {
        <dialog
            class="dialog recorder"
            node_ref=node
            aria-label=say.of(recorder::TITLE)
            data-test="recorder"
            on:close=move |_| {
                // The browser closed it, as the way back of a phone does.
                leave();
                if let Some(dialog) = node.try_get_untracked().flatten() {
                    let _ = dialog.show_modal();
                }
            }
        >
            <h2 class="dialog-title">{say.of(recorder::TITLE)}</h2>
            <p class="soft small">{say.of(recorder::HINT)}</p>
            <div class="recorder-time" data-live=is_live>
                <span role="status">{words(state)}</span>
                <b data-test="sound-length" hidden=has_no_time>{words(move || length::show(bench.millis.get() / 1000))}</b>
            </div>
            <div role="alert">{words(move || bench.told.get().map(|it| it.tell(say)).unwrap_or_default())}</div>
            {live(move || left(say, bench))}
            {tools(say, bench, Callback::new(move |()| leave()))}
        </dialog>
    }
    .into_any()
}

/// The buttons, or the question before something goes.
fn tools(say: Say, bench: Bench, leave: Callback<()>) -> AnyView {
    let button = move |code: &'static str, class: &'static str, text: Text, deed: Callback<()>| {
        view! {
            <button type="button" class=class data-test=code on:click=move |_| deed.run(())>
                {say.of(text)}
            </button>
        }
    };
    let (plain, primary) = ("button", "button primary");
    let (stage, is_asked) = (bench.stage, memo(move || bench.asks.with(Option::is_some)));
    // Drawn anew only with what can be done: whoever pauses keeps the focus where it is.
    let tools = move || {
        if is_asked.get() {
            return view! {
                <p role="alert">{say.of(recorder::SURE)}</p>
                <div class="dialog-actions recorder-question">
                    {button("throw-for-good", plain, recorder::FOR_GOOD, Callback::new(move |()| bench.throw_away()))}
                    {button("keep-sound", primary, recorder::KEEP, Callback::new(move |()| bench.asks.set(None)))}
                </div>
            }
            .into_any();
        }
        let buttons = match stage.get() {
            Stage::Idle => view! {
                {button("close", plain, common::CLOSE, leave)}
                {button("begin-sound", primary, recorder::BEGIN, Callback::new(move |()| bench.begin()))}
            }
            .into_any(),
            Stage::Asking => button("close", plain, common::CLOSE, leave).into_any(),
            Stage::Open => view! {
                {button("throw-away", plain, recorder::THROW_AWAY, Callback::new(move |()| bench.asks.set(Some(Doomed::Open))))}
                <button type="button" class=plain data-test="pause" on:click=move |_| bench.pause()>
                    {words(move || say.text(if bench.rests.get() { recorder::GO_ON } else { recorder::PAUSE }).to_owned())}
                </button>
                {button("attach-sound", primary, recorder::DONE, Callback::new(move |()| bench.end(true)))}
            }
            .into_any(),
            Stage::Ending => ().into_any(),
        };
        view! { <div class="dialog-actions">{buttons}</div> }.into_any()
    };
    live(tools)
}

/// Says beside a field that something was recorded for it and not attached: the phone died, or the page was left.
pub fn recorded(left: &Left) -> AnyView {
    let say = Say::from_context();
    let Left { report, path, recording } = left.clone();
    let (wanted, is_any) = (path.clone(), RwSignal::new(false));
    effect(move || {
        // Looked for again when the recorder is closed.
        let (wanted, is_closed) = (wanted.clone(), recording.with(Option::is_none));
        spawn_local(async move {
            let may_attach = is_closed && report.can(Action::Edit);
            let _ = is_any.try_set(may_attach && !report.recordings(&wanted).await.is_empty());
        });
    });
    live(move || {
        let path = path.clone();
        let open = move |_| recording.set(Some(path.clone()));
        is_any.get().then(|| {
            let open = view! {
                <button type="button" class="button" data-test="open-recorded" on:click=open>
                    {say.of(recorder::OPEN)}
                </button>
            };
            notice(Kind::Info, say.text(recorder::LEFT_HERE).to_owned(), String::new(), open.into_any())
        })
    })
}

/// What was recorded and not attached.
fn left(say: Say, bench: Bench) -> Option<AnyView> {
    let all = bench.left.get();
    if all.is_empty() || bench.stage.get() != Stage::Idle {
        return None;
    }
    let rows = all.into_iter().map(|recorded| {
        let words = recorder::from(say, &recorded);
        let label = |text: Text| format!("{}: {words}", say.text(text));
        let (attach, throw) = (label(recorder::ATTACH), label(recorder::THROW_AWAY));
        let (kept, thrown) = (recorded.clone(), recorded);
        view! {
            <li class="recorder-left">
                <span>{words}</span>
                <button
                    type="button"
                    class="button"
                    data-test="attach-left"
                    aria-label=attach
                    on:click=move |_| bench.attach_left(kept.clone())
                >
                    {say.of(recorder::ATTACH)}
                </button>
                <button
                    type="button"
                    class="button plain"
                    data-test="throw-left"
                    aria-label=throw
                    on:click=move |_| bench.asks.set(Some(Doomed::Left(thrown.clone())))
                >
                    {say.of(recorder::THROW_AWAY)}
                </button>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <h3>{say.of(recorder::LEFT)}</h3><ul class="recorder-list">{rows}</ul> }.into_any())
}

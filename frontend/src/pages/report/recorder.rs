//! Recording a sound for a media item. The dialog also shows what was recorded before and not attached.
//!
//! Invariant: nothing that was recorded goes without being asked about; a dialog that is closed leaves it on the disk.

use crate::components::field::unattached;
use crate::components::live::{live, words};
use crate::components::notice::{Kind, notice};
use crate::prelude::*;
use crate::{
    i18n::{Say, common, recorder},
    state::{Recorded, Recorder, Report, Unattached, Unheard},
};
use gloo_timers::callback::Interval;
use lantoa_shared::{op::Path, text::day};
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

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    Recording,
    Resting,
    Ending,
}

/// What the buttons work on.
#[derive(Clone, Copy)]
struct Bench {
    report: Report,
    path: StoredValue<Path>,
    recorder: StoredValue<Option<Recorder>, LocalStorage>,
    stage: RwSignal<Stage>,
    millis: RwSignal<u32>,
    /// What was recorded and not attached.
    left: RwSignal<Vec<Recorded>>,
    /// The name of what is to be thrown away, once the person says so again; empty for what goes on.
    asks: RwSignal<Option<String>>,
    told: RwSignal<Option<Told>>,
    on_close: Callback<()>,
}

/// What went wrong.
#[derive(Clone)]
enum Told {
    Unheard(Unheard),
    Stopped,
    Unattached(Unattached),
}

impl Told {
    fn tell(&self, say: Say) -> String {
        let text = match self {
            Self::Unheard(Unheard::Forbidden) => recorder::FORBIDDEN,
            Self::Unheard(Unheard::NoMicrophone) => recorder::NO_MICROPHONE,
            Self::Unheard(Unheard::Unable) => recorder::UNABLE,
            Self::Stopped => recorder::STOPPED,
            Self::Unattached(Unattached::NotKept) => recorder::NOT_ATTACHED,
            Self::Unattached(reason) => return unattached(say, reason),
        };
        say.text(text).to_owned()
    }
}

impl Bench {
    fn begin(self) {
        self.told.set(None);
        self.stage.set(Stage::Ending);
        spawn_local(async move {
            let stopped = move |_| {
                let _ = self.told.try_set(Some(Told::Stopped));
                self.end(false);
            };
            match self.report.record_sound(&self.path.get_value(), stopped).await {
                // The dialog may have been closed while the browser asked.
                Ok(recorder) if self.stage.try_get_untracked().is_some() => {
                    self.recorder.set_value(Some(recorder));
                    self.stage.set(Stage::Recording);
                }
                Ok(_) => {}
                Err(reason) => {
                    let _ = self.told.try_set(Some(Told::Unheard(reason)));
                    let _ = self.stage.try_set(Stage::Idle);
                }
            }
        });
    }

    fn pause(self, rests: bool) {
        self.recorder.with_value(|recorder| {
            if let Some(recorder) = recorder {
                recorder.pause(rests);
            }
        });
        self.stage.set(if rests { Stage::Resting } else { Stage::Recording });
    }

    /// Ends what goes on, and attaches it if that is wanted.
    fn end(self, attaches: bool) {
        let Some(recorder) = self.recorder.try_update_value(Option::take).flatten() else { return };
        self.asks.set(None);
        self.stage.set(Stage::Ending);
        spawn_local(async move {
            if let Some(recorded) = recorder.end().await
                && attaches
            {
                self.attach(&recorded).await;
            }
            self.rest().await;
        });
    }

    async fn attach(self, recorded: &Recorded) {
        match self.report.attach_recorded(recorded).await {
            Ok(()) => self.on_close.run(()),
            Err(reason) => {
                let _ = self.told.try_set(Some(Told::Unattached(reason)));
            }
        }
    }

    /// Throws away what the person was asked about; asks, if he was not.
    fn throw_away(self, recorded: Option<Recorded>) {
        let name = recorded.as_ref().map(|it| it.name.clone()).unwrap_or_default();
        if self.asks.get_untracked().as_ref() != Some(&name) {
            self.asks.set(Some(name));
            return;
        }
        self.asks.set(None);
        let recorder =
            if recorded.is_none() { self.recorder.try_update_value(Option::take).flatten() } else { None };
        self.stage.set(Stage::Ending);
        spawn_local(async move {
            let ended = match recorder {
                Some(recorder) => recorder.end().await,
                None => recorded,
            };
            if let Some(recorded) = ended {
                self.report.throw_away(&recorded).await;
            }
            self.rest().await;
        });
    }

    /// Looks what is there, and waits for what the person does.
    async fn rest(self) {
        let left = self.report.recordings(&self.path.get_value()).await;
        let _ = self.left.try_set(left);
        let _ = self.millis.try_set(0);
        let _ = self.stage.try_set(Stage::Idle);
    }

    /// The time moves on; what ended by itself, or is too long, ends here.
    fn tick(self) {
        let seen = self.recorder.try_with_value(|recorder| {
            recorder.as_ref().map(|it| (it.millis(), it.is_alive() && !it.is_full()))
        });
        let Some((millis, goes_on)) = seen.flatten() else { return };
        self.millis.set(millis);
        if !goes_on {
            self.end(false);
        }
    }
}

/// The dialog.
pub fn recorder(listening: &Listening) -> AnyView {
    let say = Say::from_context();
    let Listening { report, path, on_close } = listening.clone();
    let node = NodeRef::<html::Dialog>::new();
    let bench = Bench {
        report,
        path: StoredValue::new(path),
        recorder: StoredValue::new_local(None),
        stage: RwSignal::new(Stage::Ending),
        millis: RwSignal::new(0),
        left: RwSignal::new(Vec::new()),
        asks: RwSignal::new(None),
        told: RwSignal::new(None),
        on_close,
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
        if matches!(bench.stage.get_untracked(), Stage::Idle) {
            on_close.run(());
        }
    };
    let tools = move || {
        let button = |code: &'static str, class: &'static str, text, deed: Callback<()>| {
            view! {
                <button type="button" class=class data-test=code on:click=move |_| deed.run(())>
                    {say.of(text)}
                </button>
            }
        };
        let (plain, primary) = ("button", "button primary");
        let throw_away = move || {
            button("throw-away", plain, recorder::THROW_AWAY, Callback::new(move |()| bench.throw_away(None)))
        };
        let done =
            move || button("attach-sound", primary, recorder::DONE, Callback::new(move |()| bench.end(true)));
        match bench.stage.get() {
            Stage::Idle => view! {
                {button("close", plain, common::CLOSE, Callback::new(move |()| leave()))}
                {button("begin-sound", primary, recorder::BEGIN, Callback::new(move |()| bench.begin()))}
            }
            .into_any(),
            Stage::Recording => view! {
                {throw_away()}
                {button("pause", plain, recorder::PAUSE, Callback::new(move |()| bench.pause(true)))}
                {done()}
            }
            .into_any(),
            Stage::Resting => view! {
                {throw_away()}
                {button("go-on", plain, recorder::GO_ON, Callback::new(move |()| bench.pause(false)))}
                {done()}
            }
            .into_any(),
            Stage::Ending => ().into_any(),
        }
    };
    let state = move || match bench.stage.get() {
        Stage::Recording => say.text(recorder::RECORDING).to_owned(),
        Stage::Resting => say.text(recorder::RESTING).to_owned(),
        Stage::Idle | Stage::Ending => String::new(),
    };
    let question = move || bench.asks.get().map(|_| say.text(recorder::SURE).to_owned()).unwrap_or_default();
    let is_live = move || (bench.stage.get() == Stage::Recording).then_some("true");
    let is_idle = move || !matches!(bench.stage.get(), Stage::Recording | Stage::Resting);
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
            <p class="recorder-time" data-live=is_live hidden=is_idle>
                <span role="status">{words(state)}</span>
                <b data-test="sound-length">{words(move || length(bench.millis.get()))}</b>
            </p>
            <div role="alert">{words(move || bench.told.get().map(|it| it.tell(say)).unwrap_or_default())}</div>
            <p role="alert" class="recorder-question">{words(question)}</p>
            {live(move || left(say, bench))}
            <div class="dialog-actions">{live(tools)}</div>
        </dialog>
    }
    .into_any()
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
            let _ = is_any.try_set(is_closed && !report.recordings(&wanted).await.is_empty());
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
        let words = say.with(recorder::FROM, &[&day::show_moment(recorded.began), &length(recorded.plays)]);
        let (kept, thrown) = (recorded.clone(), recorded);
        let attach = move |_| {
            bench.stage.set(Stage::Ending);
            let kept = kept.clone();
            spawn_local(async move {
                bench.attach(&kept).await;
                bench.rest().await;
            });
        };
        view! {
            <li class="recorder-left">
                <span>{words}</span>
                <button type="button" class="button" data-test="attach-left" on:click=attach>
                    {say.of(recorder::ATTACH)}
                </button>
                <button type="button" class="button plain" data-test="throw-left" on:click=move |_| bench.throw_away(Some(thrown.clone()))>
                    {say.of(recorder::THROW_AWAY)}
                </button>
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <h3>{say.of(recorder::LEFT)}</h3><ul class="recorder-list">{rows}</ul> }.into_any())
}

/// `3:05` or `1:03:05`.
fn length(millis: u32) -> String {
    let seconds = millis / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

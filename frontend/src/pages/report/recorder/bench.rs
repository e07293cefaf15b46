//! What the buttons of the recorder do, and where it stands.
//!
//! Invariant: of what was recorded nothing goes but what the person was asked about; a dialog that is gone meanwhile is
//! told nothing.

use crate::components::field::unattached;
use crate::prelude::*;
use crate::{
    i18n::{Say, recorder},
    state::{Recorded, Recorder, Report, Unattached, Unheard},
    store::StoreTrouble,
};
use lantoa_shared::op::Path;
use leptos::task::spawn_local;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing goes on.
    Idle,
    /// The browser asks the person.
    Asking,
    /// It records, or rests.
    Open,
    /// What was recorded comes onto the disk, or into the item.
    Ending,
}

/// What is to be thrown away, once the person says so again.
#[derive(Clone)]
pub(super) enum Doomed {
    /// What goes on.
    Open,
    /// What was recorded before.
    Left(Recorded),
}

/// What the buttons work on.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub(super) report: Report,
    pub(super) path: StoredValue<Path>,
    pub(super) recorder: StoredValue<Option<Recorder>, LocalStorage>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) rests: RwSignal<bool>,
    pub(super) millis: RwSignal<u32>,
    /// What was recorded and not attached.
    pub(super) left: RwSignal<Vec<Recorded>>,
    pub(super) asks: RwSignal<Option<Doomed>>,
    pub(super) told: RwSignal<Option<Told>>,
    pub(super) on_close: Callback<()>,
}

/// What went wrong.
#[derive(Clone)]
pub(super) enum Told {
    Unheard(Unheard),
    /// It ended by itself: the microphone went, or it is as long as it may be.
    Ended,
    /// Nothing is heard for now.
    Muted,
    /// The disk took no more of it.
    Stopped(StoreTrouble),
    Nothing,
    Unattached(Unattached),
}

impl Told {
    /// What happened, and what helps.
    pub(super) fn tell(&self, say: Say) -> String {
        let text = match self {
            Self::Unheard(Unheard::Forbidden) => recorder::FORBIDDEN,
            Self::Unheard(Unheard::NoMicrophone) => recorder::NO_MICROPHONE,
            Self::Unheard(Unheard::Unable) => recorder::UNABLE,
            Self::Ended => recorder::ENDED,
            Self::Muted => recorder::MUTED,
            Self::Stopped(StoreTrouble::Full) => recorder::FULL,
            Self::Stopped(_) => recorder::BROKEN,
            Self::Nothing => recorder::NOTHING,
            Self::Unattached(Unattached::NotKept) => recorder::NOT_ATTACHED,
            Self::Unattached(Unattached::Unreadable) => recorder::UNREADABLE,
            Self::Unattached(reason) => return unattached(say, reason),
        };
        say.text(text).to_owned()
    }
}

impl Bench {
    fn tell(self, told: Told) {
        let _ = self.told.try_set(Some(told));
    }

    pub(super) fn begin(self) {
        self.told.set(None);
        self.stage.set(Stage::Asking);
        let path = self.path.get_value();
        spawn_local(async move {
            match self.report.record_sound(&path).await {
                // The dialog may have been closed while the browser asked: then the microphone goes off again.
                Ok(recorder) if self.stage.try_get_untracked() == Some(Stage::Asking) => {
                    self.recorder.set_value(Some(recorder));
                    self.rests.set(false);
                    self.stage.set(Stage::Open);
                }
                Ok(_) => {}
                Err(reason) => {
                    self.tell(Told::Unheard(reason));
                    let _ = self.stage.try_set(Stage::Idle);
                }
            }
        });
    }

    pub(super) fn pause(self) {
        let rests = !self.rests.get_untracked();
        self.recorder.with_value(|recorder| {
            if let Some(recorder) = recorder {
                recorder.pause(rests);
            }
        });
        self.rests.set(rests);
    }

    /// Ends what goes on, and attaches it if that is wanted and all of it is on the disk.
    pub(super) fn end(self, attaches: bool) {
        let Some(recorder) = self.recorder.try_update_value(Option::take).flatten() else { return };
        self.asks.set(None);
        self.told.set(None);
        self.stage.set(Stage::Ending);
        spawn_local(async move {
            match recorder.end().await {
                (_, Some(trouble)) => self.tell(Told::Stopped(trouble)),
                (Some(recorded), None) if attaches => return self.attach(&recorded).await,
                (Some(_), None) => self.tell(Told::Ended),
                (None, None) => self.tell(Told::Nothing),
            }
            self.rest().await;
        });
    }

    async fn attach(self, recorded: &Recorded) {
        match self.report.attach_recorded(recorded).await {
            Ok(()) => drop(self.on_close.try_run(())),
            Err(reason) => {
                self.tell(Told::Unattached(reason));
                self.rest().await;
            }
        }
    }

    pub(super) fn attach_left(self, recorded: Recorded) {
        self.told.set(None);
        self.stage.set(Stage::Ending);
        spawn_local(async move { self.attach(&recorded).await });
    }

    /// Throws away what the person was asked about.
    pub(super) fn throw_away(self) {
        let Some(doomed) = self.asks.get_untracked() else { return };
        self.asks.set(None);
        self.told.set(None);
        let recorder = self.recorder.try_update_value(Option::take).flatten();
        self.stage.set(Stage::Ending);
        spawn_local(async move {
            let ended = match (doomed, recorder) {
                (Doomed::Open, Some(recorder)) => recorder.end().await.0,
                (Doomed::Left(recorded), _) => Some(recorded),
                (Doomed::Open, None) => None,
            };
            if let Some(recorded) = ended {
                self.report.throw_away(&recorded).await;
            }
            self.rest().await;
        });
    }

    /// Looks what is there, and waits for what the person does.
    pub(super) async fn rest(self) {
        let Some(path) = self.path.try_get_value() else { return };
        let left = self.report.recordings(&path).await;
        let _ = self.left.try_set(left);
        let _ = self.millis.try_set(0);
        let _ = self.stage.try_set(Stage::Idle);
    }

    /// The time moves on; what ended by itself, or is too long, ends here.
    pub(super) fn tick(self) {
        let look = |recorder: &Recorder| {
            recorder.stay_awake();
            (recorder.millis(), recorder.is_alive(), recorder.is_muted())
        };
        let seen = self.recorder.try_with_value(|recorder| recorder.as_ref().map(look));
        let Some((millis, is_alive, is_muted)) = seen.flatten() else { return };
        self.millis.set(millis);
        if is_muted != matches!(self.told.get_untracked(), Some(Told::Muted)) {
            self.told.set(is_muted.then_some(Told::Muted));
        }
        if !is_alive {
            self.end(false);
        }
    }
}

//! Recording a sound for a field, without a network: what the microphone gives goes onto the disk every few seconds,
//! and becomes a file when the person says that it is done.
//!
//! What was recorded and not attached – the phone died, or the page was left – is there the next time. Invariant: its
//! note goes only once an op that names it is on the disk; what another tab records is not offered here.

use super::{Report, Unattached};
use crate::{
    browser::{self, locks::Lock, wake::Awake},
    state::recordings::{KINDS, recording_lock, recording_name},
    store::{Recorded, Recording, Store, StoreTrouble},
    sync::attach_recorded,
};
use futures::{
    StreamExt as _,
    channel::{mpsc, oneshot},
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::{op::Path, value::FileRef};
use leptos::task::spawn_local;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobEvent, Event, MediaRecorder, MediaRecorderOptions, MediaStream, MediaStreamConstraints,
    MediaStreamTrack, RecordingState,
};

/// How often what came goes onto the disk, in milliseconds: so much is lost with a dead phone.
const SLICE: i32 = 3_000;
/// How well it sounds, in bits a second: a voice is understood, and an hour is 29 MB.
const BITS: u32 = 64_000;
/// Longest recording, in milliseconds: three hours.
const LONGEST: u32 = 3 * 60 * 60 * 1_000;
/// Largest recording, in bytes: what is added to it last fits below the 100 MB of a sound.
const MOST: u32 = 96 * 1024 * 1024;
/// How long a browser may take to end it, in milliseconds.
const PATIENCE: u32 = 15_000;

/// Why nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// The person, or the system, does not let this page hear.
    Forbidden,
    /// There is no microphone.
    NoMicrophone,
    /// This browser cannot record.
    Unable,
}

/// A recording that goes on, or rests. Dropped, it ends, and what is on the disk stays there.
pub struct Recorder {
    recorder: MediaRecorder,
    /// Off with the recorder.
    heard: Microphone,
    awake: Awake,
    clock: Rc<Clock>,
    ended: oneshot::Receiver<Ended>,
    /// Says to other tabs that it goes on.
    _alive: Lock,
}

/// What is on the disk of a recording that ended, if anything is, and why not all of it is.
pub type Ended = (Option<Recorded>, Option<StoreTrouble>);

impl std::fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Recorder")
    }
}

/// The microphone; off when this is dropped.
struct Microphone(MediaStream);

impl Drop for Microphone {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// How long it was recorded, pauses apart, in milliseconds.
#[derive(Default)]
struct Clock {
    before: Cell<f64>,
    since: Cell<Option<f64>>,
}

impl Clock {
    fn go(&self) {
        self.since.set(Some(browser::ticks()));
    }

    fn rest(&self) {
        self.before.set(self.passed());
        self.since.set(None);
    }

    fn passed(&self) -> f64 {
        self.before.get() + self.since.get().map_or(0.0, |since| browser::ticks() - since)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "three hours at most")]
    fn millis(&self) -> u32 {
        self.passed() as u32
    }
}

impl Recorder {
    /// How long it is by now, in milliseconds.
    pub fn millis(&self) -> u32 {
        self.clock.millis()
    }

    /// Whether the browser still records, or would go on: not after the disk was full, the microphone was pulled out,
    /// or it is as long as it may be.
    pub fn is_alive(&self) -> bool {
        self.recorder.state() != RecordingState::Inactive && self.clock.millis() < LONGEST
    }

    /// Whether the system lets nothing be heard just now: a call came in, or a switch of the device is off.
    pub fn is_muted(&self) -> bool {
        let is_muted = |track: JsValue| track.unchecked_into::<MediaStreamTrack>().muted();
        self.heard.0.get_tracks().iter().any(is_muted)
    }

    /// Keeps the screen on while it records: a phone that falls asleep stops it. To be called again and again.
    pub fn stay_awake(&self) {
        if self.recorder.state() == RecordingState::Recording {
            self.awake.keep();
        } else {
            self.awake.rest();
        }
    }

    /// Rests, or goes on.
    pub fn pause(&self, rests: bool) {
        if rests && self.recorder.request_data().is_ok() && self.recorder.pause().is_ok() {
            self.clock.rest();
        } else if !rests && self.recorder.resume().is_ok() {
            self.clock.go();
        }
    }

    /// Ends it, and waits until all of it is on the disk.
    pub async fn end(mut self) -> Ended {
        self.stop();
        // A browser that never says that it stopped has given what it had.
        match select(&mut self.ended, TimeoutFuture::new(PATIENCE)).await {
            Either::Left((Ok(ended), _)) => ended,
            _ => (None, Some(StoreTrouble::Late)),
        }
    }

    fn stop(&self) {
        if self.recorder.state() != RecordingState::Inactive {
            let _ = self.recorder.stop();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Report {
    /// Begins to record for a field.
    ///
    /// # Errors
    /// Why nothing is heard.
    pub async fn record_sound(self, path: &Path) -> Result<Recorder, Unheard> {
        let core = self.live().ok_or(Unheard::Unable)?;
        if !js_sys::Reflect::has(&browser::window(), &"MediaRecorder".into()).unwrap_or(false) {
            return Err(Unheard::Unable);
        }
        let kind = KINDS.iter().find(|(kind, _)| MediaRecorder::is_type_supported(kind));
        let (kind, _) = kind.ok_or(Unheard::Unable)?;
        let heard = microphone().await?;
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        options.set_audio_bits_per_second(BITS);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&heard.0, &options)
            .map_err(|_| Unheard::Unable)?;
        let recording = Recording::new(Recorded {
            person: core.person.id.clone(),
            record: core.id.clone(),
            path: path.clone(),
            mime: kind.split(';').next().unwrap_or_default().to_owned(),
            began: core.engine.now(),
            plays: 0,
            size: 0,
            name: String::new(),
        });
        let alive = Lock::hold(&recording_lock(&recording.recorded));
        let clock = Rc::new(Clock::default());
        let (came, pieces) = mpsc::unbounded();
        let (of_piece, last) = (Rc::clone(&clock), came.clone());
        browser::listen(&recorder, "dataavailable", move |event: Event| {
            let piece = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data);
            // A browser may end with nothing.
            if let Some(piece) = piece.filter(|piece| piece.size() > 0.0) {
                let _ = came.unbounded_send((piece, of_piece.millis()));
            }
        });
        browser::listen(&recorder, "stop", move |_| last.close_channel());
        recorder.start_with_time_slice(SLICE).map_err(|_| Unheard::Unable)?;
        clock.go();
        let (done, ended) = oneshot::channel();
        let (engine, of_write) = (Rc::clone(&core.engine), recorder.clone());
        spawn_local(async move {
            let (recorded, trouble) = write(&engine.store, recording, pieces).await;
            // Whoever shows it sees that it no longer goes on.
            if of_write.state() != RecordingState::Inactive {
                let _ = of_write.stop();
            }
            let _ = done.send(((recorded.size > 0).then_some(recorded), trouble));
            // Until it is attached it is counted among what is on this device only.
            engine.recordings_changed().await;
        });
        Ok(Recorder { recorder, heard, awake: Awake::default(), clock, ended, _alive: alive })
    }

    /// What was recorded for a field of this record and not attached, oldest first; without what another tab records.
    pub async fn recordings(self, path: &Path) -> Vec<Recorded> {
        let Some(core) = self.live() else { return Vec::new() };
        let mut found = core.engine.recordings().await.unwrap_or_default();
        found.retain(|it| it.person == core.person.id && it.record == core.id && it.path == *path);
        found
    }

    /// Throws away what was recorded; whether that could be done.
    pub async fn throw_away(self, recorded: &Recorded) -> bool {
        let Some(core) = self.live() else { return false };
        core.engine.forget_recording(recorded).await.is_ok()
    }

    /// Names what was recorded at its field, and forgets the recording once that is on the disk.
    ///
    /// # Errors
    /// Why it does not stand there; it stays on the disk.
    pub async fn attach_recorded(self, recorded: &Recorded) -> Result<(), Unattached> {
        let core = self.live().ok_or(Unattached::NotKept)?;
        let kept = attach_recorded(&core.engine.store, recorded, recording_name(recorded)).await;
        let file: FileRef = kept.map_err(|_| Unattached::NotKept)?.ok_or(Unattached::Unreadable)?;
        core.engine.outbox.borrow_mut().add_file(&file.sha256, &recorded.person);
        core.add_file(&recorded.path, file);
        core.flush().await;
        if core.has_unkept() {
            return Err(Unattached::NotKept);
        }
        // Should it fail, it is offered once more, and is the same file then.
        let _ = core.engine.forget_recording(recorded).await;
        Ok(())
    }
}

/// Puts what comes onto the disk, until no more does or the disk takes no more.
async fn write(
    store: &Store,
    mut recording: Recording,
    mut pieces: mpsc::UnboundedReceiver<(Blob, u32)>,
) -> (Recorded, Option<StoreTrouble>) {
    while let Some((piece, millis)) = pieces.next().await {
        let Ok(bytes) = JsFuture::from(piece.array_buffer()).await else {
            // What came after a hole could not be played.
            return (recording.recorded, Some(StoreTrouble::Broken));
        };
        let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
        let mut kept = store.keep_recorded(&mut recording, &bytes, millis).await;
        // What lies here of the library gives way to own work.
        if kept == Err(StoreTrouble::Full) && store.free_stock().await.unwrap_or(false) {
            kept = store.keep_recorded(&mut recording, &bytes, millis).await;
        }
        if let Err(trouble) = kept {
            return (recording.recorded, Some(trouble));
        }
        if recording.recorded.size > MOST {
            break;
        }
    }
    (recording.recorded, None)
}

/// The microphone, once the person lets the page hear.
async fn microphone() -> Result<Microphone, Unheard> {
    let devices = browser::window().navigator().media_devices().map_err(|_| Unheard::Unable)?;
    if devices.is_undefined() {
        return Err(Unheard::Unable);
    }
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&true.into());
    let asked = devices.get_user_media_with_constraints(&wanted).map_err(|_| Unheard::Unable)?;
    let heard = JsFuture::from(asked).await.map_err(|error| {
        let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
        match name.as_deref() {
            Some("NotFoundError" | "NotReadableError") => Unheard::NoMicrophone,
            Some("NotAllowedError" | "SecurityError") => Unheard::Forbidden,
            _ => Unheard::Unable,
        }
    })?;
    Ok(Microphone(heard.unchecked_into()))
}

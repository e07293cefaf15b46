//! Recording a sound for a field, without a network: what the microphone gives goes onto the disk every few seconds, and
//! becomes a file when the person says that it is done.
//!
//! What was recorded and not attached – the phone died, or the page was left – is there the next time.

use super::{Report, Unattached};
use crate::{
    browser,
    store::{Recorded, Recording, Store, StoreTrouble},
    sync::attach_recorded,
};
use futures::{
    StreamExt as _,
    channel::{mpsc, oneshot},
};
use lantoa_shared::{op::Path, text::day, value::FileRef};
use leptos::task::spawn_local;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast as _;
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
/// What is recorded, the first of them that the browser writes: its type, and how the name of the file ends.
const KINDS: [(&str, &str); 4] = [
    ("audio/mp4;codecs=mp4a.40.2", "m4a"),
    ("audio/mp4", "m4a"),
    ("audio/ogg;codecs=opus", "ogg"),
    ("audio/webm;codecs=opus", "webm"),
];

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
    stream: MediaStream,
    clock: Rc<Clock>,
    ended: oneshot::Receiver<Option<Recorded>>,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Recorder")
    }
}

/// How long it was recorded, pauses apart.
#[derive(Default)]
struct Clock {
    before: Cell<i64>,
    since: Cell<Option<i64>>,
}

impl Clock {
    fn go(&self) {
        self.since.set(Some(browser::now()));
    }

    fn rest(&self) {
        self.before.set(i64::from(self.millis()));
        self.since.set(None);
    }

    fn millis(&self) -> u32 {
        let now = self.since.get().map_or(0, |since| (browser::now() - since).max(0));
        u32::try_from(self.before.get() + now).unwrap_or(LONGEST)
    }
}

impl Recorder {
    /// How long it is by now, in milliseconds.
    pub fn millis(&self) -> u32 {
        self.clock.millis()
    }

    /// Whether it is as long as a recording may be.
    pub fn is_full(&self) -> bool {
        self.clock.millis() >= LONGEST
    }

    /// Whether the browser still records, or would go on: not after the disk was full or the microphone was pulled out.
    pub fn is_alive(&self) -> bool {
        self.recorder.state() != RecordingState::Inactive
    }

    /// Rests, or goes on.
    pub fn pause(&self, rests: bool) {
        if rests && self.recorder.pause().is_ok() {
            self.clock.rest();
        } else if !rests && self.recorder.resume().is_ok() {
            self.clock.go();
        }
    }

    /// Ends it, and waits until all of it is on the disk; `None` if nothing came.
    pub async fn end(mut self) -> Option<Recorded> {
        self.stop();
        (&mut self.ended).await.ok().flatten()
    }

    fn stop(&self) {
        if self.is_alive() {
            let _ = self.recorder.stop();
        }
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Report {
    /// Begins to record for a field. `failed` is told if the disk takes no more: then it ends.
    ///
    /// # Errors
    /// Why nothing is heard.
    pub async fn record_sound(
        self,
        path: &Path,
        failed: impl Fn(StoreTrouble) + 'static,
    ) -> Result<Recorder, Unheard> {
        let core = self.live().ok_or(Unheard::Unable)?;
        let stream = microphone().await?;
        let kind = KINDS.iter().find(|(kind, _)| MediaRecorder::is_type_supported(kind));
        let (kind, _) = kind.ok_or(Unheard::Unable)?;
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        options.set_audio_bits_per_second(BITS);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)
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
        let clock = Rc::new(Clock::default());
        let (came, pieces) = mpsc::unbounded();
        let of_piece = Rc::clone(&clock);
        let last = came.clone();
        browser::listen(&recorder, "dataavailable", move |event: Event| {
            if let Some(piece) = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data) {
                let _ = came.unbounded_send((piece, of_piece.millis()));
            }
        });
        browser::listen(&recorder, "stop", move |_| last.close_channel());
        recorder.start_with_time_slice(SLICE).map_err(|_| Unheard::Unable)?;
        clock.go();
        let (done, ended) = oneshot::channel();
        let (store, of_write) = (core.engine.store.clone(), recorder.clone());
        spawn_local(async move {
            let (recorded, trouble) = write(&store, recording, pieces).await;
            if let Some(trouble) = trouble {
                if of_write.state() != RecordingState::Inactive {
                    let _ = of_write.stop();
                }
                failed(trouble);
            }
            let _ = done.send((recorded.size > 0).then_some(recorded));
        });
        Ok(Recorder { recorder, stream, clock, ended })
    }

    /// What was recorded for a field of this record and not attached, oldest first.
    pub async fn recordings(self, path: &Path) -> Vec<Recorded> {
        let Some(core) = self.live() else { return Vec::new() };
        let found = core.engine.store.recordings(&core.person.id).await.unwrap_or_default();
        found.into_iter().filter(|it| it.record == core.id && it.path == *path).collect()
    }

    /// Throws away what was recorded; whether that could be done.
    pub async fn throw_away(self, recorded: &Recorded) -> bool {
        let Some(core) = self.live() else { return false };
        core.engine.store.throw_away_recording(&recorded.name).await.is_ok()
    }

    /// Names what was recorded at its field.
    ///
    /// # Errors
    /// Why it does not stand there; it stays on the disk.
    pub async fn attach_recorded(self, recorded: &Recorded) -> Result<(), Unattached> {
        let core = self.live().ok_or(Unattached::NotKept)?;
        let kept = attach_recorded(&core.engine.store, recorded, name(recorded)).await;
        let file: FileRef = kept.map_err(|_| Unattached::NotKept)?.ok_or(Unattached::Unreadable)?;
        core.engine.outbox.borrow_mut().add_file(&file.sha256, &recorded.person);
        core.add_file(&recorded.path, file);
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
        let Ok(bytes) = JsFuture::from(piece.array_buffer()).await else { continue };
        let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
        if bytes.is_empty() {
            continue;
        }
        let mut kept = store.keep_recorded(&mut recording, &bytes, millis).await;
        // What lies here of the library gives way to own work.
        if kept == Err(StoreTrouble::Full) && store.free_stock().await.unwrap_or(false) {
            kept = store.keep_recorded(&mut recording, &bytes, millis).await;
        }
        if let Err(trouble) = kept {
            return (recording.recorded, Some(trouble));
        }
    }
    (recording.recorded, None)
}

/// The microphone, once the person lets the page hear.
async fn microphone() -> Result<MediaStream, Unheard> {
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
            Some("NotFoundError") => Unheard::NoMicrophone,
            Some("NotAllowedError" | "SecurityError") => Unheard::Forbidden,
            _ => Unheard::Unable,
        }
    })?;
    Ok(heard.unchecked_into())
}

/// The name of a recording as a file, by the moment when it was begun: `Ghi âm 28-11-2026 14.05.ogg`.
fn name(recorded: &Recorded) -> String {
    let ending = KINDS.iter().find(|(kind, _)| kind.starts_with(&recorded.mime)).map_or("webm", |it| it.1);
    let moment = day::show_moment(recorded.began).replace('/', "-").replace(':', ".");
    format!("Ghi âm {moment}.{ending}")
}

//! What was recorded on this device and not attached, for whichever item: it can be kept as a file of the device, or
//! thrown away, also when its item is not here any more.
//!
//! Invariant: what a tab records right now is left alone.

use super::{App, engine::Engine};
use crate::{
    browser::{self, locks},
    store::{Recorded, StoreTrouble},
};
use js_sys::Array;
use lantoa_shared::text::day;
use std::rc::Rc;
use web_sys::{Blob, BlobPropertyBag, Url};

/// What is recorded, the first of them that the browser writes: its type, and how the name of the file ends.
pub const KINDS: [(&str, &str); 4] = [
    ("audio/mp4;codecs=mp4a.40.2", "m4a"),
    ("audio/mp4", "m4a"),
    ("audio/ogg;codecs=opus", "ogg"),
    ("audio/webm;codecs=opus", "webm"),
];

/// A recording that nobody attached, and what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// The recording.
    pub recorded: Recorded,
    /// What its item is called, if it is here.
    pub item: Option<String>,
}

impl App {
    /// What this person recorded here and did not attach, oldest first.
    pub async fn recordings(self) -> Vec<LeftOver> {
        let engine = self.engine();
        let left = engine.recordings().await;
        let Some(person) = engine.person().filter(|_| !left.is_empty()) else { return Vec::new() };
        let entries = engine.entries(&person).await.unwrap_or_default();
        let of = |recorded: Recorded| {
            let entry = entries.iter().find(|entry| entry.id == recorded.record);
            LeftOver { item: entry.map(|entry| entry.title.clone()), recorded }
        };
        left.into_iter().map(of).collect()
    }

    /// Gives a recording to the person as a file; whether the browser took it. It stays here.
    pub async fn hand_out_recording(self, recorded: &Recorded) -> bool {
        let address = self.engine().recording_address(recorded).await;
        address.is_some_and(|address| browser::hand_out_from(&address, &recording_name(recorded)))
    }

    /// Throws a recording away; whether that could be done.
    pub async fn throw_recording_away(self, recorded: &Recorded) -> bool {
        self.engine().forget_recording(recorded).await.is_ok()
    }
}

impl Engine {
    /// What the person recorded and did not attach, oldest first; without what goes on in any tab.
    pub async fn recordings(&self) -> Vec<Recorded> {
        let Some(person) = self.person() else { return Vec::new() };
        let mut found = self.store.recordings().await.unwrap_or_default();
        found.retain(|recorded| recorded.person == person.id);
        if !found.is_empty() {
            let held = locks::held().await;
            found.retain(|recorded| !held.contains(&recording_lock(recorded)));
        }
        found
    }

    /// Forgets a recording: it is a file by now, or not wanted.
    pub async fn forget_recording(self: &Rc<Self>, recorded: &Recorded) -> Result<(), StoreTrouble> {
        self.store.forget_recording(recorded).await?;
        self.reload_outbox().await;
        Ok(())
    }

    /// An address, in this page, of what was recorded. It lives as long as the page: nothing says when the browser has
    /// read it.
    async fn recording_address(&self, recorded: &Recorded) -> Option<String> {
        let (pieces, parts) = (recorded.pieces(), Array::new());
        let mut offset = 0;
        while offset < pieces.size {
            let bytes = self.store.bytes_at(&pieces, offset, u32::MAX).await.ok()??;
            offset = offset.checked_add(bytes.length()).filter(|_| bytes.length() > 0)?;
            // Each goes to the browser's own keeping before the next is read.
            let part = Blob::new_with_u8_array_sequence(&Array::of1(&bytes)).ok()?;
            parts.push(&part);
        }
        let bag = BlobPropertyBag::new();
        bag.set_type(&recorded.mime);
        let blob = Blob::new_with_blob_sequence_and_options(&parts, &bag).ok()?;
        Url::create_object_url_with_blob(&blob).ok()
    }
}

/// The lock of a recording that goes on.
pub fn recording_lock(recorded: &Recorded) -> String {
    format!("lantoa-recording-{}", recorded.name)
}

/// The name of a recording as a file, by the moment when it was begun: `Ghi âm 28-11-2026 14.05.ogg`.
pub fn recording_name(recorded: &Recorded) -> String {
    let ending = KINDS.iter().find(|(kind, _)| kind.starts_with(&recorded.mime)).map_or("webm", |it| it.1);
    let moment = day::show_moment(recorded.began).replace('/', "-").replace(':', ".");
    format!("Ghi âm {moment}.{ending}")
}

//! What was recorded on this device and not attached, for whichever item: it can be kept as a file of the device, or
//! thrown away, also when its item is not here any more.
//!
//! Invariant: what a tab records right now is left alone.

use super::{App, engine::Engine};
use crate::{
    browser::{self, locks, parts::Parts},
    store::{Recorded, StoreTrouble},
};
use lantoa_shared::text::day;
use std::rc::Rc;

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
    pub async fn recordings(self) -> Result<Vec<LeftOver>, StoreTrouble> {
        let engine = self.engine();
        let left = engine.recordings().await?;
        let Some(person) = engine.person().filter(|_| !left.is_empty()) else { return Ok(Vec::new()) };
        let entries = engine.entries(&person).await?;
        let of = |recorded: Recorded| {
            let entry = entries.iter().find(|entry| entry.id == recorded.record);
            LeftOver { item: entry.map(|entry| entry.title.clone()), recorded }
        };
        Ok(left.into_iter().map(of).collect())
    }

    /// Gives a recording to the person as a file: its address in this page, which is to be given back later; `None` if
    /// its bytes are not here. It stays here.
    pub async fn hand_out_recording(self, recorded: &Recorded) -> Option<String> {
        let address = self.engine().recording_address(recorded).await?;
        browser::hand_out_from(&address, &recording_name(recorded)).then_some(address)
    }

    /// Throws a recording away; whether that could be done.
    pub async fn throw_recording_away(self, recorded: &Recorded) -> bool {
        self.engine().forget_recording(recorded).await.is_ok()
    }
}

impl Engine {
    /// What the person recorded and did not attach, oldest first; without what goes on in any tab.
    pub async fn recordings(&self) -> Result<Vec<Recorded>, StoreTrouble> {
        let Some(person) = self.person() else { return Ok(Vec::new()) };
        let mut found = self.store.recordings().await?;
        found.retain(|recorded| recorded.person == person.id);
        if !found.is_empty() {
            let held = locks::held().await;
            found.retain(|recorded| !held.contains(&recording_lock(recorded)));
        }
        Ok(found)
    }

    /// Forgets a recording: it is a file by now, or not wanted.
    pub async fn forget_recording(self: &Rc<Self>, recorded: &Recorded) -> Result<(), StoreTrouble> {
        self.store.forget_recording(recorded).await?;
        self.recordings_changed().await;
        Ok(())
    }

    /// Counts anew what was recorded and not attached, here and in other tabs.
    pub async fn recordings_changed(self: &Rc<Self>) {
        self.reload_outbox().await;
        self.sync().kept();
    }

    /// An address, in this page, of what was recorded.
    async fn recording_address(&self, recorded: &Recorded) -> Option<String> {
        let (pieces, parts) = (recorded.pieces(), Parts::default());
        let mut offset = 0;
        while offset < pieces.size {
            let bytes = self.store.bytes_at(&pieces, offset, u32::MAX).await.ok()??;
            offset = offset.checked_add(bytes.length()).filter(|_| bytes.length() > 0)?;
            parts.add(&bytes)?;
        }
        parts.address(&recorded.mime)
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

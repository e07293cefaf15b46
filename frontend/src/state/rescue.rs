//! The rescue file: writing one, and taking in one that this device or another wrote.

use super::{engine::Engine, report::Remarks};
use crate::{
    browser, json,
    store::{Recorded, Recording, StoreTrouble, remarks_key},
};
use js_sys::Uint8Array;
use lantoa_shared::{
    op::{Dot, Op},
    sync::{
        anew::carried,
        rescue::{self, Rescue, RescueTrouble, RescuedFile, RescuedOp, RescuedRecording},
    },
    text::day,
};
use sha2::{Digest as _, Sha256};
use std::rc::Rc;

/// How many bytes of recordings a rescue file takes: as text it lies in memory several times over.
const ROOM_FOR_RECORDINGS: u32 = 16 * 1024 * 1024;

/// What became of a rescue file that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rescued {
    /// It was taken in.
    Taken {
        /// Ops that now wait to be sent.
        new: usize,
        /// Ops that this phone or the centre had already.
        known: usize,
    },
    /// Something is wrong with the file.
    Wrong(RescueTrouble),
    /// This phone could not keep it.
    Store(StoreTrouble),
}

impl Engine {
    /// Name and text of a file with all that the person did and the centre has not settled, and how many recordings
    /// are too large to be in it.
    pub async fn rescue_file(self: &Rc<Self>) -> Result<(String, String, usize), StoreTrouble> {
        self.flush().await;
        let person = self.person().ok_or(StoreTrouble::Forbidden)?;
        let device = self.store.identity().await?.device;
        let unit = person.memberships.first().map(|it| it.unit.clone()).unwrap_or_default();
        let mut rescue = Rescue {
            made_at: self.now(),
            epoch: self.store.contact().await?.epoch,
            person: person.id.clone(),
            account: person.account.clone(),
            name: person.name.clone(),
            unit,
            ..Rescue::default()
        };
        for row in self.store.outbox().await? {
            if row.person == person.id {
                rescue.ops.push(RescuedOp { dot: row.dot(&device), body: row.body });
            }
        }
        // What the disk did not take has no number; under whatever name it comes, the centre gets it once.
        let (nameless, mut n) = (browser::random_id(), 0);
        for (of, record, act) in self.stranded.borrow().iter().filter(|(of, ..)| *of == person.id) {
            n += 1;
            let (person, record, act) = (of.clone(), record.clone(), act.clone());
            let op = Op { at: self.now(), heard: self.clock().heard, person, record, act };
            rescue.ops.push(RescuedOp { dot: Dot::new(nameless.clone(), n), body: json::write(&op) });
        }
        rescue.remarks = self.store.all_remarks(&remarks_key(&person.id, "")).await?;
        for (sha256, of) in self.store.uploads().await? {
            if of == person.id
                && let Some(bytes) = self.store.file(&sha256).await?
                && let Some(file) = rescued(&bytes.to_vec())
            {
                rescue.files.push(file);
            }
        }
        let (mut room, mut left_out) = (ROOM_FOR_RECORDINGS, 0);
        for recorded in self.store.recordings().await? {
            if recorded.person != person.id {
                continue;
            }
            // What is typed must not fail to be saved for them.
            if recorded.size > room {
                left_out += 1;
                continue;
            }
            if let Some(bytes) = self.store.all_bytes(&recorded.pieces()).await?
                && let Some(bytes) = rescued(&bytes.to_vec())
            {
                room -= recorded.size;
                rescue.recordings.push(RescuedRecording { note: json::write(&recorded), bytes });
            }
        }
        let name = rescue::file_name(&rescue.unit, day::of_moment(rescue.made_at));
        Ok((name, rescue.write(), left_out))
    }

    /// Takes in what a rescue file holds and nobody knows yet.
    pub async fn open_rescue(self: &Rc<Self>, text: &str) -> Rescued {
        let Some(person) = self.person() else { return Rescued::Store(StoreTrouble::Forbidden) };
        match Rescue::read(text, &person.id) {
            Ok(rescue) => match self.take_in(rescue).await {
                Ok(rescued) => rescued,
                Err(trouble) => Rescued::Store(trouble),
            },
            Err(trouble) => Rescued::Wrong(trouble),
        }
    }

    async fn take_in(self: &Rc<Self>, rescue: Rescue) -> Result<Rescued, StoreTrouble> {
        let (device, contact) = (self.store.identity().await?.device, self.store.contact().await?);
        let mut held = self.store.outbox().await?;
        // What was taken lies there until a backup covers it.
        held.extend(self.store.kept().await?.into_iter().map(|(_, row)| row));
        let rows = carried(&rescue, &contact.epoch, &held, &device, &browser::random_id());
        let known = rescue.ops.len().saturating_sub(rows.len());
        let recordings = rescue.recordings.iter().map(|it| Some((it.note.clone(), bytes_of(&it.bytes)?)));
        let Some(recordings) = recordings.collect::<Option<Vec<_>>>() else {
            return Ok(Rescued::Wrong(RescueTrouble::Changed));
        };
        // The bytes first: no op may name a file that is nowhere.
        for file in &rescue.files {
            let Some(bytes) = bytes_of(file) else { return Ok(Rescued::Wrong(RescueTrouble::Changed)) };
            self.store.keep_bytes(&file.sha256, &Uint8Array::from(bytes.as_slice()), &rescue.person).await?;
        }
        self.store.keep(&rows, &[]).await?;
        let mut n_remarks = 0;
        for (record, text) in &rescue.remarks {
            let Ok(rescued) = json::read::<Remarks>(text) else { continue };
            let own: Remarks = self.store.remarks(&rescue.person, record).await?.unwrap_or_default();
            let joined = own.clone().and(rescued);
            if joined != own {
                self.store.set_remarks(&rescue.person, record, &joined).await?;
                n_remarks += 1;
            }
        }
        let n_carried = recordings.len();
        let n_recordings = self.take_recordings_in(&rescue.person, recordings).await;
        // What was taken before is here, whatever became of these.
        self.reload_outbox().await;
        self.sync().kept();
        let n_recordings = n_recordings?;
        let known = known + n_carried - n_recordings;
        Ok(Rescued::Taken { new: rows.len() + n_remarks + n_recordings, known })
    }

    /// Keeps the recordings of a file that are not here; returns how many those were.
    async fn take_recordings_in(
        &self,
        person: &str,
        recordings: Vec<(String, Vec<u8>)>,
    ) -> Result<usize, StoreTrouble> {
        let mut held: Vec<Recorded> = self.store.recordings().await?;
        let before = held.len();
        for (note, bytes) in recordings {
            let Ok(recorded) = json::read::<Recorded>(&note) else { continue };
            // Under which name it lay elsewhere is of no account.
            let recorded = Recorded { person: person.to_owned(), ..recorded };
            let is_this = |it: &Recorded| Recorded { name: String::new(), ..it.clone() } == recorded;
            if !held.iter().any(is_this) {
                let plays = recorded.plays;
                let mut recording = Recording::new(recorded);
                self.store.keep_recorded(&mut recording, &bytes, plays).await?;
                held.push(recording.recorded);
            }
        }
        Ok(held.len() - before)
    }
}

/// Bytes as a file carries them.
fn rescued(bytes: &[u8]) -> Option<RescuedFile> {
    let sha256 = hex::encode(Sha256::digest(bytes));
    browser::base64(bytes).map(|base64| RescuedFile { sha256, base64 })
}

/// The bytes that a file carries, if they are those that were put into it.
fn bytes_of(file: &RescuedFile) -> Option<Vec<u8>> {
    browser::from_base64(&file.base64).filter(|bytes| hex::encode(Sha256::digest(bytes)) == file.sha256)
}

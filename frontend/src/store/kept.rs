//! The rare moves of ops: settled and kept until a backup covers them, offered again to a centre that was restored,
//! made anew when this device turns out to be a copy.
//!
//! Each move is one strict transaction, which reads what it moves: an op is always in exactly one of `outbox` and
//! `kept`, however many tabs move it at once.

use super::{
    Contact, Identity, OutboxRow, Store, StoreTrouble,
    base::{queue_rows, range, texts},
    chunks::{BYTES, Pieces},
    intake::mark_change,
    meta::{
        MARK, UPLOAD, contact_change, identity_change, identity_of, identity_request, note_requests,
        notes_of, upload_key,
    },
    outbox::{device_requests, outbox_requests, removal, row_change, row_requests, rows_of, still_here},
    recordings::{RECORDING, recording_of},
    schema::{CHUNKS, KEPT, META, OUTBOX, VIEWS},
    transaction::{Change, Purpose, delete, put},
};
use crate::{browser, json};
use lantoa_shared::{
    map,
    sync::{anew, replica::Mark},
};
use std::cell::Cell;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbRequest, IdbTransaction};

/// In milliseconds.
const A_DAY: i64 = 86_400_000;

impl Store {
    /// Moves settled rows of the store with the id `device` out of the outbox. They are kept until a backup covers
    /// them; what was seen by those who took their steps is not needed any more. Returns whether any was moved: not
    /// if there is no room, then they stay where they are, settled as they are.
    pub async fn settle(
        &self,
        rows: &[OutboxRow],
        device: &str,
        steps: &[String],
    ) -> Result<bool, StoreTrouble> {
        if rows.is_empty() {
            return Ok(false);
        }
        let decide = |requests: &[IdbRequest]| {
            let mut changes: Vec<Change> = Vec::new();
            for (row, _) in still_here(requests, rows, device).filter(|(row, held)| *row == held) {
                changes.push(removal(row.n));
                changes.push(kept_change(row, device)?);
            }
            if !changes.is_empty() {
                changes.extend(steps.iter().map(|key| delete(META, key)));
            }
            Ok(changes)
        };
        let stores = [OUTBOX, KEPT, META];
        match self.amend(&stores, Purpose::Keep, &|tx| row_requests(tx, rows), &decide).await {
            Err(StoreTrouble::Full) => Ok(false),
            moved => moved,
        }
    }

    /// Lets go of what a full device can do without: what of the library the person did not ask for, answers kept to be
    /// read without a network, and bytes of files that are up. Returns whether anything of the library went.
    ///
    /// This takes away only; browsers let it pass where they let nothing be written, and give the room back when they
    /// find the time. What no backup of the centre covers stays: this may be its only copy.
    pub async fn make_room(&self) -> Result<bool, StoreTrouble> {
        self.write(Purpose::Cache, &[(VIEWS, range(""), None)]).await?;
        let is_any = self.free_stock().await?;
        self.free_room().await.map(|count| is_any || count > 0)
    }

    /// The rows that no backup covers yet, with their keys.
    pub async fn kept(&self) -> Result<Vec<(String, OutboxRow)>, StoreTrouble> {
        let get = |tx: &IdbTransaction| Ok(queue_rows(&tx.object_store(KEPT)?, "")?.into());
        Ok(kept_of(&self.run(&[KEPT], Purpose::Read, &get).await?))
    }

    /// Forgets the rows that a backup covers.
    pub async fn forget_safe(&self, durable_seq: u64) -> Result<(), StoreTrouble> {
        let safe = self.kept().await?.into_iter().filter(|(_, row)| row.is_safe(durable_seq));
        let changes: Vec<Change> = safe.map(|(key, _)| delete(KEPT, &key)).collect();
        self.write(Purpose::Cache, &changes).await
    }

    /// The centre's database is another one than before, restored from a copy or new: what it may lack goes up
    /// once more, in the order in which it was taken, files too, and every bucket is asked for anew. The device, which
    /// was `device` when that was found, takes another id; if it has another one by now, a second tab found it, too.
    pub async fn enter_epoch(&self, contact: &Contact, device: &str) -> Result<(), StoreTrouble> {
        let fresh = browser::random_id();
        let decide = |requests: &[IdbRequest]| {
            let OwnWork { identity, kept, rows, files, marks, .. } = OwnWork::of(requests);
            let Some(identity) = identity.filter(|identity| identity.device == device) else {
                return Ok(Vec::new());
            };
            let mut changes = vec![contact_change(contact)?];
            for name in marks {
                changes.push(mark_change(&name, &Mark::default())?);
            }
            for (sha256, _) in files {
                let names_it = |row: &&OutboxRow| row.body.contains(&sha256);
                if let Some(row) = kept.iter().map(|(_, row)| row).chain(&rows).find(names_it) {
                    changes.push(put(META, &upload_key(&sha256), &row.person));
                }
            }
            for row in anew::enter_epoch(rows, &identity.device, &fresh) {
                changes.push(row_change(&row)?);
            }
            let order = map::in_order(kept.len(), &|one, other| kept[one].1.seq.cmp(&kept[other].1.seq));
            for (key, row) in order.into_iter().map(|at| &kept[at]) {
                changes.push(delete(KEPT, key));
                changes.push(row_change(&OutboxRow { n: 0, ..row.clone().offered_again() })?);
            }
            changes.push(identity_change(&identity.with(fresh.clone()))?);
            Ok(changes)
        };
        self.amend(&OwnWork::STORES, Purpose::Keep, &OwnWork::requests, &decide).await.map(drop)
    }

    /// This device's store is a copy of another's, or carries ops of one that is: what was not taken is made anew, and
    /// a copied store takes another id. Returns whether anything was written.
    pub async fn rotate(&self) -> Result<bool, StoreTrouble> {
        let fresh = browser::random_id();
        let decide = |requests: &[IdbRequest]| {
            let Some(identity) = identity_of(requests) else { return Ok(Vec::new()) };
            let (device, rows) = anew::rotate(rows_of(&requests[1..]), &identity.device, &fresh);
            let mut changes = rows.iter().map(row_change).collect::<Result<Vec<_>, _>>()?;
            if device != identity.device {
                changes.push(identity_change(&identity.with(device))?);
            }
            Ok(changes)
        };
        self.amend(&[OUTBOX, META], Purpose::Keep, &device_requests, &decide).await
    }

    /// Frees room: bytes of files that are up and that no op names which a backup does not cover, and pieces of what
    /// was never kept whole. Returns how many files went.
    pub async fn free_room(&self) -> Result<usize, StoreTrouble> {
        let count = Cell::new(0);
        // Names are made in the order of time; what is younger may be on its way here.
        let yesterday = browser::id_in_time(browser::now() - A_DAY);
        let decide = |requests: &[IdbRequest]| {
            let OwnWork { kept, rows, uploads, files, pieces, recordings, .. } = OwnWork::of(requests);
            let is_needed = |sha256: &String| {
                uploads.contains(sha256)
                    || kept.iter().map(|(_, row)| row).chain(&rows).any(|row| row.body.contains(sha256))
            };
            let (needed, free): (Vec<_>, Vec<_>) =
                files.into_iter().partition(|(sha256, _)| is_needed(sha256));
            let mut changes: Vec<Change> = Vec::new();
            for (sha256, name) in &free {
                changes.extend([delete(META, &format!("{BYTES}{sha256}")), delete(CHUNKS, name)]);
            }
            for key in pieces {
                let Some((name, _)) = key.split_once('|') else { continue };
                let is_of = |all: &[(String, String)]| all.iter().any(|(_, its)| its == name);
                let is_needed = is_of(&needed)
                    || recordings.iter().any(|key| recording_of(key).is_some_and(|(_, its)| its == name));
                if !is_needed && (is_of(&free) || name < yesterday.as_str()) {
                    changes.push(delete(CHUNKS, &key));
                }
            }
            count.set(free.len());
            Ok(changes)
        };
        self.amend(&OwnWork::STORES, Purpose::Cache, &OwnWork::requests, &decide).await?;
        Ok(count.get())
    }
}

/// The notes that belong to own work.
const NOTES: [&str; 4] = [UPLOAD, BYTES, RECORDING, MARK];

/// All that lies here of own work, as it is at one moment.
#[derive(Default)]
struct OwnWork {
    identity: Option<Identity>,
    kept: Vec<(String, OutboxRow)>,
    rows: Vec<OutboxRow>,
    /// Files whose bytes are still to go up.
    uploads: Vec<String>,
    /// Files whose bytes are here, each with the name of its pieces.
    files: Vec<(String, String)>,
    /// The keys of all pieces.
    pieces: Vec<String>,
    /// What is recorded, by the rest of the keys of its notes.
    recordings: Vec<String>,
    /// The buckets that are read.
    marks: Vec<String>,
}

impl OwnWork {
    /// Where it lies.
    const STORES: [&str; 4] = [OUTBOX, KEPT, META, CHUNKS];

    /// Asks for it, as part of a transaction.
    fn requests(tx: &IdbTransaction) -> Result<Vec<IdbRequest>, JsValue> {
        let mut requests = vec![identity_request(tx)?];
        requests.extend(queue_rows(&tx.object_store(KEPT)?, "")?);
        requests.extend(outbox_requests(tx)?);
        for prefix in NOTES {
            requests.extend(note_requests(tx, prefix)?);
        }
        requests.push(tx.object_store(CHUNKS)?.get_all_keys()?);
        Ok(requests)
    }

    /// Reads the answers.
    fn of(requests: &[IdbRequest]) -> Self {
        let [identity, pairs @ .., pieces] = requests else { return Self::default() };
        let mut pairs = pairs.chunks(2);
        let mut next = || pairs.next().unwrap_or_default();
        let (kept, rows) = (kept_of(next()), rows_of(next()));
        let [uploads, bytes, recordings, marks] = NOTES.map(|prefix| notes_of(next(), prefix));
        let pieces = pieces.result().ok().and_then(|it| it.dyn_into::<js_sys::Array>().ok());
        let pieces: Vec<String> =
            pieces.unwrap_or_default().iter().filter_map(|key| key.as_string()).collect();
        let noted = bytes.into_iter();
        let noted = noted.filter_map(|(sha256, note)| Some((sha256, Pieces::read(&note)?.name)));
        // Those that an older version kept whole.
        let whole = pieces.iter().filter(|key| !key.contains('|')).map(|key| (key.clone(), key.clone()));
        let files = noted.chain(whole).collect();
        let names = |notes: Vec<(String, String)>| notes.into_iter().map(|(name, _)| name).collect();
        let identity = identity_of(std::slice::from_ref(identity));
        let [uploads, recordings, marks] = [uploads, recordings, marks].map(names);
        Self { identity, kept, rows, uploads, files, pieces, recordings, marks }
    }
}

fn kept_of(requests: &[IdbRequest]) -> Vec<(String, OutboxRow)> {
    let row = |(key, text): (String, String)| Some((key, json::read(&text).ok()?));
    texts(requests).into_iter().filter_map(row).collect()
}

fn kept_change(row: &OutboxRow, device: &str) -> Result<Change, StoreTrouble> {
    let dot = row.dot(device);
    let text = serde_json::to_string(&OutboxRow { made_as: Some(dot.clone()), ..row.clone() });
    Ok(put(KEPT, &dot.to_string(), &text.map_err(|_| StoreTrouble::Broken)?))
}

//! The rare moves of ops: settled and kept until a backup covers them, offered again to a centre that was restored,
//! made anew when this device turns out to be a copy.
//!
//! Each is one strict transaction: an op is always in exactly one of `outbox` and `kept`.

use super::{
    Contact, OutboxRow, Store, StoreTrouble,
    base::{queue_rows, range, texts},
    chunks::{BYTES, Pieces},
    intake::mark_change,
    meta::{contact_change, identity_change, upload_key},
    outbox::{removal, row_change},
    schema::{CHUNKS, KEPT, META, VIEWS},
    transaction::{Change, Purpose, delete, put},
};
use crate::{browser, json};
use lantoa_shared::{
    map,
    sync::{anew, replica::Mark},
};
use wasm_bindgen::JsCast as _;

/// In milliseconds.
const A_DAY: i64 = 86_400_000;

impl Store {
    /// Moves settled rows out of the outbox. They are kept until a backup covers them; what was seen by those who
    /// took their steps is not needed any more. Returns whether there was room for that: on a full device they stay
    /// where they are, settled as they are.
    pub async fn settle(
        &self,
        rows: Vec<OutboxRow>,
        device: &str,
        steps: &[String],
    ) -> Result<bool, StoreTrouble> {
        let mut changes: Vec<Change> = steps.iter().map(|key| delete(META, key)).collect();
        for row in rows {
            changes.push(removal(row.n));
            let dot = row.dot(device);
            let text = serde_json::to_string(&OutboxRow { made_as: Some(dot.clone()), ..row });
            changes.push(put(KEPT, &dot.to_string(), &text.map_err(|_| StoreTrouble::Broken)?));
        }
        match self.write(Purpose::Keep, &changes).await {
            Err(StoreTrouble::Full) => Ok(false),
            written => written.map(|()| true),
        }
    }

    /// Lets go of what a full device can do without: what of the library the person did not ask for, answers kept to be
    /// read without a network, and bytes of files that are up. Returns whether anything of the library went. This takes away only; browsers let it pass where they let nothing be written, and give the room back
    /// when they find the time. What no backup of the centre covers stays: this may be its only copy.
    pub async fn make_room(&self) -> Result<bool, StoreTrouble> {
        self.write(Purpose::Cache, &[(VIEWS, range(""), None)]).await?;
        let is_any = self.free_stock().await?;
        self.free_room().await.map(|count| is_any || count > 0)
    }

    /// The rows that no backup covers yet, with their keys.
    pub async fn kept(&self) -> Result<Vec<(String, OutboxRow)>, StoreTrouble> {
        let requests = self
            .run(&[KEPT], Purpose::Read, &|tx| Ok(queue_rows(&tx.object_store(KEPT)?, "")?.into()))
            .await?;
        let row = |(key, text): (String, String)| Some((key, json::read(&text).ok()?));
        Ok(texts(&requests).into_iter().filter_map(row).collect())
    }

    /// Forgets the rows that a backup covers.
    pub async fn forget_safe(&self, durable_seq: u64) -> Result<(), StoreTrouble> {
        let safe = self.kept().await?.into_iter().filter(|(_, row)| row.is_safe(durable_seq));
        let changes: Vec<Change> = safe.map(|(key, _)| delete(KEPT, &key)).collect();
        self.write(Purpose::Cache, &changes).await
    }

    /// The centre's database is another one than before, restored from a copy or new: what it may lack goes up
    /// once more, in the order in which it was taken, files too, and every bucket is asked for anew. The device takes
    /// another id.
    pub async fn enter_epoch(&self, contact: &Contact) -> Result<(), StoreTrouble> {
        let (kept, rows, identity) = (self.kept().await?, self.outbox().await?, self.identity().await?);
        let fresh = browser::random_id();
        let mut changes = vec![contact_change(contact)?];
        for name in self.marks().await?.keys() {
            changes.push(mark_change(name, &Mark::default())?);
        }
        for (sha256, _) in self.files_here().await? {
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
        changes.push(identity_change(&identity.with(fresh))?);
        self.write(Purpose::Keep, &changes).await
    }

    /// This device's store is a copy of another's, or carries ops of one that is: what was not taken is made anew, and
    /// a copied store takes another id.
    pub async fn rotate(&self) -> Result<(), StoreTrouble> {
        let (identity, fresh) = (self.identity().await?, browser::random_id());
        let (device, rows) = anew::rotate(self.outbox().await?, &identity.device, &fresh);
        let mut changes = rows.iter().map(row_change).collect::<Result<Vec<_>, _>>()?;
        if device != identity.device {
            changes.push(identity_change(&identity.with(device))?);
        }
        self.write(Purpose::Keep, &changes).await
    }

    /// The hashes of the files whose bytes are on this device, each with the name of its pieces.
    async fn files_here(&self) -> Result<Vec<(String, String)>, StoreTrouble> {
        let notes = self.notes(BYTES).await?;
        let mut files: Vec<(String, String)> = notes
            .into_iter()
            .filter_map(|(sha256, note)| Some((sha256, Pieces::read(&note)?.name)))
            .collect();
        // Those that an older version kept whole.
        let whole = self.keys_of_pieces().await?.into_iter().filter(|key| !key.contains('|'));
        files.extend(whole.map(|sha256| (sha256.clone(), sha256)));
        Ok(files)
    }

    async fn keys_of_pieces(&self) -> Result<Vec<String>, StoreTrouble> {
        let get = |tx: &web_sys::IdbTransaction| Ok(vec![tx.object_store(CHUNKS)?.get_all_keys()?]);
        let requests = self.run(&[CHUNKS], Purpose::Read, &get).await?;
        let list = requests.first().and_then(|it| it.result().ok()?.dyn_into::<js_sys::Array>().ok());
        Ok(list.unwrap_or_default().iter().filter_map(|key| key.as_string()).collect())
    }

    /// Frees room: bytes of files that are up and that no op names which a backup does not cover, and pieces of what was
    /// never kept whole. Returns how many files went.
    pub async fn free_room(&self) -> Result<usize, StoreTrouble> {
        let (kept, rows, uploads) = (self.kept().await?, self.outbox().await?, self.uploads().await?);
        let is_needed = |sha256: &String| {
            uploads.iter().any(|(it, _)| it == sha256)
                || kept.iter().map(|(_, row)| row).chain(&rows).any(|row| row.body.contains(sha256))
        };
        let (here, keys) = (self.files_here().await?, self.keys_of_pieces().await?);
        let (needed, free): (Vec<_>, Vec<_>) = here.into_iter().partition(|(sha256, _)| is_needed(sha256));
        let mut changes: Vec<Change> = Vec::new();
        for (sha256, name) in &free {
            changes.extend([delete(META, &format!("{BYTES}{sha256}")), delete(CHUNKS, name)]);
        }
        // Names are made in the order of time; what is younger may be on its way here.
        let yesterday = browser::id_in_time(browser::now() - A_DAY);
        for key in keys {
            let Some((name, _)) = key.split_once('|') else { continue };
            let is_of = |all: &[(String, String)]| all.iter().any(|(_, its)| its == name);
            if is_of(&free) || (!is_of(&needed) && name < yesterday.as_str()) {
                changes.push(delete(CHUNKS, &key));
            }
        }
        self.write(Purpose::Cache, &changes).await?;
        Ok(free.len())
    }
}

//! What a pull brought, written all at once: rows, their versions, cursors, and what goes.
//!
//! What is held is read before, and every text is made ready before; the transaction itself looks whether another tab
//! was faster, and writes. A page that was closed in the middle has taken in all of an answer or nothing of it.

use super::{
    Contact, Store, StoreTrouble,
    base::range,
    meta::{
        Identity, MARK, OLD_CURSOR, SEEN, contact_change, identity_change, identity_of, identity_request,
        mark_key, marks_of,
    },
    outline::{self, HELD, Line, Outline},
    rows::{KINDS, key, prefix, small},
    schema::{BASE, META, OUTLINES, VERSIONS, VIEWS},
    stock,
    transaction::{Change, Purpose, delete, names_of, put, text},
};
use crate::json::Unread;
use lantoa_shared::{
    map::Map,
    person::Person,
    sync::replica::{self, Mark},
    wire::v1::{Bucket, PullAnswer, RowKind},
};
use web_sys::{IdbRequest, IdbTransaction};

/// Outlines of buckets of which more pages are to come.
pub type Unfinished = Map<String, Outline>;

impl Store {
    /// Takes an answer in that was asked for by `asker` with these `cursors`, except that of its `drop` only `gone`
    /// go: all or nothing. Returns whether something that is held differs from what the centre says is there, and was
    /// marked to be asked for anew; `None` if another tab took an answer in meanwhile: this one then tells of what
    /// was before.
    pub async fn take_in(
        &self,
        asker: &Identity,
        cursors: &Map<String, u64>,
        answer: &PullAnswer<Unread>,
        gone: &[String],
        contact: &Contact,
    ) -> Result<Option<bool>, StoreTrouble> {
        let noted = self.marks_noted().await?;
        let marks = marks_of(&noted);
        let is_asked = |bucket: &Bucket<Unread>| {
            marks.get(&bucket.name).map(|mark| mark.cursor) == cursors.get(&bucket.name).copied()
        };
        if !answer.buckets.iter().all(is_asked) {
            return Ok(None);
        }
        let mut changes = vec![contact_change(contact)?];
        let (mut unfinished, mut differs) = (Map::new(), false);
        let mut known = self.unfinished.take();
        for bucket in &answer.buckets {
            let mark = marks.get(&bucket.name).copied();
            let is_current = |known: &Outline| mark.is_some_and(|mark| mark.cursor == known.cursor);
            let mut outline = match (mark, known.remove(&bucket.name).filter(is_current)) {
                // A bucket that is new here holds nothing.
                (None, _) => Outline::default(),
                (_, Some(outline)) => outline,
                _ => self.outline(&bucket.name).await?,
            };
            differs |= take_in_bucket(mark, bucket, &mut outline, &mut changes)?;
            if bucket.more {
                outline.cursor = bucket.cursor;
                unfinished.insert(bucket.name.clone(), outline);
            }
        }
        for name in gone {
            forget(name, &mut changes);
            // What was asked for while it was allowed, and what was seen by whoever took a step.
            changes.extend([(VIEWS, range(""), None), (META, range(SEEN), None)]);
        }
        if contact.is_revoked {
            stock::gone("", &mut changes);
        }
        // Outlines were read, and are written, with the marks.
        let is_as_read = |requests: &[IdbRequest]| {
            let mut now = answer.buckets.iter().zip(&requests[1..]);
            now.all(|(bucket, request)| {
                let before = noted.iter().find(|(name, _)| *name == bucket.name).map(|(_, text)| text);
                text(std::slice::from_ref(request)).as_ref() == before
            })
        };
        let read = |tx: &IdbTransaction| {
            let (meta, mut requests) = (tx.object_store(META)?, vec![identity_request(tx)?]);
            for bucket in &answer.buckets {
                requests.push(meta.get(&mark_key(&bucket.name).into())?);
            }
            Ok(requests)
        };
        let decide = |requests: &[IdbRequest]| {
            // Somebody else may have signed in meanwhile, or another tab have met another database of the centre.
            let is_still_so = identity_of(requests).as_ref() == Some(asker) && is_as_read(requests);
            Ok(if is_still_so { changes.clone() } else { Vec::new() })
        };
        if !self.amend(&names_of(&changes), Purpose::Cache, &read, &decide).await? {
            return Ok(None);
        }
        self.unfinished.replace(unfinished);
        Ok(Some(differs))
    }

    /// Keeps who uses this device from now on. For another person than before, everything the centre sent goes with it,
    /// and every cursor; the outbox stays: each op knows its author.
    pub async fn set_person(&self, person: Option<&Person>) -> Result<(), StoreTrouble> {
        let decide = |requests: &[IdbRequest]| {
            let before = identity_of(requests).unwrap_or_else(Identity::new);
            let id = |person: Option<&Person>| person.map(|person| person.id.clone());
            let is_other = id(before.person.as_ref()) != id(person);
            let mut changes = if is_other { wiping() } else { Vec::new() };
            changes.push(identity_change(&Identity { person: person.cloned(), ..before })?);
            Ok(changes)
        };
        let stores = [META, BASE, OUTLINES, VERSIONS, VIEWS];
        let read = |tx: &IdbTransaction| Ok(vec![identity_request(tx)?]);
        let keep = || self.amend(&stores, Purpose::Keep, &read, &decide);
        match keep().await {
            Err(StoreTrouble::Full) => {
                // A full device lets nothing be written, and much be taken away; all of it comes again.
                self.write(Purpose::Cache, &wiping()).await?;
                keep().await.map(drop)
            }
            kept => kept.map(drop),
        }
    }
}

/// Everything the centre sent is to go, and every cursor.
fn wiping() -> Vec<Change> {
    let everything = [BASE, OUTLINES, VERSIONS, VIEWS].map(|store| (store, range(""), None));
    let marks = [MARK, OLD_CURSOR, SEEN].map(|prefix| (META, range(prefix), None));
    everything.into_iter().chain(marks).collect()
}

fn take_in_bucket(
    mark: Option<Mark>,
    bucket: &Bucket<Unread>,
    outline: &mut Outline,
    changes: &mut Vec<Change>,
) -> Result<bool, StoreTrouble> {
    let name = bucket.name.as_str();
    let intake = replica::take_in(mark, bucket, |kind, id| outline.version(kind, id));
    if intake.make_stale {
        outline.make_stale();
    }
    let mut lines = Vec::new();
    for row in bucket.rows.iter().filter(|row| row.kind != RowKind::Unknown) {
        if row.kind == RowKind::Shelf {
            // Whatever was asked last may tell of it.
            changes.push((VIEWS, range(""), None));
        }
        stock::changes_of(row, changes);
        let key = key(row.kind, name, &row.id);
        let body = row.body.as_ref().map(|Unread(body)| body);
        changes.push(body.map_or_else(|| delete(BASE, &key), |body| put(BASE, &key, body)));
        lines.push(Line {
            kind: row.kind,
            id: row.id.clone(),
            seq: row.seq,
            body: body.map(|body| Unread(small(row.kind, body).unwrap_or_else(|| HELD.to_owned()))),
        });
    }
    if intake.sweep {
        outline.take(std::mem::take(&mut lines));
        changes.extend(outline.sweep().iter().map(|stale| delete(BASE, &key(stale.kind, name, &stale.id))));
    }
    let is_whole = intake.make_stale || intake.sweep;
    if is_whole || !lines.is_empty() {
        outline.write(name, lines, is_whole, changes);
    }
    changes.push(mark_change(name, &intake.mark)?);
    Ok(intake.differs)
}

/// How far a bucket was read, to be written.
pub fn mark_change(name: &str, mark: &Mark) -> Result<Change, StoreTrouble> {
    let text = serde_json::to_string(mark).map_err(|_| StoreTrouble::Broken)?;
    Ok(put(META, &mark_key(name), &text))
}

fn forget(bucket: &str, changes: &mut Vec<Change>) {
    changes.extend(KINDS.map(|kind| (BASE, range(&prefix(kind, Some(bucket))), None)));
    changes.push((OUTLINES, range(&outline::prefix(bucket)), None));
    changes.push(delete(META, &mark_key(bucket)));
}

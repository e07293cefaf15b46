//! What a pull brought, written all at once: rows, their versions, cursors, and what goes.
//!
//! What is held is read before, and every text is made ready before; the transaction itself only writes. A page that
//! was closed in the middle has taken in all of an answer or nothing of it.

use super::{
    Contact, Store, StoreTrouble,
    base::range,
    meta::{MARK, OLD_CURSOR, SEEN, contact_change, mark_key},
    outline::{self, HELD, Line, Outline},
    rows::{KINDS, key, prefix, small},
    schema::{BASE, META, OUTLINES, VERSIONS, VIEWS},
    stock,
    transaction::{Change, Purpose, delete, put},
};
use crate::json::Unread;
use lantoa_shared::{
    map::Map,
    sync::replica::{self, Mark},
    wire::v1::{Bucket, PullAnswer, RowKind},
};

/// Outlines of buckets of which more pages are to come.
pub type Unfinished = Map<String, Outline>;

impl Store {
    /// Takes an answer in, except that of its `drop` only `gone` go: all or nothing. Returns whether something that is
    /// held differs from what the centre says is there, and was marked to be asked for anew.
    pub async fn take_in(
        &self,
        answer: &PullAnswer<Unread>,
        gone: &[String],
        contact: &Contact,
    ) -> Result<bool, StoreTrouble> {
        let marks = self.marks().await?;
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
        self.write(Purpose::Cache, &changes).await?;
        self.unfinished.replace(unfinished);
        Ok(differs)
    }

    /// Forgets everything the centre sent, and every cursor: another person uses the phone now.
    pub async fn forget_base(&self) -> Result<(), StoreTrouble> {
        let everything = |store| (store, range(""), None);
        let marks = [MARK, OLD_CURSOR, SEEN].map(|prefix| (META, range(prefix), None));
        let mut changes: Vec<Change> = [BASE, OUTLINES, VERSIONS, VIEWS].map(everything).into();
        changes.extend(marks);
        self.write(Purpose::Cache, &changes).await
    }
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

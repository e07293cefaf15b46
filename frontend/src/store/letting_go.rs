//! Files that a person took away while their bytes waited to go up: where each was named, and whether anything that the
//! centre sent still names it.
//!
//! The note outlives the upload, because an op that is offered again to a restored centre puts its files back into
//! line; it goes when the same bytes are attached again.

use super::{
    Store, StoreTrouble,
    base::{queue_rows, texts},
    rows::prefix,
    schema::{BASE, META},
    transaction::{Change, Purpose, delete, put},
};
use lantoa_shared::{op::Path, wire::v1::RowKind};

/// The note that a file is named again, to be written.
pub fn named_again(sha256: &str) -> Change {
    delete(META, &key(sha256))
}

fn key(sha256: &str) -> String {
    format!("unnamed|{sha256}")
}

impl Store {
    /// Notes that a person takes a file away from a field of a record.
    pub async fn let_go(&self, sha256: &str, record: &str, path: &Path) -> Result<(), StoreTrouble> {
        self.write(Purpose::Cache, &[put(META, &key(sha256), &format!("{record} {path}"))]).await
    }

    /// From which record and field a person took a file away.
    pub async fn named_before(&self, sha256: &str) -> Result<Option<(String, Path)>, StoreTrouble> {
        let noted = self.note_text(&key(sha256)).await?;
        Ok(noted.and_then(|noted| {
            noted.split_once(' ').map(|(record, path)| (record.to_owned(), Path(path.to_owned())))
        }))
    }

    /// Whether any record names a file, as the centre sent it.
    pub async fn is_held(&self, sha256: &str) -> Result<bool, StoreTrouble> {
        for kind in [RowKind::Record, RowKind::Entry] {
            let range = prefix(kind, None);
            let rows = self
                .run(&[BASE], Purpose::Read, &|tx| Ok(queue_rows(&tx.object_store(BASE)?, &range)?.into()))
                .await?;
            if texts(&rows).iter().any(|(_, body)| body.contains(sha256)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

//! Files that another app of the device handed over, put into a media item.

use super::{
    App,
    report::{Unattached, add, view_of},
};
use crate::{
    store::{Handed, file_of, handed_over, take_out},
    sync::Readiness,
};
use lantoa_shared::{
    op::{Act, Path},
    value::Value,
};

/// The field of a media item that takes files, and the one that says of which kind it is (forms.md section 9).
const FILES: &str = "files";
const KIND: &str = "media_kind";
/// Kinds by the beginnings of the types of files; the last is for all others.
const KINDS: [(&str, &str); 4] =
    [("image/", "photo"), ("video/", "video"), ("audio/", "audio"), ("", "document")];

impl App {
    /// What was handed over and has no place yet.
    pub async fn handed_over(self) -> Vec<Handed> {
        handed_over().await
    }

    /// Puts a file into an entry of a register, begun or not; then it leaves the tray. Of which kind an item is that
    /// does not say so yet is filled in by the file, for the person to see and change.
    ///
    /// # Errors
    /// Why it does not stand there; it is in the tray still.
    pub async fn take_in(self, entry: &str, handed: &Handed) -> Result<(), Unattached> {
        let engine = self.engine();
        let person = engine.person().ok_or(Unattached::NotKept)?;
        let file = file_of(handed).await.ok_or(Unattached::Unreadable)?;
        let file = engine.keep_file(file, &person.id, Readiness::Raw).await?;
        let view = view_of(&engine, entry).await.ok_or(Unattached::NotKept)?;
        let set = |code: &str, value: Value| {
            let path = Path::field(code);
            Act::Set { base: view.base(&path), path, value: Some(value) }
        };
        let mut acts = Vec::new();
        if view.value(&Path::field(KIND)).is_none() {
            let kind = KINDS.iter().find(|(begin, _)| file.mime.starts_with(begin));
            acts.extend(kind.map(|(_, kind)| set(KIND, Value::Choice((*kind).to_owned()))));
        }
        let mut files = match view.value(&Path::field(FILES)) {
            Some(Value::Files(files)) => files.clone(),
            _ => Vec::new(),
        };
        add(&mut files, file);
        acts.push(set(FILES, Value::Files(files)));
        engine.keep(entry, acts, &[]).await.map_err(|_| Unattached::NotKept)?;
        engine.redraw();
        take_out(handed).await;
        Ok(())
    }

    /// Throws away what was handed over.
    pub async fn throw_away(self, handed: &[Handed]) {
        for file in handed {
            take_out(file).await;
        }
    }
}

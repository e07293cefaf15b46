//! What is different with the entries of registers: nobody owes them, their files must be there before anybody accepts
//! them, and what was accepted may go into the library.

use crate::{
    app::App,
    inspection::{Content, inspect},
    setup, shelf,
    store::{self, Connection},
};
use lantoa_shared::{
    duty::{Duty, EntryId},
    op::{Act, Command},
    record::{Entry, Record},
    sync::{bucket, verdict::Refusal},
    wire::v1::library,
};
use std::collections::BTreeSet;

/// The frame of an entry that a unit begins with an op; it is written once something of it is taken.
pub fn begun(app: &App, id: &str) -> Option<Duty> {
    let id = EntryId::read(id)?;
    let registry = app.registry();
    app.programme.entry(id, registry.unit(id.unit)?)
}

/// Tells of an entry that went up or was decided on, besides its record.
///
/// # Errors
/// If the store fails.
pub async fn publish(
    tx: &mut Connection,
    app: &App,
    duty: &Duty,
    sent: &Record,
    news: &mut BTreeSet<String>,
) -> Result<(), store::Error> {
    let registry = app.registry();
    // Whoever receives from the whole city does not hold all schools.
    setup::publish_unit(tx, &registry, &duty.unit, &duty.recipient).await?;
    if shelf::place(tx, (&app.programme, &registry), duty, sent).await? {
        news.insert(bucket::PUB.to_owned());
    }
    Ok(())
}

/// Finds whether a step with an entry may be judged at all: nobody accepts what is not here to be seen, or is not what
/// it is said to be.
///
/// # Errors
/// If the store or the disk fails.
pub async fn check(
    tx: &mut Connection,
    app: &App,
    act: &Act,
    record: &Record,
) -> Result<Result<(), Refusal>, store::Error> {
    if !matches!(act, Act::Command { command: Command::Accept, .. }) {
        return Ok(Ok(()));
    }
    // Whatever its form asks of them, pictures that tell of a place are not shared.
    let shared = library::files(record);
    for file in record.fields.values().flatten().flat_map(Entry::files) {
        let Some((stored, finding)) = store::files::finding(tx, &file.sha256).await? else {
            return Ok(Err(Refusal::FilesMissing));
        };
        let finding = match finding {
            Some(finding) => finding,
            None => inspect(app.files.original(&file.sha256))
                .await
                .map_err(|error| store::Error::Sql(error.into()))?,
        };
        let tells_place = finding.content == Content::Picture && !finding.is_clean;
        if stored.size != file.size || !finding.fits(file) || tells_place && shared.contains(file) {
            return Ok(Err(Refusal::FilesUnfit));
        }
        // One that does not fit is not shown; one that comes later would be shown, and nobody had seen it.
        if let Some(poster) = &file.poster
            && store::files::finding(tx, poster).await?.is_none()
        {
            return Ok(Err(Refusal::FilesMissing));
        }
    }
    Ok(Ok(()))
}

//! Receipts for what is pinned for all units. A device tells what came and what its person opened; whoever pins sees by
//! unit how far it spread.
//!
//! Invariant: a person tells of nobody else, and the first time that was told stays.

use crate::{
    clock, pins,
    registry::Registry,
    store::{self, Connection, receipts},
};
use lantoa_shared::{
    person::{Denial, Person, may_pin},
    wire::v1::receipts::{Receipt, ReceiptsAnswer, UnitReceipts},
};

/// Notes what a person has and has opened.
///
/// # Errors
/// If the store fails.
pub async fn note(
    tx: &mut Connection,
    person: &Person,
    told: impl IntoIterator<Item = Receipt>,
) -> Result<(), store::Error> {
    // A device's clock may go ahead; nothing was opened before there were pins.
    let bounded = |at: Option<i64>| at.map(|at| at.clamp(0, clock::now()));
    for receipt in told {
        let receipt =
            Receipt { here_at: bounded(receipt.here_at), opened_at: bounded(receipt.opened_at), ..receipt };
        receipts::put(tx, &person.id, &receipt).await?;
    }
    Ok(())
}

/// How far an item spread, for those who may pin it; `None` if there is no such item.
///
/// # Errors
/// If the store fails.
pub async fn of(
    tx: &mut Connection,
    registry: &Registry,
    person: &Person,
    item: &str,
) -> Result<Option<Result<ReceiptsAnswer, Denial>>, store::Error> {
    let Some(recipient) = pins::recipient(tx, item).await? else { return Ok(None) };
    if let Err(denial) = may_pin(person, &recipient) {
        return Ok(Some(Err(denial)));
    }
    let of_unit = |of: receipts::OfUnit| {
        let unit = registry.unit(&of.unit).filter(|unit| unit.code != recipient)?;
        let [people, here, opened] = of.counts;
        let (name, here_at, opened_at) = (unit.name.clone(), of.here_at, of.opened_at);
        Some(UnitReceipts { unit: of.unit, name, people, here, opened, here_at, opened_at })
    };
    let units = receipts::by_unit(tx, item).await?.into_iter().filter_map(of_unit).collect();
    Ok(Some(Ok(ReceiptsAnswer { units })))
}

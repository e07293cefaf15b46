//! Items of the library that every device is to have: the unit that takes items in pins them, and every device hears of
//! it in the public bucket.
//!
//! Invariant: the row in the public bucket is there as long as the pin stands, and a pin stands only on an item that is
//! in the library; both change in one transaction.

use crate::{
    clock,
    store::{self, Connection, pins},
};
use lantoa_shared::{
    person::{Denial, Person, may_pin},
    sync::bucket,
    wire::v1::{
        RowKind,
        library::{LibraryItem, Pin},
    },
};

/// The unit that takes an item in; `None` if there is no such record.
///
/// # Errors
/// If the store fails.
pub async fn recipient(tx: &mut Connection, id: &str) -> Result<Option<String>, store::Error> {
    Ok(store::duties::by_id(tx, id).await?.map(|duty| duty.recipient))
}

/// Why an item was not pinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPinned {
    /// It is not in the library.
    NotThere,
    /// The person may not.
    Denied(Denial),
}

/// Pins an item for all devices, under a heading or none; pinned before, it moves under the new one. Returns whether
/// there is news in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn pin(
    tx: &mut Connection,
    person: &Person,
    id: &str,
    collection: &str,
) -> Result<Result<bool, NotPinned>, store::Error> {
    let item = match of_library(tx, person, id).await? {
        Ok(item) => item,
        Err(reason) => return Ok(Err(reason)),
    };
    let before = pins::of(tx, id).await?;
    if before.as_ref().is_some_and(|before| before.collection == collection) {
        return Ok(Ok(false));
    }
    if before.is_some() {
        pins::end(tx, id, Some(&person.id), clock::now()).await?;
    }
    pins::put(tx, id, collection, &person.id, clock::now()).await?;
    tell(tx, &item).await.map(Ok)
}

/// Takes a pin back. Returns whether there is news in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn unpin(
    tx: &mut Connection,
    person: &Person,
    id: &str,
) -> Result<Result<bool, NotPinned>, store::Error> {
    if let Err(reason) = of_library(tx, person, id).await? {
        return Ok(Err(reason));
    }
    end(tx, id, Some(&person.id)).await.map(Ok)
}

/// Ends the pin of an item, if one stands; without a person, because it left the library. Returns whether there is news
/// in the public bucket.
///
/// # Errors
/// If the store fails.
pub async fn end(tx: &mut Connection, id: &str, person: Option<&str>) -> Result<bool, store::Error> {
    let was_pinned = pins::end(tx, id, person, clock::now()).await?;
    Ok(was_pinned && store::feed::put(tx, bucket::PUB, RowKind::Pin, id, None).await?)
}

/// Tells every device of a pinned item as it stands in the library now. Returns whether that is news.
///
/// # Errors
/// If the store fails.
pub async fn tell(tx: &mut Connection, item: &LibraryItem) -> Result<bool, store::Error> {
    let Some(standing) = pins::of(tx, &item.id).await? else { return Ok(false) };
    let pin = Pin {
        title: item.title.clone(),
        size: item.size(),
        collection: standing.collection,
        at: standing.pinned_at,
    };
    let body = store::text("pin", &pin)?;
    store::feed::put(tx, bucket::PUB, RowKind::Pin, &item.id, Some(&body)).await
}

/// An item that the person may pin.
async fn of_library(
    tx: &mut Connection,
    person: &Person,
    id: &str,
) -> Result<Result<LibraryItem, NotPinned>, store::Error> {
    let item = store::items::read(tx, std::iter::once(id.to_owned()), clock::today()).await?.pop();
    let (Some(item), Some(recipient)) = (item, recipient(tx, id).await?) else {
        return Ok(Err(NotPinned::NotThere));
    };
    Ok(may_pin(person, &recipient).map(|()| item).map_err(NotPinned::Denied))
}

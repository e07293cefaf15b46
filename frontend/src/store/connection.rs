//! One connection to the database, opened when needed and opened again when it was lost.
//!
//! WebKit loses connections of apps in the background, and another tab may need this one closed
//! for an upgrade; neither may ever leave a dead handle behind.

use super::{
    StoreTrouble, schema,
    transaction::{Outcome, outcome_of_open, trouble_of},
};
use crate::browser;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest, IdbVersionChangeEvent};

/// The connection, if there is one.
#[derive(Default)]
pub struct Connection {
    database: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Connection {
    /// The open database.
    pub async fn database(&self) -> Result<IdbDatabase, StoreTrouble> {
        if let Some(database) = self.database.borrow().as_ref() {
            return Ok(database.clone());
        }
        // Some engines let the first `open` of a session hang for ever; the second one answers.
        for _ in 0..3 {
            match open().await {
                Ok(Some(database)) => {
                    self.adopt(&database);
                    return Ok(database);
                }
                Ok(None) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Err(StoreTrouble::Broken)
    }

    /// The open database, if it need not be waited for.
    pub fn ready(&self) -> Option<IdbDatabase> {
        self.database.borrow().clone()
    }

    /// Drops a handle that answers no more.
    pub fn forget(&self) {
        if let Some(database) = self.database.borrow_mut().take() {
            database.close();
        }
    }

    fn adopt(&self, database: &IdbDatabase) {
        let cell = Rc::clone(&self.database);
        browser::listen(database, "close", move |_| drop(cell.borrow_mut().take()));
        let cell = Rc::clone(&self.database);
        // Another tab brings a newer version: let it through at once. What is typed here later opens the
        // store again, or says that it cannot.
        browser::listen(database, "versionchange", move |_| {
            if let Some(database) = cell.borrow_mut().take() {
                database.close();
            }
        });
        *self.database.borrow_mut() = Some(database.clone());
    }
}

/// Opens the database; `None` if the browser does not answer in time.
async fn open() -> Result<Option<IdbDatabase>, StoreTrouble> {
    let factory = browser::window().indexed_db().ok().flatten().ok_or(StoreTrouble::Forbidden)?;
    let request =
        factory.open_with_u32(schema::DATABASE, schema::VERSION).map_err(|_| StoreTrouble::Forbidden)?;
    let upgrade = Closure::once(move |event: Event| {
        let Some(request) = event.target().and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok()) else {
            return;
        };
        let Some(database) = request.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) else {
            return;
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "our own small versions")]
        let from = event.dyn_ref::<IdbVersionChangeEvent>().map_or(0, |event| event.old_version() as u32);
        if schema::upgrade(&database, from).is_err()
            && let Some(transaction) = request.transaction()
        {
            let _ = transaction.abort();
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let outcome = outcome_of_open(&request).await;
    drop(upgrade);
    match outcome {
        Outcome::Done => Ok(request.result().ok().and_then(|it| it.dyn_into().ok())),
        Outcome::Blocked => Err(StoreTrouble::Blocked),
        Outcome::Late => Ok(None),
        Outcome::Failed => match request.error().ok().flatten() {
            // A newer version of the app was here. Its store is readable, because steps only add.
            Some(error) if error.name() == "VersionError" => open_as_it_is().await,
            error => Err(trouble_of(error.as_ref())),
        },
    }
}

async fn open_as_it_is() -> Result<Option<IdbDatabase>, StoreTrouble> {
    let factory = browser::window().indexed_db().ok().flatten().ok_or(StoreTrouble::Forbidden)?;
    let request = factory.open(schema::DATABASE).map_err(|_| StoreTrouble::Forbidden)?;
    match outcome_of_open(&request).await {
        Outcome::Done => Ok(request.result().ok().and_then(|it| it.dyn_into().ok())),
        _ => Ok(None),
    }
}

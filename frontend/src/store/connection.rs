//! One connection to the database, opened when needed and opened again when it was lost.
//!
//! WebKit loses connections of apps in the background, and another tab may need this one closed
//! for an upgrade; neither may ever leave a dead handle behind.

use super::{
    Holder, Remembered, StoreTrouble,
    meta::identity_change,
    outbox::row_change,
    schema,
    transaction::{Outcome, apply, outcome_of_open, trouble_of},
};
use crate::browser;
use gloo_timers::future::TimeoutFuture;
use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

/// Attempts to open before the trouble is told.
const ATTEMPTS: u32 = 4;
/// Between two of them, in milliseconds.
const PAUSE: u32 = 250;

/// The connection, if there is one.
#[derive(Default)]
pub struct Connection {
    database: RefCell<Option<IdbDatabase>>,
    /// Whom the store works for.
    pub holder: OnceCell<Weak<dyn Holder>>,
    /// Whether another tab keeps the database from being opened.
    is_blocked: Cell<bool>,
}

impl Connection {
    /// The open database.
    pub async fn database(self: &Rc<Self>) -> Result<IdbDatabase, StoreTrouble> {
        if let Some(database) = self.ready() {
            return Ok(database);
        }
        if self.is_blocked.get() {
            return Err(StoreTrouble::Blocked);
        }
        // Some engines let the first `open` of a session hang for ever; the second one answers. And while a database
        // is being thrown away, nothing can be opened in its place.
        let mut trouble = StoreTrouble::Late;
        for _ in 0..ATTEMPTS {
            match self.open().await {
                Ok(Some(database)) => {
                    self.adopt(&database);
                    return Ok(database);
                }
                Ok(None) => {}
                Err(StoreTrouble::Broken) => trouble = StoreTrouble::Broken,
                Err(trouble) => return Err(trouble),
            }
            TimeoutFuture::new(PAUSE).await;
        }
        Err(trouble)
    }

    /// The open database, if it need not be waited for.
    pub fn ready(&self) -> Option<IdbDatabase> {
        self.database.borrow().clone()
    }

    /// Drops a handle that answers no more, or that nobody will need for a while.
    pub fn forget(&self) {
        if let Some(database) = self.database.take() {
            database.close();
        }
    }

    fn adopt(self: &Rc<Self>, database: &IdbDatabase) {
        let connection = Rc::clone(self);
        // Nobody here closed it: perhaps the browser threw the database away. Opened again, it tells.
        browser::listen(database, "close", move |_| connection.open_again());
        let connection = Rc::clone(self);
        // Another tab brings a newer version: let it through at once. What is typed here later opens the
        // store again, or says that it cannot.
        browser::listen(database, "versionchange", move |event| {
            connection.forget();
            if event.dyn_ref::<IdbVersionChangeEvent>().is_some_and(|event| event.new_version().is_none()) {
                connection.open_again();
            }
        });
        if let Some(older) = self.database.replace(Some(database.clone())) {
            older.close();
        }
    }

    fn open_again(self: &Rc<Self>) {
        self.forget();
        let connection = Rc::clone(self);
        spawn_local(async move { drop(connection.database().await) });
    }

    fn holder(&self) -> Option<Rc<dyn Holder>> {
        self.holder.get()?.upgrade()
    }

    /// Opens the database; `None` if the browser does not answer in time.
    async fn open(self: &Rc<Self>) -> Result<Option<IdbDatabase>, StoreTrouble> {
        let factory = browser::window().indexed_db().ok().flatten().ok_or(StoreTrouble::Forbidden)?;
        let request =
            factory.open_with_u32(schema::DATABASE, schema::VERSION).map_err(|_| StoreTrouble::Forbidden)?;
        let connection = Rc::clone(self);
        let upgrade = Closure::once(move |event: Event| {
            let Some(request) = event.target().and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok()) else {
                return;
            };
            let (Some(database), Some(transaction)) = (result(&request), request.transaction()) else {
                return;
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "our own small versions"
            )]
            let from = event.dyn_ref::<IdbVersionChangeEvent>().map_or(0, |event| event.old_version() as u32);
            let remembered = connection.holder().filter(|_| from == 0).and_then(|holder| holder.remembered());
            let is_done = schema::upgrade(&database, &transaction, from).is_ok()
                && remembered.is_none_or(|remembered| refill(&transaction, &remembered).is_some());
            if !is_done {
                let _ = transaction.abort();
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        match outcome_of_open(&request).await {
            Outcome::Done => Ok(result(&request)),
            Outcome::Failed => match request.error().ok().flatten() {
                // A newer version of the app was here. Its store is readable, because steps only add.
                Some(error) if error.name() == "VersionError" => open_as_it_is().await,
                error => Err(trouble_of(error.as_ref())),
            },
            outcome => {
                // It opens when the other tab lets go, or when the browser finds the time.
                upgrade.forget();
                let connection = Rc::clone(self);
                let late = request.clone();
                browser::listen(&request, "success", move |_| {
                    connection.is_blocked.set(false);
                    if let Some(database) = result(&late) {
                        connection.adopt(&database);
                    }
                    if let Some(holder) = connection.holder() {
                        holder.store_is_back();
                    }
                });
                if outcome == Outcome::Blocked {
                    self.is_blocked.set(true);
                    return Err(StoreTrouble::Blocked);
                }
                Ok(None)
            }
        }
    }
}

/// Puts what a page remembers into a store that is new although the page knew one, in the transaction that makes it:
/// nobody ever sees it empty.
fn refill(transaction: &IdbTransaction, Remembered { identity, rows }: &Remembered) -> Option<()> {
    let mut changes = vec![identity_change(identity).ok()?];
    for row in rows {
        changes.push(row_change(row).ok()?);
    }
    apply(transaction, &changes).ok().map(drop)
}

/// The database that was opened.
fn result(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

async fn open_as_it_is() -> Result<Option<IdbDatabase>, StoreTrouble> {
    let factory = browser::window().indexed_db().ok().flatten().ok_or(StoreTrouble::Forbidden)?;
    let request = factory.open(schema::DATABASE).map_err(|_| StoreTrouble::Forbidden)?;
    match outcome_of_open(&request).await {
        Outcome::Done => Ok(result(&request)),
        _ => Ok(None),
    }
}

//! Transactions: requests are queued in one go, nothing foreign is awaited in between, and the
//! result is told only after `complete`. To read and to write what follows from it is one transaction, too: several
//! tabs work on one store, and what one of them read another may have changed a moment later.
//!
//! That shape rules out the classic ways of losing data in IndexedDB: a transaction that commits
//! half because the code waited for something else, a `put` whose success was followed by an abort,
//! a dead connection that swallows every further write.

use super::{Store, StoreTrouble};
use crate::browser::by_name;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbRequestReadyState,
    IdbTransaction,
};

/// Longest wait for a transaction, in milliseconds. iOS may suspend another tab in the middle of one.
const PATIENCE: u32 = 10_000;
/// Attempts before the trouble is told.
const ATTEMPTS: u32 = 3;

/// How a request or a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Failed,
    Blocked,
    Late,
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reads.
    Read,
    /// Writes what the centre can give again.
    Cache,
    /// Writes what exists nowhere else: complete only when it is on the disk.
    Keep,
}

/// Something to write: where, under which key or keys, and what. Without a value it is taken away; without a key
/// (`undefined`) the store gives one.
pub type Change = (&'static str, JsValue, Option<JsValue>);

/// Queues requests. Behind a pointer, because every kind of it would be compiled anew otherwise.
pub type Work<'a> = dyn Fn(&IdbTransaction) -> Result<Vec<IdbRequest>, JsValue> + 'a;
/// What is to be written by what was read.
pub type Decide<'a> = dyn Fn(&[IdbRequest]) -> Result<Vec<Change>, StoreTrouble> + 'a;
/// The requests of a transaction that is complete.
pub type Requests = Result<Vec<IdbRequest>, StoreTrouble>;

impl Store {
    /// Runs `work` in one transaction and returns its requests, once the transaction is complete.
    /// `work` only queues requests; it may be called again if the browser broke off.
    pub(super) async fn run(&self, stores: &[&str], purpose: Purpose, work: &Work<'_>) -> Requests {
        self.transact(stores, purpose, work, None).await
    }

    /// Reads, and writes what is decided by that, with nobody's writing in between. Returns whether anything was
    /// written. `decide` may be called again, as `read` may, and then meet what it wrote itself: a transaction may
    /// have ended well and not in time.
    ///
    /// Until what is read was heard the browser does not end it by itself, and a page that is frozen just then holds up
    /// others: what is often called looks first whether there is anything to write.
    pub(super) async fn amend(
        &self,
        stores: &[&str],
        purpose: Purpose,
        read: &Work<'_>,
        decide: &Decide<'_>,
    ) -> Result<bool, StoreTrouble> {
        let is_any = Cell::new(false);
        let decide = |requests: &[IdbRequest]| {
            let changes = decide(requests)?;
            is_any.set(!changes.is_empty());
            Ok(changes)
        };
        self.transact(stores, purpose, read, Some(&decide)).await.map(|_| is_any.get())
    }

    async fn transact(
        &self,
        stores: &[&str],
        purpose: Purpose,
        work: &Work<'_>,
        decide: Option<&Decide<'_>>,
    ) -> Requests {
        let mut trouble = StoreTrouble::Broken;
        for _ in 0..ATTEMPTS {
            // The first write of a page that is being closed must start now, not after a turn of the loop.
            let database = match self.connection.ready() {
                Some(database) => database,
                None => self.connection.database().await?,
            };
            match attempt(&database, stores, purpose, work, decide).await {
                Ok(result) => return Ok(result),
                Err(found @ (StoreTrouble::Full | StoreTrouble::Forbidden)) => return Err(found),
                Err(found) => trouble = found,
            }
            self.connection.forget();
        }
        Err(trouble)
    }

    /// Writes all changes in their order in one transaction, or none.
    pub(super) async fn write(&self, purpose: Purpose, changes: &[Change]) -> Result<(), StoreTrouble> {
        if changes.is_empty() {
            return Ok(());
        }
        self.run(&names_of(changes), purpose, &|tx| apply(tx, changes)).await.map(drop)
    }
}

/// The stores that changes are of.
pub fn names_of(changes: &[Change]) -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, ..) in changes {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

/// Queues changes, in their order.
pub fn apply(tx: &IdbTransaction, changes: &[Change]) -> Result<Vec<IdbRequest>, JsValue> {
    for (name, key, value) in changes {
        let store = tx.object_store(name)?;
        match value {
            Some(value) if key.is_undefined() => store.put(value)?,
            Some(value) => store.put_with_key(value, key)?,
            None => store.delete(key)?,
        };
    }
    Ok(Vec::new())
}

/// A text to be put under a key.
pub fn put(store: &'static str, key: &str, text: &str) -> Change {
    (store, JsValue::from_str(key), Some(JsValue::from_str(text)))
}

/// What lies under a key, to be taken away.
pub fn delete(store: &'static str, key: &str) -> Change {
    (store, JsValue::from_str(key), None)
}

async fn attempt(
    database: &IdbDatabase,
    stores: &[&str],
    purpose: Purpose,
    work: &Work<'_>,
    decide: Option<&Decide<'_>>,
) -> Requests {
    let transaction = begin(database, stores, purpose).map_err(|error| trouble_of(error.dyn_ref()))?;
    let outcome = outcome_of(&transaction, &[("complete", Outcome::Done), ("abort", Outcome::Failed)]);
    let result = match queue(&transaction, work, decide).await {
        Ok(result) => result,
        Err(trouble) => {
            let _ = transaction.abort();
            outcome.forget();
            return Err(trouble);
        }
    };
    // The browser then ends it by itself. Left open, it would wait for this page, and lock the store for all others if
    // the system froze it now.
    #[expect(deprecated, reason = "only the bindings call it so; it is part of the standard")]
    let _ = transaction.commit();
    match outcome.wait(PATIENCE).await {
        Outcome::Done => arrived(result).await,
        Outcome::Late => {
            // Taken back before it is tried again; if that fails it may be stored, and then an op is
            // there twice with one value, which harms nobody.
            let _ = transaction.abort();
            Err(StoreTrouble::Late)
        }
        _ => Err(trouble_of(transaction.error().as_ref())),
    }
}

/// Queues all there is to do.
async fn queue(transaction: &IdbTransaction, work: &Work<'_>, decide: Option<&Decide<'_>>) -> Requests {
    let broken = |error: JsValue| trouble_of(error.dyn_ref());
    let requests = work(transaction).map_err(broken)?;
    let Some(decide) = decide else { return Ok(requests) };
    // A transaction stays open until whoever waits for one of its requests was heard.
    answered(&requests).await?;
    apply(transaction, &decide(&requests)?).map_err(broken)?;
    Ok(requests)
}

/// The requests, once each has its result. Chromium calls a transaction that was committed by hand complete before
/// what it read of a large value is there – and a row that is not there would count as none.
async fn arrived(requests: Vec<IdbRequest>) -> Requests {
    answered(&requests).await?;
    Ok(requests)
}

/// Waits until each request has its answer. They are answered in the order in which they were queued, which need not be
/// the order of this list: the last of the list is mostly the last of all, and is waited for first.
async fn answered(requests: &[IdbRequest]) -> Result<(), StoreTrouble> {
    let is_pending = |request: &&IdbRequest| request.ready_state() == IdbRequestReadyState::Pending;
    while let Some(request) = requests.iter().rev().find(is_pending) {
        let events = [("success", Outcome::Done), ("error", Outcome::Failed)];
        match outcome_of(request, &events).wait(PATIENCE).await {
            Outcome::Done => {}
            Outcome::Late => return Err(StoreTrouble::Late),
            _ => return Err(trouble_of(request.error().ok().flatten().as_ref())),
        }
    }
    Ok(())
}

/// Begins a transaction. Its third argument, which asks for the disk, is called by name: the bindings
/// do not have it yet.
fn begin(database: &IdbDatabase, stores: &[&str], purpose: Purpose) -> Result<IdbTransaction, JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let (mode, durability) = match purpose {
        Purpose::Read => ("readonly", "default"),
        Purpose::Cache => ("readwrite", "relaxed"),
        Purpose::Keep => ("readwrite", "strict"),
    };
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &durability.into())?;
    by_name::call(database, "transaction", &[names.into(), mode.into(), options.into()])?.dyn_into()
}

/// What the browser's complaint means to us.
pub fn trouble_of(error: Option<&DomException>) -> StoreTrouble {
    match error.map(DomException::name).as_deref() {
        Some("QuotaExceededError") => StoreTrouble::Full,
        Some("SecurityError" | "NotAllowedError") => StoreTrouble::Forbidden,
        _ => StoreTrouble::Broken,
    }
}

/// Waits until a database is open, or is not.
pub async fn outcome_of_open(request: &IdbOpenDbRequest) -> Outcome {
    let events = [("success", Outcome::Done), ("error", Outcome::Failed), ("blocked", Outcome::Blocked)];
    outcome_of(request, &events).wait(PATIENCE / 2).await
}

/// A wait for the first of several events. The callbacks live as long as the wait.
struct Wait {
    outcome: oneshot::Receiver<Outcome>,
    callbacks: Vec<Closure<dyn FnMut(Event)>>,
}

fn outcome_of(target: &EventTarget, events: &[(&str, Outcome)]) -> Wait {
    let (sender, outcome) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let callbacks = events.iter().map(|(event, means)| {
        let (sender, means) = (Rc::clone(&sender), *means);
        let callback = Closure::<dyn FnMut(Event)>::new(move |_| {
            if let Some(sender) = sender.borrow_mut().take() {
                let _ = sender.send(means);
            }
        });
        let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        callback
    });
    let callbacks = callbacks.collect();
    Wait { outcome, callbacks }
}

impl Wait {
    /// Waits no more. The event may still come; a callback that is gone would be an error in the console.
    fn forget(self) {
        self.callbacks.into_iter().for_each(Closure::forget);
    }

    async fn wait(self, patience: u32) -> Outcome {
        let Self { outcome, callbacks } = self;
        let outcome = match select(outcome, TimeoutFuture::new(patience)).await {
            Either::Left((outcome, _)) => outcome.unwrap_or(Outcome::Failed),
            Either::Right(_) => {
                // The event may still come; a callback that is gone would be an error in the console.
                callbacks.into_iter().for_each(Closure::forget);
                return Outcome::Late;
            }
        };
        drop(callbacks);
        outcome
    }
}

/// The text a request found.
pub fn text(requests: &[IdbRequest]) -> Option<String> {
    requests.first()?.result().ok()?.as_string()
}

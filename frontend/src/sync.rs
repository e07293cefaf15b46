//! The phone's conversation with the centre: takes a step from the pure machine, performs it, tells
//! the machine how it went. The only timers of the sync are here.
//!
//! It knows the store and the api, not the screens: what was typed is read from the store, what came
//! is written to the store, and whoever shows it is told that something [`Happened`]. One tab leads;
//! the others write and read the same store.

mod attaching;
mod driver;
mod leader;
mod poster;
mod preparing;
mod pulling;
mod pushing;
mod rare;
mod settling;
mod stocking;
mod tabs;
mod telling;
mod upload_rule;
mod uploading;

pub use attaching::{Readiness, attach, attach_recorded};
pub use preparing::{KEEPS_ORIGINALS, decoded, jpeg, jpeg_name};
pub use stocking::{BUDGET, MEGABYTE, TOLD, budget};
pub use tabs::{Happened, Line};
pub use telling::{note_opened, unread};
pub use upload_rule::UploadRule;

use crate::{browser, store::Store};
use driver::{Driver, Nudge};
use futures::channel::mpsc::{UnboundedSender, unbounded};
use lantoa_shared::sync::device::Input;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use tabs::Tabs;

/// How many troubles are remembered for whoever helps.
const REMEMBERED: usize = 10;

thread_local! {
    static TROUBLES: RefCell<Vec<(i64, String)>> = const { RefCell::new(Vec::new()) };
}

/// The last troubles of this tab with the line or the store: when, and a word for each.
pub fn troubles() -> Vec<(i64, String)> {
    TROUBLES.with_borrow(Clone::clone)
}

fn remember(code: &str) {
    TROUBLES.with_borrow_mut(|troubles| {
        if troubles.len() == REMEMBERED {
            troubles.remove(0);
        }
        troubles.push((browser::now(), code.to_owned()));
    });
}

/// The handle of the running conversation.
#[derive(Clone)]
pub struct Sync {
    nudges: UnboundedSender<Nudge>,
    tabs: Tabs,
    is_leading: Rc<Cell<bool>>,
}

impl Sync {
    /// Starts the conversation, which waits to be told who is there; `happened` is told what happens, in
    /// this tab or in another.
    pub fn start(store: Store, happened: Rc<dyn Fn(Happened)>) -> Self {
        let (nudges, received) = unbounded();
        let tabs = Tabs::open();
        let sync = Self { nudges, tabs: tabs.clone(), is_leading: Rc::default() };
        let of_others = (sync.clone(), Rc::clone(&happened));
        let is_frozen = rest_while_frozen(store.clone(), Rc::clone(&happened));
        tabs.on_message(move |message| {
            let (sync, happened) = &of_others;
            if is_frozen.get() {
                return;
            }
            if message == Happened::Kept {
                sync.nudge(Input::Typed);
            }
            happened(message);
        });
        let driver = Driver::new(store, received, tabs, happened);
        wasm_bindgen_futures::spawn_local(driver.run());
        sync.watch();
        leader::compete(sync.nudges.clone(), Rc::clone(&sync.is_leading));
        sync
    }

    /// Something new lies in the outbox. The person works in this tab, so this tab leads: another one may
    /// hold the lock and be asleep.
    pub fn kept(&self) {
        if !self.is_leading.get() {
            leader::take_over(self.nudges.clone(), Rc::clone(&self.is_leading));
        }
        self.nudge(Input::Typed);
        self.tabs.tell(&Happened::Kept);
    }

    /// The person asks to send and fetch now.
    pub fn wake(&self) {
        self.nudge(Input::Wake);
    }

    /// Somebody signed in or out in this tab.
    pub fn session_changed(&self, is_signed_in: bool) {
        self.session_is(is_signed_in);
        self.tabs.tell(&Happened::Session);
    }

    /// Whether somebody is signed in, as the store says.
    pub fn session_is(&self, is_signed_in: bool) {
        self.nudge(if is_signed_in { Input::SignedIn } else { Input::SignedOut });
    }

    fn nudge(&self, input: Input) {
        let _ = self.nudges.unbounded_send(Nudge::Input(input));
    }

    /// The network or the person comes back: that is when waiting is over.
    fn watch(&self) {
        let sync = self.clone();
        browser::on_window("online", move |_| sync.wake());
        let sync = self.clone();
        browser::on_window("pageshow", move |_| sync.wake());
        let sync = self.clone();
        browser::on_document("visibilitychange", move |_| {
            if browser::is_visible() {
                if !sync.is_leading.get() {
                    leader::take_over(sync.nudges.clone(), Rc::clone(&sync.is_leading));
                }
                sync.wake();
            } else {
                let _ = sync.nudges.unbounded_send(Nudge::Hidden);
            }
        });
    }
}

/// Fetches what is wished of the library, as far as that may be done now.
pub async fn tend_stock(store: &Store) {
    // What fails is tried again at the next contact.
    let _ = rare::happen(store, rare::Rare::Stock).await;
}

/// Lets go of what a full device can do without; whether any of it went.
pub async fn make_room(store: &Store) -> bool {
    rare::happen(store, rare::Rare::Full).await.unwrap_or(false)
}

/// A tab that the system freezes lets go of the store, so that it holds up no other, and does nothing until it
/// thaws: what it began could not end. Then it reads all it missed.
fn rest_while_frozen(store: Store, happened: Rc<dyn Fn(Happened)>) -> Rc<Cell<bool>> {
    let is_frozen = Rc::new(Cell::new(false));
    let freezes = Rc::clone(&is_frozen);
    browser::on_document("freeze", move |_| {
        freezes.set(true);
        store.rest();
    });
    let thaws = Rc::clone(&is_frozen);
    browser::on_document("resume", move |_| {
        thaws.set(false);
        happened(Happened::Session);
        happened(Happened::Changed { programme: true });
    });
    is_frozen
}

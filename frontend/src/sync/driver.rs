//! The loop: a step of the machine, its performance, its outcome.

use super::{
    pulling::Ahead,
    rare::{self, Rare},
    tabs::{Happened, Line, Tabs},
};
use crate::{
    api::{News, Trouble},
    browser,
    store::{Contact, OutboxRow, Store, StoreTrouble},
};
use futures::{
    StreamExt as _,
    channel::mpsc::UnboundedReceiver,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use lantoa_shared::set::Set;
use lantoa_shared::sync::device::{Device, Input, Step};
use std::rc::Rc;

/// How long nobody is told of what comes in many parts, in milliseconds.
const A_WHILE: i64 = 1000;

/// What may interrupt the wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// Something for the machine.
    Input(Input),
    /// This tab leads from now on, or no longer.
    Lead(bool),
    /// Nobody looks at this tab.
    Hidden,
}

/// The loop's own memory.
pub struct Driver {
    pub(super) store: Store,
    pub(super) line: Line,
    /// Ops the centre keeps but could not judge yet; sent again after the next pause.
    pub(super) held_back: Set<u64>,
    /// Ops that were judged, and the device has no room to note it; and the id under which they were.
    pub(super) unnoted: (String, Vec<OutboxRow>),
    /// How many ops may go up at once.
    pub(super) at_once: usize,
    /// Whether something could not be kept that came.
    pub(super) had_trouble: bool,
    /// Whether the centre made a backup since ops were settled.
    pub(super) is_backup_newer: bool,
    /// Whether the phone is being filled for the first time.
    pub(super) is_first: bool,
    /// Whether another tab was faster with the last answer.
    pub(super) is_overtaken: bool,
    /// The next page, asked for while the one before is written.
    pub(super) ahead: Option<Ahead>,
    /// What came and was not told yet: whether forms, lists, units or settings are among it.
    pub(super) untold: Option<bool>,
    /// Whether verdicts came that were not told yet.
    pub(super) has_verdicts: bool,
    /// Whether something was wiped that this device may not have any more, and that was not told yet.
    pub(super) has_wiped: bool,
    told_at: i64,
    device: Device,
    nudges: UnboundedReceiver<Nudge>,
    tabs: Tabs,
    happened: Rc<dyn Fn(Happened)>,
    is_leading: bool,
    /// Whether it was told who is there.
    knows_session: bool,
    news: Option<News>,
    poked: futures::channel::mpsc::UnboundedReceiver<()>,
    poke: futures::channel::mpsc::UnboundedSender<()>,
}

impl Driver {
    /// A driver that has not begun.
    pub fn new(
        store: Store,
        nudges: UnboundedReceiver<Nudge>,
        tabs: Tabs,
        happened: Rc<dyn Fn(Happened)>,
    ) -> Self {
        let (poke, poked) = futures::channel::mpsc::unbounded();
        Self {
            store,
            line: Line::default(),
            held_back: Set::new(),
            unnoted: Default::default(),
            at_once: usize::MAX,
            had_trouble: false,
            is_backup_newer: false,
            is_first: false,
            is_overtaken: false,
            ahead: None,
            untold: None,
            has_verdicts: false,
            has_wiped: false,
            told_at: 0,
            device: Device::new(),
            nudges,
            tabs,
            happened,
            is_leading: false,
            knows_session: false,
            news: None,
            poked,
            poke,
        }
    }

    /// Tells this tab and the others.
    pub(super) fn tell(&self, what: Happened) {
        (self.happened)(what);
        self.tabs.tell(&what);
    }

    /// Tells what came, unless more follows at once: whoever is told reads everything anew.
    pub(super) fn tell_what_came(&mut self, input: Input) {
        let goes_on = matches!(input, Input::Pulled { more: true, .. } | Input::Pushed { unsent: 1.. });
        if goes_on && browser::now() - self.told_at < A_WHILE {
            return;
        }
        self.told_at = browser::now();
        if let Some(programme) = self.untold.take() {
            self.tell(Happened::Changed { programme });
        }
        if std::mem::take(&mut self.has_verdicts) {
            self.tell(Happened::Judged);
        }
        if !goes_on && std::mem::take(&mut self.has_wiped) {
            self.tell(Happened::Wiped);
        }
    }

    /// The phone could not keep what it should: told, and tried again later.
    pub(super) async fn could_not_keep(&mut self, trouble: StoreTrouble) -> Input {
        let is_full = trouble == StoreTrouble::Full;
        super::remember(if is_full { "store full" } else { "store" });
        self.had_trouble = true;
        self.tell(if is_full { Happened::StoreFull } else { Happened::StoreTrouble });
        if is_full {
            let _ = rare::happen(&self.store, Rare::Full).await;
        }
        Input::Failed
    }

    /// Runs as long as the app does.
    pub async fn run(mut self) {
        let mut deadline = None;
        loop {
            let Some(input) = self.wait(deadline).await else { return };
            deadline = self.follow(input, deadline).await;
        }
    }

    /// Does whatever the input leads to, until the machine wants to wait; returns until when.
    async fn follow(&mut self, mut input: Input, before: Option<i64>) -> Option<i64> {
        loop {
            if matches!(input, Input::Wake | Input::PauseOver { .. } | Input::SignedIn) {
                self.held_back.clear();
            }
            if let Input::PauseOver { unsent } = &mut input {
                *unsent = self.has_unsent().await;
            }
            self.line.note(input);
            let step = self.device.on(input, browser::random_number());
            if !matches!(step, Step::Push | Step::Pull) {
                self.line.is_cut_off = self.device.is_cut_off();
                self.tell(Happened::Line(self.line));
                self.tend_news();
            }
            input = match step {
                Step::Push => Box::pin(self.push()).await,
                Step::Pull => Box::pin(self.pull()).await,
                Step::Pause(pause) => {
                    let due = browser::now() + i64::from(pause);
                    // Typing must not put an attempt off again and again.
                    let keeps = matches!(input, Input::Typed | Input::Poked);
                    return Some(before.filter(|before| keeps && *before < due).unwrap_or(due));
                }
                Step::AwaitSignIn | Step::AwaitUpdate | Step::Continue => return None,
            };
            if input == Input::SignedOut {
                self.remember_end().await;
            }
        }
    }

    /// The centre says that the session is over: known after a reload, too, with or without a network.
    async fn remember_end(&self) {
        // Should it fail, the centre says it again.
        let _ = self.store.change_contact(&|before| Contact { is_signed_out: true, ..before }).await;
    }

    /// Waits for something to do; `None` when the app is gone.
    async fn wait(&mut self, deadline: Option<i64>) -> Option<Input> {
        loop {
            // A tab that may do nothing has nothing to be in time for.
            let deadline = deadline.filter(|_| self.is_at_work());
            let left = deadline.map_or(i64::from(i32::MAX), |deadline| (deadline - browser::now()).max(0));
            let timer = TimeoutFuture::new(u32::try_from(left).unwrap_or(u32::MAX >> 1));
            let nudge = match select(select(self.nudges.next(), self.poked.next()), timer).await {
                Either::Left((Either::Left((nudge, _)), _)) => nudge?,
                Either::Left((Either::Right(_), _)) => Nudge::Input(Input::Poked),
                Either::Right(_) => Nudge::Input(Input::PauseOver { unsent: false }),
            };
            if let Nudge::Input(input) = nudge {
                self.line.note(input);
                self.knows_session |= matches!(input, Input::SignedIn | Input::SignedOut);
            }
            match nudge {
                Nudge::Lead(true) => {
                    self.is_leading = true;
                    self.device = Device::new();
                    if self.knows_session {
                        return Some(if self.line.is_signed_out { Input::SignedOut } else { Input::Wake });
                    }
                }
                Nudge::Lead(false) => {
                    self.is_leading = false;
                    self.tend_news();
                }
                Nudge::Hidden => self.tend_news(),
                Nudge::Input(input) if self.is_at_work() => return Some(input),
                Nudge::Input(_) => {}
            }
        }
    }

    fn is_at_work(&self) -> bool {
        self.is_leading && self.knows_session
    }

    /// Listens for hints while somebody looks and somebody is signed in.
    fn tend_news(&mut self) {
        let Line { is_cut_off, is_signed_out, is_outdated, .. } = self.line;
        let is_open = !is_cut_off && !is_signed_out && !is_outdated;
        let wanted = self.is_leading && is_open && browser::is_visible();
        if !wanted {
            self.news = None;
        } else if self.news.as_ref().is_none_or(News::is_over) {
            let poke = self.poke.clone();
            self.news = News::listen(move || drop(poke.unbounded_send(())));
        }
    }
}

/// What a failed request means to the machine.
pub fn input_of(trouble: &Trouble) -> Input {
    super::remember(trouble.code());
    match trouble {
        Trouble::SignedOut => Input::SignedOut,
        Trouble::Outdated => Input::Outdated,
        Trouble::Network | Trouble::Busy | Trouble::TooLarge | Trouble::Refused { .. } => Input::Failed,
    }
}

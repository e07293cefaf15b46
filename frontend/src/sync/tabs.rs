//! What tabs of one browser tell each other. They share the store, so a word is enough.

use lantoa_shared::sync::{clock::Clock, device};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Something happened that screens may want to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// An op was kept in another tab.
    Kept,
    /// Verdicts were written, or settled ops removed.
    Judged,
    /// Something new came from the centre.
    Changed {
        /// Whether forms, lists, units or settings are among it.
        programme: bool,
    },
    /// What some buckets held was wiped: this device may not have it any more.
    Wiped,
    /// Ops are on their way.
    Sending {
        /// How many have arrived.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// A round is over.
    Line(Line),
    /// Somebody signed in or out.
    Session,
    /// The phone itself could not keep what came.
    StoreTrouble,
    /// It has no room left for it.
    StoreFull,
}

impl Happened {
    /// A word and its numbers, for other tabs.
    fn write(&self) -> String {
        let (word, numbers) = match *self {
            Self::Kept => ("kept", vec![]),
            Self::Judged => ("judged", vec![]),
            Self::Changed { programme } => ("changed", vec![i64::from(programme)]),
            Self::Wiped => ("wiped", vec![]),
            Self::Sending { done, total } => ("sending", vec![whole(done), whole(total)]),
            Self::Line(line) => ("line", line.numbers().to_vec()),
            Self::Session => ("session", vec![]),
            Self::StoreTrouble => ("trouble", vec![]),
            Self::StoreFull => ("full", vec![]),
        };
        numbers.into_iter().fold(word.to_owned(), |text, number| format!("{text} {number}"))
    }

    /// What another tab told; `None` for what only another version understands.
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let word = words.next()?;
        let numbers: Vec<i64> = words.filter_map(|number| number.parse().ok()).collect();
        Some(match (word, numbers.as_slice()) {
            ("kept", _) => Self::Kept,
            ("judged", _) => Self::Judged,
            ("changed", [programme]) => Self::Changed { programme: *programme != 0 },
            ("wiped", _) => Self::Wiped,
            ("sending", [done, total]) => {
                Self::Sending { done: usize::try_from(*done).ok()?, total: usize::try_from(*total).ok()? }
            }
            ("line", numbers) => Self::Line(Line::of(numbers.try_into().ok()?)),
            ("session", _) => Self::Session,
            ("trouble", _) => Self::StoreTrouble,
            ("full", _) => Self::StoreFull,
            _ => return None,
        })
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How it stands with the line to the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// Whether the last attempts failed.
    pub is_cut_off: bool,
    /// Whether the session is over.
    pub is_signed_out: bool,
    /// Whether this version of the app is no longer understood.
    pub is_outdated: bool,
    /// When the centre last answered, in milliseconds since 1970.
    pub last_contact: Option<i64>,
    /// Whether the centre shut this device out.
    pub is_revoked: bool,
    /// What is known of the centre's clock.
    pub clock: Clock,
}

/// No moment: before anybody had a phone.
const NEVER: i64 = -1;

impl Line {
    fn numbers(self) -> [i64; 8] {
        let Self { is_cut_off, is_signed_out, is_outdated, is_revoked, last_contact, clock } = self;
        let flags = [is_cut_off, is_signed_out, is_outdated, is_revoked].map(i64::from);
        let [one, two, three, four] = flags;
        let [last, heard, trip] = [last_contact, clock.heard, clock.round_trip].map(|it| it.unwrap_or(NEVER));
        [one, two, three, four, last, clock.ahead, heard, trip]
    }

    fn of(numbers: [i64; 8]) -> Self {
        let [cut_off, signed_out, outdated, revoked, last, ahead, heard, trip] = numbers;
        let moment = |it: i64| (it != NEVER).then_some(it);
        Self {
            is_cut_off: cut_off != 0,
            is_signed_out: signed_out != 0,
            is_outdated: outdated != 0,
            is_revoked: revoked != 0,
            last_contact: moment(last),
            clock: Clock { ahead, heard: moment(heard), round_trip: moment(trip) },
        }
    }

    /// Takes in what the machine was told.
    pub fn note(&mut self, input: device::Input) {
        match input {
            device::Input::SignedOut => self.is_signed_out = true,
            device::Input::SignedIn => self.is_signed_out = false,
            device::Input::Outdated => self.is_outdated = true,
            _ => {}
        }
    }
}

/// The channel between tabs; absent in browsers without it, and then each tab is alone.
#[derive(Clone)]
pub struct Tabs {
    channel: Option<Rc<BroadcastChannel>>,
}

impl Tabs {
    /// Opens the channel.
    pub fn open() -> Self {
        Self { channel: BroadcastChannel::new("lantoa").ok().map(Rc::new) }
    }

    /// Tells the other tabs.
    pub fn tell(&self, what: &Happened) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(&what.write()));
        }
    }

    /// Calls `then` with what other tabs tell, as long as the app runs.
    pub fn on_message(&self, then: impl Fn(Happened) + 'static) {
        let Some(channel) = &self.channel else { return };
        let callback = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A tab of another version may say what this one does not know.
            let said = event.data().as_string().and_then(|text| Happened::read(&text));
            said.into_iter().for_each(&then);
        });
        channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        callback.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_tab_tells_another_reads() {
        let clock = Clock { ahead: -250, heard: Some(1_797_382_800_000), round_trip: None };
        let line = Line { is_outdated: true, last_contact: Some(7), clock, ..Line::default() };
        let all = [
            Happened::Kept,
            Happened::Judged,
            Happened::Changed { programme: true },
            Happened::Changed { programme: false },
            Happened::Sending { done: 3, total: 40 },
            Happened::Line(line),
            Happened::Line(Line::default()),
            Happened::Session,
            Happened::StoreTrouble,
            Happened::StoreFull,
        ];
        for what in all {
            assert_eq!(Happened::read(&what.write()), Some(what));
        }
    }

    #[test]
    fn what_only_another_version_says_is_passed_over() {
        for text in ["", "grown", "line 1 2", "changed", "{\"line\":{}}"] {
            assert_eq!(Happened::read(text), None, "{text}");
        }
    }
}

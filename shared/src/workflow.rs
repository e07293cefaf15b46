//! The steps of a report: where each leads, and what it asks for.
//!
//! draft → (ready →) submitted → accepted, or returned and submitted again. After acceptance only
//! a new revision, opened with a reason. An entry of a register can be withdrawn once it went up, for good; before, its
//! draft can be thrown away.

use crate::{
    op::Command,
    record::{Event, Record, State},
};

impl Command {
    /// Where the step leads.
    pub fn leads_to(self) -> State {
        match self {
            Self::HandOver => State::Ready,
            Self::TakeBack => State::Draft,
            Self::Approve => State::Submitted,
            Self::Accept => State::Accepted,
            Self::Return | Self::Reopen => State::Returned,
            Self::Withdraw | Self::Discard => State::Withdrawn,
        }
    }

    /// Whether the step can be taken from this state.
    pub fn may_follow(self, state: State) -> bool {
        match self {
            Self::HandOver => matches!(state, State::Draft | State::Returned),
            Self::TakeBack => state == State::Ready,
            Self::Approve => matches!(state, State::Draft | State::Ready | State::Returned),
            Self::Accept | Self::Return => state == State::Submitted,
            Self::Reopen => state == State::Accepted,
            Self::Withdraw => state != State::Withdrawn,
            Self::Discard => state == State::Draft,
        }
    }

    /// Whether the recipient hears of it. Steps inside the unit are nobody else's business.
    pub fn is_heard_above(self) -> bool {
        match self {
            Self::Approve | Self::Accept | Self::Return | Self::Reopen | Self::Withdraw => true,
            Self::HandOver | Self::TakeBack | Self::Discard => false,
        }
    }

    /// Whether the person must say why.
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Return | Self::Reopen | Self::Withdraw)
    }

    /// Whether the content must be without open problems.
    pub fn needs_clean_content(self) -> bool {
        matches!(self, Self::HandOver | Self::Approve)
    }
}

impl Record {
    /// Takes a step that was found allowed. A step seen before changes nothing.
    pub fn take(&mut self, event: Event) {
        if self.has_seen(&event.dot) {
            return;
        }
        self.mark_seen(&event.dot);
        self.state = event.command.leads_to();
        self.revision += u32::from(event.command == Command::Reopen);
        self.history.push(event);
    }
}

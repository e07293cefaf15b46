//! The honest state: what is on this phone only, on its way, at the centre, in need of a look.

use crate::sync::Line;

/// How the phone stands with the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncStatus {
    /// What to show first.
    pub phase: Phase,
    /// The same, whatever asks for this person.
    pub beneath: Phase,
    /// Things that exist on this phone only and go up by themselves.
    pub unsent: usize,
    /// Reports with remarks that exist on this phone only, until a step takes them along.
    pub remarks: usize,
    /// Recordings that exist on this phone only, until a person attaches them.
    pub recordings: usize,
    /// Things that ask for this person.
    pub attention: usize,
    /// When the centre last answered, in milliseconds since 1970.
    pub last_contact: Option<i64>,
    /// Whether the session is over: typing goes on, sending waits for a new sign-in.
    pub sign_in_needed: bool,
    /// Whether the centre no longer understands this version.
    pub update_needed: bool,
    /// Whether the centre shut this device out.
    pub is_revoked: bool,
}

impl SyncStatus {
    /// Whether nothing comes or goes until a person does something.
    pub fn is_paused(&self) -> bool {
        self.sign_in_needed || self.update_needed || self.is_revoked
    }
}

/// What to show first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// On this phone only.
    Local(usize),
    /// On their way.
    Sending {
        /// How many have arrived.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// Everything is at the centre.
    #[default]
    Synced,
    /// No network, and so many things wait for it.
    CutOff(usize),
    /// Nothing comes or goes until a person does something, and so many things wait: the session is over, the app is
    /// too old, or the centre shut this device out.
    Paused(usize),
    /// So many things ask for this person.
    Attention(usize),
}

/// What the status is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Things that exist on this phone only and go up by themselves.
    pub unsent: usize,
    /// Reports with remarks that exist on this phone only, until a step takes them along.
    pub remarks: usize,
    /// Recordings that exist on this phone only, until a person attaches them.
    pub recordings: usize,
    /// Things that ask for this person: what the centre did not take, and answers of which one is to be chosen.
    pub attention: usize,
    /// A push under way: arrived, and all.
    pub sending: Option<(usize, usize)>,
    /// How it stands with the line.
    pub line: Line,
}

impl Facts {
    /// Says how the phone stands with the centre.
    pub fn status(&self) -> SyncStatus {
        let here = self.unsent + self.remarks + self.recordings;
        let beneath = match *self {
            Self { line: Line { is_signed_out, is_outdated, is_revoked, .. }, .. }
                if is_signed_out || is_outdated || is_revoked =>
            {
                Phase::Paused(here)
            }
            Self { line: Line { is_cut_off: true, .. }, .. } => Phase::CutOff(here),
            Self { sending: Some((done, total)), .. } => Phase::Sending { done, total },
            _ if here > 0 => Phase::Local(here),
            _ => Phase::Synced,
        };
        SyncStatus {
            // What asks for a person comes before what goes on by itself.
            phase: if self.attention > 0 { Phase::Attention(self.attention) } else { beneath },
            beneath,
            unsent: self.unsent,
            remarks: self.remarks,
            recordings: self.recordings,
            attention: self.attention,
            last_contact: self.line.last_contact,
            sign_in_needed: self.line.is_signed_out,
            update_needed: self.line.is_outdated,
            is_revoked: self.line.is_revoked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsent_is_synced() {
        assert_eq!(Facts::default().status().phase, Phase::Synced);
    }

    #[test]
    fn without_a_network_the_phone_says_how_much_waits() {
        let line = Line { is_cut_off: true, ..Line::default() };
        let facts = Facts { unsent: 3, sending: Some((0, 3)), line, ..Facts::default() };
        assert_eq!(facts.status().phase, Phase::CutOff(3));
    }

    #[test]
    fn nothing_is_called_synced_while_a_remark_is_on_this_phone_only() {
        let facts = Facts { remarks: 2, ..Facts::default() };
        assert_eq!(facts.status().phase, Phase::Local(2));
        assert_eq!(Facts { unsent: 1, ..facts }.status().phase, Phase::Local(3));
    }

    #[test]
    fn nothing_is_called_synced_while_the_session_is_over_or_the_device_is_shut_out() {
        let line = Line { is_signed_out: true, ..Line::default() };
        assert_eq!(Facts { line, ..Facts::default() }.status().phase, Phase::Paused(0));
        let line = Line { is_revoked: true, ..Line::default() };
        assert_eq!(Facts { line, unsent: 2, ..Facts::default() }.status().phase, Phase::Paused(2));
    }

    #[test]
    fn what_asks_for_a_person_is_shown_first() {
        let facts = Facts { unsent: 3, attention: 1, sending: Some((0, 3)), ..Facts::default() };
        assert_eq!(facts.status().phase, Phase::Attention(1));
        assert_eq!(facts.status().beneath, Phase::Sending { done: 0, total: 3 });
        assert_eq!(facts.status().unsent, 3);
    }
}

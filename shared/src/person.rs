//! People, their roles inside units (R3), and what they may do.
//!
//! [`may`] is asked by the screen before it shows a button and obeyed by the server before it
//! does anything. Least privilege: what is not granted here is refused.

use crate::{op::Command, record::State};
use serde::{Deserialize, Serialize};

/// A role inside a unit (R3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Người lập: fills the unit's reports.
    Preparer,
    /// Thủ trưởng: approves them; may fill them too.
    Head,
    /// Reviews what other units send to this one.
    Reviewer,
    /// Sees and consolidates the figures of all units below.
    Consolidator,
    /// Keeps accounts and settings.
    Administrator,
    /// Reads what the unit may read.
    Reader,
}

/// A role held in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The unit's code.
    pub unit: String,
    /// The role held there.
    pub role: Role,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account's stable id.
    pub id: String,
    /// What one signs in with.
    pub account: String,
    /// Full name.
    pub name: String,
    /// Roles in units; one person may hold several.
    pub memberships: Vec<Membership>,
}

impl Person {
    /// Whether the person holds any of `roles` in `unit`.
    pub fn holds(&self, unit: &str, roles: &[Role]) -> bool {
        self.memberships.iter().any(|membership| membership.unit == unit && roles.contains(&membership.role))
    }

    /// Whether the person belongs to the unit in any role.
    pub fn belongs_to(&self, unit: &str) -> bool {
        self.memberships.iter().any(|membership| membership.unit == unit)
    }
}

/// What is asked of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See it.
    Read,
    /// Change a field.
    Edit,
    /// Take a step of the workflow.
    Take(Command),
}

/// What [`may`] needs to know of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The unit that files it.
    pub unit: &'a str,
    /// The unit that receives it.
    pub recipient: &'a str,
    /// The units above the recipient, nearest first.
    pub line: &'a [String],
    /// Where it stands.
    pub state: State,
    /// Whether it is an entry of a register.
    pub is_entry: bool,
    /// Whether it was ever sent to its recipient.
    pub has_gone_up: bool,
    /// Whether the person made any of it and it is of a kind that needs a second pair of eyes (R73).
    pub is_own_work: bool,
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The person has no role in the units concerned.
    NotYourUnit,
    /// The person's role does not include it.
    NotYourRole,
    /// The record does not stand where this can be done.
    WrongState,
    /// Whoever made it does not decide on it (R73).
    OwnWork,
}

/// Whether `person` may do `action` to a record that stands as `record` says.
///
/// # Errors
/// The reason why not, for the person to read.
pub fn may(person: &Person, action: Action, record: Standing<'_>) -> Result<(), Denial> {
    let own = |roles: &[Role]| grant(person, record.unit, roles);
    let receiving = |roles: &[Role]| grant(person, record.recipient, roles);
    let if_it_stands = |fits: bool| if fits { Ok(()) } else { Err(Denial::WrongState) };
    match action {
        Action::Read => may_read(person, record),
        Action::Edit => {
            own(&[Role::Preparer, Role::Head]).and_then(|()| if_it_stands(record.state.is_open()))
        }
        Action::Take(command) => {
            let granted = match command {
                Command::HandOver | Command::TakeBack => own(&[Role::Preparer, Role::Head]),
                Command::Approve => own(&[Role::Head]),
                Command::Accept | Command::Return | Command::Reopen => receiving(&[Role::Reviewer]),
                Command::Withdraw if !record.is_entry || !record.has_gone_up => Err(Denial::WrongState),
                Command::Discard if !record.is_entry || record.has_gone_up => Err(Denial::WrongState),
                Command::Discard => own(&[Role::Preparer, Role::Head]),
                // Whoever is asked by a parent acts at once; the recipient does, too, when the unit does not.
                Command::Withdraw => {
                    own(&[Role::Preparer, Role::Head]).or_else(|_| receiving(&[Role::Reviewer]))
                }
            };
            granted.and_then(|()| if_it_stands(command.may_follow(record.state)))?;
            let is_decision = command == Command::Accept;
            if is_decision && record.is_own_work { Err(Denial::OwnWork) } else { Ok(()) }
        }
    }
}

/// Whether `person` may say which items of the library every device is to have: whoever decides, or adds up, for the
/// unit that takes them in.
///
/// # Errors
/// The reason why not, for the person to read.
pub fn may_pin(person: &Person, recipient: &str) -> Result<(), Denial> {
    grant(person, recipient, &[Role::Reviewer, Role::Consolidator])
}

/// The filing unit reads everything; the recipient what was sent to it; the units above the
/// recipient what was sent, for their consolidation. A draft is nobody else's business, and nobody above the recipient
/// consolidates the entries of a register, which hold consents.
fn may_read(person: &Person, record: Standing<'_>) -> Result<(), Denial> {
    if person.belongs_to(record.unit) {
        return Ok(());
    }
    let line = if record.is_entry { &[] } else { record.line };
    let above = std::iter::once(record.recipient).chain(line.iter().map(String::as_str));
    let concerned = above
        .into_iter()
        .any(|unit| person.holds(unit, &[Role::Reviewer, Role::Consolidator, Role::Head, Role::Reader]));
    match (concerned, record.state) {
        (false, _) => Err(Denial::NotYourUnit),
        (true, State::Draft | State::Ready) => Err(Denial::WrongState),
        (true, _) => Ok(()),
    }
}

fn grant(person: &Person, unit: &str, roles: &[Role]) -> Result<(), Denial> {
    if person.holds(unit, roles) {
        Ok(())
    } else if person.belongs_to(unit) {
        Err(Denial::NotYourRole)
    } else {
        Err(Denial::NotYourUnit)
    }
}

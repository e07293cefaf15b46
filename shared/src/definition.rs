//! A form as its data file says it, before it is checked.
//!
//! The words here are the keys of the files under `programmes/`; nothing is computed. A definition
//! becomes a form one can fill only by passing the checks of the form room, which names form,
//! field and position of whatever is wrong. A key that nobody knows is a mistake where a file is loaded, and passed
//! over by an app that is older than the form.

use crate::language::Bilingual;
use serde::{Deserialize, Serialize};

/// A published version of a form, with its sections written out. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDefinition {
    /// `FA`, `FB`, …
    pub code: String,
    /// Counts up from 1 with every published change.
    pub version: u32,
    /// What the form is called on the screens.
    pub title: Bilingual,
    /// Types of the units that owe it or, of a register, may make entries.
    #[serde(default)]
    pub unit_types: Vec<String>,
    /// The form of a register: the unit to which its entries go. A report goes to its unit's own recipient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// The steps of the walk, in order.
    pub sections: Vec<SectionDefinition>,
}

/// One step of the walk through a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionDefinition {
    /// `HDR`, `PLAN`, `FA2`, …
    pub code: String,
    /// What the section is called on the screens.
    pub title: Bilingual,
    /// Fields in the order in which they are asked; members of a group follow their group.
    pub fields: Vec<FieldDefinition>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDefinition {
    /// Stable code, unique in the form; `group.member` inside a repeating group. The same code in
    /// two forms is the same indicator.
    pub code: String,
    /// The question.
    pub label: Bilingual,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The choice list of `enum` and `multi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// Unit of measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Bilingual>,
    /// Whether an answer is owed.
    #[serde(default)]
    pub required: Required,
    /// Smallest and largest number, text length, number of files, or megabytes of one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(i64, i64)>,
    /// Whether a number is written without marks between thousands: a year, a document's number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub plain: bool,
    /// Of a long text: it is an article, in the small markup of [`crate::prose`], and this is the field whose files are
    /// its pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prose: Option<String>,
    /// Asked only when this expression is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Computed by this expression; no one types it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Filled from the background, by name; no one types it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckDefinition>,
    /// How the field adds up over units: `sum`, `ratio(a,b)`, `share_true`, `count_by`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consolidate: Option<String>,
    /// Stock or flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeKind>,
    /// Codes of the targets it feeds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// A sentence that helps to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Bilingual>,
}

/// A condition on the content of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDefinition {
    /// Whether breaking it blocks the submission.
    pub severity: Severity,
    /// What must hold. It fires only when it is false; empty input never fires it.
    pub rule: String,
    /// What is wrong and how to mend it; `{code}` shows the field's value.
    pub message: Bilingual,
}

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Lets through, but asks for a note.
    Warning,
    /// Blocks submission, never saving.
    Error,
}

/// Whether an answer is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Always.
    Yes,
    /// Never.
    #[default]
    No,
    /// Filled by the system.
    Auto,
    /// Whenever it is relevant.
    Cond,
    /// In annual and stage reports; optional in the others.
    Year,
}

/// A state at the cut-off date, or something that happened within the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// State at the cut-off date; never added over periods.
    Stock,
    /// Happened within the period; added over periods that do not overlap.
    Flow,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Whole number, not negative unless the range says so.
    Int,
    /// Decimal number.
    Dec,
    /// Whole đồng.
    Money,
    /// Share of a hundred, always computed.
    Pct,
    /// One line.
    Text,
    /// Several lines.
    Long,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// A day and a time of day.
    Datetime,
    /// One choice.
    Enum,
    /// Several choices.
    Multi,
    /// One file.
    File,
    /// Several files.
    Files,
    /// Web address.
    Url,
    /// A unit.
    Unit,
    /// Several units.
    Units,
    /// An account.
    Person,
    /// Vietnamese telephone number.
    Phone,
    /// Mail address.
    Email,
    /// A record of another form.
    Ref,
    /// Several records of another form.
    Refs,
    /// Repeating rows; its members follow.
    Group,
    /// An identifier made by the device.
    Uuid,
    /// SHA-256 of something, lower-case hex.
    Hash,
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code, kept in records.
    pub code: String,
    /// What the screens say.
    pub label: Bilingual,
}

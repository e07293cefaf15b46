//! What a unit owes: this form, for this period, by this date, to this recipient.
//!
//! A report's record bears the id of its duty. Two devices of one school that both begin the
//! report without a network therefore fill one record, and meet field by field instead of
//! leaving two halves.

use crate::date::Date;
use crate::period::Period;
use serde::{Deserialize, Serialize};

/// This unit owes this form for this period by this date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The unit that files.
    pub unit: String,
    /// The form's code.
    pub form: String,
    /// The form's version, pinned when the duty was made.
    pub form_version: u32,
    /// The period reported on.
    pub period: Period,
    /// Last day for filing (working days after the cut-off, rules.md section 1).
    pub due: Date,
    /// The unit that receives.
    pub recipient: String,
}

impl Duty {
    /// The id of the duty and of the record that fulfils it: `FA:2026-year:SCH-0001`.
    pub fn id(&self) -> String {
        format!("{}:{}:{}", self.form, self.period, self.unit)
    }
}

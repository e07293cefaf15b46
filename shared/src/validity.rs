//! Until when something that was approved may be used: a consent that runs out ends the use with it.
//!
//! Invariant: the form's own rule decides, asked for later days; nothing of what it says is written here a second time.

use crate::{
    date::Date,
    op::Path,
    record::Record,
    report::FilledForm,
    value::{Datum, Value},
};

/// The last day on which the rule `code` of the form is met, from the form's `today` on; `None` if it is not met today,
/// [`Date::LAST`] if nothing ends it or the form has no such rule.
///
/// What a rule says of a day can change only with a day that stands in the record, so it is asked about the day after
/// each.
pub fn last_day(form: FilledForm<'_>, record: &Record, code: &str) -> Option<Date> {
    if form.form.field(code).is_none() {
        return Some(Date::LAST);
    }
    let path = Path::field(code);
    let is_met = |today| {
        let sheet = FilledForm { today, ..form }.sheet(record);
        sheet.cell(&path).is_some_and(|cell| cell.datum == Datum::Bool(true))
    };
    if !is_met(form.today) {
        return None;
    }
    let dates = record.fields.keys().filter_map(|path| match record.value(path) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    });
    let mut days: Vec<Date> = dates.filter(|day| *day >= form.today).collect();
    days.sort_unstable();
    days.dedup();
    let ends = days.into_iter().find(|day| day.plus(1).is_some_and(|next| !is_met(next)));
    Some(ends.unwrap_or(Date::LAST))
}

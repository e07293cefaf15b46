//! Figures, told as lines of JSON to whoever makes a table of them: every measurement, and what it should be.

use serde_json::json;

/// One figure: what, in which unit, everything that was measured, and what its middle is not to exceed.
pub fn tell(what: &str, unit: &str, values: &[f64], at_most: Option<f64>) {
    println!("{}", json!({"what": what, "unit": unit, "values": values, "at_most": at_most}));
}

/// The same for what is to be reached.
pub fn tell_at_least(what: &str, unit: &str, values: &[f64], at_least: f64) {
    println!("{}", json!({"what": what, "unit": unit, "values": values, "at_least": at_least}));
}

/// The value in the middle.
pub fn middle(values: &[f64]) -> f64 {
    quantile(values, 50)
}

/// The smallest value that at least this share of all values does not exceed.
pub fn quantile(values: &[f64], percent: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent).div_ceil(100).max(1) - 1;
    values.get(at).copied().unwrap_or(f64::NAN)
}

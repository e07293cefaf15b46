//! A figure: what was measured, how often, its spread, and the goal that stands beside it.
//!
//! The same figures become the table for people and the JSON for comparing two runs.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

/// What a figure should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
}

impl Goal {
    fn is_missed(self, value: f64) -> bool {
        match self {
            Self::AtMost(goal) => value > goal,
            Self::AtLeast(goal) => value < goal,
        }
    }

    fn number(self) -> f64 {
        match self {
            Self::AtMost(goal) | Self::AtLeast(goal) => goal,
        }
    }
}

impl std::fmt::Display for Goal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if matches!(self, Self::AtMost(_)) { '≤' } else { '≥' };
        write!(formatter, "{sign} {}", self.number())
    }
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// Its unit: `ms`, `kB`, `MB`, `MB/s`, `/s`, `×`.
    pub unit: &'static str,
    /// What it should be, in the same unit, where the design names it.
    pub goal: Option<Goal>,
    /// Every measurement, in ascending order; never empty.
    values: Vec<f64>,
}

impl Figure {
    /// A figure that was measured once.
    pub fn once(what: &str, unit: &'static str, value: f64) -> Self {
        Self { what: what.to_owned(), unit, goal: None, values: vec![value] }
    }

    /// A figure that another program measured: `{"what", "unit", "values", "at_most"}`, or `"at_least"`; `None` where
    /// it is none.
    pub fn told(line: &str) -> Option<Self> {
        let told: Value = serde_json::from_str(line).ok()?;
        let unit =
            ["ms", "kB", "MB", "MB/s", "/s", "×", ""].into_iter().find(|unit| told["unit"] == *unit)?;
        let mut values: Vec<f64> = told["values"].as_array()?.iter().filter_map(Value::as_f64).collect();
        values.sort_by(f64::total_cmp);
        let most = told["at_most"].as_f64().map(Goal::AtMost);
        let goal = most.or_else(|| told["at_least"].as_f64().map(Goal::AtLeast));
        let what = told["what"].as_str()?.to_owned();
        (!values.is_empty()).then_some(Self { what, unit, goal, values })
    }

    /// Times in milliseconds; `None` where nothing was measured.
    pub fn times(what: &str, times: &[Duration]) -> Option<Self> {
        let mut values: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        values.sort_by(f64::total_cmp);
        (!values.is_empty()).then(|| Self { what: what.to_owned(), unit: "ms", goal: None, values })
    }

    /// Says of what it is a figure.
    pub fn of(mut self, whose: &str) -> Self {
        self.what = format!("{whose}: {}", self.what);
        self
    }

    /// Puts the goal beside it.
    pub fn at_most(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::AtMost(goal));
        self
    }

    /// Puts a goal beside it that is to be reached.
    pub fn at_least(mut self, goal: f64) -> Self {
        self.goal = Some(Goal::AtLeast(goal));
        self
    }

    /// The smallest value that at least this share of all values does not exceed.
    fn quantile(&self, percent: usize) -> f64 {
        let at = (self.values.len() * percent).div_ceil(100).max(1) - 1;
        self.values[at]
    }

    fn is_missed(&self) -> bool {
        self.goal.is_some_and(|goal| goal.is_missed(self.quantile(50)))
    }
}

/// The table for people.
pub fn table(figures: &[Figure]) -> String {
    let mut text =
        format!("{:<66} {:>4} {:>9} {:>9} {:>9} {:>9}\n", "what", "n", "min", "median", "p95", "goal");
    for figure in figures {
        let goal = figure.goal.map(|goal| goal.to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "{:<66} {:>4} {:>9.1} {:>9.1} {:>9.1} {goal:>9}{}",
            format!("{}, {}", figure.what, figure.unit),
            figure.values.len(),
            figure.quantile(0),
            figure.quantile(50),
            figure.quantile(95),
            if figure.is_missed() { "  missed" } else { "" }
        );
    }
    text
}

/// The same as JSON, one object a figure.
pub fn json(figures: &[Figure]) -> String {
    let rows: Vec<Value> = figures
        .iter()
        .map(|figure| {
            json!({
                "what": figure.what, "unit": figure.unit, "n": figure.values.len(),
                "min": figure.quantile(0), "median": figure.quantile(50), "p95": figure.quantile(95),
                "goal": figure.goal.map(Goal::number),
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: impl IntoIterator<Item = u64>) -> Figure {
        let times: Vec<Duration> = values.into_iter().map(Duration::from_millis).collect();
        Figure::times("x", &times).unwrap()
    }

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let many = figure((1..=100).rev());
        assert_eq!([0, 50, 95].map(|percent| many.quantile(percent)), [1.0, 50.0, 95.0]);
        let few = figure([3, 1]);
        assert_eq!([0, 50, 95].map(|percent| few.quantile(percent)), [1.0, 1.0, 3.0]);
        assert!(Figure::times("x", &[]).is_none());
    }

    #[test]
    fn a_missed_goal_is_said_in_its_row_and_nowhere_else() {
        let figures = [figure([5]).at_most(4.0), figure([5]).at_most(5.0), figure([5])];
        let text = table(&figures);
        let rows: Vec<bool> = text.lines().skip(1).map(|row| row.ends_with("missed")).collect();
        assert_eq!(rows, [true, false, false]);
        let kept: Value = serde_json::from_str(&json(&figures)).unwrap();
        assert_eq!((kept[0]["goal"].as_f64(), kept[2]["goal"].as_f64()), (Some(4.0), None));
    }
}

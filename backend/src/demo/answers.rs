//! Invented answers: what a unit would have typed, field by field.
//!
//! Figures hang together (informed ≤ total, sums fit), so that the checks of the forms find
//! nothing or only what a note answers.

pub mod blocks;
pub mod commune;
pub mod school;

use lantoa_shared::date::Date;
use lantoa_shared::{op::Path, value::Value};

/// Answers in the order in which they were typed.
#[derive(Debug, Default)]
pub struct Answers {
    /// Place and value.
    pub entries: Vec<(Path, Value)>,
    rows: u32,
}

impl Answers {
    /// Types a number.
    pub fn int(&mut self, code: &str, number: i64) {
        self.put(Path::field(code), Value::Int(number));
    }

    /// Types a text.
    pub fn text(&mut self, code: &str, text: &str) {
        self.put(Path::field(code), Value::Text(text.into()));
    }

    /// Answers yes or no.
    pub fn yes_no(&mut self, code: &str, answer: bool) {
        self.put(Path::field(code), Value::Bool(answer));
    }

    /// Chooses one.
    pub fn choice(&mut self, code: &str, choice: &str) {
        self.put(Path::field(code), Value::Choice(choice.into()));
    }

    /// Chooses several.
    pub fn choices(&mut self, code: &str, choices: &[&str]) {
        self.put(
            Path::field(code),
            Value::Choices(choices.iter().map(|choice| (*choice).to_owned()).collect()),
        );
    }

    /// Gives a day.
    pub fn day(&mut self, code: &str, day: Date) {
        self.put(Path::field(code), Value::Date(day));
    }

    /// Adds a row to a group.
    pub fn row(&mut self, group: &str, members: Vec<(&str, Value)>) {
        self.rows += 1;
        // Row ids sort in the order in which rows were added, as time-ordered ids do.
        let row = format!("00000000-0000-7000-8000-{:012x}", self.rows);
        self.put(Path::row(group, &row), Value::Bool(true));
        for (member, value) in members {
            self.put(Path::member(group, &row, member), value);
        }
    }

    /// Puts a value at a place.
    pub fn put(&mut self, path: Path, value: Value) {
        self.entries.push((path, value));
    }
}

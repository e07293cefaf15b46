//! Values as people in Việt Nam write and read them: 1.234,5 and 14/12/2026.
//!
//! Reading never loses anything: what cannot be understood comes back as [`Value::Unparsed`] with
//! the very text that was typed. Showing a value and reading it again gives the same value.

pub mod day;
pub mod fold;
pub mod length;
pub mod normal;
pub mod number;

use crate::{
    definition::{FieldDefinition, FieldType},
    language::Language,
    value::{Datum, Decimal, Value},
};

/// Reads what was typed into a field. `None` if it is empty. Choices, units and files do not come
/// as text; their controls give values themselves.
pub fn read(kind: FieldType, typed: &str) -> Option<Value> {
    let text = normal::composed(typed);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    let understood = match kind {
        FieldType::Int | FieldType::Money => number::read_whole(trimmed).map(Value::Int),
        FieldType::Dec | FieldType::Pct => number::read(trimmed).map(Value::Decimal),
        FieldType::Date | FieldType::Datetime => day::read(trimmed).map(Value::Date),
        FieldType::Bool => match trimmed {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        FieldType::Enum => Some(Value::Choice(trimmed.to_owned())),
        FieldType::Unit => Some(Value::Unit(trimmed.to_owned())),
        FieldType::Multi => Some(Value::Choices(trimmed.split_whitespace().map(str::to_owned).collect())),
        FieldType::Units => Some(Value::Units(trimmed.split_whitespace().map(str::to_owned).collect())),
        _ => return Some(Value::Text(text)),
    };
    Some(understood.unwrap_or(Value::Unparsed(text)))
}

/// The text a field's control shows for a value: what was typed, in the usual form.
pub fn show_in(field: &FieldDefinition, value: &Value) -> String {
    match value {
        Value::Int(number) if field.plain => number.to_string(),
        _ => show(value),
    }
}

/// The text of a value in its usual form, wherever it stands.
pub fn show(value: &Value) -> String {
    match value {
        Value::Int(number) => number::show(Decimal::new(*number, 0)),
        Value::Decimal(number) => number::show(*number),
        Value::Text(text) | Value::Unparsed(text) | Value::Choice(text) | Value::Unit(text) => text.clone(),
        Value::Bool(answer) => answer.to_string(),
        Value::Date(date) => day::show(*date),
        Value::Choices(codes) | Value::Units(codes) => codes.join(" "),
        Value::File(file) => file.name.clone(),
        Value::Files(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// The text that tells a reader the value of a field: choices by their names, shares with a sign.
pub fn tell(
    field: &FieldDefinition,
    datum: &Datum,
    choice: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> String {
    let named = |code: &String| choice(code).unwrap_or_else(|| code.clone());
    match datum {
        Datum::Empty => String::new(),
        Datum::Number(number) if field.kind == FieldType::Pct => number::share(*number),
        Datum::Number(number) if field.plain => number.to_string(),
        Datum::Number(number) => number::exact(*number),
        Datum::Text(text) => named(text),
        Datum::Bool(answer) => match (answer, language) {
            (true, Language::Vi) => "Có".to_owned(),
            (false, Language::Vi) => "Không".to_owned(),
            (true, Language::En) => "Yes".to_owned(),
            (false, Language::En) => "No".to_owned(),
        },
        Datum::Date(date) => day::show(*date),
        Datum::Set(codes) => codes.iter().map(named).collect::<Vec<_>>().join(", "),
    }
}

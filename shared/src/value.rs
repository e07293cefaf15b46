//! What a person entered into a field.
//!
//! A [`Value`] is exactly what was meant, or – when it could not be understood – exactly what
//! was typed ([`Value::Unparsed`]): input is never thrown away, it only becomes a problem.
//! An empty field is the absence of a value, never zero.

use crate::date::Date;
use num_rational::Ratio;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An exact number: sums, ratios and thresholds never pass through floating point.
pub type Exact = Ratio<i128>;

/// The typed answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A whole number: `int` and `money` (đồng).
    Int(i64),
    /// A decimal number: `dec`.
    Decimal(Decimal),
    /// One or many lines: `text`, `long`, `url`, `phone`, `email`.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A day of the civil calendar in Việt Nam.
    Date(Date),
    /// The code of one choice of the field's list.
    Choice(String),
    /// Codes of several choices, in the list's order.
    Choices(Vec<String>),
    /// The code of a unit.
    Unit(String),
    /// Codes of several units.
    Units(Vec<String>),
    /// One attached file.
    File(FileRef),
    /// Several attached files.
    Files(Vec<FileRef>),
    /// What was typed and could not be understood; kept, and shown as a problem.
    Unparsed(String),
}

/// A file by its content: the bytes travel apart from the op that mentions them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// The name the person's device gave it; shown, never used as a path.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
    /// Media type as the device named it; the server looks for itself.
    pub mime: String,
    /// How long it plays, in seconds, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// Whether the device took out what tells where and with which camera it was made, or found nothing of that kind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub location_removed: bool,
    /// The hash of what is shown of it before it plays, if it is a film and the device that attached it could draw that:
    /// a JPEG, and a file of its own. It goes with its film: who may have the one may have the other, and where the film
    /// is not named it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<String>,
}

/// What a form may fill in about the files of a field, behind its code: `files.seconds`.
pub const FILE_FACTS: [&str; 2] = ["seconds", "location_removed"];

impl FileRef {
    /// A larger poster is not shown, in bytes.
    pub const LARGEST_POSTER: u64 = 1024 * 1024;

    /// The hashes of all bytes that it names: its own, and those of its poster.
    pub fn hashes(&self) -> impl Iterator<Item = &str> {
        [self.sha256.as_str()].into_iter().chain(self.poster.as_deref())
    }

    /// Whether it is something to read, which no camera made.
    fn is_read(&self) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("pdf"))
    }

    /// One of the [`FILE_FACTS`] about several files together.
    pub fn fact(files: &[Self], fact: &str) -> Datum {
        if files.is_empty() {
            return Datum::Empty;
        }
        match fact {
            "seconds" => {
                let all: Option<Vec<u32>> = files.iter().map(|file| file.seconds).collect();
                let sum = all.map(|all| all.into_iter().map(i128::from).sum());
                sum.map_or(Datum::Empty, |sum| Datum::Number(Exact::from_integer(sum)))
            }
            "location_removed" => Datum::Bool(files.iter().all(|it| it.location_removed || it.is_read())),
            _ => Datum::Empty,
        }
    }
}

/// An exact decimal as typed: `units` × 10^-`scale`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

impl Decimal {
    /// `units` × 10^-`scale`, brought to its shortest form.
    pub fn new(mut units: i64, mut scale: u8) -> Self {
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Self { units, scale }
    }

    /// Reads the machine form `-12.5` (a dot, no grouping); `None` if it is anything else.
    pub fn from_machine_text(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if digits.is_empty() || !all_digits(digits) || !all_digits(fraction) || fraction.len() > 9 {
            return None;
        }
        let units = format!("{whole}{fraction}").parse().ok()?;
        Some(Self::new(units, u8::try_from(fraction.len()).ok()?))
    }

    /// The machine form `-12.5`.
    pub fn machine_text(self) -> String {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The same number as an exact fraction.
    pub fn exact(self) -> Exact {
        Exact::new(i128::from(self.units), 10_i128.pow(u32::from(self.scale)))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.machine_text())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_machine_text(&text).ok_or_else(|| D::Error::custom("not a decimal number"))
    }
}

/// What a field amounts to once it is read by a rule: entered or computed, empty or not.
///
/// Figures kept beside an accepted report, previous values and results of formulas have this type.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Datum {
    /// Nothing there, or nothing that could be understood.
    #[default]
    Empty,
    /// A number of any kind.
    #[serde(with = "exact_text")]
    Number(Exact),
    /// Text, a choice's code, a unit's code.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// Codes of several choices or units; names of several files.
    Set(Vec<String>),
}

impl From<Option<&Value>> for Datum {
    fn from(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Unparsed(_)) => Self::Empty,
            Some(Value::Int(number)) => Self::Number(Exact::from_integer(i128::from(*number))),
            Some(Value::Decimal(number)) => Self::Number(number.exact()),
            Some(Value::Text(text)) if text.trim().is_empty() => Self::Empty,
            Some(Value::Text(text) | Value::Choice(text) | Value::Unit(text)) => Self::Text(text.clone()),
            Some(Value::Bool(answer)) => Self::Bool(*answer),
            Some(Value::Date(day)) => Self::Date(*day),
            Some(Value::Choices(codes) | Value::Units(codes)) if codes.is_empty() => Self::Empty,
            Some(Value::Choices(codes) | Value::Units(codes)) => Self::Set(codes.clone()),
            Some(Value::File(file)) => Self::Text(file.name.clone()),
            Some(Value::Files(files)) if files.is_empty() => Self::Empty,
            Some(Value::Files(files)) => Self::Set(files.iter().map(|file| file.name.clone()).collect()),
        }
    }
}

/// Exact numbers on the wire: `"12"` or `"4/7"`.
mod exact_text {
    use super::Exact;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(number: &Exact, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (numerator, denominator) = text.split_once('/').unwrap_or((&text, "1"));
        match (numerator.parse(), denominator.parse::<i128>()) {
            (Ok(numerator), Ok(denominator)) if denominator > 0 => Ok(Exact::new(numerator, denominator)),
            _ => Err(D::Error::custom("not an exact number")),
        }
    }
}

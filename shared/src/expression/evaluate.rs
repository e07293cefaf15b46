//! Evaluates an expression, three-valued and exact.

use super::tree::{Expression, Function, Node, Operator, Symbol};
use crate::date::Date;
use crate::{
    background::{Background, Figures},
    duty::Duty,
    record::State,
    value::{Datum, Exact},
};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

/// Where an expression finds what it names.
pub trait Scope {
    /// The value of a field; for `group.member` the one in `row`. Empty where it is not relevant.
    fn field(&self, code: &str, row: Option<usize>) -> Datum;
    /// How many rows a group has.
    fn rows(&self, group: &str) -> usize;
    /// What lies outside the record.
    fn background(&self) -> &Background;
    /// The day in Việt Nam.
    fn today(&self) -> Date;
    /// Where the record stands.
    fn state(&self) -> State;
}

/// Evaluates an expression; `row` is the row it stands in, if it belongs to a group.
pub fn evaluate(expression: &Expression, scope: &dyn Scope, row: Option<usize>) -> Datum {
    let value = |part: &Expression| evaluate(part, scope, row);
    match &expression.node {
        Node::Number(number) => Datum::Number(number.exact()),
        Node::Text(text) => Datum::Text(text.clone()),
        Node::Bool(answer) => Datum::Bool(*answer),
        Node::Field(code) => scope.field(code, row),
        Node::Symbol(symbol) => known(symbol, scope),
        Node::Not(inner) => truth(&value(inner)).map_or(Datum::Empty, |answer| Datum::Bool(!answer)),
        Node::Negate(inner) => number(&value(inner))
            .and_then(|number| Exact::zero().checked_sub(&number))
            .map_or(Datum::Empty, Datum::Number),
        Node::Two(operator, left, right) => match operator {
            Operator::And => kleene(value(left), || value(right), false),
            Operator::Or => kleene(value(left), || value(right), true),
            _ => two(*operator, &value(left), &value(right)).unwrap_or_default(),
        },
        Node::Call(function, arguments) => call(*function, arguments, scope, row).unwrap_or_default(),
    }
}

/// `and` and `or` of three-valued logic: `decisive` on either side decides whatever the other is.
fn kleene(left: Datum, right: impl FnOnce() -> Datum, decisive: bool) -> Datum {
    let left = truth(&left);
    if left == Some(decisive) {
        return Datum::Bool(decisive);
    }
    match (left, truth(&right())) {
        (_, Some(right)) if right == decisive => Datum::Bool(decisive),
        (Some(_), Some(right)) => Datum::Bool(right),
        _ => Datum::Empty,
    }
}

fn two(operator: Operator, left: &Datum, right: &Datum) -> Option<Datum> {
    use std::cmp::Ordering;
    if let Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide = operator {
        let (left, right) = (number(left)?, number(right)?);
        let result = match operator {
            Operator::Add => left.checked_add(&right),
            Operator::Subtract => left.checked_sub(&right),
            Operator::Multiply => left.checked_mul(&right),
            _ if right.is_zero() => None,
            _ => left.checked_div(&right),
        };
        return result.map(Datum::Number);
    }
    let order = match (left, right) {
        (Datum::Number(left), Datum::Number(right)) => left.cmp(right),
        (Datum::Date(left), Datum::Date(right)) => left.cmp(right),
        (Datum::Text(left), Datum::Text(right)) => left.cmp(right),
        (Datum::Bool(left), Datum::Bool(right)) => left.cmp(right),
        _ => return None,
    };
    Some(Datum::Bool(match operator {
        Operator::Equal => order == Ordering::Equal,
        Operator::Unequal => order != Ordering::Equal,
        Operator::Less => order == Ordering::Less,
        Operator::AtMost => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    }))
}

fn known(symbol: &Symbol, scope: &dyn Scope) -> Datum {
    let duty = &scope.background().duty;
    match symbol {
        Symbol::PeriodStart => Datum::Date(scope.background().start()),
        Symbol::Cutoff => Datum::Date(scope.background().end()),
        Symbol::Due => Datum::Date(duty.due),
        Symbol::Today => Datum::Date(scope.today()),
        Symbol::Status => Datum::Text(scope.state().code().to_owned()),
        Symbol::Unit(fact) => scope.background().unit.fact(fact),
    }
}

fn call(
    function: Function,
    arguments: &[Expression],
    scope: &dyn Scope,
    row: Option<usize>,
) -> Option<Datum> {
    use Function as F;
    let background = scope.background();
    let value = |index: usize| arguments.get(index).map(|argument| evaluate(argument, scope, row));
    let code = |index: usize| match &arguments.get(index)?.node {
        Node::Field(code) | Node::Text(code) => Some(code.as_str()),
        _ => None,
    };
    let count = |count: usize| Some(Datum::Number(Exact::from_integer(i128::try_from(count).ok()?)));
    match function {
        F::Has => match value(0)? {
            Datum::Set(chosen) => {
                Some(Datum::Bool(chosen.iter().any(|choice| Some(choice.as_str()) == code(1))))
            }
            _ => None,
        },
        F::Len => count(scope.rows(code(0)?)),
        F::Sum => sum(code(0)?, scope),
        F::Count => {
            let condition = arguments.get(1)?;
            let holds = |row: &usize| truth(&evaluate(condition, scope, Some(*row))) == Some(true);
            count((0..scope.rows(code(0)?)).filter(holds).count())
        }
        F::Filled => Some(Datum::Bool(value(0)? != Datum::Empty)),
        F::Prev => figure(&background.previous, code(0)?),
        F::H1 => figure(&background.h1, code(0)?),
        F::CountOf => {
            let key = match code(1) {
                Some(filter) => format!("{}:{filter}", code(0)?),
                None => code(0)?.to_owned(),
            };
            count(usize::try_from(*background.counts.get(&key)?).ok()?)
        }
        F::Setting => {
            let of_key = background.settings.get(code(0)?)?;
            let Datum::Text(kind) = value(1)? else { return None };
            of_key.get(&kind).or_else(|| of_key.get("*")).cloned()
        }
        F::Min => Some(Datum::Number(number(&value(0)?)?.min(number(&value(1)?)?))),
        F::Max => Some(Datum::Number(number(&value(0)?)?.max(number(&value(1)?)?))),
        F::Unique => unique(code(0)?, scope, row?),
        F::DocumentUnused => document_unused(&value(0)?, &value(1)?, &value(2)?, background),
        F::IsDocumentSymbol => text(&value(0)?).map(|text| Datum::Bool(is_document_symbol(text))),
        F::HasNoAcademicTitle => text(&value(0)?).map(|text| Datum::Bool(has_no_academic_title(text))),
        F::IsPdf => text(&value(0)?).map(|name| Datum::Bool(ends_with(name, "pdf"))),
        F::ContainsRecipient | F::ContainsOwnUnit => {
            let Duty { unit, recipient, .. } = &background.duty;
            let wanted = if function == F::ContainsOwnUnit { unit } else { recipient };
            set(value(0)?).map(|units| Datum::Bool(units.contains(wanted)))
        }
        F::AllEndWith => {
            let (names, endings) = (set(value(0)?)?, code(1)?);
            Some(Datum::Bool(names.iter().all(|name| ends_with(name, endings))))
        }
        F::SchoolsDue => count(usize::try_from(background.schools.as_ref()?.due).ok()?),
        F::SchoolsReported => count(usize::try_from(background.schools.as_ref()?.reported).ok()?),
        // As long as no report is accepted there is nothing to count, and nothing is not zero.
        F::SchoolsTrue => {
            let schools = background.schools.as_ref().filter(|schools| schools.reported > 0)?;
            count(usize::try_from(schools.trues.get(code(0)?).copied().unwrap_or(0)).ok()?)
        }
        F::SchoolsSum => background.schools.as_ref()?.sums.get(code(0)?).cloned(),
    }
}

fn figure(figures: &Figures, code: &str) -> Option<Datum> {
    figures.get(code).cloned()
}

/// 0 without rows; empty if rows are there and none is filled.
fn sum(code: &str, scope: &dyn Scope) -> Option<Datum> {
    let (group, _) = code.split_once('.')?;
    let rows = scope.rows(group);
    let mut total = (rows == 0).then(Exact::zero);
    for row in 0..rows {
        if let Some(number) = number(&scope.field(code, Some(row))) {
            total = Some(total.unwrap_or_default().checked_add(&number)?);
        }
    }
    total.map(Datum::Number)
}

fn unique(code: &str, scope: &dyn Scope, row: usize) -> Option<Datum> {
    let (group, _) = code.split_once('.')?;
    let mine = scope.field(code, Some(row));
    if mine == Datum::Empty {
        return None;
    }
    let twice = (0..scope.rows(group)).any(|other| other != row && scope.field(code, Some(other)) == mine);
    Some(Datum::Bool(!twice))
}

/// A number is used once per unit, symbol and calendar year (Decree 30/2020, article 15).
fn document_unused(number: &Datum, symbol: &Datum, day: &Datum, background: &Background) -> Option<Datum> {
    let (Datum::Number(number), Datum::Text(symbol), Datum::Date(day)) = (number, symbol, day) else {
        return None;
    };
    let document = format!("{number}/{}/{}", symbol.trim(), day.year());
    Some(Datum::Bool(!background.documents.contains(&document)))
}

/// `BC-` and the short name of whoever issues it, in capitals (Decree 30/2020, annex III).
fn is_document_symbol(text: &str) -> bool {
    text.trim().strip_prefix("BC-").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || "Đ.".contains(char))
    })
}

/// Whether the name of a file ends with a dot and one of some words, in capitals or not.
fn ends_with(name: &str, endings: &str) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else { return false };
    endings.split(' ').any(|its| its.eq_ignore_ascii_case(ending))
}

/// A signer's name stands without academic titles (Decree 30/2020, annex I, section II.7).
fn has_no_academic_title(text: &str) -> bool {
    const SHORT: [&str; 11] = ["gs", "pgs", "ts", "ths", "cn", "ks", "bs", "ncs", "tskh", "gvc", "pgsts"];
    const LONG: [&str; 10] = [
        "giáo sư",
        "phó giáo sư",
        "tiến sĩ",
        "tiến sỹ",
        "thạc sĩ",
        "thạc sỹ",
        "cử nhân",
        "kỹ sư",
        "bác sĩ",
        "bác sỹ",
    ];
    let name = text.trim().to_lowercase();
    let first = name.split([' ', ',']).next().unwrap_or_default();
    let is_short = SHORT.contains(&first.replace('.', "").as_str())
        || first.split_once('.').is_some_and(|(title, _)| SHORT.contains(&title));
    !is_short && !LONG.iter().any(|title| name.starts_with(title))
}

fn truth(datum: &Datum) -> Option<bool> {
    match datum {
        Datum::Bool(answer) => Some(*answer),
        _ => None,
    }
}

fn number(datum: &Datum) -> Option<Exact> {
    match datum {
        Datum::Number(number) => Some(*number),
        _ => None,
    }
}

fn set(datum: Datum) -> Option<Vec<String>> {
    match datum {
        Datum::Set(set) => Some(set),
        _ => None,
    }
}

fn text(datum: &Datum) -> Option<&str> {
    match datum {
        Datum::Text(text) => Some(text),
        _ => None,
    }
}

//! The type check of an expression against a form: a typing mistake is found when the form is
//! loaded, not when a school fills it.

use super::{
    Fault,
    tree::{Expression, Function, Node, Operator, Symbol},
};

/// The kind of thing an expression amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A text, a choice, a unit, a file.
    Text,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// Several choices, units or files.
    Set,
    /// Rows that repeat.
    Group,
    /// Known only to the registry or the settings; fits everywhere.
    Any,
}

impl Kind {
    fn fits(self, wanted: Self) -> bool {
        self == wanted || self == Self::Any || wanted == Self::Any
    }
}

/// What the form knows of its fields.
pub trait Names {
    /// The kind of a field by its code; `None` if there is no such field.
    fn kind(&self, code: &str) -> Option<Kind>;
    /// The choices of a field that has a list.
    fn has_choice(&self, code: &str, choice: &str) -> Option<bool>;
}

/// Checks names and kinds, and says what the expression amounts to.
///
/// `group` is the group whose row the expression is evaluated in, if any.
///
/// # Errors
/// The first mistake and its place.
pub fn check(expression: &Expression, names: &dyn Names, group: Option<&str>) -> Result<Kind, Fault> {
    let kind = |part: &Expression| check(part, names, group);
    let want = |part: &Expression, wanted: Kind| {
        let found = kind(part)?;
        if found.fits(wanted) {
            Ok(())
        } else {
            Err(Fault::new(part.at, format!("{part} is {found:?}, but {wanted:?} is wanted here")))
        }
    };
    match &expression.node {
        Node::Number(_) => Ok(Kind::Number),
        Node::Text(_) => Ok(Kind::Text),
        Node::Bool(_) => Ok(Kind::Bool),
        Node::Symbol(Symbol::Unit(_)) => Ok(Kind::Any),
        Node::Symbol(Symbol::Status) => Ok(Kind::Text),
        Node::Symbol(_) => Ok(Kind::Date),
        Node::Field(code) => field(expression, code, names, group),
        Node::Not(inner) => want(inner, Kind::Bool).map(|()| Kind::Bool),
        Node::Negate(inner) => want(inner, Kind::Number).map(|()| Kind::Number),
        Node::Two(operator, left, right) => match operator {
            Operator::And | Operator::Or => {
                want(left, Kind::Bool)?;
                want(right, Kind::Bool).map(|()| Kind::Bool)
            }
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
                want(left, Kind::Number)?;
                want(right, Kind::Number).map(|()| Kind::Number)
            }
            _ => compared(expression, *operator, left, right, names, group),
        },
        Node::Call(function, arguments) => call(expression, *function, arguments, names, group),
    }
}

fn field(at: &Expression, code: &str, names: &dyn Names, group: Option<&str>) -> Result<Kind, Fault> {
    let kind = names.kind(code).ok_or_else(|| Fault::new(at.at, format!("there is no field {code}")))?;
    match code.split_once('.') {
        Some((its_group, _)) if Some(its_group) != group => Err(Fault::new(
            at.at,
            format!("{code} has a value per row; use sum, count or unique outside its row"),
        )),
        _ => Ok(kind),
    }
}

fn compared(
    at: &Expression,
    operator: Operator,
    left: &Expression,
    right: &Expression,
    names: &dyn Names,
    group: Option<&str>,
) -> Result<Kind, Fault> {
    let (one, other) = (check(left, names, group)?, check(right, names, group)?);
    let ordered = matches!(one, Kind::Number | Kind::Date | Kind::Any);
    let equality = matches!(operator, Operator::Equal | Operator::Unequal);
    if !one.fits(other) || matches!(one, Kind::Set | Kind::Group) || !(equality || ordered) {
        let sign = operator.sign();
        return Err(Fault::new(at.at, format!("{one:?} and {other:?} cannot be compared with {sign}")));
    }
    for (code, text) in [(left, right), (right, left)] {
        let code = match &code.node {
            Node::Call(Function::Prev | Function::H1, arguments) => arguments.first(),
            _ => Some(code),
        };
        if let (Some(Node::Field(code)), Node::Text(choice)) = (code.map(|code| &code.node), &text.node)
            && names.has_choice(code, choice) == Some(false)
        {
            return Err(Fault::new(text.at, format!("{code} has no choice {choice}")));
        }
    }
    Ok(Kind::Bool)
}

fn call(
    at: &Expression,
    function: Function,
    arguments: &[Expression],
    names: &dyn Names,
    group: Option<&str>,
) -> Result<Kind, Fault> {
    use Function as F;
    let name = function.name();
    let (least, most) = match function {
        F::SchoolsDue | F::SchoolsReported => (0, 0),
        F::CountOf => (1, 2),
        F::Has | F::Count | F::Setting | F::Min | F::Max | F::AllEndWith => (2, 2),
        F::DocumentUnused => (3, 3),
        _ => (1, 1),
    };
    if !(least..=most).contains(&arguments.len()) {
        return Err(Fault::new(at.at, format!("{name} takes {most} arguments, not {}", arguments.len())));
    }
    let wants = |index: usize, wanted: Kind| -> Result<(), Fault> {
        let argument = &arguments[index];
        let found = check(argument, names, group)?;
        if found.fits(wanted) {
            Ok(())
        } else {
            Err(Fault::new(argument.at, format!("{name} wants {wanted:?} here, not {found:?}")))
        }
    };
    let plain_text = |index: usize| match &arguments[index].node {
        Node::Text(text) => Ok(text.as_str()),
        _ => Err(Fault::new(arguments[index].at, format!("{name} wants a text between quotes here"))),
    };
    let code = |index: usize| match &arguments[index].node {
        Node::Field(code) => Ok(code.as_str()),
        _ => Err(Fault::new(arguments[index].at, format!("{name} wants a field here"))),
    };
    let known =
        |code: &str| names.kind(code).ok_or_else(|| Fault::new(at.at, format!("there is no field {code}")));
    let member = |index: usize| {
        let code = code(index)?;
        match code.split_once('.') {
            Some(_) => known(code),
            None => Err(Fault::new(arguments[index].at, format!("{name} wants group.member here"))),
        }
    };
    match function {
        F::Has => {
            wants(0, Kind::Set)?;
            let choice = plain_text(1)?;
            if names.has_choice(code(0)?, choice) == Some(false) {
                return Err(Fault::new(arguments[1].at, format!("{} has no choice {choice}", arguments[0])));
            }
            Ok(Kind::Bool)
        }
        F::Len => wants(0, Kind::Group).map(|()| Kind::Number),
        F::Sum => match member(0)? {
            Kind::Number => Ok(Kind::Number),
            other => Err(Fault::new(arguments[0].at, format!("sum wants numbers, not {other:?}"))),
        },
        F::Count => {
            wants(0, Kind::Group)?;
            let group = code(0)?;
            match check(&arguments[1], names, Some(group))? {
                Kind::Bool | Kind::Any => Ok(Kind::Number),
                other => Err(Fault::new(arguments[1].at, format!("count wants a condition, not {other:?}"))),
            }
        }
        F::Filled => {
            let inner = match &arguments[0].node {
                Node::Call(F::Prev | F::H1, _) => check(&arguments[0], names, group),
                _ => code(0).and_then(|_| check(&arguments[0], names, group)),
            };
            inner.map(|_| Kind::Bool)
        }
        F::Prev | F::H1 => match code(0)? {
            code if code.contains('.') => {
                Err(Fault::new(arguments[0].at, format!("{name} cannot find a row of an earlier report")))
            }
            code => known(code),
        },
        F::CountOf => {
            plain_text(0)?;
            if arguments.len() == 2 {
                plain_text(1)?;
            }
            Ok(Kind::Number)
        }
        F::Setting => {
            plain_text(0)?;
            wants(1, Kind::Text).map(|()| Kind::Any)
        }
        F::Min | F::Max => {
            wants(0, Kind::Number)?;
            wants(1, Kind::Number).map(|()| Kind::Number)
        }
        // Outside its row `unique` has nothing to compare, so the field must belong to the row's group.
        F::Unique => {
            member(0)?;
            check(&arguments[0], names, group).map(|_| Kind::Bool)
        }
        F::DocumentUnused => {
            wants(0, Kind::Number)?;
            wants(1, Kind::Text)?;
            wants(2, Kind::Date).map(|()| Kind::Bool)
        }
        F::IsDocumentSymbol | F::HasNoAcademicTitle | F::IsPdf => wants(0, Kind::Text).map(|()| Kind::Bool),
        F::ContainsRecipient | F::ContainsOwnUnit => wants(0, Kind::Set).map(|()| Kind::Bool),
        F::AllEndWith => {
            wants(0, Kind::Set)?;
            plain_text(1).map(|_| Kind::Bool)
        }
        F::SchoolsDue | F::SchoolsReported => Ok(Kind::Number),
        F::SchoolsTrue | F::SchoolsSum => plain_text(0).map(|_| Kind::Number),
    }
}

//! The tree of an expression. It prints back to text that parses to the same tree.

use crate::value::{Decimal, Exact};
use std::fmt;

/// An expression and the place of each part in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// What it is.
    pub node: Node,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A number.
    Number(Decimal),
    /// A text between single quotes.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A field, or `group.member`.
    Field(String),
    /// Something that is known without a field.
    Symbol(Symbol),
    /// `not` or minus.
    Not(Box<Expression>),
    /// Minus before a number.
    Negate(Box<Expression>),
    /// Two sides.
    Two(Operator, Box<Expression>, Box<Expression>),
    /// A named function.
    Call(Function, Vec<Expression>),
}

/// What is known without a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Symbol {
    /// First day of the period.
    PeriodStart,
    /// Last day of the period, on which figures are cut off.
    Cutoff,
    /// Last day for filing.
    Due,
    /// The day in Việt Nam.
    Today,
    /// The record's state.
    Status,
    /// A fact of the registry about the unit, `unit.x`.
    Unit(String),
}

/// What stands between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }

    /// How tightly it binds; more binds tighter.
    pub(crate) fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Unequal | Self::Less | Self::AtMost | Self::Greater | Self::AtLeast => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
        }
    }
}

/// Strength of `not`: between `and` and the comparisons.
pub(crate) const NOT_STRENGTH: u8 = 3;
/// Strength of a minus before a number.
pub(crate) const NEGATE_STRENGTH: u8 = 7;

macro_rules! functions {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// The named functions. What each needs stands in its line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Function {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it is written.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

functions! {
    /// `has(multi, 'x')`: the choice is among those chosen.
    Has = "has";
    /// `len(group)`: number of rows.
    Len = "len";
    /// `sum(group.member)`: 0 without rows; empty if rows are there and none is filled.
    Sum = "sum";
    /// `count(group, condition)`: rows in which the condition is true.
    Count = "count";
    /// `filled(x)`: whether there is a value; never empty itself.
    Filled = "filled";
    /// `prev(x)`: the value in the unit's last accepted report of the same form.
    Prev = "prev";
    /// `h1(x)`: the value in the accepted six-month report of the same year.
    H1 = "h1";
    /// `count_of('FH')` or `count_of('FH', 'filter')`: records of another form; empty if not counted.
    CountOf = "count_of";
    /// `setting('key', x)`: a setting of the programme, by period kind.
    Setting = "setting";
    /// `min(a, b)`.
    Min = "min";
    /// `max(a, b)`.
    Max = "max";
    /// `unique(group.member)`: no other row has this row's value.
    Unique = "unique";
    /// `document_unused(number, symbol, date)`: this unit has not used the number (Decree 30/2020).
    DocumentUnused = "document_unused";
    /// `is_document_symbol(text)`: reads like `BC-THVN`.
    IsDocumentSymbol = "is_document_symbol";
    /// `has_no_academic_title(text)`: a signer's name bears no academic title (Decree 30/2020).
    HasNoAcademicTitle = "has_no_academic_title";
    /// `contains_recipient(units)`: the unit to which the report goes is among them.
    ContainsRecipient = "contains_recipient";
    /// `contains_own_unit(units)`: the unit that files the record is among them.
    ContainsOwnUnit = "contains_own_unit";
    /// `all_end_with(files, 'jpg png')`: the name of each file ends with a dot and one of these.
    AllEndWith = "all_end_with";
    /// `is_pdf(file)`.
    IsPdf = "is_pdf";
    /// `schools_due()`: schools below this unit that owe a report.
    SchoolsDue = "schools_due";
    /// `schools_reported()`: of those, the ones whose report was accepted.
    SchoolsReported = "schools_reported";
    /// `schools_true('code')`: accepted reports in which the field is true.
    SchoolsTrue = "schools_true";
    /// `schools_sum('code')`: sum over the accepted reports.
    SchoolsSum = "schools_sum";
}

impl fmt::Display for Symbol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PeriodStart => formatter.write_str("period_start"),
            Self::Cutoff => formatter.write_str("cutoff"),
            Self::Due => formatter.write_str("due"),
            Self::Today => formatter.write_str("today"),
            Self::Status => formatter.write_str("status"),
            Self::Unit(fact) => write!(formatter, "unit.{fact}"),
        }
    }
}

impl Expression {
    fn strength(&self) -> u8 {
        match &self.node {
            Node::Two(operator, _, _) => operator.strength(),
            Node::Not(_) => NOT_STRENGTH,
            Node::Negate(_) => NEGATE_STRENGTH,
            Node::Number(number) if number.exact() < Exact::from_integer(0) => NEGATE_STRENGTH,
            _ => u8::MAX,
        }
    }

    fn write_inside(&self, formatter: &mut fmt::Formatter<'_>, at_least: u8) -> fmt::Result {
        if self.strength() < at_least { write!(formatter, "({self})") } else { write!(formatter, "{self}") }
    }

    /// Calls `visit` for this part and every part below it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        visit(self);
        match &self.node {
            Node::Not(inner) | Node::Negate(inner) => inner.walk(visit),
            Node::Two(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|argument| argument.walk(visit)),
            _ => {}
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(number) => formatter.write_str(&number.machine_text()),
            Node::Text(text) => write!(formatter, "'{text}'"),
            Node::Bool(answer) => write!(formatter, "{answer}"),
            Node::Field(code) => formatter.write_str(code),
            Node::Symbol(symbol) => write!(formatter, "{symbol}"),
            Node::Not(inner) => {
                formatter.write_str("not ")?;
                inner.write_inside(formatter, NOT_STRENGTH)
            }
            Node::Negate(inner) => {
                formatter.write_str("-")?;
                inner.write_inside(formatter, NEGATE_STRENGTH)
            }
            Node::Two(operator, left, right) => {
                // Comparisons do not chain, so both of their sides bind tighter.
                let strength = operator.strength();
                left.write_inside(formatter, if strength == 4 { 5 } else { strength })?;
                write!(formatter, " {} ", operator.sign())?;
                right.write_inside(formatter, strength + 1)
            }
            Node::Call(function, arguments) => {
                write!(formatter, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(formatter, "{comma}{argument}")?;
                }
                formatter.write_str(")")
            }
        }
    }
}

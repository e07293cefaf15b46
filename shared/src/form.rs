//! A form that passed its checks and can be filled.
//!
//! Every expression is parsed, every name resolved, every kind checked, and the order of
//! computation is fixed; whoever holds a [`Form`] need not look for mistakes in it any more.

mod load;
mod order;

use crate::map::Map;
use crate::{
    definition::{Choice, FieldDefinition, FieldType, Severity},
    expression::{Expression, Function, Node},
    language::Bilingual,
};
use std::{fmt, ops::Range};

/// A form that can be filled.
#[derive(Debug, Clone)]
pub struct Form {
    /// `FA`, `FB`, …
    pub code: String,
    /// Its published version.
    pub version: u32,
    /// What it is called.
    pub title: Bilingual,
    /// Types of the units that owe it or, of a register, may make entries.
    pub unit_types: Vec<String>,
    /// The form of a register: the unit to which its entries go.
    pub recipient: Option<String>,
    /// The steps of the walk.
    pub sections: Vec<Section>,
    /// All fields in the order in which they are asked.
    pub fields: Vec<Field>,
    /// The choice lists it uses.
    pub lists: Map<String, Vec<Choice>>,
    pub(crate) index: Map<String, usize>,
    order: Vec<usize>,
}

/// One step of the walk.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: Bilingual,
    /// Its fields among [`Form::fields`].
    pub fields: Range<usize>,
}

/// One question with its rules.
#[derive(Debug, Clone)]
pub struct Field {
    /// What the data file says.
    pub definition: FieldDefinition,
    /// Which step of the walk it belongs to.
    pub section: usize,
    /// The group it repeats in.
    pub group: Option<String>,
    /// Asked only when this is true.
    pub relevant: Option<Expression>,
    /// Computed by this.
    pub formula: Option<Expression>,
    /// What must hold.
    pub checks: Vec<Check>,
    /// How it adds up over units.
    pub consolidation: Consolidation,
}

/// A condition on the content.
#[derive(Debug, Clone)]
pub struct Check {
    /// Whether breaking it blocks the submission.
    pub severity: Severity,
    /// What must hold.
    pub rule: Expression,
    /// What to say when it does not.
    pub message: Bilingual,
}

/// How a field adds up over units (forms.md section 0.2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Consolidation {
    /// Not at all.
    #[default]
    None,
    /// Add the values of all reporting units.
    Sum,
    /// Sum of the first over sum of the second, over the same units.
    Ratio(String, String),
    /// Units where it is true over all units due.
    ShareTrue,
    /// Number of records, or rows, per value.
    CountBy,
    /// All rows, each with its unit.
    List,
    /// Texts under each unit's name.
    Narrative,
    /// Set union, with the number of units per value.
    Union,
    /// Newest accepted value.
    Latest,
    /// Largest.
    Max,
    /// Smallest.
    Min,
}

impl Field {
    /// The field's code.
    pub fn code(&self) -> &str {
        &self.definition.code
    }

    /// The code inside its group.
    pub fn member(&self) -> &str {
        self.code().split_once('.').map_or(self.code(), |(_, member)| member)
    }

    /// Whether it is computed out of reports of others, which may change while somebody reads this one.
    pub fn is_of_others(&self) -> bool {
        use Function as F;
        let mut is_found = false;
        if let Some(formula) = &self.formula {
            formula.walk(&mut |part| {
                is_found |= matches!(
                    part.node,
                    Node::Call(F::SchoolsDue | F::SchoolsReported | F::SchoolsTrue | F::SchoolsSum, _)
                );
            });
        }
        is_found
    }

    /// Whether no one types it: computed, or filled from the background.
    pub fn is_automatic(&self) -> bool {
        self.formula.is_some() || self.definition.source.is_some()
    }

    /// Whether it holds rows.
    pub fn is_group(&self) -> bool {
        self.definition.kind == FieldType::Group
    }
}

impl Form {
    /// A field by its code (`code` or `group.member`).
    pub fn field(&self, code: &str) -> Option<&Field> {
        self.position(code).map(|index| &self.fields[index])
    }

    /// The place of a field among [`Form::fields`].
    pub fn position(&self, code: &str) -> Option<usize> {
        self.index.get(code).copied()
    }

    /// The fields of one row of a group.
    pub fn members<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.group.as_deref() == Some(group))
    }

    /// The places of the fields in an order in which each comes after all it depends on.
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The choices of a field that has a list.
    pub fn choices(&self, field: &Field) -> &[Choice] {
        field.definition.list.as_ref().and_then(|list| self.lists.get(list)).map_or(&[], Vec::as_slice)
    }

    /// The choice of a field's list with this code.
    pub fn choice(&self, field: &Field, code: &str) -> Option<&Choice> {
        self.choices(field).iter().find(|choice| choice.code == code)
    }
}

/// A mistake in a form's data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The form.
    pub form: String,
    /// The field.
    pub field: String,
    /// Which of the field's expressions or keys.
    pub part: String,
    /// What is wrong; for an expression with its place in the text.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { form, field, part, message } = self;
        write!(formatter, "form {form}, field {field}, {part}: {message}")
    }
}

impl std::error::Error for Fault {}

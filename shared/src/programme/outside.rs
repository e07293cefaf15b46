//! Names in rules that lead out of their form: settings, fields of other forms, what is counted elsewhere.
//!
//! A form alone cannot know them, so they are checked where all forms are at hand. A typing mistake is
//! found when the programme is loaded, not by a figure that stays zero.

use super::Programme;
use crate::{
    background::COUNTED,
    definition::FieldType,
    expression::{Expression, Function, Node, Symbol},
    form::{Fault, Field, Form},
    unit::FACTS,
};

/// Everything that is named and not there.
pub(super) fn faults(programme: &Programme) -> Vec<(&Form, Fault)> {
    let mut found = Vec::new();
    for form in &programme.forms {
        for field in &form.fields {
            let relevant = field.relevant.iter().map(|rule| ("relevant".to_owned(), rule));
            let formula = field.formula.iter().map(|rule| ("formula".to_owned(), rule));
            let checks = field.checks.iter().enumerate();
            let checks = checks.map(|(index, check)| (format!("check {}", index + 1), &check.rule));
            for (part, rule) in relevant.chain(formula).chain(checks) {
                look(programme, form, rule, &mut |at, message| {
                    let message = format!("at character {}: {message}", at + 1);
                    found.push((form, fault(form, field, &part, message)));
                });
            }
            if let Some(message) = field.definition.source.as_deref().and_then(unknown_source) {
                found.push((form, fault(form, field, "source", message)));
            }
        }
    }
    found
}

fn fault(form: &Form, field: &Field, part: &str, message: String) -> Fault {
    Fault { form: form.code.clone(), field: field.code().to_owned(), part: part.to_owned(), message }
}

/// Goes through a rule and tells of every name that is not there, with its place.
fn look(programme: &Programme, form: &Form, rule: &Expression, tell: &mut dyn FnMut(usize, String)) {
    let text = |argument: Option<&Expression>| match argument.map(|its| &its.node) {
        Some(Node::Text(text)) => text.clone(),
        _ => String::new(),
    };
    match &rule.node {
        Node::Symbol(Symbol::Unit(fact)) if !FACTS.contains(&fact.as_str()) => {
            tell(rule.at, format!("nothing called {fact} is known of a unit"));
        }
        Node::Not(inner) | Node::Negate(inner) => look(programme, form, inner, tell),
        Node::Two(_, left, right) => {
            look(programme, form, left, tell);
            look(programme, form, right, tell);
        }
        Node::Call(function, arguments) => {
            let first = text(arguments.first());
            let at = arguments.first().map_or(rule.at, |argument| argument.at);
            match function {
                Function::Setting if !programme.settings.settings.contains_key(&first) => {
                    tell(at, format!("there is no setting {first}"));
                }
                Function::SchoolsSum if !is_reported(programme, form, &first, is_number) => {
                    tell(at, format!("no other form has a number called {first}"));
                }
                Function::SchoolsTrue if !is_reported(programme, form, &first, is_yes_or_no) => {
                    tell(at, format!("no other form has a yes-or-no field called {first}"));
                }
                Function::CountOf => match COUNTED.iter().find(|(counted, _)| *counted == first) {
                    None => tell(at, format!("records of {first} are not counted")),
                    Some((_, filters)) => {
                        let filter = text(arguments.get(1));
                        if !filter.is_empty() && !filters.contains(&filter.as_str()) {
                            let at = arguments.get(1).map_or(at, |argument| argument.at);
                            tell(at, format!("records of {first} are not counted by {filter}"));
                        }
                    }
                },
                _ => {}
            }
            arguments.iter().for_each(|argument| look(programme, form, argument, tell));
        }
        Node::Symbol(_) | Node::Number(_) | Node::Text(_) | Node::Bool(_) | Node::Field(_) => {}
    }
}

/// Whether any version of another form has such a field, outside a group: a group has no one figure.
fn is_reported(programme: &Programme, form: &Form, code: &str, fits: fn(FieldType) -> bool) -> bool {
    programme.forms.iter().filter(|other| other.code != form.code).any(|other| {
        other.field(code).is_some_and(|field| field.group.is_none() && fits(field.definition.kind))
    })
}

fn is_number(kind: FieldType) -> bool {
    matches!(kind, FieldType::Int | FieldType::Dec | FieldType::Money | FieldType::Pct)
}

fn is_yes_or_no(kind: FieldType) -> bool {
    kind == FieldType::Bool
}

/// What is wrong with a source that names a fact of the unit or a register.
fn unknown_source(source: &str) -> Option<String> {
    match source.split_once('.') {
        Some(("unit", fact)) if !FACTS.contains(&fact) => {
            Some(format!("nothing called {fact} is known of a unit"))
        }
        Some(("register", form)) if !COUNTED.iter().any(|(counted, _)| *counted == form) => {
            Some(format!("there is no register {form}"))
        }
        _ => None,
    }
}

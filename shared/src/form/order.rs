//! The order of computation: each field after all that its formula and its relevance look at.

use super::Field;
use crate::expression::{Function, Node};
use crate::map::Map;

/// Orders the fields, or returns the codes of a circle.
pub(super) fn order(fields: &[Field], index: &Map<String, usize>) -> Result<Vec<usize>, Vec<String>> {
    let needs: Vec<Vec<usize>> = fields.iter().map(|field| needs(field, index)).collect();
    let mut state = vec![Visit::Not; fields.len()];
    let mut order = Vec::with_capacity(fields.len());
    for start in 0..fields.len() {
        // An own stack: a long chain of formulas must not exhaust that of the program.
        let mut path = vec![(start, 0)];
        while let Some((place, next)) = path.pop() {
            if next == 0 {
                if state[place] == Visit::Done {
                    continue;
                }
                state[place] = Visit::Open;
            }
            match needs[place].get(next) {
                None => {
                    state[place] = Visit::Done;
                    order.push(place);
                }
                Some(&needed) => {
                    path.push((place, next + 1));
                    match state[needed] {
                        Visit::Done => {}
                        Visit::Not => path.push((needed, 0)),
                        Visit::Open => {
                            let from = path.iter().position(|(place, _)| *place == needed).unwrap_or(0);
                            let circle = path[from..].iter().map(|(place, _)| *place).chain([needed]);
                            return Err(circle.map(|place| fields[place].code().to_owned()).collect());
                        }
                    }
                }
            }
        }
    }
    Ok(order)
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Not,
    Open,
    Done,
}

fn needs(field: &Field, index: &Map<String, usize>) -> Vec<usize> {
    let mut needs: Vec<usize> = field.group.iter().filter_map(|group| index.get(group).copied()).collect();
    for expression in field.relevant.iter().chain(&field.formula) {
        // What a previous report said is known beforehand.
        let mut earlier = Vec::new();
        expression.walk(&mut |part| {
            if let Node::Call(Function::Prev | Function::H1, arguments) = &part.node {
                earlier.extend(arguments.iter().map(std::ptr::from_ref));
            }
        });
        expression.walk(&mut |part| {
            if let Node::Field(code) = &part.node
                && !earlier.contains(&std::ptr::from_ref(part))
                && let Some(&place) = index.get(code)
            {
                needs.push(place);
            }
        });
    }
    needs
}

//! The order of the functions in a module, chosen so that like stands beside like: what the compression then finds
//! again it need not send. Two kilobytes in a hundred, for nothing.
//!
//! Invariant: nothing but the order changes; every function calls the same ones as before, under their new numbers.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many bytes in a row make a trait by which functions are found alike.
const TRAIT: usize = 4;
/// What so many functions have says nothing of any.
const COMMON: usize = 1000;

/// The module with its functions in another order.
pub fn arrange(module: &[u8]) -> Result<Vec<u8>> {
    let (n_imported, bodies) = functions(module)?;
    let order = order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        places[*function] = n_imported + u32::try_from(place)?;
    }
    let mut arranged = Module::new();
    let mut arranging = Arranging { n_imported, order, places };
    let parsed = arranging.parse_core_module(&mut arranged, Parser::new(0), module);
    parsed.map_err(|error| anyhow!("{error:?}"))?;
    Ok(arranged.finish())
}

/// How many functions the module imports, and the bodies of its own.
fn functions(module: &[u8]) -> Result<(u32, Vec<&[u8]>)> {
    let (mut n_imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    n_imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    Ok((n_imported, bodies))
}

/// From the longest on, always to the one that is most like the last; where none is, to the longest that is left.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let traits: Vec<Vec<u64>> = bodies.iter().map(|body| traits(body)).collect();
    let mut owners: HashMap<u64, Vec<usize>> = HashMap::new();
    for (function, its) in traits.iter().enumerate() {
        for one in its {
            owners.entry(*one).or_default().push(function);
        }
    }
    let mut by_length: Vec<usize> = (0..bodies.len()).collect();
    by_length.sort_by_key(|function| std::cmp::Reverse(bodies[*function].len()));
    let (mut order, mut is_placed) = (Vec::with_capacity(bodies.len()), vec![false; bodies.len()]);
    let mut shared = vec![0_usize; bodies.len()];
    for longest in by_length {
        let mut next = (!is_placed[longest]).then_some(longest);
        while let Some(last) = next {
            order.push(last);
            is_placed[last] = true;
            let of_trait = traits[last].iter().filter_map(|one| owners.get(one));
            let mut met = Vec::new();
            for other in of_trait.filter(|owners| owners.len() <= COMMON).flatten() {
                if !is_placed[*other] {
                    if shared[*other] == 0 {
                        met.push(*other);
                    }
                    shared[*other] += 1;
                }
            }
            // In parts per million of all that both have.
            let likeness =
                |other: &usize| shared[*other] * 1_000_000 / (traits[*other].len() + traits[last].len());
            next = met.iter().copied().max_by_key(|other| (likeness(other), std::cmp::Reverse(*other)));
            met.into_iter().for_each(|other| shared[other] = 0);
        }
    }
    order
}

/// What a function has, each once.
fn traits(body: &[u8]) -> Vec<u64> {
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let mut traits: Vec<u64> = body.windows(TRAIT).map(number).collect();
    traits.sort_unstable();
    traits.dedup();
    traits
}

struct Arranging {
    n_imported: u32,
    /// The functions as they are to stand.
    order: Vec<usize>,
    /// The new number of each.
    places: Vec<u32>,
}

impl Reencode for Arranging {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        let own = function.checked_sub(self.n_imported).and_then(|own| usize::try_from(own).ok());
        let Some(own) = own else { return Ok(function) };
        let place = self.places.get(own).copied().context("a function that is not there is called");
        place.map_err(Error::UserError)
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for function in &self.order {
            functions.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            utils::parse_function_body(self, code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, ExportSection, Function, Instruction, TypeSection, ValType};

    /// Two functions: the first, which is short and exported, calls the second.
    fn module() -> Vec<u8> {
        let (mut types, mut functions, mut exports, mut code) =
            (TypeSection::new(), FunctionSection::new(), ExportSection::new(), CodeSection::new());
        types.ty().function([], [ValType::I32]);
        types.ty().function([ValType::I32], [ValType::I32]);
        functions.function(0).function(1);
        exports.export("first", ExportKind::Func, 0);
        let mut first = Function::new([]);
        first.instruction(&Instruction::I32Const(7)).instruction(&Instruction::Call(1));
        let mut second = Function::new([]);
        second.instruction(&Instruction::LocalGet(0));
        for number in 0..20 {
            second.instruction(&Instruction::I32Const(number)).instruction(&Instruction::I32Add);
        }
        for mut function in [first, second] {
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn functions_change_places_and_are_called_where_they_are() {
        let arranged = arrange(&module()).unwrap();
        let mut lengths = Vec::new();
        for payload in Parser::new(0).parse_all(&arranged) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => lengths.push(body.as_bytes().len()),
                Payload::ExportSection(exports) => {
                    assert_eq!(exports.into_iter().next().unwrap().unwrap().index, 1);
                }
                Payload::FunctionSection(types) => {
                    assert_eq!(types.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [1, 0]);
                }
                _ => {}
            }
        }
        assert!(lengths[0] > lengths[1], "the longest comes first: {lengths:?}");
        // Once more there is nothing to move.
        assert_eq!(arrange(&arranged).unwrap(), arranged);
    }
}

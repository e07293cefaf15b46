//! Scripts as phones download them: short names, no layout, nothing that only people read.
//!
//! Invariant: what a script exports and imports, and the names of what it asks of others, stay as they were.

use anyhow::{Result, anyhow, bail};
use oxc::{
    allocator::Allocator,
    codegen::{Codegen, CodegenOptions},
    minifier::{CompressOptions, Minifier, MinifierOptions},
    parser::Parser,
    span::SourceType,
};
use oxc_compat::EngineTargets;

/// What every browser we serve reads: nothing younger is made of what we wrote.
const LANGUAGE: &str = "es2020";

/// Makes a script short.
///
/// # Errors
/// If it is no script.
pub fn minify(name: &str, text: &str) -> Result<String> {
    let memory = Allocator::default();
    let parsed = Parser::new(&memory, text, SourceType::mjs()).parse();
    if let Some(fault) = parsed.diagnostics.first() {
        bail!("{name}: {fault}");
    }
    let mut program = parsed.program;
    let target = EngineTargets::from_target(LANGUAGE).map_err(|error| anyhow!("{error:?}"))?;
    let compress = Some(CompressOptions { target, ..CompressOptions::smallest() });
    let minified = Minifier::new(MinifierOptions { compress, ..MinifierOptions::default() })
        .minify(&memory, &mut program);
    let printer = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings);
    Ok(printer.build(&program).code)
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn what_others_see_keeps_its_name_and_the_rest_is_short() {
        let script = "import * as piece from './pieces.js';\n/** Why. */\nexport function start(address) {\n    \
            // how\n    const longName = address.wholeName;\n    return piece.load(longName, longName);\n}\n";
        let short = minify("a.js", script).unwrap();
        assert!(short.len() < 110, "{short}");
        for stays in ["\"./pieces.js\"", "start", ".wholeName", ".load("] {
            assert!(short.contains(stays), "{stays}: {short}");
        }
    }

    #[test]
    fn what_is_no_script_stops_the_build() {
        assert!(minify("sw.js", "const = 1;").unwrap_err().to_string().contains("sw.js"));
    }
}

//! What lies between the script and the WebAssembly, made short: the names by which one asks the other, the script
//! itself, and what a library offers to scripts that we do not have.
//!
//! Invariant: script and WebAssembly are changed together, by one list of names.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::Module;

use super::script::minify;

/// The code and its script, as the binding names them.
const CODE: &str = "app_bg.wasm";
/// Streams for scripts, from a library that Leptos brings along; no script of ours has any.
const UNUSED: &str = "intounderlying";

/// Shortens what the binding made in a folder.
pub fn shorten(bound: &Path) -> Result<()> {
    let (code, script) = (bound.join(CODE), bound.join(super::split::MAIN));
    let mut module = Module::from_file(&code).with_context(|| code.display().to_string())?;
    let mut text = without_unused(&fs::read_to_string(&script)?);

    let unused = module.exports.iter().filter(|export| export.name.contains(UNUSED));
    for id in unused.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    let mut names = Vec::new();
    for import in module.imports.iter_mut().filter(|import| import.name.starts_with("__wb")) {
        let short = format!("${}", names.len());
        names.push((std::mem::replace(&mut import.name, short.clone()), short));
    }
    // What begins like another comes first.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, short) in &names {
        text = text.replace(name, short);
    }
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        without_folders(&mut module.data.get_mut(id).value);
    }
    walrus::passes::gc::run(&mut module);
    module.emit_wasm_file(&code)?;
    fs::write(&script, minify(super::split::MAIN, &text)?).with_context(|| script.display().to_string())?;
    let link = bound.join(super::split::LINK);
    let text = fs::read_to_string(&link).with_context(|| link.display().to_string())?;
    Ok(fs::write(&link, minify(super::split::LINK, &text)?)?)
}

/// Blanks the folders of the library files that panics name; the names of the files stay, at their places.
fn without_folders(data: &mut [u8]) {
    const LONGEST: usize = 160;
    for library in [&b"/rustc/"[..], b"./index."] {
        let mut at = 0;
        while let Some(found) = data[at..].windows(library.len()).position(|window| window == library) {
            let path = &mut data[at + found..];
            let length = path.windows(3).take(LONGEST).position(|window| window == b".rs");
            let path = &mut path[..length.unwrap_or_default()];
            let folders = path.iter().rposition(|byte| *byte == b'/').unwrap_or_default();
            path[..folders].fill(b'/');
            at += found + library.len();
        }
    }
}

/// Whether a line is the last of something.
type IsLast = fn(&str) -> bool;

/// What a line of the script begins, if it is to be left out: up to which line.
fn left_out_until(line: &str) -> Option<IsLast> {
    if line.starts_with("export class IntoUnderlying") {
        Some(|line| line == "}")
    } else if line.starts_with("const IntoUnderlying")
        || line.starts_with("if (Symbol.dispose) IntoUnderlying")
    {
        Some(|line| line.ends_with(';'))
    } else {
        None
    }
}

/// A script without the classes for what is unused.
fn without_unused(script: &str) -> String {
    let (mut text, mut left_out): (String, Option<IsLast>) = (String::new(), None);
    for line in script.lines() {
        match left_out.or_else(|| left_out_until(line)) {
            Some(is_last) => left_out = (!is_last(line)).then_some(is_last),
            None => text.extend([line, "\n"]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{without_folders, without_unused};

    #[test]
    fn of_a_path_the_name_stays_where_it_was() {
        let mut data = *b"a/rustc/59/library/core/mod.rs./shared/src/map.rs";
        without_folders(&mut data);
        assert_eq!(&data, b"a///////////////////////mod.rs./shared/src/map.rs");
    }

    #[test]
    fn only_what_nobody_uses_goes() {
        let script = "/** one */\nexport class IntoUnderlyingSink {\n    free() {\n    }\n}\n\n\
            if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\n\
            function a() {\n    return 1;\n}\n\
            const IntoUnderlyingSinkFinalization = 1\n    ? {}\n    : {};\nlet b;\n";
        assert_eq!(without_unused(script), "/** one */\n\nfunction a() {\n    return 1;\n}\nlet b;\n");
    }
}

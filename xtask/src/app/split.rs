//! Cuts the compiled app at the functions that `frontend/src/app/later.rs` marks: what opens the app and the form
//! stays in one piece, the other pages become pieces that are fetched when first looked at.
//!
//! Invariant: what the cut needed to know (relocations, symbols) is in none of the pieces any more.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use super::Files;

/// The script that fetches pieces. The code's own script imports it under this name.
pub const LINK: &str = "__wasm_split.js";

/// The code's own script. The one that fetches pieces imports it under this name.
pub const MAIN: &str = "app.js";

/// What names of pieces begin with on the site.
const PIECE: &str = "piece-";

/// What the styles of what pieces draw are called: a piece, too.
pub const PIECE_STYLES: &str = "piece-styles";

/// The length of what every module begins with: four letters and the version.
const PREAMBLE: usize = 8;

/// Cuts `compiled` into a piece that opens the app, which is returned, and others beside it.
pub fn split(compiled: &Path, into: &Path) -> Result<PathBuf> {
    let bytes = fs::read(compiled).with_context(|| format!("{} is missing", compiled.display()))?;
    let first = into.join("first.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = into;
    options.main_out_path = &first;
    let main = format!("./{MAIN}");
    options.main_module = &main;
    wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let slim = without_traces(&fs::read(&first)?).context("the cut wrote a module that cannot be read")?;
    fs::write(&first, slim)?;
    Ok(first)
}

/// The pieces among bound code: file, what the name on the site begins with, bytes.
pub fn pieces(code: &Files) -> impl Iterator<Item = (&str, String, &[u8])> {
    code.iter().filter_map(|(file, bytes)| {
        let stem = file.strip_suffix(".wasm")?;
        let own = stem.strip_prefix("split_").or_else(|| stem.strip_prefix("chunk_"))?;
        Some((file.as_str(), format!("{PIECE}{own}"), bytes.as_slice()))
    })
}

/// Whether a file of the site is such a piece: the app opens without it.
pub fn is_piece(name: &str) -> bool {
    name.starts_with(PIECE)
}

/// The module without the sections that only linkers read. "Target features" is among them, because it names
/// features that the standard library was built with and the app is not: `code.rs` tells why.
fn without_traces(module: &[u8]) -> Option<Vec<u8>> {
    let mut kept = module.get(..PREAMBLE)?.to_vec();
    let mut at = PREAMBLE;
    while at < module.len() {
        let (length, body) = number(module, at + 1)?;
        let end = body.checked_add(length)?;
        let section = module.get(at..end)?;
        let is_trace = section[0] == 0 && {
            let (length, name) = number(module, body)?;
            let name = module.get(name..name.checked_add(length)?)?;
            name == b"target_features" || name == b"linking" || name.starts_with(b"reloc.")
        };
        if !is_trace {
            kept.extend_from_slice(section);
        }
        at = end;
    }
    Some(kept)
}

/// Reads a number in groups of seven bits, lowest first, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sections: one that only linkers read, and an empty list of types.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x00\x08\x07linking\x01\x01\x00";

    #[test]
    fn what_only_linkers_read_is_left_out() {
        assert_eq!(without_traces(MODULE).unwrap(), b"\0asm\x01\0\0\0\x01\x01\x00");
    }

    #[test]
    fn pieces_are_told_from_the_code_that_opens_the_app() {
        let files = ["app.js", "app_bg.wasm", "chunk_4.wasm", "split_desk.wasm"];
        let code: Files = files.map(|name| (name.to_owned(), vec![])).into();
        let stems: Vec<String> = pieces(&code).map(|(_, stem, _)| stem).collect();
        assert_eq!(stems, ["piece-4", "piece-desk"]);
        assert!(is_piece("piece-desk-0123456789abcdef.wasm") && !is_piece("app-0123456789abcdef.wasm"));
    }

    #[test]
    fn a_module_that_ends_early_is_refused() {
        assert_eq!(without_traces(&MODULE[..MODULE.len() - 1]), None);
        assert_eq!(without_traces(b"\0asm"), None);
    }
}

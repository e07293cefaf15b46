//! Tidy: every file opens with a comment, is short, and names no machine.
//!
//! A complaint names file and line, and says what to do.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::{place, process};

/// Longest source file; what is longer holds more than one idea.
const MOST_LINES: usize = 400;

/// Words of one machine or one network, which nobody else has. Split, so that this file does not hold them.
const MACHINE_WORDS: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("deb.", "debian.org"),
    concat!("arti", "factory"),
];

/// A file that people read.
pub struct Source {
    /// From the root, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl Source {
    /// Whether the file holds tests only: those may be long, and know what they test.
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        self.path.ends_with("/tests.rs") || parts.any(|part| part == "tests")
    }
}

/// Every text file that git knows, or would add.
pub fn sources() -> Result<Vec<Source>> {
    let mut line = Command::new("git");
    line.current_dir(place::root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let names = process::read(&mut line)?;
    // A name may be listed whose file is gone; bytes that are not text are nobody's prose.
    let read = |path: &str| fs::read_to_string(place::root().join(path)).ok();
    let files = names.split('\0').filter(|path| !path.is_empty() && *path != "Cargo.lock");
    Ok(files.filter_map(|path| Some(Source { path: path.to_owned(), text: read(path)? })).collect())
}

/// What is untidy about one file.
pub fn complaints(source: &Source) -> Vec<String> {
    let Source { path, text } = source;
    let mut found = Vec::new();
    let opening = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("rs") => Some("//!"),
        Some("css") => Some("/*"),
        Some("js") => Some("/"),
        Some("sql") => Some("--"),
        _ => None,
    };
    if let Some(opening) = opening
        && !text.starts_with(opening)
    {
        found
            .push(format!("{path}:1: open with a comment (`{opening}`): what lives here, and its invariant"));
    }
    let n_lines = text.lines().count();
    if path.ends_with(".rs") && n_lines > MOST_LINES && !source.is_test() {
        found.push(format!(
            "{path}: {n_lines} lines, at most {MOST_LINES}: find the second idea and move it out"
        ));
    }
    for (index, line) in text.lines().enumerate() {
        if let Some(word) = MACHINE_WORDS.iter().find(|word| line.contains(**word)) {
            found.push(format!("{path}:{}: `{word}` belongs to one machine or network", index + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        complaints(&Source { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn a_file_without_its_opening_comment_is_found() {
        assert_eq!(of("a/b.rs", "//! Idea.\n"), Vec::<String>::new());
        assert_eq!(of("a/b.rs", "use std;\n").len(), 1);
        assert_eq!(of("a/b.css", "a{}\n").len(), 1);
        assert_eq!(of("a/b.toml", "a = 1\n"), Vec::<String>::new());
    }

    #[test]
    fn a_long_file_is_found_unless_it_holds_tests() {
        let long = "//! Idea.\n".repeat(MOST_LINES + 1);
        assert_eq!(of("shared/src/a.rs", &long).len(), 1);
        assert_eq!(of("shared/src/a/tests.rs", &long).len(), 0);
        assert_eq!(of("backend/tests/api.rs", &long).len(), 0);
    }

    #[test]
    fn a_path_of_one_machine_is_found_with_its_line() {
        let found = of("README.md", concat!("fine\ncd /wo", "rk/here\n"));
        assert!(found[0].starts_with("README.md:2:"), "{found:?}");
    }
}

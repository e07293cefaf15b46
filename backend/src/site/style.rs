//! The style of the public pages: the colours and sizes of the app, and rules of their own.
//!
//! Invariant: its name carries a hash of what it holds, so a browser may keep it for ever.

use super::address;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// The rules.
pub static RULES: LazyLock<String> = LazyLock::new(|| {
    let both = concat!(include_str!("../../../public/styles/tokens.css"), include_str!("style.css"));
    shortened(both)
});

/// The path at which they are delivered.
pub static PATH: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(&Sha256::digest(RULES.as_bytes())[..6]);
    format!("{}/style-{hash}.css", address::ROOT)
});

/// Without comments and without what only indents.
fn shortened(rules: &str) -> String {
    let mut kept = String::new();
    let mut rest = rules;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_comments_and_blanks_is_left_out() {
        assert_eq!(shortened("/* a */\nb {\n  c: d; /* e */\n}\n\n"), "b {\nc: d;\n}");
        assert!(RULES.contains("--tim: #6a2c8c;") && !RULES.contains("/*"));
    }
}

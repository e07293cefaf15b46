//! `{{name}}` in the page shell and the service worker, replaced by what only the build knows.
//!
//! Invariant: a placeholder that nobody fills, or that a file misspells, stops the build.

use anyhow::{Context, Result, bail};

/// Replaces every placeholder of a text file.
pub fn fill(name: &str, bytes: &[u8], values: &[(&str, &str)]) -> Result<String> {
    let text = std::str::from_utf8(bytes).with_context(|| format!("public/{name} is not UTF-8"))?;
    let mut filled = text.to_owned();
    for (key, value) in values {
        filled = filled.replace(&format!("{{{{{key}}}}}"), value);
    }
    if let Some(rest) = filled.split("{{").skip(1).find_map(word) {
        let known: Vec<&str> = values.iter().map(|(key, _)| *key).collect();
        bail!("public/{name}: nothing fills `{{{{{rest}}}}}`; known are {}", known.join(", "));
    }
    Ok(filled)
}

/// The word of a placeholder, if what follows two braces is one and not JavaScript.
fn word(after_braces: &str) -> Option<&str> {
    let (word, _) = after_braces.split_once("}}")?;
    word.chars().all(|c| c.is_ascii_lowercase() || c == '_').then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_filled() {
        let filled = fill(
            "x",
            b"<a href={{styles}}> {{styles}} {{version}}",
            &[("styles", "s.css"), ("version", "7")],
        );
        assert_eq!(filled.unwrap(), "<a href=s.css> s.css 7");
    }

    #[test]
    fn a_misspelt_placeholder_stops_the_build() {
        let error = fill("index.html", b"{{style}}", &[("styles", "s.css")]).unwrap_err();
        assert!(error.to_string().contains("index.html"), "{error}");
        assert!(fill("sw.js", b"const {a: {b}} = {a: {b: {}}}; f({{b}})", &[]).is_err());
        assert!(fill("sw.js", b"const {{ b: 1 }}", &[]).is_ok());
    }
}

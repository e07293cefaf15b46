//! Names that hold a hash of the content, so that a browser may keep the file for ever.

use super::fingerprint;

/// `app`, `js` and the bytes give `app-01234567.js`.
pub fn hashed(stem: &str, extension: &str, bytes: &[u8]) -> String {
    format!("{stem}-{}.{extension}", fingerprint::short(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_content() {
        assert_eq!(hashed("app", "js", b"1"), hashed("app", "js", b"1"));
        assert_ne!(hashed("app", "js", b"1"), hashed("app", "js", b"2"));
        assert!(hashed("app", "js", b"1").ends_with(".js"));
    }
}

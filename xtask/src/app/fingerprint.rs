//! What a result was made from, as one short text: equal texts mean that the work need not be done again.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// The fingerprint of named bytes and of this very program, whose change may change any result.
pub fn of<'a>(inputs: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    let mut hash = Sha256::new();
    hash.update(this_program());
    for (name, bytes) in inputs {
        // Lengths first, so that no two lists of inputs run together into the same bytes.
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    hex(&hash.finalize())
}

/// The version of a site: depends on nothing but what is delivered.
pub fn version(files: &BTreeMap<String, Vec<u8>>) -> String {
    let all: Vec<u8> = files
        .iter()
        .flat_map(|(name, bytes)| [name.as_bytes(), &[0], &*short(bytes).into_bytes()].concat())
        .collect();
    short(&all)
}

/// Eight hexadecimal digits of the content: enough that names of one app never meet twice. Every phone downloads the
/// names, and nothing packs digits of a hash.
pub fn short(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..4])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn this_program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let since = file.as_ref().ok().and_then(|it| it.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    format!("{:?} {:?}", file.map(|it| it.len()).ok(), since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_border_between_name_and_bytes_gives_another_fingerprint() {
        let one = [("ab".to_owned(), b"c".to_vec())];
        let two = [("a".to_owned(), b"bc".to_vec())];
        let of_pairs = |it: &[(String, Vec<u8>)]| of(it.iter().map(|(name, bytes)| (name, bytes)));
        assert_ne!(of_pairs(&one), of_pairs(&two));
        assert_eq!(of_pairs(&one), of_pairs(&one.clone()));
    }
}

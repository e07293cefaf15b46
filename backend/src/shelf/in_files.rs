//! Where a word was found that stands in no field of an item: in a file of it.

use crate::store::{self, texts};
use lantoa_shared::{
    text::fold,
    wire::v1::library::{InFile, LibraryItem},
};

/// How many words of the text stand before the word that was found.
const BEFORE: usize = 8;
/// How many stand after it.
const AFTER: usize = 16;
/// A longer word is none that anybody reads, in letters.
const LONGEST: usize = 40;

/// For each of these items in whose file alone one of the words was found: in which file, and what stands around it.
///
/// # Errors
/// If the store fails.
pub async fn find(
    tx: &mut store::Connection,
    items: &[LibraryItem],
    words: &[&str],
) -> Result<Vec<InFile>, store::Error> {
    let mut found = Vec::new();
    for item in items.iter().filter(|item| !item.files.is_empty() && !words.is_empty()) {
        let Some(written) = texts::where_written(tx, &item.id, words).await? else { continue };
        let file = item.files.iter().find(|file| file.sha256 == written.sha256);
        let around = around(&written.text, &written.word);
        if let (Some(file), Some([before, word, after])) = (file, around) {
            found.push(InFile { item: item.id.clone(), file: file.name.clone(), before, word, after });
        }
    }
    Ok(found)
}

/// What stands before a folded word, the word as it is written, and what stands after it.
fn around(text: &str, folded: &str) -> Option<[String; 3]> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let at = all.iter().position(|word| fold::without_marks(word).to_lowercase().contains(folded))?;
    let joined = |words: &[&str]| {
        let short = words.iter().map(|word| word.chars().take(LONGEST).collect::<String>());
        short.collect::<Vec<_>>().join(" ")
    };
    let begin = at.saturating_sub(BEFORE);
    let end = all.len().min(at + 1 + AFTER);
    let before = format!("{}{}", if begin > 0 { "… " } else { "" }, joined(&all[begin..at]));
    let after = format!("{}{}", joined(&all[at + 1..end]), if end < all.len() { " …" } else { "" });
    Some([before, joined(&all[at..=at]), after])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_shown_with_its_marks_among_its_neighbours() {
        let text = "Điều 1. Phạm vi\nQuyết định này quy định mức hỗ trợ học phí.";
        let told = around(text, "quyet").unwrap();
        assert_eq!(told, ["Điều 1. Phạm vi", "Quyết", "định này quy định mức hỗ trợ học phí."]);
        let long = format!("{}Huế {}", "trước ".repeat(20), "sau ".repeat(30));
        let [before, word, after] = around(&long, "hue").unwrap();
        assert_eq!(before, format!("… {}", ["trước"; BEFORE].join(" ")));
        assert_eq!((word.as_str(), after), ("Huế", format!("{} …", ["sau"; AFTER].join(" "))));
        assert_eq!(around(text, "vắng"), None);
    }
}

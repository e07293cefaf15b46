//! The corpora, and bytes near to them, in the ordinary tests.

use super::{expression, form_definition, media_file, pull_answer, push_body, rescue_file};
use proptest::{prelude::*, sample::Index};
use std::{fs, path::Path};

type Target = (&'static str, fn(&[u8]) -> bool);

const TARGETS: [Target; 6] = [
    ("push_body", push_body),
    ("pull_answer", pull_answer),
    ("form_definition", form_definition),
    ("expression", expression),
    ("rescue_file", rescue_file),
    ("media_file", media_file),
];

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let files = fs::read_dir(folder).expect("every target has a corpus");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).expect("a file")).collect()
}

#[test]
fn nothing_in_the_corpora_breaks_a_promise() {
    for (name, decode) in TARGETS {
        let corpus = corpus(name);
        let n_read = corpus.iter().filter(|bytes| decode(bytes)).count();
        assert!(n_read > 0, "{name}: not one of {} is read", corpus.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_near_the_corpora_breaks_a_promise(
        which in any::<Index>(),
        seed in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0..3_u8), 0..6),
        end in any::<Index>(),
        is_cut in prop::bool::weighted(0.1),
    ) {
        let (name, decode) = TARGETS[which.index(TARGETS.len())];
        let corpus = corpus(name);
        let mut bytes = corpus[seed.index(corpus.len())].clone();
        for (place, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        if is_cut && !bytes.is_empty() {
            bytes.truncate(end.index(bytes.len()));
        }
        decode(&bytes);
    }
}

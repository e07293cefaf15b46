//! Compression ahead of time, as strong as it gets: the server only picks the file that the browser can read.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::Files;

/// Kinds of file that shrink; pictures are compressed already.
const SHRINKING: [&str; 9] = ["wasm", "js", "css", "html", "json", "svg", "txt", "webmanifest", "ico"];

/// Adds `name.br` and `name.gz` beside every file that they make smaller.
pub fn beside(mut files: Files) -> Result<Files> {
    let mut smaller = Files::new();
    for (name, bytes) in &files {
        if !name.rsplit_once('.').is_some_and(|(_, extension)| SHRINKING.contains(&extension)) {
            continue;
        }
        for (extension, packed) in [("br", brotli(bytes)?), ("gz", gzip(bytes)?)] {
            if packed.len() < bytes.len() {
                smaller.insert(format!("{name}.{extension}"), packed);
            }
        }
    }
    files.append(&mut smaller);
    Ok(files)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_gets_smaller_copies_and_pictures_do_not() {
        let text = b"lan toa ".repeat(100);
        let files = Files::from([("a.css".to_owned(), text.clone()), ("b.png".to_owned(), text.clone())]);
        let files = beside(files).unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["a.css", "a.css.br", "a.css.gz", "b.png"]);

        let mut read_back = Vec::new();
        brotli::BrotliDecompress(&mut &*files["a.css.br"], &mut read_back).unwrap();
        assert_eq!(read_back, text);
    }

    #[test]
    fn a_file_that_would_grow_stays_alone() {
        let files = beside(Files::from([("a.js".to_owned(), b"1".to_vec())])).unwrap();
        assert_eq!(files.len(), 1);
    }
}

//! What the bytes of a file are, whatever it is called.
//!
//! Invariant: only types that cannot hold a script have a name here; all else is bytes to be downloaded.

use crate::files::Original;
use std::io::{self, Read as _};

/// Bytes that are only ever downloaded.
pub const UNKNOWN: &str = "application/octet-stream";
/// How much of a file's beginning is looked at, in bytes.
const BEGINNING: u64 = 8 * 1024;

/// The media type of a kept file. For a thread that may wait.
///
/// # Errors
/// If it is not there, or the disk or the bucket fails.
pub fn of(original: &Original) -> io::Result<&'static str> {
    let mut beginning = Vec::new();
    original.open()?.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(of_bytes(&beginning))
}

/// The media type of a file that begins like this.
pub fn of_bytes(beginning: &[u8]) -> &'static str {
    match infer::get(beginning).map_or("", |found| found.mime_type()) {
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        "image/webp" => "image/webp",
        "image/gif" => "image/gif",
        "video/mp4" | "video/x-m4v" => "video/mp4",
        "video/quicktime" => "video/quicktime",
        "video/webm" => "video/webm",
        "audio/mpeg" => "audio/mpeg",
        "audio/m4a" => "audio/mp4",
        "audio/aac" => "audio/aac",
        "audio/ogg" | "audio/opus" => "audio/ogg",
        "audio/x-wav" => "audio/wav",
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_hold_a_script_is_bytes() {
        for (bytes, expected) in [
            (&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
            (b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", UNKNOWN),
            (b"<!DOCTYPE html><script>alert(1)</script>", UNKNOWN),
            (b"%PDF-1.7\n", UNKNOWN),
            (b"PK\x03\x04", UNKNOWN),
            (b"", UNKNOWN),
        ] {
            assert_eq!(of_bytes(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}

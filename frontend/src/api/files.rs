//! Bytes of files, by their hash.

use super::{
    Trouble,
    fetch::{self, Body},
};

/// Sends a file's bytes up. The same file again is not an error.
pub async fn put_file(sha256: &str, bytes: js_sys::Uint8Array) -> Result<(), Trouble> {
    fetch::text("PUT", &file_address(sha256), Body::Bytes(bytes)).await.map(drop)
}

/// Where a file that is at the centre can be fetched.
pub fn file_address(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}")
}

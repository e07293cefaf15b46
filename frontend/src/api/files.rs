//! Bytes of files, by their hash.

/// Where a file that is at the centre can be fetched.
pub fn file_address(sha256: &str) -> String {
    format!("/api/v1/files/{sha256}")
}

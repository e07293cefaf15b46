//! What each delivered file weighs in each encoding.

use std::ops::Add;
use std::path::Path;

use anyhow::Result;

use super::assemble;

/// Bytes on the wire.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Weight {
    /// As it is.
    pub raw: usize,
    /// For any browser.
    pub gzip: usize,
    /// For a current browser.
    pub brotli: usize,
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Weighs a built app. A file without a compressed copy weighs the same in every encoding.
pub fn weigh(dist: &Path) -> Result<Vec<(String, Weight)>> {
    let files = assemble::gather(dist)?;
    let size = |name: String, or: usize| files.get(&name).map_or(or, Vec::len);
    let own = files.iter().filter(|(name, _)| !is_copy(name));
    Ok(own
        .map(|(name, bytes)| {
            let raw = bytes.len();
            let (gzip, brotli) = (size(format!("{name}.gz"), raw), size(format!("{name}.br"), raw));
            (name.clone(), Weight { raw, gzip, brotli })
        })
        .collect())
}

fn is_copy(name: &str) -> bool {
    name.ends_with(".gz") || name.ends_with(".br")
}

//! What a device holds of a bucket, in one number: the sum of the fingerprints of its rows.
//!
//! The centre counts it as it writes, the device as it applies; if the two differ, the device asks for the bucket
//! anew. It is cheap insurance against faults nobody thought of, not against malice: a fingerprint covers which
//! version of which row is held, and the bytes of one version never change.
//! Invariant: the sum does not depend on the order in which rows came.

use crate::wire::v1::RowKind;
use serde::{Deserialize, Serialize};

/// The rows held, and the sum of their fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checksum {
    /// How many rows.
    pub rows: u64,
    /// The sum, as text: a browser cannot count that far.
    #[serde(with = "as_hex")]
    pub sum: u64,
}

impl Checksum {
    /// Counts a row in.
    pub fn add(&mut self, kind: RowKind, id: &str, seq: u64) {
        self.rows = self.rows.wrapping_add(1);
        self.sum = self.sum.wrapping_add(fingerprint(kind, id, seq));
    }

    /// Counts a row out.
    pub fn take(&mut self, kind: RowKind, id: &str, seq: u64) {
        self.rows = self.rows.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(fingerprint(kind, id, seq));
    }
}

/// The fingerprint of one version of one row (FNV-1a, then mixed as `SplitMix64` does, so that sums of
/// neighbouring numbers do not cancel out).
pub fn fingerprint(kind: RowKind, id: &str, seq: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    take(kind as u8);
    id.bytes().for_each(&mut take);
    seq.to_le_bytes().into_iter().for_each(&mut take);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

mod as_hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(sum: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(sum.to_be_bytes()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(|_| D::Error::custom("not a sum"))
    }
}

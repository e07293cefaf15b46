//! Session tokens: 256 random bits in the browser, only their hash at the centre.

use rand::{TryRngCore as _, rngs::OsRng};
use sha2::{Digest as _, Sha256};

/// How long a session lasts after its last use, in milliseconds: 30 days.
pub const LIFETIME_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// A session is extended when this much of it has passed, not on every request.
pub const EXTEND_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// `N` random bytes of the operating system, lower-case hex.
pub fn random_hex<const N: usize>() -> String {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random numbers");
    hex::encode(bytes)
}

/// A new token.
pub fn draw() -> String {
    random_hex::<32>()
}

/// What is kept of a token.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

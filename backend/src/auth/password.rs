//! Passwords: argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane).
//!
//! Hashing takes tens of milliseconds and megabytes on purpose, so it runs beside the server's
//! own threads and never more than a few at a time.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Most passwords that are checked at one time.
const AT_ONCE: usize = 4;
/// Longest password that is looked at, in bytes.
pub const MAX_BYTES: usize = 1024;

/// Hashes a password with a fresh salt, as a PHC string.
pub fn hash(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("the default parameters are valid and the password is short")
        .to_string()
}

/// Checks passwords, a few at a time.
#[derive(Debug, Clone)]
pub struct Checker {
    places: Arc<Semaphore>,
    /// Checked for an account that does not exist, so that the answer takes as long.
    decoy: Arc<str>,
}

impl Checker {
    /// Makes a checker with its decoy.
    pub fn new() -> Self {
        let decoy = hash(&super::token::random_hex::<16>());
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), decoy: decoy.into() }
    }

    /// Whether the password fits the hash; `None` for an unknown account, which takes as long and
    /// never fits.
    pub async fn fits(&self, password: String, hash: Option<String>) -> bool {
        let Ok(place) = self.places.clone().acquire_owned().await else { return false };
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        let checked = tokio::task::spawn_blocking(move || {
            let _place = place;
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        checked.await.unwrap_or(false) && known
    }
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

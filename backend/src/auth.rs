//! Who is calling: passwords, session tokens, and the brake on guessing.

pub mod password;
pub mod throttle;
pub mod token;

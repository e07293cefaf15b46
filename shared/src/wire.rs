//! The shapes that travel between phone and server.
//!
//! Frozen by version: a phone that was off for months speaks `v1` and is understood. Golden files
//! in `shared/tests/golden/` hold an example of each; a change that breaks one is a new version.

pub mod v1;

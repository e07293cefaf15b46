//! The server as phones meet it: a real server on a free port with its own directory, real HTTP.
//!
//! One file per promise; `support` holds the centre and the phone. No test sleeps.

mod bad_input;
mod delivery;
mod files;
mod sign_in;
mod support;
mod sync;

//! The server as phones meet it: a real server on a free port with its own directory, real HTTP.
//!
//! One file per promise; `support` holds the centre and the phone. No test sleeps.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod admission;
mod bad_input;
mod bucket;
mod delivery;
mod documents;
#[path = "../engine/mod.rs"]
mod engine;
mod entries;
mod files;
mod library;
mod moves;
mod office;
mod parking;
mod pins;
mod posters;
mod process;
mod receipts;
mod servers;
mod sign_in;
mod site;
mod support;
mod sync;
mod tables;
mod uploads;
mod vault;
mod versions;
mod workflow;

//! The vocabulary and the rules of Lan Tỏa, run alike on the phone and on the server.
//!
//! Everything here is pure: no clock, no randomness, no I/O. Time, ids and settings come
//! in as arguments, so that a device and a ledger can be simulated a thousandfold in a test.
//!
//! The path of one keystroke through this crate: raw text → [`value::Value`] → [`op::Op`] →
//! [`record::Record`] (fold) → [`background::Background`] beside it → problems, computed
//! fields and, once accepted, a table.

pub mod background;
pub mod consolidation;
pub mod date;
pub mod definition;
pub mod duty;
pub mod expression;
pub mod form;
pub mod language;
pub mod map;
pub mod media;
pub mod merge;
pub mod op;
pub mod period;
pub mod person;
pub mod programme;
pub mod prose;
pub mod record;
pub mod report;
pub mod seen;
pub mod set;
pub mod sheet;
pub mod stock;
pub mod sync;
pub mod target;
pub mod text;
pub mod unit;
pub mod validity;
pub mod value;
pub mod wire;
pub mod workflow;

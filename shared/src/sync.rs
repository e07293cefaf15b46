//! The two halves of the sync, as pure machines: what a device does next, and what the ledger
//! makes of an op. Whoever holds the wires, the clock and the disk asks them and obeys.

pub mod device;
pub mod ledger;
pub mod rescue;
pub mod verdict;
pub mod view;

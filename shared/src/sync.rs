//! The sync, as pure machines: what a device does next, and what the centre makes of an op. Whoever holds the
//! wires, the clock and the disk asks them and obeys.
//!
//! **Up.** A device numbers its ops ([`outbox`]) and pushes them, oldest first. The centre writes them into its
//! journal – that is the receipt – and then judges each alone ([`admission`], [`ledger`]): applied, clash, parked,
//! refused, quarantined ([`verdict`]). A replay gets the stored verdict. What was parked is judged again when what
//! it waited for has come ([`retrial`]).
//!
//! **Down.** The centre keeps the newest state of each thing in each bucket ([`bucket`]), in the order in which they
//! changed. A device pulls behind its cursors and applies all of an answer in one transaction ([`replica`]),
//! counting what it holds ([`checksum`]). What it shows is that, with its own unsettled ops folded in ([`view`]).
//!
//! **Back.** A centre that was restored from a copy has another epoch. Devices then offer again what they kept; they
//! keep every op until a verified backup covers it. An op that waits nowhere else can be carried in a file
//! ([`rescue`]).

pub mod admission;
pub mod anew;
pub mod bucket;
pub mod checksum;
pub mod clock;
pub mod device;
pub mod feed;
pub mod ledger;
pub mod letting_go;
pub mod outbox;
pub mod parked;
pub mod replica;
pub mod rescue;
pub mod retrial;
pub mod verdict;
pub mod view;

//! Version 1 of the sync conversation: push, pull, pokes, and the answer to a request that failed.
//!
//! Frozen. New optional keys may be added where the reader ignores what it does not know, and new words where
//! an unknown word reads as `Unknown` ([`RowKind`], [`crate::sync::verdict::Refusal`]); nothing is renamed, removed
//! or given another meaning.

pub mod library;
pub mod receipts;

use crate::map::Map;
use crate::sync::checksum::Checksum;
use serde::{Deserialize, Serialize};

/// The number of this version, in every request.
pub const PROTOCOL: u32 = 1;
/// Most ops one push may carry.
pub const MAX_OPS: usize = 200;
/// Longest body of one op, in bytes.
pub const MAX_OP_BYTES: usize = 512 * 1024;
/// Most bytes of op bodies a device puts into one push.
pub const MAX_PUSH_BYTES: usize = 512 * 1024;

/// `POST /api/v1/sync/push`: ops of one device, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// [`PROTOCOL`].
    pub proto: u32,
    /// The server's epoch the device knows; empty before its first pull.
    pub epoch: String,
    /// The device's store (a UUID).
    pub device: String,
    /// The ops.
    pub ops: Vec<PushedOp>,
}

/// One op on its way up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushedOp {
    /// The device's own number of it.
    pub n: u64,
    /// SHA-256 of `body`, lower-case hex.
    pub sha256: String,
    /// The op's bytes as they were made once on the device (JSON text of [`crate::op::Op`]).
    pub body: String,
    /// The place it had in the journal of an earlier epoch: the centre was restored from a copy, and the device
    /// offers again what that copy may lack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<u64>,
}

/// The receipt, and the verdicts that are already known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The server's epoch.
    pub epoch: String,
    /// The server's clock, in milliseconds since 1970.
    pub server_time: i64,
    /// Every op up to this number, as far as it was sent, is kept durably at the centre.
    pub acked_through: u64,
    /// What was made of each op.
    pub verdicts: Vec<VerdictRow>,
    /// Everything up to this place of the journal lies in a backup that was read back; the device may forget it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub durable_seq: u64,
    /// Another device sends under this one's id: this store is a copy. It must take a new id.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rotate_device: bool,
}

/// What the server made of one op.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictRow {
    /// The op's number.
    pub n: u64,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: crate::sync::verdict::Verdict,
    /// The op's place in the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// `POST /api/v1/sync/pull`: what is new in the buckets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// [`PROTOCOL`].
    pub proto: u32,
    /// The epoch under which the cursors were given; another epoch starts every bucket anew.
    pub epoch: String,
    /// The last sequence number applied, per bucket; a bucket not named starts at 0.
    pub cursors: Map<String, u64>,
    /// The device's store (a UUID), so that a lost or stolen one can be shut out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// About how many bytes of bodies the device takes in one answer: over a weak line what is small arrives before
    /// the line is gone again. The server may send less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

/// What is new. The device applies all of it, cursors included, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullAnswer<Body = serde_json::Value> {
    /// The server's epoch.
    pub epoch: String,
    /// The server's clock, in milliseconds since 1970.
    pub server_time: i64,
    /// Every bucket the person is entitled to that has something new.
    pub buckets: Vec<Bucket<Body>>,
    /// Buckets the person is no longer entitled to: sent ops first, then forget them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
    /// As in [`PushAnswer`].
    #[serde(default, skip_serializing_if = "is_zero")]
    pub durable_seq: u64,
    /// This device was shut out: it may deliver what was done on it and gets nothing any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_revoked: bool,
}

/// The news of one bucket: `pub`, `user:<id>`, `unit:<code>`, `area:<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket<Body = serde_json::Value> {
    /// Its name.
    pub name: String,
    /// Whether everything held of this bucket is to be replaced.
    #[serde(default)]
    pub reset: bool,
    /// Newest state of each thing that changed, in order of `seq`.
    pub rows: Vec<Row<Body>>,
    /// Where the next pull goes on.
    pub cursor: u64,
    /// Whether more waits behind the cursor.
    #[serde(default)]
    pub more: bool,
    /// With the last page: what a device that applied all of it holds ([`crate::sync::checksum`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Checksum>,
}

/// The newest state of one thing. The server hands bodies through as the text they are stored as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "Body: Deserialize<'de>"))]
pub struct Row<Body = serde_json::Value> {
    /// Its place in the bucket's order.
    pub seq: u64,
    /// What it is.
    pub kind: RowKind,
    /// Its id among its kind.
    pub id: String,
    /// Its state; absent when it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// The kinds of rows, with the type of their bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Names and settings of the programme ([`crate::programme::Settings`]); id = the programme's code.
    Programme,
    /// A choice list (`Vec<`[`crate::definition::Choice`]`>`); id = the list's name.
    Choices,
    /// A form ([`crate::definition::FormDefinition`]); id = `FA.1`.
    Form,
    /// A unit ([`crate::unit::Unit`]); id = its code.
    Unit,
    /// A target's definition; id = its code.
    Target,
    /// What a unit owes ([`crate::background::Background`]); id = the duty's id.
    Duty,
    /// A record ([`RecordRow`]); id = the record's id.
    Record,
    /// An entry of a register ([`RecordRow`]); id = the record's id.
    Entry,
    /// That an item left the library; id = the record's id, once `library` for all of them. What a device kept of it,
    /// and the answers that may tell of it, go then.
    Shelf,
    /// What became of an op that was judged again ([`JudgedAgain`]), for its author; id = the op's id.
    Verdict,
    /// An op that was kept and not taken ([`ParkedRow`]), for those who work on the record; id = the op's id.
    Parked,
    /// An item of the library that every device is to have ([`library::Pin`]); id = the record's id.
    Pin,
    /// A kind that a later version sends. Its rows are passed over.
    #[serde(other)]
    Unknown,
}

/// What became of an op that was judged again after its verdict had gone out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedAgain {
    /// The verdict that holds now.
    #[serde(flatten)]
    pub verdict: crate::sync::verdict::Verdict,
    /// The op's place in the journal.
    pub seq: u64,
    /// The number of this verdict: a backup that does not reach so far still has the one before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub judged: u64,
}

/// An op that the centre keeps and did not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkedRow {
    /// The duty whose record it concerns.
    pub duty: crate::duty::Duty,
    /// The op.
    pub op: crate::op::Op,
    /// Why it was not taken.
    pub refusal: crate::sync::verdict::Refusal,
    /// Its author's name.
    pub author: String,
    /// When the centre received it, in milliseconds since 1970.
    pub received_at: i64,
}

/// A record and the duty it fulfils.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// The duty.
    pub duty: crate::duty::Duty,
    /// The record, as the server has it.
    pub record: crate::record::Record,
    /// Names of the people it mentions, by their ids; who is not known any more has none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub people: Map<String, String>,
}

/// `GET /api/v1/records/{id}`: a report that went up, as those above its recipient read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRecord {
    /// What lay outside it when it went up.
    pub background: crate::background::Background,
    /// The record.
    pub row: RecordRow,
}

/// The answer to any request that failed: `{"error": {"code", "request_id", …}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorAnswer {
    /// What went wrong.
    pub error: ErrorBody,
}

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// A stable code that the app turns into the person's language.
    pub code: String,
    /// One plain English sentence for whoever reads the log.
    pub message: String,
    /// Finds the request in the server's log.
    pub request_id: String,
    /// Seconds to wait before trying again, where that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn is_false(answer: &bool) -> bool {
    !*answer
}
